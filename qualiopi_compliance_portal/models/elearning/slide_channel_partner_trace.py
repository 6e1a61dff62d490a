from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .member_trace import trace_query

# Who finished without handing anything in did not show that he followed it.
FOLLOWED = [
    ("not_started", "Nothing done yet"),
    ("ongoing", "Being followed"),
    ("followed", "Followed to the end"),
    ("ticked", "Ticked, nothing handed in"),
    ("dropped", "Dropped out"),
]


class SlideChannelPartner(models.Model):
    """What shows that a course is really followed (indicator 19).

    Core lets a learner tick content after content. What he hands in (quiz,
    certification) leaves a day; where a course asks for nothing, somebody checks, and
    writes it down as a follow-up. Time is what is planned for the contents completed:
    core measures none.
    """

    _inherit = "slide.channel.partner"

    qualiopi_activity_total = fields.Integer(
        "Activities of the Course",
        compute="_compute_qualiopi_activity_total",
        help="Published quizzes, certifications, and contents that end with questions.",
    )
    qualiopi_handed_in = fields.Integer(
        "Activities Handed In", compute="_compute_qualiopi_trace"
    )
    qualiopi_passed = fields.Integer(
        "Of Which Passed", compute="_compute_qualiopi_trace"
    )
    qualiopi_hours_followed = fields.Float(
        "Hours of Contents Completed",
        compute="_compute_qualiopi_trace",
        help="As planned for each content: the time really spent is not measured.",
    )
    qualiopi_last_on = fields.Date("Last Activity", compute="_compute_qualiopi_trace")
    qualiopi_silent_days = fields.Integer(
        "Days of Silence",
        compute="_compute_qualiopi_trace",
        search="_search_qualiopi_silent_days",
        help="Since the last activity, of who has neither finished nor dropped out.",
    )
    qualiopi_followed = fields.Selection(
        FOLLOWED,
        "Follow-Through",
        compute="_compute_qualiopi_trace",
        search="_search_qualiopi_followed",
    )
    qualiopi_trace_ids = fields.Many2many(
        "slide.slide.partner",
        string="Contents",
        compute="_compute_qualiopi_trace_ids",
        groups="website_slides.group_website_slides_officer,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )

    @api.depends("channel_id")
    def _compute_qualiopi_activity_total(self):
        # sudo: slide.slide - only how many, of courses whose members the reader reads
        for channel, members in self.sudo().grouped("channel_id").items():
            total = sum(slide._qualiopi_is_activity() for slide in channel.slide_ids)
            members.with_env(self.env).qualiopi_activity_total = total

    @api.depends(
        "member_status",
        "qualiopi_joined_on",
        "qualiopi_dropped_on",
        "qualiopi_follow_up_ids.kind",
    )
    def _compute_qualiopi_trace(self):
        today = self.env["qualiopi.framework"]._today()
        traces = self._qualiopi_traces(today)
        checked = self._qualiopi_checked_members()
        for member in self:
            trace = traces.get(member._origin.id, {})
            member.qualiopi_handed_in = trace.get("handed_in", 0)
            member.qualiopi_passed = trace.get("passed", 0)
            member.qualiopi_hours_followed = trace.get("hours", 0)
            member.qualiopi_last_on = trace.get("last_on")
            member.qualiopi_followed = member._qualiopi_follow_through(
                member._origin.id in checked
            )
            last = member.qualiopi_last_on or member.qualiopi_joined_on
            silent = member.qualiopi_followed in ("not_started", "ongoing") and last
            member.qualiopi_silent_days = (today - last).days if silent else 0

    def _qualiopi_follow_through(self, checked):
        """:param checked: whether somebody checked that he follows it
        :return: key of ``FOLLOWED``, ``False`` for who is only invited
        """
        self.ensure_one()
        if self.member_status == "invited":
            return False
        if self.qualiopi_dropped_on:
            return "dropped"
        if self.member_status == "completed":
            return "followed" if self.qualiopi_handed_in or checked else "ticked"
        return "ongoing" if self.qualiopi_last_on else "not_started"

    def _qualiopi_traces(self, day):
        """:return: id -> what :func:`trace_query` says of it; left out without any"""
        if not self._origin:
            return {}
        self.env["slide.slide.partner"].flush_model()
        self.env["slide.channel.partner"].flush_model()
        rows = self.env.execute_query_dict(
            trace_query(day, SQL("member.id = ANY(%s)", self._origin.ids))
        )
        return {row["member_id"]: row for row in rows}

    def _qualiopi_checked_members(self):
        """:return: ids of those whose follow-up says that somebody checked"""
        # sudo: qualiopi.follow.up - only whether there is one, of files he reads
        groups = (
            self.env["qualiopi.follow.up"]
            .sudo()
            ._read_group(
                [("member_id", "in", self._origin.ids), ("kind", "=", "distance")],
                ["member_id"],
            )
        )
        return {member.id for (member,) in groups}

    @api.depends("channel_id", "partner_id")
    def _compute_qualiopi_trace_ids(self):
        Trace = self.env["slide.slide.partner"]
        traces = Trace.search(
            [
                ("channel_id", "in", self.channel_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ],
            order="qualiopi_last_on desc, id desc",
        ).grouped(lambda row: (row.channel_id, row.partner_id))
        for member in self:
            key = (member.channel_id, member.partner_id)
            member.qualiopi_trace_ids = traces.get(key, Trace)

    @api.model
    def _search_qualiopi_followed(self, operator, value):
        if operator != "in":
            return NotImplemented
        # worked out over all that the reader sees, a few statements in all
        files = self.search([("qualiopi_program_id", "!=", False)])
        found = files.filtered(lambda member: member.qualiopi_followed in value)
        return Domain("id", "in", found.ids)

    @api.model
    def _search_qualiopi_silent_days(self, operator, value):
        if operator not in (">", ">="):
            return NotImplemented
        if value < (0 if operator == ">" else 1):
            return Domain.TRUE
        today = self.env["qualiopi.framework"]._today()
        before = today - timedelta(days=value + (operator == ">"))
        return Domain("id", "in", self._qualiopi_silent_since(before).ids)

    @api.model
    def _qualiopi_silent_since(self, day, domain=()):
        """:param domain: what else is asked of them
        :return: learners at work on a course who did nothing after that day
        """
        members = self.search(
            Domain("qualiopi_program_id", "!=", False)
            & Domain("member_status", "in", ("joined", "ongoing"))
            & Domain("qualiopi_dropped_on", "=", False)
            & Domain("qualiopi_joined_on", "<=", day)
            & Domain(domain)
        )
        today = self.env["qualiopi.framework"]._today()
        traces = members._qualiopi_traces(today)
        return members.filtered(
            lambda member: (
                (traces.get(member.id, {}).get("last_on") or member.qualiopi_joined_on)
                <= day
            )
        )
