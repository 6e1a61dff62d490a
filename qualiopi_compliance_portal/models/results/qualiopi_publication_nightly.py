from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.qualiopi_compliance.rules.audit_calendar import add_months

# Days ahead of the promised day on which new results are proposed: somebody reads them.
DAYS_AHEAD = 30


class QualiopiPublication(models.Model):
    """Each night, new results are proposed to the companies that promise some."""

    _inherit = "qualiopi.publication"

    @api.model
    def _cron_propose(self):
        """Propose results, company after company.

        May be killed and run again at any point: what is proposed already is only
        brought to the new month.
        """
        # sudo: res.company - all of them, whoever runs it
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        Cron = self.env["ir.cron"]
        for left, company in zip(range(len(companies), 0, -1), companies, strict=True):
            self.sudo().with_company(company)._propose_due(company)
            Cron._commit_progress(1, remaining=left - 1)

    @api.model
    def _propose_due(self, company):
        """Propose the results of the last months, if new ones are due before long.

        What somebody proposed, or chose other dates for, is left as it is.

        :return: what is proposed, empty when nothing is
        """
        proposed = self._proposed(company)
        if proposed:
            period = self._due_period(company)
            days = (proposed.first, proposed.last)
            if proposed.automatic and days != (period.first, period.last):
                proposed._set(first=period.first, last=period.last)
                proposed._count()
            return proposed
        if not self._is_due(company):
            return self.browse()
        return self._propose(company)

    @api.model
    def _is_due(self, company):
        """:return: whether new results are due before long; a company that offers
        nothing yet has none to publish
        """
        today = self.env["qualiopi.framework"]._today()
        current = self._in_force(company)
        if current:
            return current.due_on <= today + timedelta(days=DAYS_AHEAD)
        programs = self.env["qualiopi.program"].sudo()
        own = self._offered_domain() & Domain("company_id", "=", company.id)
        return bool(programs.search_count(own, limit=1))

    @api.model
    def _propose(self, company):
        """:return: the results of the last months, proposed to who is responsible"""
        owner = self._in_force(company).user_id or company._qualiopi_quality_user()
        proposed = self.sudo().create({"company_id": company.id, "user_id": owner.id})
        proposed._set(automatic=True)
        return proposed

    @api.model
    def _proposed(self, company):
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "proposed")]
        )

    @api.model
    def _publish_demo(self, company):
        """Publish the results of a demonstration company, up to the last month."""
        company = self.env["res.company"].browse(company)
        if self._in_force(company):
            return
        today = self.env["qualiopi.framework"]._today()
        proposed = self._propose(company)
        begun = today.replace(day=1)
        proposed.write(
            {"first": add_months(begun, -12), "last": begun - timedelta(days=1)}
        )
        proposed._publish()
