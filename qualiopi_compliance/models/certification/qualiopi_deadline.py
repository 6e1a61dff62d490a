from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("surveillance_from", "Surveillance window opens"),
    ("surveillance_until", "Surveillance window closes"),
    ("call_by", "Ask certifiers for offers"),
    ("contract_by", "Contract with the certifier"),
    ("renewal_by", "Renewal audit at the latest"),
    ("last_day", "Certificate ends"),
    ("audit", "Audit"),
    ("plan_due_on", "Plan due to the certifier"),
    ("apply_by", "Non-conformity corrected"),
    ("check_by", "Correction checked"),
    ("action", "Action"),
    ("effect", "Effect of an action"),
    ("evidence", "Document runs out"),
    ("meeting", "Meeting"),
    ("bpf", "Training activity report (BPF)"),
    ("change", "Change to declare"),
    ("subcontractor", "Subcontractor: piece to renew"),
    ("program", "Programme to read again"),
    ("cv", "CV to renew"),
    ("skill", "Skill or certification runs out"),
]


class QualiopiDeadline(models.Model):
    """Every day that matters for the certificate, in one calendar.

    Never stored: rows of the records that hold those days, with the reader's own
    companies. Other rooms and addons add their own by extending :meth:`_parts`.
    """

    _name = "qualiopi.deadline"
    _description = "Deadline"
    _auto = False
    _order = "day, id"

    kind = fields.Selection(KINDS, readonly=True)
    day = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    res_model = fields.Char("Kind of Record", readonly=True)
    res_id = fields.Many2oneReference(
        "Record Number", model_field="res_model", readonly=True
    )
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    settled = fields.Boolean(readonly=True)
    late = fields.Boolean(readonly=True)
    name = fields.Char(compute="_compute_name", search="_search_name")
    record_name = fields.Char("Record", compute="_compute_name")
    standing = fields.Selection(
        [("late", "Late"), ("open", "To do"), ("settled", "Settled")], readonly=True
    )

    @property
    def _table_query(self):
        today = self.env["qualiopi.framework"]._today()
        parts = SQL(" UNION ALL ").join(self._parts(today))
        return SQL(
            """
            SELECT part.*, NOT part.settled AND part.day < %(today)s AS late,
                CASE WHEN part.settled THEN 'settled'
                    WHEN part.day < %(today)s THEN 'late' ELSE 'open' END AS standing
            FROM (%(parts)s) part WHERE part.day IS NOT NULL
            """,
            today=today,
            parts=parts,
        )

    @api.depends_context("lang", "uid")
    @api.depends("kind", "res_model", "res_id")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        names = {}
        for model, rows in self.grouped("res_model").items():
            records = self.env[model].browse(rows.mapped("res_id"))
            names |= {
                (model, record.id): record.display_name
                for record in records._filtered_access("read")
            }
        for row in self:
            record = names.get((row.res_model, row.res_id), "")
            label = labels.get(row.kind, "")
            row.record_name = record
            row.name = (
                self.env._("%(what)s: %(record)s", what=label, record=record)
                if record
                else label
            )

    def _search_name(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        # the names are those of many models: a few hundred rows are read
        sought = str(value).lower()
        rows = self.search([("company_id", "in", self.env.companies.ids)])
        return [("id", "in", rows.filtered(lambda row: sought in row.name.lower()).ids)]

    def action_open_record(self):
        """Open the record that holds this day."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id)
        if not record.has_access("read"):
            raise UserError(
                self.env._(
                    "What falls due on this day is not for you to read: ask a quality "
                    "manager."
                )
            )
        if record._name != "res.company":
            return record.get_formview_action()
        if not self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            raise UserError(
                self.env._("Only a quality manager opens the sheet of the company.")
            )
        return record.action_qualiopi_organisation() | {"res_id": record.id}
