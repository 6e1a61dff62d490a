import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class QualiopiChecklist(models.Model):
    """What the records say of each indicator, read every night and on demand.

    A self-assessment is read on its own day by the law of its day; one for a day to
    come is read today. Once closed it is not read again.
    """

    _inherit = "qualiopi.checklist"

    evidence_on = fields.Date(
        "Records Read On",
        readonly=True,
        copy=False,
        help="The day whose records the statuses come from.",
    )
    evidence_old = fields.Boolean(
        readonly=True,
        copy=False,
        help="What applies, or how it is checked, has changed since the records were "
        "read.",
    )
    missing_count = fields.Integer(
        "Lacking",
        compute="_compute_missing_count",
        help="Records that are not as they should be, over all indicators.",
    )

    @api.depends("line_ids.missing_count", "line_ids.applicability")
    def _compute_missing_count(self):
        for checklist in self:
            checklist.missing_count = sum(
                line.missing_count
                for line in checklist.line_ids
                if line.applicability != "not_applicable"
            )

    def action_read_records(self):
        """Read the records again, now."""
        self.check_access("read")
        if self.filtered(lambda checklist: checklist.state == "closed"):
            raise UserError(
                self.env._("This checklist is closed: its records are not read again.")
            )
        self._read_records()
        return True

    def _read_records(self):
        """Count what the records prove and write the statuses of the lines."""
        today = self.env["qualiopi.framework"]._today()
        living = self.filtered(lambda checklist: checklist.kind == "living")
        living._refresh()
        living.company_id._qualiopi_record(today)
        for checklist in self - living:
            law_day = checklist._reference_day()
            day = min(law_day, today)
            # sudo: qualiopi.checklist - what records say is the same for all readers,
            # and written by this code alone
            checklist = checklist.sudo()
            company = checklist.company_id
            asked = company._qualiopi_asked(
                day, law_day, overruled=checklist._overruled()
            )
            counts = company._qualiopi_counts(day, asked=asked)
            checklist._take_counts(counts, day)

    def _overruled(self):
        """:return: indicator -> what was decided on this checklist, not by rule"""
        return {
            line.indicator_id: line.override_applicability
            for line in self.line_ids
            if line.override_applicability
        }

    def _take_counts(self, counts, day):
        """:param counts: pairs of what was asked and what was counted"""
        for checklist in self:
            checklist.write({"evidence_on": day, "evidence_old": False})
            for line in checklist.line_ids:
                line._take_counts(counts, day)

    # Every day

    def _read_if_old(self):
        """Read the records of living checklists last read before today, or before what
        is asked has changed.

        Whoever opens a menu does not pay for what goes wrong: he finds what was read
        last, with its day.
        """
        framework = self.env["qualiopi.framework"]
        today = framework._today()
        if not framework._for_date(today):
            return
        for checklist in self:
            if checklist.evidence_on == today and not checklist.evidence_old:
                continue
            try:
                with self.env.cr.savepoint():
                    checklist._read_records()
            except OperationalError:
                # two at once: Odoo runs the second again
                raise
            except Exception:
                _logger.exception("Cannot read the records of %s", checklist)

    @api.model
    def _read_living_if_old(self):
        """Read the records of the reader's companies, unless that was done today."""
        self.search(
            [("kind", "=", "living"), ("company_id", "in", self.env.companies.ids)]
        )._read_if_old()

    @api.model
    def _cron_read_records(self):
        """Count for each company what its records prove today.

        One transaction for each company: killed at any point, the next run goes on
        with those that were not counted today.
        """
        today = self.env["qualiopi.framework"]._today()
        Cron = self.env["ir.cron"]
        left = self.search(
            [
                ("kind", "=", "living"),
                ("company_id.active", "=", True),
                ("evidence_on", "not in", [today]),
            ]
        )
        Cron._commit_progress(remaining=len(left))
        for checklist in left:
            try:
                with self.env.cr.savepoint():
                    checklist._read_unless_done(today)
            except Exception:
                # the other companies must not wait for this one
                _logger.exception("Cannot read the records of %s", checklist)
            if not Cron._commit_progress(1):
                break

    def _read_unless_done(self, today):
        """Leave alone what somebody else reads right now, or has just read."""
        self.invalidate_recordset(["evidence_on"])
        if self.evidence_on != today and self.try_lock_for_update(
            allow_referencing=True
        ):
            self._read_records()

    # Where it leads

    @api.model
    def action_open_living(self):
        """Open the indicators, with what the records say today."""
        self.check_access("read")
        self._read_living_if_old()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_checklist_line_action_living"
        )

    @api.model
    def action_open_summary(self):
        self.check_access("read")
        self._read_living_if_old()
        return super().action_open_summary()

    def action_open_results(self):
        """Open what each check counted on the day of this checklist."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_result_action"
        )
        return action | {
            "path": False,
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("day", "=", self.evidence_on),
            ],
            "context": {},
        }

    def action_open_gaps(self):
        """Open what is missing, the gravest first."""
        self.ensure_one()
        lines = self.line_ids.filtered(
            lambda line: line.applicability != "not_applicable"
        )
        return lines._open_subjects(False, self.env._("What to Repair"))
