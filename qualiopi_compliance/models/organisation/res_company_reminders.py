from odoo import api, models
from odoo.tools import split_every

# Small enough for a killed night to lose little, large enough to share queries.
BATCH = 100
MANAGERS = "qualiopi_compliance.group_qualiopi_manager"


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
        reminders = []
        for left, company in zip(range(len(companies), 0, -1), companies, strict=True):
            reminders += company.with_company(company)._qualiopi_night(day)
            Cron._commit_progress(1, remaining=left)
        self._qualiopi_told(reminders, day)
        Cron._commit_progress(1, remaining=0)

    def _qualiopi_night(self, day):
        """Give the reminders of one company and settle those of yesterday.

        :return: all that there is to be done
        """
        self.ensure_one()
        reminders = self._qualiopi_said_reminders(day)
        for batch in split_every(BATCH, reminders, list):
            self.env["qualiopi.reminder"]._remind(batch)
            self.env["ir.cron"]._commit_progress(len(batch))
        self._qualiopi_settle(reminders)
        return reminders

    @api.model
    def _qualiopi_told(self, reminders, day):
        """What else is done about the reminders of all companies, once a night."""

    def _qualiopi_said_reminders(self, day):
        """:return: the reminders, each in the language of whoever is reminded"""
        self.ensure_one()
        own = self._qualiopi_lang()
        found = self.with_context(lang=own)._qualiopi_reminders(day)
        said = {own: {each.key: each for each in found}}
        for lang in {self._qualiopi_lang(each.user) for each in found} - {own}:
            others = self.with_context(lang=lang)._qualiopi_reminders(day)
            said[lang] = {each.key: each for each in others}
        for each in found:
            # somebody who joins meanwhile is reminded in the company's language
            lang = self._qualiopi_lang(each.user)
            said[own][each.key] = said[lang].get(each.key, each)
        return self._qualiopi_with_late(list(said[own].values()), day)

    def _qualiopi_lang(self, user=None):
        """:return: the language of a user, or that of the company's quality manager"""
        user = user or self._qualiopi_quality_user()
        langs = self.env["res.lang"]
        for code in (user.lang, self.partner_id.lang, self.env.lang):
            if code and langs._get_code(code):
                return code
        return "en_US"

    def _qualiopi_with_late(self, reminders, day):
        """:return: the reminders, with those that are put to the managers too"""
        return reminders

    def _qualiopi_managers(self):
        """:return: users who manage the quality of this company"""
        self.ensure_one()
        # sudo: res.users - whoever asks
        group = self.env.ref(MANAGERS).sudo()
        return group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and self in user.company_ids
                # the system itself reads no mail
                and user.id != self.env.ref("base.user_root").id
            )
        ).sorted("id")

    def _qualiopi_quality_user(self):
        """:return: who is asked where nobody is named: the quality contact, if he is
        a user, else a quality manager of this company
        """
        self.ensure_one()
        managers = self._qualiopi_managers()
        # sudo: res.company - whoever asks
        contact = self.sudo().qualiopi_quality_contact_id
        named = contact.user_ids.filtered(lambda user: user.active and not user.share)
        here = managers.filtered(lambda user: user.company_id == self)
        return (named or here or managers)[:1]

    def _qualiopi_settle(self, reminders):
        """Close the reminders of this company that are not among these."""
        keys = {each.key for each in reminders}
        given = self.env["qualiopi.reminder"].with_context(lang=self._qualiopi_lang())
        given.search([("company_id", "=", self.id)]).filtered(
            lambda row: row._key() not in keys
        )._settle()
