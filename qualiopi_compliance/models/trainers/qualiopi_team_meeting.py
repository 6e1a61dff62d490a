from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import is_html_empty
from odoo.tools.misc import format_datetime

from ...rules.audit_calendar import today_in_paris

# What the minutes say: it stays as it is once the meeting was held.
MINUTES = {
    "name",
    "kind",
    "start",
    "duration",
    "location",
    "company_id",
    "user_id",
    "program_ids",
    "participant_ids",
    "agenda",
    "notes",
    "decisions",
}


class QualiopiTeamMeeting(models.Model):
    """A meeting that coordinates those who work on the training (indicators 18, 20).

    Planned, with an agenda and, if wanted, an invitation in the calendar that keeps
    in step; held, once it is said who was there and what came of it; called off. The
    minutes of a meeting that was held do not change unless it is reopened, which its
    history shows.
    """

    _name = "qualiopi.team.meeting"
    _description = "Team meeting"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "start desc, id desc"
    _check_company_auto = True

    name = fields.Char("Subject", required=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("team", "Team meeting"),
            ("teaching", "Teaching meeting"),
            ("council", "Development council"),
            ("outside", "Exchange with outside trainers"),
        ],
        required=True,
        default="team",
        tracking=True,
        index=True,
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Took Place"), ("cancelled", "Called Off")],
        required=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    start = fields.Datetime(
        "Date",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self._default_start(),
        copy=False,
    )
    duration = fields.Float("Duration in Hours", default=1)
    stop = fields.Datetime("End", compute="_compute_stop", store=True)
    location = fields.Char("Place", help="Room, address, or link to connect.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Organiser",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    program_ids = fields.Many2many(
        "qualiopi.program",
        "qualiopi_team_meeting_program_rel",
        "meeting_id",
        "program_id",
        "Programmes",
        check_company=True,
    )
    participant_ids = fields.One2many(
        "qualiopi.team.participant",
        "meeting_id",
        "Participants",
        copy=True,
        default=lambda self: self._default_participant_ids(),
    )
    present_count = fields.Integer("Present", compute="_compute_counts")
    invited_count = fields.Integer("Invited", compute="_compute_counts")
    agenda = fields.Html()
    notes = fields.Html(copy=False, help="What was said: it is the minutes.")
    decisions = fields.Html(
        copy=False,
        help="What was decided, who does it and by when. Schedule an activity for "
        "each: its owner is then reminded.",
    )
    warning = fields.Text(compute="_compute_warning")

    _duration_positive = models.Constraint(
        "CHECK(duration > 0)", "A meeting lasts longer than nothing."
    )

    @api.model
    def _default_start(self):
        now = fields.Datetime.now()
        return now.replace(minute=0, second=0) + timedelta(hours=1)

    @api.model
    def _default_participant_ids(self):
        """Whoever plans a meeting takes part in it, unless he says otherwise."""
        planner = self.env.user.partner_id.filtered("active")
        return [Command.create({"partner_id": partner.id}) for partner in planner]

    @api.depends("start", "duration")
    def _compute_stop(self):
        for meeting in self:
            hours = timedelta(hours=meeting.duration)
            meeting.stop = meeting.start and meeting.start + hours

    @api.depends("participant_ids.status")
    def _compute_counts(self):
        for meeting in self:
            people = meeting.participant_ids
            meeting.invited_count = len(people)
            meeting.present_count = len(
                people.filtered(lambda row: row.status == "present")
            )

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "start",
        "state",
        "participant_ids.capacity",
        "participant_ids.status",
    )
    def _compute_warning(self):
        framework = self.env.ref("qualiopi_compliance.framework_rnq_2026")
        for meeting in self:
            meeting.warning = False
            if meeting.kind != "council" or meeting.state == "cancelled":
                continue
            lacking = meeting._lacking_governance()
            if lacking and meeting._day() >= framework.date_from:
                meeting.warning = self.env._(
                    "Nobody here speaks for: %(missing)s. Indicator 20 wants "
                    "apprentices, trainers and companies to take part in the "
                    "governance (%(framework)s).",
                    missing=", ".join(lacking),
                    framework=framework.code,
                )

    def _day(self):
        """:return: calendar day in Paris, today while it has no date"""
        self.ensure_one()
        return today_in_paris(self.start or None)

    def _lacking_governance(self):
        """:return: in words, who should take part in a council and does not"""
        self.ensure_one()
        people = self.participant_ids.filtered(
            lambda row: row.status == "present" or self.state == "planned"
        )
        found = set(people.mapped("capacity"))
        wanted = {
            "apprentice": self.env._("apprentices"),
            "trainer": self.env._("trainers"),
            "company": self.env._("companies"),
        }
        return [word for capacity, word in wanted.items() if capacity not in found]

    @api.constrains("state", "start", "notes", "decisions", "participant_ids")
    def _check_held(self):
        """What says it was held says when, who was there and what came of it."""
        now = fields.Datetime.now()
        for meeting in self.filtered(lambda row: row.state == "held"):
            if meeting.start > now:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is planned for %(moment)s: it cannot have been "
                        "held yet. If it was, correct its date.",
                        name=meeting.name,
                        moment=format_datetime(self.env, meeting.start),
                    )
                )
            if not meeting.present_count:
                raise ValidationError(
                    self.env._(
                        "Nobody was at “%(name)s”? Say who was there, or call the "
                        "meeting off.",
                        name=meeting.name,
                    )
                )
            if is_html_empty(meeting.notes) and is_html_empty(meeting.decisions):
                raise ValidationError(
                    self.env._(
                        "Write what came of “%(name)s”: a line in the notes or in the "
                        "decisions is enough. Minutes that say nothing prove nothing.",
                        name=meeting.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Minutes of the past may be entered, or imported, at once."""
        meetings = super().create([vals | {"state": "planned"} for vals in vals_list])
        for meeting, vals in zip(meetings, vals_list, strict=True):
            if vals.get("state", "planned") != "planned":
                meeting.state = vals["state"]
        return meetings

    def write(self, vals):
        if MINUTES & vals.keys():
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        """:raise UserError: when the minutes of one of these are closed"""
        for meeting in self:
            if meeting.state == "held":
                raise UserError(
                    self.env._(
                        "“%(name)s” was held: its minutes do not change. Reopen it to "
                        "correct them; its history will show it.",
                        name=meeting.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        for meeting in self:
            if meeting.state == "held":
                raise UserError(
                    self.env._(
                        "“%(name)s” was held and is part of the history: archive it "
                        "instead of deleting it.",
                        name=meeting.name,
                    )
                )

    # People

    def _invite(self, partners):
        """Add these people to those who are invited, once each."""
        self.ensure_one()
        new = partners - self.participant_ids.partner_id
        self.participant_ids = [
            Command.create({"partner_id": partner.id}) for partner in new
        ]

    def _people_concerned(self):
        """:return: whom a meeting of this kind is about, as of its day"""
        self.ensure_one()
        Person = self.env["qualiopi.team.person"]
        team = Person._on(self._day(), self.company_id)
        if self.kind == "council":
            team = team.filtered(lambda row: row.function == "council")
        elif self.kind == "outside":
            outside = team.trainer_id._outside_staff()
            team = team.filtered(lambda row: row.trainer_id in outside)
        elif self.kind == "teaching" and self.program_ids:
            programs = self.program_ids
            return (
                programs.referent_id
                | programs.trainer_ids.filtered(
                    lambda trainer: trainer.state == "active"
                ).partner_id
            )
        elif self.kind == "teaching":
            team = team.filtered(lambda row: row.function in ("teaching", "trainer"))
        else:
            team = team.filtered(lambda row: row.function != "council")
        return team.partner_id.filtered("active")

    def action_invite(self):
        """Add all those concerned: nobody types the list of his own team."""
        self.check_access("write")
        for meeting in self:
            people = meeting._people_concerned()
            if not people:
                raise UserError(
                    self.env._(
                        "The team's chart names nobody for “%(name)s”: add the "
                        "participants here, or complete the chart first.",
                        name=meeting.name,
                    )
                )
            meeting._invite(people)

    def action_all_present(self):
        """Everybody still without an answer was there, but who had declined."""
        self.check_access("write")
        for meeting in self:
            declined = meeting._declined()
            for row in meeting.participant_ids:
                if row.status == "invited":
                    excused = row.partner_id in declined
                    row.status = "excused" if excused else "present"

    # States

    def action_hold(self):
        """The meeting took place; who gave no sign was absent."""
        self.check_access("write")
        for meeting in self:
            people = meeting.participant_ids
            if "present" in people.mapped("status"):
                people.filtered(lambda row: row.status == "invited").status = "absent"
        self.state = "held"

    def action_reopen(self):
        """Correct the minutes, or plan again what was called off."""
        self.check_access("write")
        self.state = "planned"

    def action_cancel(self):
        """The meeting does not take place; those invited in the calendar are told."""
        self.check_access("write")
        self._check_open()
        self.state = "cancelled"
        self._withdraw_invitation()

    def action_print(self):
        """Print the agenda with a sheet to sign, or the minutes once it was held."""
        self.check_access("read")
        report = self.env.ref("qualiopi_compliance.team_meeting_report")
        return report.report_action(self, config=False)
