from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.tools.misc import format_date

TEMPLATE = "qualiopi_compliance.mail_template_digest"


class ResCompany(models.Model):
    """What nobody has done in time goes to the quality managers too; and everybody
    hears by mail, once, of what has newly come up for him.
    """

    _inherit = "res.company"

    def _qualiopi_with_late(self, reminders, day):
        """Put to the managers what has been late for some days."""
        found = super()._qualiopi_with_late(reminders, day)
        wait = self.qualiopi_escalation_days
        if not wait:
            return found
        limit = day - timedelta(days=wait)
        late = [each for each in found if each.escalates and each.due <= limit]
        managers = self._qualiopi_managers() if late else []
        for manager in managers:
            company = self.with_context(lang=self._qualiopi_lang(manager))
            found = found + [
                company._qualiopi_late_reminder(each, manager)
                for each in late
                if each.user != manager
            ]
        return found

    def _qualiopi_late_reminder(self, reminder, manager):
        """:return: the same matter, put to a quality manager"""
        note = self.env._(
            "In charge: %(name)s.",
            name=reminder.user.name if reminder.user else self.env._("nobody"),
        )
        return replace(
            reminder,
            record=reminder.record.with_env(
                reminder.record.env(context=dict(self.env.context))
            ),
            kind=f"{reminder.kind}:late:{manager.id}",
            summary=self.env._("Late: %(what)s", what=reminder.summary),
            note=note,
            user=manager,
            escalates=False,
        )

    # Mail

    @api.model
    def _qualiopi_told(self, reminders, day):
        result = super()._qualiopi_told(reminders, day)
        said = {each.key: each for each in reminders}
        for user, rows in self._qualiopi_untold().items():
            pairs = [(row, said[row._key()]) for row in rows if row._key() in said]
            if pairs:
                self._qualiopi_mail(user, pairs, day)
                self.env["ir.cron"]._commit_progress(len(pairs))
        return result

    @api.model
    def _qualiopi_untold(self):
        """:return: user -> reminders given to him that no mail told of yet"""
        rows = self.env["qualiopi.reminder"].search(
            [
                ("mailed_on", "=", False),
                ("activity_id.active", "=", True),
                ("activity_id.user_id", "!=", False),
                ("company_id.qualiopi_digest", "=", True),
            ],
            order="due, id",
        )
        found = defaultdict(list)
        for row in rows:
            user = row.activity_id.user_id
            if user.active and not user.share and user.email:
                found[user].append(row)
        return found

    @api.model
    def _qualiopi_mail(self, user, pairs, day):
        """Write one mail and remember it, in one transaction.

        :param pairs: list of (``qualiopi.reminder``, :class:`Reminder`)
        """
        lang = self._qualiopi_lang_of(user)
        companies = self.browse({row.company_id.id for row, _each in pairs})
        several = len(companies) > 1
        items = [
            self._qualiopi_mail_item(row, each, day, lang, several)
            for row, each in sorted(pairs, key=lambda pair: pair[1].due)
        ]
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if template:
            sender = user.company_id if several else companies
            template.with_context(
                qualiopi_items=items, qualiopi_company=sender.sudo()
            ).send_mail(user.id)
        for row, _each in pairs:
            row.mailed_on = day

    @api.model
    def _qualiopi_lang_of(self, user):
        return self.env["res.lang"]._get_code(user.lang or "") or "en_US"

    @api.model
    def _qualiopi_mail_item(self, row, reminder, day, lang, several):
        """:return: what the mail says of one matter"""
        # sudo: the name of what somebody was put in charge of
        record = self.env[row.res_model].sudo().with_context(lang=lang)
        record = record.browse(row.res_id)
        return {
            "summary": reminder.summary,
            "record": record.display_name,
            "company": row.company_id.name if several else "",
            "day": format_date(record.env, reminder.due),
            "late": reminder.due < day,
            "note": reminder.note,
            "url": f"{self.get_base_url()}/mail/view?model={row.res_model}"
            f"&res_id={row.res_id}",
        }
