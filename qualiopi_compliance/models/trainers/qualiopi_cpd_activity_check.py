from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import escape_psql
from odoo.tools.misc import format_date

from ...rules.development import LONG_DAY, LONGEST_DAY, days_between, judge_hours


class QualiopiCpdActivity(models.Model):
    """What cannot be right about an activity is refused, the unusual is said."""

    _inherit = "qualiopi.cpd.activity"

    @api.depends_context("lang")
    @api.depends(
        "hours",
        "date",
        "date_end",
        "state",
        "name",
        "trainer_id",
        "event_id",
        "practice_change",
        "attachment_ids",
        "proof_url",
    )
    def _compute_warning(self):
        for activity in self:
            activity.warning = "\n".join(activity._warnings()) or False

    def _warnings(self):
        """:return: what is unusual or still asked for, one sentence each"""
        self.ensure_one()
        return self._day_warnings() + self._proof_warnings() + self._double_warnings()

    def _day_warnings(self):
        warnings = []
        last = self.date_last
        if self._hours_verdict() == "long":
            warnings.append(
                self.env._(
                    "%(hours)s hours in %(days)s day(s) is more than %(longest)s a "
                    "day: check the hours and the dates.",
                    hours=f"{self.hours:g}",
                    days=days_between(self.date, self.date_end or None),
                    longest=LONG_DAY,
                )
            )
        if self.state == "planned" and last and last < self._today():
            warnings.append(
                self.env._(
                    "It was planned until %(day)s: say whether it took place, or move "
                    "it.",
                    day=format_date(self.env, last),
                )
            )
        return warnings

    def _proof_warnings(self):
        if self.state != "done":
            return []
        warnings = []
        if not (self.practice_change or "").strip():
            warnings.append(
                self.env._(
                    "Say what changed in practice: an auditor asks what the activity "
                    "was good for."
                )
            )
        if not self.attachment_ids and not self.proof_url:
            warnings.append(
                self.env._("There is no proof yet: add a document or a link.")
            )
        return warnings

    def _double_warnings(self):
        warnings = []
        if self._teaches():
            warnings.append(
                self.env._(
                    "%(name)s teaches “%(session)s”: giving a course is not attending "
                    "it.",
                    name=self.trainer_id.name,
                    # sudo: event.event - trainers see no sessions
                    session=self.event_id.sudo().name,
                )
            )
        if twin := self._twin():
            warnings.append(
                self.env._(
                    "“%(topic)s” on %(day)s is recorded twice for this trainer: delete "
                    "or reject one of the two.",
                    topic=twin.name,
                    day=format_date(self.env, twin.date),
                )
            )
        return warnings

    def _hours_verdict(self):
        """:return: see :func:`judge_hours`; ``fine`` while the days are not known"""
        self.ensure_one()
        last = self.date_end or None
        if not self.date or (last and last < self.date):
            return "fine"
        return judge_hours(self.hours, self.date, last)

    def _teaches(self):
        """:return: whether he is one of the trainers of the session named"""
        self.ensure_one()
        if not self.event_id or not self.trainer_id:
            return False
        # sudo: qualiopi.assignment - who teaches a session is said, nothing else
        return bool(
            self.env["qualiopi.assignment"]
            .sudo()
            .search_count(
                [
                    ("event_id", "=", self.event_id.id),
                    ("trainer_id", "=", self.trainer_id.id),
                ],
                limit=1,
            )
        )

    def _twin(self):
        """:return: another activity on the same topic and day that was not rejected"""
        self.ensure_one()
        if not self.name or not self.date or not self.trainer_id:
            return self.browse()
        return self.search(
            [
                ("id", "!=", self._origin.id),
                ("trainer_id", "=", self.trainer_id.id),
                ("date", "=", self.date),
                ("name", "=ilike", escape_psql(self.name.strip())),
                ("state", "!=", "rejected"),
            ],
            limit=1,
        )

    @api.constrains("date", "date_end")
    def _check_dates(self):
        for activity in self:
            if activity.date_end and activity.date_end < activity.date:
                raise ValidationError(
                    self.env._(
                        "“%(topic)s” ends on %(last)s, before it begins on %(first)s: "
                        "correct one of the two days.",
                        topic=activity.name,
                        first=format_date(self.env, activity.date),
                        last=format_date(self.env, activity.date_end),
                    )
                )

    @api.constrains("hours", "date", "date_end")
    def _check_hours(self):
        for activity in self:
            verdict = activity._hours_verdict()
            if verdict == "none":
                raise ValidationError(
                    self.env._(
                        "Enter how many hours “%(topic)s” takes: more than 0.",
                        topic=activity.name,
                    )
                )
            if verdict == "impossible":
                raise ValidationError(
                    self.env._(
                        "%(hours)s hours do not fit into %(days)s day(s) of at most "
                        "%(longest)s: correct the hours, or enter the last day.",
                        hours=f"{activity.hours:g}",
                        days=days_between(activity.date, activity.date_end or None),
                        longest=LONGEST_DAY,
                    )
                )

    @api.constrains("state", "date", "date_end")
    def _check_done(self):
        today = self._today()
        for activity in self:
            last = activity.date_last
            if activity.state in ("done", "validated") and last > today:
                raise ValidationError(
                    self.env._(
                        "“%(topic)s” is not over before %(day)s: leave it planned "
                        "until then, or correct its days.",
                        topic=activity.name,
                        day=format_date(self.env, last),
                    )
                )

    @api.constrains("trainer_id")
    def _check_trainer(self):
        for activity in self:
            if not activity.trainer_id.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s is archived: restore this trainer first, or choose "
                        "another one.",
                        name=activity.trainer_id.name,
                    )
                )

    @api.constrains("trainer_id", "resume_line_id")
    def _check_resume_line(self):
        for activity in self.filtered("resume_line_id"):
            # sudo: hr.resume.line, hr.employee - whose it is, without rights on HR
            line = activity.sudo().resume_line_id
            if line.employee_id != activity.sudo().trainer_id.employee_id:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is on the résumé of somebody else: choose a line "
                        "of %(name)s.",
                        line=line.name,
                        name=activity.trainer_id.name,
                    )
                )

    @api.constrains("state", "rejection_reason")
    def _check_rejection_reason(self):
        for activity in self:
            reason = (activity.rejection_reason or "").strip()
            if activity.state == "rejected" and not reason:
                raise ValidationError(
                    self.env._(
                        "Write why “%(topic)s” is rejected: its trainer will read it.",
                        topic=activity.name,
                    )
                )
