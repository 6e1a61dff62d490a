from contextlib import suppress
from unittest.mock import patch

from odoo.fields import Command

from odoo.addons.base.models.ir_cron import IrCron

from .common import NDA
from .finding_common import TODAY, FindingCase

# The certificate that most tests are about: its days are those of the rules' tests.
FIRST_DAY = "2026-03-12"
LAST_DAY = "2029-03-11"


class CycleCase(FindingCase):
    """A company ready for its first audit, and certificates at any stage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_nda = NDA
        cls.lyon, cls.paris = cls.env["qualiopi.site"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Lyon", "Paris")]
        )
        cls.other_certifier = cls.env["res.partner"].create(
            {"name": "Autre Certif", "is_company": True}
        )
        for user in (cls.manager, cls.contributor):
            user.write({"email": f"{user.login}@example.com", "lang": "en_US"})
        cls.cycle.write(
            {
                "site_ids": [Command.set((cls.lyon | cls.paris).ids)],
                "user_id": cls.manager.id,
            }
        )

    def certified(self, first=FIRST_DAY, stage="certified", **vals):
        """:return: a running cycle, as if it had gone through what comes before"""
        cycle = self.new_cycle(
            number=vals.pop("number", "C-1"),
            first_day=first,
            user_id=self.manager.id,
            category_ids=[Command.set(self.category(vals.pop("code", "BC")).ids)],
            site_ids=[Command.set((self.lyon | self.paris).ids)],
            **vals,
        )
        cycle._set_stage(stage)
        return cycle

    def display(self, cycle, where=None):
        """:param where: a site, the website by default"""
        place = {"site_id": where.id} if where else {"where": "website", "url": "/q"}
        return self.env["qualiopi.certificate.display"].create(
            {"certification_id": cycle.id, **place}
        )

    def planned(self, kind, day, cycle, **vals):
        """:return: an audit of a cycle, not yet opened"""
        return self.new_audit(
            kind, day, opened=False, certification_id=cycle.id, **vals
        )

    def over(self, audit):
        """Close an audit without what happens on the day itself."""
        audit.sudo()._go("closed", closed_on=audit.date_begin)
        return audit

    def todo(self, cycle, day=TODAY):
        """:return: code of what is still to do -> day"""
        listed = cycle._todo_of(cycle.stage, self.to_date(day))
        return {each.code: each.day and str(each.day) for each in listed}

    def unmet(self, cycle, stage):
        """:return: codes of what keeps a cycle from a stage, or is warned about"""
        return {each.code for each in cycle._may_enter(stage)}

    def step(self, cycle, **vals):
        return (
            self.env["qualiopi.certification.step"]
            .with_user(self.manager)
            .create({"certification_id": cycle.id, **vals})
        )

    def decide(self, cycle, stage, day, reason="Written", **vals):
        """Record a decision of the certifier through the wizard."""
        wizard = self.step(cycle, decision=True)
        wizard.write({"stage": stage, "day": day, "reason": reason, **vals})
        wizard.action_apply()

    def night(self, day, until=None, companies=None):
        """Run the night of ``day``.

        :param until: number of commits after which the process is killed
        :param companies: whose night it is, by default the one company
        """
        commits = []

        def commit_progress(cron, processed=0, *, remaining=None, deactivate=False):
            commits.append(processed)
            if until is not None and len(commits) >= until:
                raise KeyboardInterrupt
            return 60

        companies = companies or self.company
        search = type(companies).search
        alone = patch.object(
            type(companies),
            "search",
            # other companies of the database have nights of their own
            lambda records, domain, *args, **kwargs: (
                companies.with_env(records.env)
                if domain == []
                else search(records, domain, *args, **kwargs)
            ),
        )
        committed = patch.object(IrCron, "_commit_progress", commit_progress)
        with self.on(day), committed, alone, suppress(KeyboardInterrupt):
            self.env["res.company"]._cron_qualiopi_remind()

    def asked(self, record):
        """:return: summary of what is open on a record -> (day, login)"""
        self.forget()
        return {
            activity.summary: (
                str(activity.date_deadline),
                activity.user_id.login,
            )
            for activity in record.activity_ids
        }

    def mails(self):
        """:return: the digests written so far"""
        self.forget()
        return self.env["mail.mail"].sudo().search([("subject", "like", "Qualiopi:")])
