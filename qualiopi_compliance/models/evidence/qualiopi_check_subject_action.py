from odoo import fields, models


class QualiopiCheck(models.Model):
    """From checks to the records they look at."""

    _inherit = "qualiopi.check"

    def _open_subjects(self, company, day, satisfied, name=None, law_day=None):
        """:param day: on which the records are read
        :param satisfied: open the records that count, or those that are missing
        :param name: shown above them, that of the check by default
        :param law_day: whose framework applies, ``day`` by default
        :return: an action that opens what these checks look at in that company
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_subject_action"
        )
        today = self.env["qualiopi.framework"]._today()
        context = {
            "allowed_company_ids": company.ids,
            "qualiopi_checks": self.ids,
            f"search_default_{'satisfied' if satisfied else 'missing'}": 1,
        }
        if satisfied and len(self) > 1:
            context["search_default_group_check"] = 1
        if day and day != today:
            context["qualiopi_day"] = fields.Date.to_string(day)
        if law_day and law_day != day:
            context["qualiopi_law_day"] = fields.Date.to_string(law_day)
        name = name or self[:1].name
        return action | {"name": name, "display_name": name, "context": context}

    def _said_missing(self):
        """:return: what is said of a record that fails this check"""
        self.ensure_one()
        if self.kind == "document" and self.document_type_id:
            return self.env._(
                "No valid document: %(type)s", type=self.document_type_id.name
            )
        return self.lacks or self.env._(
            "Not as it should be: %(check)s", check=self.name
        )
