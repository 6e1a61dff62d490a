from odoo import api, models
from odoo.tools import split_every

# Small enough for a killed night to lose little, large enough to share queries.
BATCH = 100


class ResCompany(models.Model):
    """Each night, the company reminds its people of what is about to expire."""

    _inherit = "res.company"

    def _qualiopi_reminders(self, day):
        """What is to be done before long: each room adds its own.

        Whatever is no longer returned counts as settled.

        :param day: today
        :rtype: list[qualiopi_reminder.Reminder]
        """
        self.ensure_one()
        return []

    @api.model
    def _cron_qualiopi_remind(self):
        """Remind everybody, company after company.

        May be killed and run again at any point: what was given is remembered in the
        transaction that gives it.
        """
        day = self.env["qualiopi.framework"]._today()
        Cron = self.env["ir.cron"]
        companies = self.search([])  # pylint: disable=no-search-all
        for left, company in zip(
            range(len(companies) - 1, -1, -1), companies, strict=True
        ):
            company = company.with_company(company)
            reminders = company._qualiopi_reminders(day)
            for batch in split_every(BATCH, reminders, list):
                self.env["qualiopi.reminder"]._remind(batch)
                Cron._commit_progress(len(batch))
            company._qualiopi_settle(reminders)
            Cron._commit_progress(1, remaining=left)

    def _qualiopi_settle(self, reminders):
        """Close the reminders of this company that are not among these."""
        keys = {each.key for each in reminders}
        self.env["qualiopi.reminder"].search([("company_id", "=", self.id)]).filtered(
            lambda row: row._key() not in keys
        )._settle()
