from datetime import UTC, datetime, time, timedelta

from odoo.fields import Command
from odoo.tools import SQL

from ..rules.audit_calendar import PARIS, add_months
from .papers import sheet

# How long ago the certificate was obtained, and what lies around that day, in days.
MONTHS_SINCE = 16
AUDIT_BEFORE = 75
INTERNAL_AUDIT_AGO = 40
SURVEILLANCE_MONTH = 18


class Story:
    """One company's cycle being made, day by day, by three of its users.

    All its days follow from today. Audits begin on a Tuesday; whatever else happens,
    happens on a working day.

    :ivar env: superuser, in the company, in the language of its manager
    :ivar day: today
    :ivar obtained_on: the day of the certificate
    """

    def __init__(self, env, company, manager, contributor, auditor):
        self.manager, self.contributor, self.auditor = manager, contributor, auditor
        self.env = env(
            su=True,
            context={
                "lang": manager.lang or env.lang,
                "tz": "Europe/Paris",
                "allowed_company_ids": company.ids,
                "tracking_disable": True,
                "mail_create_nolog": True,
                "mail_create_nosubscribe": True,
                "mail_notify_force_send": False,
                "mail_activity_quick_update": True,
                "no_mail_to_attendees": True,
                "dont_notify": True,
            },
        )
        self.company = company.with_env(self.env)
        self.day = self.env["qualiopi.framework"]._today()
        self.obtained_on = self.working_day(add_months(self.day, -MONTHS_SINCE))
        self.audit_on = self.tuesday(self.from_certificate(-AUDIT_BEFORE))
        self.audit_end = self.audit_on + timedelta(days=1)
        self.internal_on = self.tuesday(self.ago(INTERNAL_AUDIT_AGO))
        self.surveillance_on = self.tuesday(
            add_months(self.obtained_on, SURVEILLANCE_MONTH) + timedelta(days=7)
        )

    # Days

    @staticmethod
    def working_day(day):
        """:return: this day, or the Friday before it"""
        return day - timedelta(days=max(day.weekday() - 4, 0))

    @staticmethod
    def tuesday(day):
        """:return: the Tuesday of that week"""
        return day + timedelta(days=1 - day.weekday())

    def ago(self, days):
        """:param days: before today; negative for days to come"""
        return self.working_day(self.day - timedelta(days=days))

    def from_certificate(self, days):
        """:param days: after the certificate was obtained; negative before it"""
        return self.working_day(self.obtained_on + timedelta(days=days))

    def after_audit(self, days):
        """:param days: after the closing meeting of the initial audit"""
        return self.working_day(self.audit_end + timedelta(days=days))

    @staticmethod
    def at(day, hour, minute=0):
        """:return: that hour in Paris, as Odoo stores it"""
        local = datetime.combine(day, time(hour, minute), tzinfo=PARIS)
        return local.astimezone(UTC).replace(tzinfo=None)

    # Records

    def model(self, name, user=None):
        """:return: a model as one of the users works with it"""
        return self.by(user or self.manager, self.env[name])

    def by(self, user, records):
        """:return: records as one of the users works with them"""
        return records.with_user(user).with_context(**self.env.context)

    def indicators(self, *numbers):
        return self.env["qualiopi.indicator"].search([("number", "in", numbers)])

    def stamp(self, records, **values):
        """Date what the buttons date with the day on which they are pressed, where
        nothing else may write any more.
        """
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    value,
                    tuple(records.ids),
                )
            )
        records.invalidate_recordset()

    def document(self, name, numbers, day, *lines):
        """A document that the quality manager validated.

        :param numbers: of the indicators that it serves
        :param day: its own date
        :param lines: what it says
        """
        evidence = self.model("qualiopi.evidence").create(
            {
                "name": name,
                "company_id": self.company.id,
                "effective_on": day,
                "indicator_ids": [Command.set(self.indicators(*numbers).ids)],
            }
        )
        file = self.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": sheet(name, self.company.name, *lines),
                "mimetype": "application/pdf",
                "res_model": evidence._name,
                "res_id": evidence.id,
            }
        )
        evidence.attachment_ids = [Command.link(file.id)]
        evidence.action_submit()
        evidence.action_validate()
        evidence.sudo().write({"validated_on": day})
        return evidence

    def said(self, record, day, body, user=None):
        """Somebody wrote this in the history of a record."""
        author = (user or self.manager).partner_id
        self.env[record._name].browse(record.id).message_post(
            body=body,
            author_id=author.id,
            email_from=author.email_formatted,
            message_type="comment",
            date=self.at(day, 14, 30),
            subtype_xmlid="mail.mt_note",
        )
