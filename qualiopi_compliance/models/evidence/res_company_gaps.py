from collections import Counter

from odoo import fields, models
from odoo.tools import SQL

from ...rules.evidence_status import holds_back


class ResCompany(models.Model):
    """The records behind the checks asked of the company, and how much each gap
    weighs.
    """

    _inherit = "res.company"

    def _qualiopi_subjects(self, day=None, law_day=None, checks=None, focus=None):
        """:param day: on which the records are read, today by default
        :param law_day: whose framework applies, ``day`` by default
        :param checks: ids of the only checks asked about
        :param focus: field of ``qualiopi.check.subject`` -> the only values of rows
            that are looked for
        :return: query of the records looked at; ``None`` when nothing is asked
        """
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        day = fields.Date.to_date(day) or today
        law_day = fields.Date.to_date(law_day) or day
        asked = self._qualiopi_asked(day, law_day, checks=checks)
        query = self.env["qualiopi.collector"]._subjects(
            self._qualiopi_reading(day), asked, focus or {}
        )
        if not query:
            return None
        # how much a check weighs is worked out once, not for each of its records
        return SQL(
            """
            SELECT seen.*, weight.gravity, weight.indicator_count, weight.gaps_left,
                CASE WHEN seen.satisfied THEN 0 ELSE weight.frees END AS frees
            FROM (%s) seen
            JOIN (VALUES %s) AS weight(
                check_id, gravity, indicator_count, gaps_left, frees
            ) ON weight.check_id = seen.check_id
            """,
            query,
            SQL(", ").join(self._qualiopi_weights(asked)),
        )

    def _qualiopi_weights(self, asked):
        """How much the gaps of each check weigh, by the living checklist.

        As of when its records were last read: ``gaps_left`` is how many records the
        check missed then, ``frees`` how many indicators that check alone held back.
        Once nothing is missing in it any more they stand better, whatever else is
        missing: who repairs its only gap frees them all.

        :type asked: list[Asked]
        :return: rows of numbers, see :meth:`_qualiopi_subjects`
        """
        behind, left, freed = set(), {}, Counter()
        for line in self._qualiopi_living_lines():
            parts = line._parts()
            left |= {part.code: part.population - part.satisfied for part in parts}
            if line.status == "demonstrated":
                continue
            behind.add(line.indicator_id.id)
            review = line._review(line.computed_on)
            freed.update(
                part.code for part in parts if holds_back(parts, review, part.code)
            )
        return [
            SQL(
                "(%s, %s, %s, %s::integer, %s)",
                each.check.id,
                "major"
                if any(demand.gravity == "major_only" for demand in each.demands)
                else "minor",
                len(behind & {demand.indicator for demand in each.demands}),
                left.get(each.check.id),
                freed[each.check.id],
            )
            for each in asked
        ]

    def _qualiopi_living_lines(self):
        """:return: lines of the living checklist that apply and were read"""
        # sudo: qualiopi.checklist.line - only how much gaps weigh
        Line = self.env["qualiopi.checklist.line"].sudo()
        return Line.search(
            [
                ("company_id", "=", self.id),
                ("checklist_kind", "=", "living"),
                ("status", "!=", "not_applicable"),
                ("computed_on", "!=", False),
            ]
        )
