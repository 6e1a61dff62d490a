from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, OrderedSet

# Conditions that say which rows are looked for; whoever counts may leave out others.
FOCUS = {"check_id", "company_id", "res_id", "res_model"}
# A row is numbered by its check, then by its record in so many bits.
RECORD_BITS = 32


class QualiopiCheckSubject(models.Model):
    """Who sees which rows: whoever may not read a record is not told what it lacks.

    All ways to search, to count and to group go through :meth:`_search`; reading rows
    by their number goes through it too, or through :meth:`_check_access` once they
    are known.
    """

    _inherit = "qualiopi.check.subject"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        self.env["qualiopi.collector"]._before_reading()
        domain = Domain(domain).optimize(self)
        focused = self.with_context(qualiopi_focus=self._focus(domain))
        if not (self.env.su or bypass_access):
            domain &= self._readable()
        return super(QualiopiCheckSubject, focused)._search(
            domain, *args, bypass_access=bypass_access, **kwargs
        )

    def exists(self):
        # sudo: qualiopi.check.subject - which there are: reading them is checked
        found = set(self.sudo()._search([("id", "in", self.ids)]).get_result_ids())
        return self.filtered(lambda row: row.id in found)

    @api.model
    def _focus(self, domain):
        """What the conditions that all rows must meet say of some of their fields.

        :return: name of the field -> the only values that rows may have
        """
        every = domain.children if getattr(domain, "OPERATOR", "") == "&" else [domain]
        focus = {}
        for condition in every:
            name = getattr(condition, "field_expr", None)
            values = getattr(condition, "value", None)
            kind = str if name == "res_model" else int
            if getattr(condition, "operator", None) != "in" or not (
                isinstance(values, OrderedSet)
                and all(type(value) is kind for value in values)
            ):
                continue
            if name == "id":
                mask = (1 << RECORD_BITS) - 1
                focus["check_id"] = sorted({value >> RECORD_BITS for value in values})
                focus["res_id"] = sorted({value & mask for value in values})
            elif name in FOCUS or name in self._link_fields():
                focus[name] = list(values)
        return focus

    @api.model
    def _readable(self):
        """:return: domain of the rows whose own record the reader may read"""
        return Domain.OR(
            self._of_records(model, Domain.TRUE)
            for model in self.env["qualiopi.collector"]._models()
            if self.env[model].has_access("read")
        )

    @api.model
    def _of_records(self, model, domain):
        """:return: domain of the rows about records of this model that the reader may
        read, archived ones included, and that ``domain`` finds
        """
        found = self.env[model].with_context(active_test=False)._search(domain)
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "(%s = %s AND %s IN %s)",
                SQL.identifier(alias, "res_model"),
                model,
                SQL.identifier(alias, "res_id"),
                found.subselect(),
            )
        )

    def _check_access(self, operation):
        if result := super()._check_access(operation):
            return result
        # sudo: qualiopi.check.subject - which records they are about
        rows = self.sudo()
        hidden = self.browse()
        for model, mine in rows.grouped("res_model").items():
            records = self.env[model].browse(mine.mapped("res_id"))
            readable = set(records._filtered_access(operation)._ids)
            hidden |= mine.filtered(lambda row, ids=readable: row.res_id not in ids)
        if not hidden:
            return None
        hidden = hidden.with_env(self.env)
        return hidden, lambda: self.env["ir.rule"]._make_access_error(operation, hidden)

    @api.model
    def _search_record_name(self, operator, value):
        if operator not in ("in", "like", "ilike", "=like", "=ilike"):
            return NotImplemented
        return Domain.OR(
            self._of_records(model, Domain("display_name", operator, value))
            for model in self.env["qualiopi.collector"]._models()
            if self.env[model].has_access("read")
        )
