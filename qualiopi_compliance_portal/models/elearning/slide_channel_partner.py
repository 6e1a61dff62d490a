from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date
from odoo.tools.sql import column_exists

from odoo.addons.qualiopi_compliance.rules.learner_file import FileFacts

# What the file of somebody who learns online can hold; attendance, convocation and
# certificate of completion belong to sessions.
ASKED = (
    "need",
    "entry",
    "adjustment",
    "contract",
    "exam_enrolment",
    "exam_result",
)


class SlideChannelPartner(models.Model):
    """The learner's file of somebody who follows a course online.

    Invited -> joined -> ongoing -> finished, as core says; joining and finishing are
    dated here. Dropping out is a date and a reason, not a state. Only memberships of a
    course that delivers a programme are learner files.
    """

    _name = "slide.channel.partner"
    _inherit = [
        "slide.channel.partner",
        "qualiopi.learner.file",
        "qualiopi.gap.holder",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _gap_link = "member_id"

    qualiopi_program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        compute="_compute_qualiopi_program_id",
        store=True,
        index="btree_not_null",
        help="What the course delivers. Empty for its responsible, whom core enrols in "
        "it: he is no learner.",
    )
    qualiopi_version_id = fields.Many2one(
        "qualiopi.program.version",
        "Version Followed",
        compute="_compute_qualiopi_version_id",
        store=True,
        ondelete="restrict",
        help="The one in force on the day of joining.",
    )
    qualiopi_certifying = fields.Boolean(related="qualiopi_program_id.certifying")
    qualiopi_company_id = fields.Many2one(
        related="channel_id.qualiopi_company_id",
        string="Company",
        store=True,
        index="btree_not_null",
    )
    qualiopi_currency_id = fields.Many2one(related="qualiopi_company_id.currency_id")
    qualiopi_joined_on = fields.Date("Joined On", copy=False, tracking=True)
    qualiopi_completed_on = fields.Date(
        "Finished On",
        copy=False,
        tracking=True,
        help="When the last content was completed. Empty for a course finished before "
        "this was recorded: enter the day if something proves it.",
    )
    qualiopi_follow_up_ids = fields.One2many(
        "qualiopi.follow.up", "member_id", "Follow-Up"
    )

    @api.depends(
        "channel_id.qualiopi_program_id", "channel_id.user_id.partner_id", "partner_id"
    )
    def _compute_qualiopi_program_id(self):
        for member in self:
            channel = member.channel_id
            own = member.partner_id == channel.user_id.partner_id
            member.qualiopi_program_id = not own and channel.qualiopi_program_id

    @api.depends("qualiopi_program_id", "qualiopi_joined_on")
    def _compute_qualiopi_version_id(self):
        for member in self:
            program, joined = member.qualiopi_program_id, member.qualiopi_joined_on
            version = program._version_on(joined) if program and joined else False
            member.qualiopi_version_id = version

    def _auto_init(self):
        """Who had joined before did so when core made the membership, as far as it
        knows; when he finished is known to nobody, and stays empty.
        """
        new = not column_exists(self.env.cr, self._table, "qualiopi_joined_on")
        result = super()._auto_init()
        if new:
            self.env.cr.execute(
                """
                UPDATE slide_channel_partner SET qualiopi_joined_on = (
                    create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'
                )::date WHERE member_status != 'invited'
                """
            )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env["qualiopi.framework"]._today()
        # who joins by himself must not follow what the house writes in his file
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        members = super(SlideChannelPartner, quiet).create(
            [
                {**self._qualiopi_dates(vals.get("member_status"), today), **vals}
                for vals in vals_list
            ]
        )
        return members.with_env(self.env)

    @api.model
    def _qualiopi_dates(self, status, today):
        return {
            "qualiopi_joined_on": False if status == "invited" else today,
            "qualiopi_completed_on": today if status == "completed" else False,
        }

    def write(self, vals):
        """Core changes the status of many at once, and dates nothing."""
        status = vals.get("member_status")
        if not status:
            return super().write(vals)
        before = {member: member.member_status for member in self}
        result = super().write(vals)
        today = self.env["qualiopi.framework"]._today()
        joined = self.filtered(
            lambda member: before[member] == "invited" and status != "invited"
        )
        finished = self.filtered(
            lambda member: (
                before[member] != "completed" and not member.qualiopi_completed_on
            )
        )
        if joined and "qualiopi_joined_on" not in vals:
            joined.qualiopi_joined_on = today
        if "qualiopi_completed_on" in vals:
            return result
        if status == "completed":
            finished.qualiopi_completed_on = today
        else:
            self.filtered("qualiopi_completed_on").qualiopi_completed_on = False
        return result

    @api.constrains("qualiopi_client_id", "qualiopi_funder_id", "qualiopi_program_id")
    def _check_qualiopi_company(self):
        for member in self:
            company = member.qualiopi_company_id
            people = member.qualiopi_client_id | member.qualiopi_funder_id
            # sudo: res.partner - the reader may not see those of another company
            wrong = people.sudo().filtered(
                lambda person, company=company: (
                    person.company_id and person.company_id != company
                )
            )
            if company and wrong:
                raise ValidationError(
                    self.env._(
                        "%(person)s belongs to another company than the programme of "
                        "%(learner)s. Choose a contact of %(company)s.",
                        person=wrong[0].name,
                        learner=member.display_name,
                        company=company.name,
                    )
                )

    @api.constrains("qualiopi_dropped_on", "qualiopi_joined_on")
    def _check_qualiopi_dates(self):
        for member in self:
            joined, dropped = member.qualiopi_joined_on, member.qualiopi_dropped_on
            if joined and dropped and dropped < joined:
                raise ValidationError(
                    self.env._(
                        "%(learner)s cannot drop out on %(day)s, before joining on "
                        "%(first)s. Archive the membership instead.",
                        learner=member.display_name,
                        day=format_date(self.env, dropped),
                        first=format_date(self.env, joined),
                    )
                )

    def _qualiopi_checked(self):
        return self._origin.filtered("qualiopi_program_id")

    # What the file lacks

    @api.depends(
        lambda self: [
            *self._qualiopi_proofs().values(),
            "active",
            "member_status",
            "qualiopi_program_id.certifying",
            "qualiopi_joined_on",
            "qualiopi_completed_on",
            "qualiopi_dropped_on",
        ]
    )
    def _compute_qualiopi_missing(self):
        return super()._compute_qualiopi_missing()

    def _qualiopi_facts(self):
        """Read what the rules need: joining is the first day, finishing the last."""
        today = self.env["qualiopi.framework"]._today()
        facts = {}
        for member in self.filtered("qualiopi_program_id"):
            program = member.qualiopi_program_id
            first = member.qualiopi_joined_on or today
            last = member._qualiopi_last_day(today)
            facts[member._origin.id or member.id] = FileFacts(
                category=program.category_id.code,
                certifying=program.certifying,
                starts_on=first,
                ends_on=max(first, last),
                held=frozenset(member._qualiopi_held_by_field()),
                # an invitation is not an enrolment: nothing is due yet
                cancelled=member.member_status == "invited" or not member.active,
                dropped_on=member.qualiopi_dropped_on or None,
                asked=ASKED,
            )
        return facts

    def _qualiopi_last_day(self, today):
        """:return: the day on which the course was finished; the latest it may have
        been when nobody knows; for ever while it is not
        """
        self.ensure_one()
        if self.member_status != "completed":
            return fields.Date.to_date("9999-12-31")
        return self.qualiopi_completed_on or self.qualiopi_last_on or today
