from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...rules.audit_calendar import (
    outside_window,
    renewal_audit_by,
    renewal_opens,
    surveillance_window,
)


class QualiopiAudit(models.Model):
    """When an audit should take place, and what is unusual about it.

    Nothing of this is refused: what happened, happened.
    """

    _inherit = "qualiopi.audit"

    window_text = fields.Html(
        "When It Should Take Place", compute="_compute_window_text", sanitize=False
    )
    warning_text = fields.Text("To Be Looked At", compute="_compute_warning_text")

    def _window(self):
        """:return: first and last :class:`Deadline` between which it should take place,
        none where no text says so
        """
        self.ensure_one()
        cycle = self.certification_id
        if self.kind == "surveillance" and cycle.obtained_on:
            window = surveillance_window(cycle.obtained_on)
            return window.first, window.last
        former = cycle.previous_id.last_day
        if self.kind == "renewal" and former:
            settings = self.company_id._qualiopi_audit_settings()
            return renewal_opens(former), renewal_audit_by(former, settings)
        return ()

    @api.depends_context("lang")
    @api.depends(
        "kind", "certification_id.obtained_on", "certification_id.previous_id.last_day"
    )
    def _compute_window_text(self):
        words = self.env["qualiopi.reason"]
        for audit in self:
            audit.window_text = words._say_sourced(
                [each.statement for each in audit._window()]
            )

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "state",
        "date_begin",
        "date_end",
        "category_ids",
        "certification_id.obtained_on",
        "certification_id.previous_id.last_day",
        "agenda_ids.start",
        "agenda_ids.stop",
        "agenda_ids.partner_ids",
    )
    def _compute_warning_text(self):
        for audit in self:
            lines = audit._warnings() if audit.date_begin else []
            audit.warning_text = "\n".join(lines)

    def _warnings(self):
        """:return: what is unusual about this audit, in sentences"""
        self.ensure_one()
        if self.state == "cancelled":
            return []
        found = [*self._window_warnings(), *self._category_warnings()]
        if self.state != "closed":
            found += [*self._day_warnings(), *self._plan_warnings()]
        return found

    def _window_warnings(self):
        window = self._window()
        outside = (
            outside_window(
                surveillance_window(self.certification_id.obtained_on), self.date_begin
            )
            if window and self.kind == "surveillance"
            else window and not window[0].day <= self.date_begin <= window[1].day
        )
        if outside:
            yield self.env._(
                "%(day)s is outside the time in which this audit should take place: "
                "from %(first)s to %(last)s.",
                day=format_date(self.env, self.date_begin),
                first=format_date(self.env, window[0].day),
                last=format_date(self.env, window[1].day),
            )

    def _category_warnings(self):
        """Whether an indicator applies depends on what the company declares."""
        # sudo: qualiopi.company.category - facts of the company, whoever asks
        declared = self.company_id.sudo().qualiopi_company_category_ids.category_id
        missing = self.category_ids - declared
        if missing:
            yield self.env._(
                "Declare %(categories)s on the organisation sheet first: some "
                "indicators depend on what is said there.",
                categories=", ".join(missing.mapped("display_name")),
            )

    def _day_warnings(self):
        today = self.env["qualiopi.framework"]._today()
        if self.state == "running" and today < self.date_begin:
            yield self.env._(
                "It was opened before its first day, %(day)s. If it takes place "
                "earlier, call it off and plan it for that day: its day decides which "
                "framework applies.",
                day=format_date(self.env, self.date_begin),
            )

    def _plan_warnings(self):
        """:return: lines of the plan that are not on its days, people in two places"""
        days = self._local_days()
        outside = self.agenda_ids.filtered(
            lambda line: self._local(line.start).date() not in days
        )
        if outside:
            yield self.env._(
                "Lines of the plan that are not on the days of the audit: %(lines)s.",
                lines=", ".join(outside.mapped("display_name")),
            )
        twice = self._met_twice()
        if twice:
            yield self.env._(
                "Met in two places at the same time: %(people)s.",
                people=", ".join(twice.mapped("name")),
            )

    def _met_twice(self):
        found = self.env["res.partner"]
        lines = self.agenda_ids.sorted("start")
        for position, line in enumerate(lines):
            for other in lines[position + 1 :]:
                if other.start < line.stop:
                    found |= line.partner_ids & other.partner_ids
        return found
