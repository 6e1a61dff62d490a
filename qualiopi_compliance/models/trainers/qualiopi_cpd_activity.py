from odoo import api, fields, models

KINDS = [
    ("course", "Course"),
    ("conference", "Conference"),
    ("exchange", "Exchange between peers"),
    ("reading", "Reading"),
    ("coaching", "Coaching"),
    ("certification", "Certification"),
]
STATES = [
    ("planned", "Planned"),
    ("done", "Done"),
    ("validated", "Validated"),
    ("rejected", "Rejected"),
]
# What a manager has judged: nobody changes it any more, unless it is reopened.
JUDGED = ("validated", "rejected")


class QualiopiCpdActivity(models.Model):
    """Something a trainer does, or means to do, to keep up and develop his skills.

    Planned -> done, as its trainer or a manager says -> validated, or rejected with
    the reason, by a manager: it then stays as it is, and only a manager takes it
    back. Courses on an employee's résumé and own sessions attended need no activity,
    see ``qualiopi.cpd.ledger``; one may be made about them all the same, to say what
    they changed or to judge them.
    """

    _name = "qualiopi.cpd.activity"
    _description = "Continuing development activity"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    # who reads that his activity was rejected may answer
    _mail_post_access = "read"

    trainer_id = fields.Many2one(
        "qualiopi.trainer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        default=lambda self: self._default_trainer_id(),
    )
    company_id = fields.Many2one(
        related="trainer_id.company_id", store=True, index=True, precompute=True
    )
    employee_id = fields.Many2one(related="trainer_id.employee_id")
    trainer_kind = fields.Selection(related="trainer_id.kind", store=True)
    name = fields.Char("Topic", required=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="course", tracking=True)
    date = fields.Date(
        "First Day",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self._today(),
        help="The activity counts in the period in which it began.",
    )
    date_end = fields.Date(
        "Last Day", tracking=True, help="Empty: the same as the first."
    )
    date_last = fields.Date(
        "Over On",
        compute="_compute_date_last",
        store=True,
        help="The last day, or the only one.",
    )
    hours = fields.Float(required=True, tracking=True)
    provider = fields.Char(
        "Given By", help="Training company, organiser, author or peers."
    )
    practice_change = fields.Text(
        "What Changed in Practice",
        tracking=True,
        help="What he does otherwise since then in the courses he gives: the reason "
        "why the activity was worth its time.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_cpd_activity_attachment_rel",
        "activity_id",
        "attachment_id",
        "Proof",
        bypass_search_access=True,
        copy=False,
        help="Certificate of attendance, programme, notes taken…",
    )
    proof_url = fields.Char("Link to the Proof", copy=False)
    event_id = fields.Many2one(
        "event.event",
        "Own Session",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
        domain="[('qualiopi_program_id', '!=', False)]",
        help="One of our own sessions that he attends as a learner. Once attended it "
        "counts by itself: this activity adds what it changed in practice.",
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line",
        "Line of the Résumé",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The course as human resources know it. It then counts once.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    rejection_reason = fields.Text("Rejected Because", copy=False, tracking=True)
    assessed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    assessed_on = fields.Date(readonly=True, copy=False)
    warning = fields.Text(compute="_compute_warning")

    _event_uniq = models.UniqueIndex(
        "(trainer_id, event_id) WHERE event_id IS NOT NULL",
        "There is an activity of this trainer about this session already: complete "
        "that one.",
    )
    _resume_line_uniq = models.UniqueIndex(
        "(resume_line_id) WHERE resume_line_id IS NOT NULL",
        "There is an activity about this line of the résumé already: complete that "
        "one.",
    )

    @api.model
    def _default_trainer_id(self):
        """Who keeps only his own record starts with himself."""
        if self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            return False
        return self.env["qualiopi.trainer"].search(
            [
                ("partner_id", "=", self.env.user.partner_id.id),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )

    @api.depends("date", "date_end")
    def _compute_date_last(self):
        for activity in self:
            activity.date_last = activity.date_end or activity.date

    @api.model
    def _today(self):
        return self.env["qualiopi.framework"]._today()

    @api.onchange("event_id")
    def _onchange_event_id(self):
        if self.event_id:
            # sudo: event.event - trainers see no sessions, but the one they attended
            session = self.event_id.sudo()
            first, last = session._qualiopi_days()
            self._propose(session.name, first, last, session.qualiopi_hours)

    @api.onchange("resume_line_id")
    def _onchange_resume_line_id(self):
        line = self.resume_line_id
        if line:
            # the end of a certification's line is that of its validity
            last = False if line.survey_id else line.date_end
            self._propose(line.name, line.date_start, last, line.duration)
            self.kind = "certification" if line.survey_id else "course"

    def _propose(self, name, first, last, hours):
        """Fill in what the source says, where nothing was typed."""
        self.name = self.name or name
        self.hours = self.hours or hours
        if not self._origin:
            self.date = first
            self.date_end = last if last != first else False
