from odoo import models


class QualiopiAction(models.Model):
    """Before an action counts as done, the check that led to it is run again."""

    _inherit = "qualiopi.action"

    def _still_failing(self):
        """Run the check again, now, over the records as they are.

        :return: what it still finds, in words; empty when it passes or there is none
        """
        self.ensure_one()
        if not self.check_id:
            return ""
        # what was just repaired must be seen by the statements of the check
        self.env.flush_all()
        return self._record_failing() if self.res_id else self._check_failing()

    def _record_failing(self):
        """:return: what the one record still lacks"""
        check, company = self.check_id, self.company_id
        # sudo: qualiopi.check.subject - whether it passes does not depend on the reader
        rows = (
            self.env["qualiopi.check.subject"]
            .sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, qualiopi_checks=check.ids)
        )
        left = rows.search_count(
            [
                ("check_id", "=", check.id),
                ("satisfied", "=", False),
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
            ]
        )
        return (check.lacks or check.name) if left else ""

    def _check_failing(self):
        """:return: how far the check is from passing: its threshold, for all records"""
        check = self.check_id
        # sudo: res.company - whether it passes does not depend on the reader
        company = self.company_id.sudo()
        today = self.env["qualiopi.framework"]._today()
        asked = company._qualiopi_asked(today, checks=check.ids)
        for each, count in company._qualiopi_counts(today, asked=asked):
            if count.failure:
                return count.failure
            threshold = each.part(count).threshold
            rate = 100 * count.satisfied / count.population if count.population else 100
            # floating point: exactly the threshold is reached
            if rate < threshold - 1e-9:
                return self.env._(
                    "%(lacks)s (%(satisfied)s of %(population)s as they should be, "
                    "asked for: %(threshold)s %%)",
                    lacks=(check.lacks or check.name).rstrip("."),
                    satisfied=count.satisfied,
                    population=count.population,
                    threshold=f"{threshold:g}",
                )
        return ""
