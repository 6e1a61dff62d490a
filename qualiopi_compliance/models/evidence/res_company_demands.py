from dataclasses import replace

from odoo import models

from ...rules.applicability import assess
from .asked import Demand


class ResCompany(models.Model):
    """What the law of a day asks of the company, indicator by indicator."""

    _inherit = "res.company"

    def _qualiopi_demands(self, day, law_day=None, overruled=None):
        """The indicators that apply, or may apply, with whom they are about.

        Who overruled the rules, with a reason, is followed.

        :param day: on which the records are read
        :param law_day: of the framework, the guide and the company's facts, ``day`` by
            default
        :param overruled: indicator -> what was decided instead of the rules; that of
            the living checklist by default
        :return: id of the indicator -> :class:`Demand`; empty without framework
        """
        self.ensure_one()
        law_day = law_day or day
        framework = self.env["qualiopi.framework"]._for_date(law_day)
        guide = self.env["qualiopi.guide"]._for_date(law_day)
        entries = {row.indicator_id: row for row in guide.entry_ids}
        nothing = self.env["qualiopi.guide.entry"]
        profiles = self._qualiopi_profiles(law_day)
        if overruled is None:
            overruled = self._qualiopi_overruled()
        demands = {}
        for requirement in framework.requirement_ids:
            indicator = requirement.indicator_id
            demand = self._qualiopi_demand(
                requirement,
                entries.get(indicator, nothing),
                profiles,
                overruled.get(indicator),
            )
            if demand:
                demands[indicator.id] = demand
        return demands

    def _qualiopi_overruled(self):
        """:return: indicator -> ``applicable`` or ``not_applicable``, as decided"""
        # sudo: qualiopi.checklist.line - a decision holds whoever reads it
        lines = (
            self.env["qualiopi.checklist.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("checklist_kind", "=", "living"),
                    ("override_applicability", "!=", False),
                ]
            )
        )
        return {line.indicator_id: line.override_applicability for line in lines}

    def _qualiopi_demand(self, requirement, entry, profiles, overruled):
        """:return: :class:`Demand`; ``None`` when the indicator does not apply"""
        rule = requirement._rule()
        guide = entry._rule() if entry else None
        result = assess(profiles, rule, guide)
        status = overruled or result.status
        if status == "not_applicable":
            return None
        if not (rule.condition_settled and result.categories):
            # nobody has said that the condition still holds, or somebody decided
            # against it: it leaves nothing out
            rule = replace(rule, condition=None)
            result = assess(profiles, rule, guide)
        return Demand(
            indicator=requirement.indicator_id.id,
            number=rule.number,
            categories=result.categories or tuple(sorted(rule.categories)),
            new_entrant=tuple(
                code for code, regime in result.regimes if regime == "new_entrant"
            ),
            condition=rule.condition,
            gravity=result.gravity,
            principal=guide.subcontractor_rule if guide else "none",
        )
