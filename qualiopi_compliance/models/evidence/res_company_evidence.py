from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date, get_lang

from ...rules.audit_calendar import add_months
from .asked import Asked
from .collector import Reading


class ResCompany(models.Model):
    """The checks asked of the company, and their counts."""

    _inherit = "res.company"

    def _qualiopi_last_audit(self, day):
        """The room that holds audits answers.

        :return: day of the last audit by the certifier up to ``day``, if there was one
        """
        self.ensure_one()
        return False

    def _qualiopi_reading(self, day):
        """:return: how the records of this company are read on ``day``"""
        self.ensure_one()
        return Reading(day, self._qualiopi_horizon(day), (self.id,))

    def _qualiopi_asked(self, day, law_day=None, checks=None, overruled=None):
        """The checks asked of this company on a day, by the law of that day.

        Filters look at records as they are: they say nothing of a day gone by.

        :param day: on which the records are read
        :param law_day: whose framework applies, ``day`` by default
        :param checks: only these, all active ones by default
        :param overruled: see :meth:`_qualiopi_demands`
        :rtype: list[Asked]
        """
        self.ensure_one()
        # sudo: qualiopi.company.category - the law is the same for every reader
        demands = self.sudo()._qualiopi_demands(day, law_day, overruled)
        law = self.env["qualiopi.framework"]._in_force(law_day or day)
        # sudo: qualiopi.check - the same questions whoever reads the answers
        Check = self.env["qualiopi.check"].sudo().with_context(active_test=True)
        domain = Domain("company_id", "in", (False, self.id))
        domain &= Domain("framework_ids", "=", False) | Domain(
            "framework_ids", "any", law
        )
        if checks is not None:
            domain &= Domain("id", "in", checks)
        if day < self.env["qualiopi.framework"]._today():
            domain &= Domain("kind", "!=", "domain")
        rows = Check.search(domain)
        own = rows.setting_ids.filtered(lambda row: row.company_id == self)
        settings = {row.check_id: row for row in own}
        last_audit = self._qualiopi_last_audit(day)
        asked = []
        for check in rows:
            wanted = tuple(
                demands[number]
                for number in check.indicator_ids.ids
                if number in demands
            )
            setting = settings.get(check, own.browse())
            if wanted and (not setting or setting.asked):
                asked.append(
                    self._qualiopi_ask(check, setting, wanted, day, last_audit)
                )
        return asked

    def _qualiopi_ask(self, check, setting, demands, day, last_audit):
        terms = setting or check
        return Asked(
            # whoever reads records behind a check by filters does so by himself
            check.with_env(self.env) if check.kind == "domain" else check,
            self.id,
            self._qualiopi_window(terms, day, last_audit),
            demands,
            setting.threshold if setting.own_limits else check.threshold,
            setting.margin if setting.own_limits else check.margin,
            setting.own_limits,
        )

    @api.model
    def _qualiopi_window(self, terms, day, last_audit):
        """:return: nothing that was over before that day is asked about"""
        if terms.window == "always":
            return None
        audit = terms.window == "since_audit" and last_audit
        return audit or add_months(day, -terms.months)

    def _qualiopi_counts(self, day, law_day=None, asked=None):
        """:return: :class:`Asked` -> :class:`Count`, in a fixed number of statements"""
        self.ensure_one()
        company = self.sudo()
        if asked is None:
            asked = company._qualiopi_asked(day, law_day)
        counts = (
            self.env["qualiopi.collector"]
            .sudo()
            ._collect(company._qualiopi_reading(day), asked)
        )
        return [(each, counts[each.check]) for each in asked]

    # Results of a day

    def _qualiopi_record(self, day=None):
        """Count a day, and write down the results and the statuses they give.

        Whoever asks, it is the same for all. Results of a day are written once:
        counting today again replaces them, a day gone by keeps what was counted then.

        :param day: today by default; a day gone by that was not counted is rebuilt
            from what the records say of it, and the statuses of the living checklist
            stay those of today
        :raise UserError: for a day to come
        """
        today = self.env["qualiopi.framework"]._today()
        day = day or today
        if day > today:
            raise UserError(
                self.env._(
                    "%(day)s has not come yet: nobody knows what the records will say.",
                    day=format_date(self.env, day),
                )
            )
        # sudo: qualiopi.check.result - written by this method alone
        Result = self.env["qualiopi.check.result"].sudo()
        for company in self.sudo():
            # what could not be counted is said in the company's language
            lang = get_lang(self.env, company.partner_id.lang)
            company = company.with_context(lang=lang.code)
            company._qualiopi_wait_for_others()
            if day < today and company._qualiopi_counted_on(day):
                continue
            counts = company._qualiopi_counts(day)
            rows = [
                Result._values(asked, count, day) | {"rebuilt": day < today}
                for asked, count in counts
            ]
            Result._replace_day(company, day, rows)
            if day == today:
                company._qualiopi_living_checklist()._take_counts(counts, day)

    def _qualiopi_wait_for_others(self):
        """One worker at a time counts for a company.

        The one who waited finds what the other has changed and is run again by Odoo.
        """
        self.env.execute_query(
            SQL(
                "SELECT id FROM qualiopi_checklist WHERE kind = 'living' "
                "AND company_id = %s FOR NO KEY UPDATE",
                self.id,
            )
        )

    def _qualiopi_counted_on(self, day):
        """:return: whether there are results of that day"""
        # sudo: qualiopi.check.result - whether, whoever asks
        Result = self.env["qualiopi.check.result"].sudo()
        rows = [("company_id", "=", self.id), ("day", "=", day)]
        return bool(Result.search_count(rows, limit=1))

    def _qualiopi_outdate_records(self):
        """What is asked has changed: whoever opens the checklist has it read again."""
        fresh = self._qualiopi_living_checklist().filtered(
            lambda checklist: not checklist.evidence_old
        )
        fresh.evidence_old = True

    def _qualiopi_living_checklist(self):
        # sudo: qualiopi.checklist - there is one for each company
        return (
            self.env["qualiopi.checklist"]
            .sudo()
            .search([("kind", "=", "living"), ("company_id", "in", self.ids)])
        )
