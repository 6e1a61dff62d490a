from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .asked import Count
from .qualiopi_check import WINDOWS
from .qualiopi_check_result import RESULT_STATUS

ASKED = [
    ("asked", "Asked"),
    ("off", "Switched off by us"),
    ("not_concerned", "Does not concern us"),
]
# Shown beside a check, of the last day on which its company was counted.
RESULT_FIELDS = ("day", "population", "satisfied", "missing", "failure", "status")


class QualiopiCheck(models.Model):
    """How a check is asked of the reader's company today, and what it last counted."""

    _inherit = "qualiopi.check"

    setting_id = fields.Many2one(
        "qualiopi.check.setting", "Our Decision", compute="_compute_terms"
    )
    asked_state = fields.Selection(
        ASKED, "For Us", compute="_compute_terms", search="_search_asked_state"
    )
    asked_threshold = fields.Float("Asked Now (%)", compute="_compute_terms")
    asked_margin = fields.Float("At Risk Within (%)", compute="_compute_terms")
    asked_window = fields.Selection(WINDOWS, "Looks Back", compute="_compute_terms")
    asked_since = fields.Date(
        "Looks Back To",
        compute="_compute_terms",
        help="What was over before is not asked about; empty: no limit.",
    )
    major_only = fields.Boolean(
        "Always Major",
        compute="_compute_terms",
        help="A gap on one of its indicators is always a major non-conformity.",
    )
    result_day = fields.Date("Counted On", compute="_compute_result")
    result_population = fields.Integer("Last Looked At", compute="_compute_result")
    result_satisfied = fields.Integer("Last Counted", compute="_compute_result")
    result_missing = fields.Integer("Lacking", compute="_compute_result")
    result_failure = fields.Text("Failure", compute="_compute_result")
    result_status = fields.Selection(
        RESULT_STATUS,
        "Status",
        compute="_compute_result",
        search="_search_result_status",
    )

    @api.depends_context("company")
    @api.depends(
        "indicator_ids",
        "framework_ids",
        "threshold",
        "margin",
        "window",
        "months",
        "active",
        "setting_ids.active",
        "setting_ids.asked",
        "setting_ids.own_limits",
        "setting_ids.threshold",
        "setting_ids.margin",
        "setting_ids.window",
        "setting_ids.months",
    )
    def _compute_terms(self):
        company = self.env.company
        today = self.env["qualiopi.framework"]._today()
        asked = {
            each.check.id: each
            for each in company._qualiopi_asked(today, checks=self._origin.ids)
        }
        settings = self.env["qualiopi.check.setting"].search(
            [("company_id", "=", company.id), ("check_id", "in", self._origin.ids)]
        )
        own = {setting.check_id: setting for setting in settings}
        for check in self:
            setting = own.get(check._origin, settings.browse())
            check._take_terms(asked.get(check._origin.id), setting)

    def _take_terms(self, asked, setting):
        """:param asked: :class:`Asked`, ``None`` when it is not asked"""
        self.setting_id = setting
        if not asked:
            off = setting and not setting.asked
            self.asked_state = "off" if off else "not_concerned"
            self.asked_threshold = self.asked_margin = 0
            self.asked_window = self.asked_since = self.major_only = False
            return
        part = asked.part(Count())
        self.asked_state = "asked"
        self.asked_threshold, self.asked_margin = part.threshold, part.margin
        self.asked_window = (setting or self).window
        self.asked_since = asked.since
        self.major_only = any(
            demand.gravity == "major_only" for demand in asked.demands
        )

    @api.depends_context("company")
    def _compute_result(self):
        Result = self.env["qualiopi.check.result"]
        mine = Domain("company_id", "=", self.env.company.id)
        last = Result.search(mine, order="day desc", limit=1)
        rows = Result.search(
            mine
            & Domain("day", "=", last.day)
            & Domain("check_id", "in", self._origin.ids)
        )
        by_check = {row.check_id: row for row in rows}
        for check in self:
            row = by_check.get(check._origin, Result)
            for name in RESULT_FIELDS:
                check[f"result_{name}"] = row[name]

    def _search_asked_state(self, operator, value):
        return self._search_computed("asked_state", operator, value)

    def _search_result_status(self, operator, value):
        return self._search_computed("result_status", operator, value)

    @api.model
    def _search_computed(self, name, operator, value):
        # a hundred checks at most
        if operator != "in":
            return NotImplemented
        everything = self.with_context(active_test=False).search([])  # pylint: disable=no-search-all
        return Domain(
            "id", "in", everything.filtered(lambda row: row[name] in value).ids
        )

    # Buttons

    def action_decide(self):
        """Open what the company decides about this check, filled with what is asked."""
        self.ensure_one()
        self.check_access("read")
        Setting = self.env["qualiopi.check.setting"].with_context(active_test=False)
        setting = Setting.search(
            [("company_id", "=", self.env.company.id), ("check_id", "=", self.id)]
        )
        if not setting:
            Setting.check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Our Decision"),
            "res_model": setting._name,
            "res_id": setting.id,
            "views": [(False, "form")],
            "context": {
                "default_check_id": self.id,
                "default_company_id": self.env.company.id,
            },
        }

    def action_try(self):
        """Count now, for the reader's company, and say what was found."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            raise AccessError(self.env._("Only a quality manager tries a check."))
        message, kind = self._tried(self.env.company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.name,
                "message": message,
                "type": kind,
                "sticky": kind == "danger",
            },
        }

    def _tried(self, company):
        """:return: what it counts now, in a sentence, and how good that is"""
        today = self.env["qualiopi.framework"]._today()
        # sudo: qualiopi.check - as it is counted every night, whoever asks
        asked = company.sudo()._qualiopi_asked(today, checks=self.ids)
        if not asked:
            return self._why_not_asked(), "warning"
        [(asked, count)] = company._qualiopi_counts(today, asked=asked)
        if count.failure:
            return count.failure, "danger"
        if not count.population:
            return self.env._(
                "No record to look at in %(company)s.", company=company.name
            ), "warning"
        return (
            self.env._(
                "%(population)s looked at, %(satisfied)s as they should be, "
                "%(missing)s missing.",
                population=count.population,
                satisfied=count.satisfied,
                missing=count.population - count.satisfied,
            ),
            "success" if count.satisfied == count.population else "info",
        )

    def _why_not_asked(self):
        self.ensure_one()
        if not self.active:
            return self.env._("This check is archived: it is not asked.")
        if self.setting_id and not self.setting_id.asked:
            return self.env._("Your company has switched this check off.")
        return self.env._(
            "It is not asked: none of its indicators applies to your company today. "
            "Look at the checklist, under “Does It Apply?”."
        )

    def action_open_results(self):
        """Open what this check counted, day by day."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_result_action_trend"
        )
        return action | {
            "name": self.name,
            "domain": [("check_id", "=", self.id)],
            "context": {},
        }

    def action_open_missing(self):
        """Open the records that are not as they should be today."""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        return self._open_subjects(self.env.company, today, False)

    def action_open_satisfied(self):
        """Open the records that count today."""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        return self._open_subjects(self.env.company, today, True)
