from odoo import api, models
from odoo.tools.misc import format_date

from ...rules.rates import INSERJEUNES, KEPT_BACK, OFFICIAL_FIGURES

ARROWS = {"up": "▲", "down": "▼", "same": "=", "none": ""}


class QualiopiRates(models.AbstractModel):
    """Rates in words, for screens and documents, in the reader's language.

    A rate is never shown without its numerator, denominator, population, period and
    method.
    """

    _inherit = "qualiopi.rates"

    @api.model
    def _shown(self, company, results, methods=None):
        """:param results: see :meth:`_rates`
        :param methods: how each rate is computed, where the caller read it already
        :return: for each rate, what a table shows of it
        :rtype: list[dict]
        """
        if methods is None:
            methods = self.env["qualiopi.rate.method"]._texts(company)
        return [
            {
                "code": row.now.definition.code,
                "label": self.env._(row.now.definition.label),
                "state": row.now.state,
                "value": self._figure(row.now),
                "counts": self._counted(row.now),
                "note": self._note(row.now),
                "before": self._figure(row.before) or self._counted(row.before),
                "before_note": self._note(row.before),
                "arrow": ARROWS[row.trend],
                "trend": self._trend(row),
                "good": row.good,
                "population": self.env._(row.now.definition.population),
                "method": methods[row.now.definition.code],
                "causes": self._causes(results.now)
                if row.now.definition.code == "drop_out"
                else [],
            }
            for row in results.rates
        ]

    @api.model
    def _decimal(self, number):
        """:return: a number to at most one decimal, as the reader writes it"""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{round(number, 1):g}".replace(".", lang.decimal_point or ".")

    @api.model
    def _figure(self, rate):
        """:return: the percentage or the mean, nothing where it may not be shown"""
        if rate.state != "shown":
            return ""
        if rate.definition.unit == "days":
            return self.env._("%(days)s days", days=self._decimal(rate.rounded))
        return self.env._("%(share)s %%", share=self._decimal(rate.rounded))

    @api.model
    def _counted(self, rate):
        """:return: what it is made of"""
        if rate.state == "no_data":
            return ""
        if rate.state == "kept_back":
            return self.env._("%(count)s answered", count=rate.denominator)
        if rate.definition.unit == "days":
            return self.env._(
                "%(days)s days over %(count)s requests",
                days=rate.numerator,
                count=rate.denominator,
            )
        return self.env._(
            "%(part)s of %(whole)s", part=rate.numerator, whole=rate.denominator
        )

    @api.model
    def _note(self, rate):
        """:return: why there is no percentage, nothing where there is one"""
        return {
            "no_data": self.env._("No data"),
            "small": self.env._(
                "Sample too small (under %(count)s)", count=rate.minimum
            ),
            "kept_back": self.env._(
                "Kept back: under %(count)s anonymous answers would tell who said what",
                count=KEPT_BACK,
            ),
        }.get(rate.state, "")

    @api.model
    def _trend(self, comparison):
        if comparison.trend == "none":
            known = comparison.now.denominator and comparison.before.denominator
            return self.env._("Too few to be compared") if known else ""
        if comparison.trend == "same":
            return self.env._("Unchanged")
        change = self._decimal(abs(comparison.difference))
        words = {
            ("up", "share"): self.env._("Up by %(change)s points", change=change),
            ("down", "share"): self.env._("Down by %(change)s points", change=change),
            ("up", "days"): self.env._("Up by %(change)s days", change=change),
            ("down", "days"): self.env._("Down by %(change)s days", change=change),
        }[comparison.trend, comparison.now.definition.unit]
        judged = self.env._("better") if comparison.good else self.env._("worse")
        return self.env._("%(change)s: %(judged)s", change=words, judged=judged)

    @api.model
    def _causes(self, tally):
        """:return: causes of dropping out with how many, the most frequent first"""
        field = self.env["event.registration"]._fields["qualiopi_drop_out_cause"]
        labels = dict(field._description_selection(self.env))
        unknown = self.env._("Cause not written down")
        return [
            {"label": labels.get(cause, unknown), "count": count}
            for cause, count in sorted(
                tally.causes.items(), key=lambda item: (not item[0], -item[1], item[0])
            )
        ]

    @api.model
    def _official_note(self, results):
        """:return: where official figures are, for those who have some"""
        kind = results.now + results.before
        if "CFA" not in kind.categories:
            return ""
        return self.env._(OFFICIAL_FIGURES, url=INSERJEUNES)

    @api.model
    def _period_text(self, period):
        return self.env._(
            "%(first)s – %(last)s",
            first=format_date(self.env, period.first),
            last=format_date(self.env, period.last),
        )
