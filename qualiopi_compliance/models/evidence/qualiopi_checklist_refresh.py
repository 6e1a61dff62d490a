import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

_logger = logging.getLogger(__name__)


class QualiopiChecklist(models.Model):
    """How a checklist follows the law of its day and the facts of its company.

    A refresh happens when the checklist is created, when a fact of the company
    changes, and for living checklists at the beginning of each day.
    """

    _inherit = "qualiopi.checklist"

    def _reference_day(self):
        """:return: the day whose law and facts this checklist follows"""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        return today if self.kind == "living" else self.date

    def _default_previous(self):
        self.ensure_one()
        siblings = self.search(
            [("company_id", "=", self.company_id.id), ("id", "!=", self.id)],
        )
        done = siblings.filtered(
            lambda other: other.kind == "self_assessment" and other.date <= self.date
        )
        return done[:1] or siblings.filtered(lambda other: other.kind == "living")[:1]

    def _refresh(self):
        """Bring framework, lines and applicability up to the checklist's day.

        Closed checklists are left as they are. What the users wrote is kept;
        where the text of an indicator has changed it is marked to be confirmed.

        :raise UserError: when no known framework covers the day
        """
        for checklist in self.filtered(lambda checklist: checklist.state == "open"):
            day = checklist._reference_day()
            framework = self.env["qualiopi.framework"]._for_date(day)
            if not framework:
                raise UserError(checklist._no_framework_message(day))
            guide = self.env["qualiopi.guide"]._for_date(day)
            # sudo: qualiopi.checklist - whoever changes a fact of the company
            # brings its checklist up to date, whatever he may edit there
            checklist = checklist.sudo()
            checklist.write(
                {
                    "framework_id": framework.id,
                    "guide_id": guide.id,
                    "refreshed_on": day,
                }
            )
            checklist._sync_lines()
            checklist._assess_applicability(day)

    def _no_framework_message(self, day):
        first = self.env["qualiopi.framework"].search([], order="date_from", limit=1)
        return self.env._(
            "No quality framework is known for %(day)s. The first one begins on "
            "%(first)s: choose a later date.",
            day=format_date(self.env, day),
            first=format_date(self.env, first.date_from) or "–",
        )

    def _sync_lines(self):
        """One line for each requirement of the framework, by indicator number."""
        self.ensure_one()
        # 33 notes “created” a checklist would bury what people write.
        Line = self.env["qualiopi.checklist.line"].with_context(mail_create_nolog=True)
        lines = {
            line.indicator_id: line
            for line in self.with_context(active_test=False).line_ids
        }
        before = {line.indicator_id: line for line in self.previous_id.line_ids}
        to_create = []
        for requirement in self.framework_id.requirement_ids:
            line = lines.pop(requirement.indicator_id, Line)
            if not line:
                vals = {"checklist_id": self.id, "requirement_id": requirement.id}
                source = before.get(requirement.indicator_id, Line)
                to_create.append(vals | source._carried_values(requirement))
            elif line.requirement_id != requirement:
                line.write(line._carried_values(requirement))
                line.write({"requirement_id": requirement.id, "active": True})
            elif not line.active:
                line.active = True
        Line.create(to_create)
        for line in lines.values():
            line.active = False

    def _assess_applicability(self, day):
        """Ask the rules which indicators apply to the company, and write it down."""
        self.ensure_one()
        profiles = self.company_id._qualiopi_profiles(day)
        entries = {row.indicator_id: row for row in self.guide_id.entry_ids}
        nothing = self.env["qualiopi.guide.entry"]
        for line in self.line_ids:
            entry = entries.get(line.indicator_id, nothing)
            line._assess_applicability(profiles, entry)

    @api.model
    def _cron_refresh_living(self):
        """Bring each living checklist to the new day: law, new entrants, guides."""
        today = self.env["qualiopi.framework"]._today()
        Cron = self.env["ir.cron"]
        stale = self.search(
            [
                ("kind", "=", "living"),
                "|",
                ("refreshed_on", "=", False),
                ("refreshed_on", "!=", today),
            ]
        )
        Cron._commit_progress(remaining=len(stale))
        for checklist in stale:
            try:
                with self.env.cr.savepoint():
                    checklist._refresh()
            except Exception:
                # the checklists of the other companies must not wait for this one
                _logger.exception("Cannot refresh the checklist %s", checklist.id)
            if not Cron._commit_progress(1):
                break
