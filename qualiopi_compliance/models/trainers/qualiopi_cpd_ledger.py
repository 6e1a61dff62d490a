from odoo import api, fields, models
from odoo.exceptions import UserError

from .cpd_ledger_query import ledger_entries, ledger_query
from .qualiopi_cpd_activity import KINDS, STATES
from .qualiopi_trainer import KINDS as TRAINER_KINDS

# What counts towards a target.
COUNTED = ("done", "validated")
# source -> field that links to it
SOURCES = {
    "activity": "activity_id",
    "session": "event_id",
    "resume": "resume_line_id",
}


class QualiopiCpdLedger(models.Model):
    """All that trainers did or plan for their development, wherever it was recorded.

    Development activities, courses and certifications on the résumé of those who are
    employees, own sessions attended as a learner. The same course counts once: it is
    the same when it is about the same session or line of the résumé, or when it began
    on the same day under the same name; ``RANKS`` says which of them holds.
    """

    _name = "qualiopi.cpd.ledger"
    _description = "Continuing development ledger"
    _auto = False
    _order = "date desc, id desc"

    trainer_id = fields.Many2one("qualiopi.trainer", readonly=True)
    trainer_kind = fields.Selection(TRAINER_KINDS, "Status", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(
        "First Day", readonly=True, help="It counts in the period in which it began."
    )
    date_end = fields.Date("Last Day", readonly=True)
    # sessions and lines of a résumé have names in several languages
    name = fields.Char("Topic", readonly=True, translate=True)
    kind = fields.Selection(KINDS, readonly=True)
    hours = fields.Float(readonly=True)
    counted_hours = fields.Float(
        readonly=True, help="Hours of what is done or validated: 0 otherwise."
    )
    state = fields.Selection(STATES, readonly=True)
    source = fields.Selection(
        [
            ("activity", "Development activity"),
            ("session", "Own session attended"),
            ("resume", "Résumé"),
        ],
        readonly=True,
    )
    practice_change = fields.Text("What Changed in Practice", readonly=True)
    activity_id = fields.Many2one(
        "qualiopi.cpd.activity", "Development Activity", readonly=True
    )
    registration_id = fields.Many2one("event.registration", "Learner", readonly=True)
    event_id = fields.Many2one("event.event", "Session", readonly=True)
    resume_line_id = fields.Many2one(
        "hr.resume.line", "Line of the Résumé", readonly=True
    )

    _depends = {
        "qualiopi.cpd.activity": [
            "trainer_id",
            "company_id",
            "date",
            "date_end",
            "name",
            "kind",
            "hours",
            "state",
            "practice_change",
            "event_id",
            "resume_line_id",
        ],
        "qualiopi.trainer": ["partner_id", "employee_id", "company_id", "kind"],
        "qualiopi.assignment": ["trainer_id", "event_id"],
        "qualiopi.attendance": ["registration_id", "event_id", "state", "hours"],
        "event.registration": [
            "partner_id",
            "event_id",
            "company_id",
            "qualiopi_program_id",
            "name",
            "email",
            "state",
            "active",
        ],
        "event.event": [
            "name",
            "date_begin",
            "date_end",
            "date_tz",
            "kanban_state",
            "qualiopi_hours",
        ],
        "hr.resume.line": [
            "employee_id",
            "name",
            "date_start",
            "date_end",
            "duration",
            "line_type_id",
            "survey_id",
            "event_id",
        ],
        "hr.resume.line.type": ["is_course"],
        "res.partner": ["name", "email"],
    }

    @property
    def _table_query(self):
        return self._query(self.env["qualiopi.framework"]._today())

    @api.model
    def _query(self, today):
        """:return: the rows of the ledger, as they are on a day"""
        return ledger_query(self._entries(today))

    @api.model
    def _entries(self, today):
        """:return: source -> its rows; other addons add theirs"""
        return ledger_entries(today)

    @api.model
    def _source_fields(self):
        """:return: source -> field that leads to the record it was read from"""
        return SOURCES

    @api.depends("name", "date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.name

    def _source(self):
        """:return: the record this row was read from"""
        self.ensure_one()
        return self[self._source_fields()[self.source]]

    def action_open(self):
        """Open what the row was read from, with the rights of the reader.

        :raise UserError: for who may not read it, saying whom to ask
        """
        self.ensure_one()
        self.check_access("read")
        record = self._source()
        if not record.has_access("read"):
            raise UserError(
                self.env._(
                    "“%(topic)s” is kept by those who plan sessions: ask one of them, "
                    "or use “Add to It” to say what it changed in practice.",
                    topic=self.name,
                )
            )
        action = {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
        if self.source == "resume":
            # core's own form shows what only human resources may read
            view = self.env.ref("qualiopi_compliance.hr_resume_line_view_form_qualiopi")
            action |= {"views": [(view.id, "form")], "target": "new"}
        return action

    def action_add(self):
        """Begin an activity about this session or line of the résumé.

        It then holds what neither says: what changed in practice, the exact hours,
        the judgement of a manager.

        :return: an action that opens its form, filled in
        """
        self.ensure_one()
        self.check_access("read")
        if self.activity_id:
            return self.action_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Continuing Development"),
            "res_model": "qualiopi.cpd.activity",
            "views": [(False, "form")],
            "context": {
                "default_trainer_id": self.trainer_id.id,
                "default_name": self.name,
                "default_kind": self.kind,
                "default_date": self.date,
                "default_date_end": self.date_end,
                "default_hours": self.hours,
                "default_state": "planned" if self.state == "planned" else "done",
                "default_event_id": self.event_id.id,
                "default_resume_line_id": self.resume_line_id.id,
            },
        }
