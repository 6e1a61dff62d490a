from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules.audit_questions import likely_questions


class QualiopiAuditInterview(models.Model):
    """Somebody the auditor spoke with: on what, what was asked and answered.

    Prepared from the plan, with the questions he is likely to be asked, or noted on
    the day.
    """

    _name = "qualiopi.audit.interview"
    _description = "Interview during an audit"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, start, id"

    agenda_id = fields.Many2one(
        "qualiopi.audit.agenda",
        "Line of the Plan",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('audit_id', '=', audit_id)]",
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", check_company=True, index=True, ondelete="restrict"
    )
    name = fields.Char(
        "Person",
        compute="_compute_person",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="A learner or a client who is no contact may be named here.",
    )
    function = fields.Char(
        compute="_compute_person", store=True, readonly=False, precompute=True
    )
    start = fields.Datetime("Time", default=fields.Datetime.now)
    how = fields.Selection(
        [("site", "Face to face"), ("phone", "By telephone"), ("video", "By video")],
        required=True,
        default="site",
    )
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_audit_interview_indicator_rel",
        "interview_id",
        "indicator_id",
        "On Indicators",
        ondelete="restrict",
    )
    question_ids = fields.One2many(
        "qualiopi.audit.question", "interview_id", "Questions", copy=True
    )
    note = fields.Text("What Was Said")
    answered = fields.Char("Answers", compute="_compute_answered")

    @api.depends("partner_id")
    def _compute_person(self):
        for interview in self:
            person = interview.partner_id
            interview.name = person.name or interview.name
            interview.function = (
                interview.audit_id._function_of(person)
                if person
                else interview.function
            )

    @api.depends("question_ids.answer")
    def _compute_answered(self):
        for interview in self:
            asked = interview.question_ids
            done = asked.filtered(lambda row: (row.answer or "").strip())
            interview.answered = f"{len(done)}/{len(asked)}" if asked else ""

    def action_propose_questions(self):
        """Add the questions this person is likely to be asked, once each."""
        self.check_access("write")
        self._check_audit_open()
        for interview in self:
            interview._add_questions()
        return True

    def _add_questions(self):
        self.ensure_one()
        if not self.indicator_ids:
            raise UserError(
                self.env._(
                    "On which indicators is %(name)s asked? Choose them first.",
                    name=self.name,
                )
            )
        known = set(self.question_ids.mapped("name"))
        by_number = {row.number: row for row in self.indicator_ids}
        teaches = self.audit_id._teaches(self.partner_id)
        commands = []
        for each in likely_questions(by_number, teaches=teaches):
            text = self.env._(each.text)
            if text not in known:
                indicator = by_number.get(each.indicator)
                values = {"name": text, "indicator_id": indicator and indicator.id}
                commands.append(Command.create(values))
        self.question_ids = commands
