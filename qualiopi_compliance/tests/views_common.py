from lxml import etree

from odoo.tools.safe_eval import safe_eval

DATES = ("date", "datetime")


class ViewsMixin:
    """Opens views as a browser does, with the rights of their reader."""

    def view(self, records, view_type, view_id=None):
        """:return: the view as it is sent to the reader
        :rtype: etree.Element
        """
        return etree.fromstring(records.get_view(view_id, view_type)["arch"])

    def specification(self, records, arch):
        """:return: what a browser asks of the records to show the view, lists inside
        a form included
        """
        found = {}
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            name = node.get("name")
            field = records._fields[name]
            if not field.relational:
                found[name] = {}
                continue
            inside = {"display_name": {}}
            for view in node:
                if view.tag in ("list", "kanban", "form"):
                    # it is a document of its own
                    inside |= self.specification(
                        records.env[field.comodel_name],
                        etree.fromstring(etree.tostring(view)),
                    )
            found[name] = {"fields": inside}
        return found

    def open_view(self, records, view_type, view_id=None):
        """:param records: shown in a form or a list; whose model is searched otherwise
        :return: what the reader is sent
        """
        arch = self.view(records, view_type, view_id)
        if view_type in ("form", "list", "kanban", "activity", "calendar"):
            return records.web_read(self.specification(records, arch))
        if view_type in ("pivot", "graph"):
            groups = [
                node.get("name")
                + (f":{node.get('interval')}" if node.get("interval") else "")
                for node in arch.iter("field")
                if node.get("type") != "measure"
            ]
            measures = [
                f"{node.get('name')}:sum"
                for node in arch.iter("field")
                if node.get("type") == "measure"
            ]
            return records.formatted_read_group([], groups, ["__count", *measures])
        return self.use_filters(records, arch)

    def use_filters(self, records, arch):
        """Search and group by each filter of a search view.

        :return: name of the filter -> records found, for those that search
        """
        found = {}
        for node in arch.iter("filter"):
            domain = safe_eval(node.get("domain", "[]"), {"uid": records.env.uid})
            context = safe_eval(node.get("context", "{}"))
            if domain:
                found[node.get("name")] = records.search(domain)
            if group := context.get("group_by"):
                dated = records._fields[group.split(":")[0]].type in DATES
                if dated and ":" not in group:
                    group += ":month"
                records.formatted_read_group([], [group], ["__count"])
        return found
