from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..training.event_event_grid import LEARNER_FORM
from .scopes import SCOPES

LINKS = (
    "registration_id",
    "event_id",
    "program_id",
    "trainer_id",
    "subcontractor_id",
    "site_id",
    "lead_id",
)
# Where what is missing is entered, when it is not the form core opens.
OWN_FORMS = {"event.registration": LEARNER_FORM}


class QualiopiCheckSubject(models.Model):
    """One record that a check looks at today, and whether it is as it should be.

    Never stored: the same conditions that are counted, row by row, in the companies
    the reader works in and as far as his rights go. Those that are not satisfied make
    the list of what to repair: the gravest first, then what touches most indicators,
    then where fewest are left to repair.

    Context: ``qualiopi_checks``, ids of the only checks asked; ``qualiopi_day``, the
    day they are asked on instead of today; ``qualiopi_law_day``, the day whose
    framework applies instead of that one.
    """

    _name = "qualiopi.check.subject"
    _description = "Record looked at by a check"
    _auto = False
    _order = "gravity, indicator_count desc, gaps_left, frees desc, date, id"
    _rec_name = "record_name"

    check_id = fields.Many2one("qualiopi.check", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    scope = fields.Selection(
        [*SCOPES, ("lead", "Request"), ("other", "Other records")],
        "Kind of Record",
        readonly=True,
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Record Number", model_field="res_model", readonly=True
    )
    date = fields.Date(readonly=True, help="On which the record is over.")
    satisfied = fields.Boolean("As It Should Be", readonly=True)
    soon = fields.Boolean(
        "Running Out", readonly=True, help="As it should be, but not for long."
    )
    # in this order
    gravity = fields.Selection(
        [("major", "Always major"), ("minor", "May be minor")],
        readonly=True,
        help="Of a gap on one of the indicators it proves, by the reading guide.",
    )
    indicator_count = fields.Integer(
        "Indicators Touched",
        readonly=True,
        aggregator=None,
        help="That apply and are not demonstrated.",
    )
    gaps_left = fields.Integer(
        "Left to Repair",
        readonly=True,
        aggregator=None,
        help="How many records this check missed when it was last counted: the fewer, "
        "the sooner it is done.",
    )
    frees = fields.Integer(
        readonly=True,
        aggregator=None,
        help="How many indicators this check alone holds back: they stand better once "
        "nothing is missing in it any more.",
    )
    registration_id = fields.Many2one("event.registration", "Learner", readonly=True)
    event_id = fields.Many2one("event.event", "Session", readonly=True)
    program_id = fields.Many2one("qualiopi.program", "Programme", readonly=True)
    trainer_id = fields.Many2one("qualiopi.trainer", "Trainer", readonly=True)
    subcontractor_id = fields.Many2one(
        "qualiopi.subcontractor", "Subcontractor", readonly=True
    )
    site_id = fields.Many2one("qualiopi.site", "Site", readonly=True)
    lead_id = fields.Many2one("crm.lead", "Request", readonly=True)
    record_name = fields.Char(
        "Record", compute="_compute_record_name", search="_search_record_name"
    )
    lacks = fields.Char(
        "What Is Missing", compute="_compute_lacks", search="_search_lacks"
    )
    remediation = fields.Text("What to Do", related="check_id.remediation")
    document_type_id = fields.Many2one(
        "qualiopi.document.type", "Document", related="check_id.document_type_id"
    )
    indicator_ids = fields.Many2many(related="check_id.indicator_ids")

    @api.model
    def _link_fields(self):
        """:return: names of the fields that lead to a record of a known kind"""
        return LINKS

    @api.model
    def _own_forms(self):
        """:return: model -> the form where what is missing is entered, when it is not
        the one core opens
        """
        return OWN_FORMS

    @property
    def _table_query(self):
        context = self.env.context
        focus = context.get("qualiopi_focus")
        if focus is None:
            # nobody searches: to describe the fields the columns are enough
            return self._no_rows()
        queries = [
            company._qualiopi_subjects(
                context.get("qualiopi_day"),
                context.get("qualiopi_law_day"),
                self._asked_checks(focus),
                focus,
            )
            for company in self.env.companies
            if company.id in focus.get("company_id", [company.id])
        ]
        queries = [query for query in queries if query]
        return SQL(" UNION ALL ").join(queries) if queries else self._no_rows()

    @api.model
    def _asked_checks(self, focus):
        """:return: ids of the only checks asked about; ``None`` for all of them"""
        asked = self.env.context.get("qualiopi_checks")
        found = focus.get("check_id")
        if asked is None or found is None:
            return found if asked is None else list(asked)
        return list(set(asked) & set(found))

    @api.model
    def _no_rows(self):
        """:return: a query of the same columns without any row"""
        columns = [
            SQL("NULL::%s AS %s", SQL(field.column_type[1]), SQL.identifier(name))
            for name, field in self._fields.items()
            if name != "id" and field.store and field.column_type
        ]
        return SQL("SELECT NULL::bigint AS id, %s WHERE FALSE", SQL(", ").join(columns))

    @api.depends_context("lang", "uid")
    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        names = {}
        for model, rows in self.grouped("res_model").items():
            if model not in self.env.registry:
                continue
            records = self.env[model].browse(rows.mapped("res_id"))
            # sudo: whatever it is - whoever reads the row may read the record
            names |= {
                (model, record.id): record.sudo().display_name
                for record in records._filtered_access("read")
            }
        for row in self:
            row.record_name = names.get((row.res_model, row.res_id), "")

    @api.depends_context("lang")
    @api.depends("check_id")
    def _compute_lacks(self):
        for row in self:
            # sudo: qualiopi.check - the words of a question
            row.lacks = row.check_id.sudo()._said_missing()

    def _search_lacks(self, operator, value):
        if operator not in ("in", "like", "ilike", "=like", "=ilike"):
            return NotImplemented
        return Domain("check_id", "any", Domain("lacks", operator, value)) | Domain(
            "check_id.document_type_id", operator, value
        )

    @api.model
    def action_open_today(self):
        """Open what is missing, weighed by what was counted today."""
        self.check_access("read")
        self.env["qualiopi.checklist"]._read_living_if_old()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_subject_action"
        )

    def action_open_record(self):
        """Open the record itself, where what is missing is entered."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(
                self.env._("This record was deleted meanwhile. Refresh the list.")
            )
        if record._name == "res.company":
            return record.with_company(record).action_qualiopi_organisation()
        own = self._own_forms().get(record._name)
        view = self.env.ref(own) if own else 0
        return record.get_formview_action() | (
            {"views": [(view.id, "form")]} if view else {}
        )

    def action_add_document(self):
        """Begin the document that is missing, about this record."""
        self.ensure_one()
        self.check_access("read")
        evidence = self.env["qualiopi.evidence"]
        evidence.check_access("create")
        record = self.env[self.res_model].browse(self.res_id)
        kind = self.check_id.document_type_id
        values = evidence._about_values(record) | {"type_id": kind.id}
        return {
            "type": "ir.actions.act_window",
            "name": kind.name,
            "res_model": evidence._name,
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in values.items()},
        }
