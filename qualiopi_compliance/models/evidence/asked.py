"""Which checks are asked of a company on a day, and of which of its records."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from odoo.tools import SQL

from ...rules.evidence_status import Part, limits
from .collector import FILTERS, any_of


@dataclass(frozen=True)
class Demand:
    """What the law of a day asks of a company for one indicator.

    :param indicator: id of the indicator
    :param number: of the indicator
    :param categories: codes of the categories whose actions are looked at
    :param new_entrant: those of them that are audited as new entrants: what is
        written down is looked at, not yet what was done
    :param condition: to which actions it is limited, ``None`` to none
    :param gravity: of its non-conformities
    :param principal: what the guide says of actions delivered for a principal
    """

    indicator: int
    number: int
    categories: tuple[str, ...]
    new_entrant: tuple[str, ...] = ()
    condition: str | None = None
    gravity: str = "unknown"
    principal: str = "none"

    @property
    def formal_only(self):
        """:return: whether only what is written down is looked at as yet"""
        return bool(self.categories) and set(self.categories) <= set(self.new_entrant)

    def rows(self, source, formal):
        """:param formal: the check is about what is written down
        :return: condition that keeps the rows of a source this indicator is about
        """
        kept = []
        if source.category:
            late = () if formal else self.new_entrant
            codes = [code for code in self.categories if code not in late]
            kept.append(SQL("subject.category = ANY(%s)", codes))
        elif not formal and self.formal_only:
            return SQL("FALSE")
        if self.condition in source.conditions:
            kept.append(SQL("(%s)", source.conditions[self.condition]))
        if source.principal:
            kept.append(self._principal())
        return SQL(" AND ").join(kept) if kept else SQL("TRUE")

    def _principal(self):
        """The same sorting as in ``rules/subcontracting.py``: without tasks written
        down the auditor looks at everything (guide V9, preamble).
        """
        if self.principal == "not_applicable":
            return SQL("(NOT subject.for_principal OR NOT subject.tasks)")
        if self.principal == "by_tasks":
            return SQL(
                "(NOT subject.for_principal OR NOT subject.tasks "
                "OR subject.entrusted IS NULL OR %s = ANY(subject.entrusted))",
                self.number,
            )
        return SQL("TRUE")


@dataclass(frozen=True)
class Asked:
    """One check, as it is asked of one company on a day.

    :param check: the record
    :param company: id of the company
    :param since: nothing that was over before is asked about; ``None`` for no limit
    :param demands: indicators that apply and that it proves
    :param threshold: in per cent
    :param margin: in per cent
    :param own: whether the company chose threshold and margin itself: they then hold
        for all its indicators, those with major non-conformities only included
    """

    check: Any
    company: int
    since: date | None
    demands: tuple[Demand, ...]
    threshold: float
    margin: float
    own: bool = False

    def demand(self, indicator):
        """:param indicator: id of an indicator
        :return: what it asks, if this check proves it; ``None`` otherwise, and where it
            is only looked at what is written down and this check is about what was done
        """
        for each in self.demands:
            if each.indicator == indicator:
                return each if self.check.formal or not each.formal_only else None
        return None

    @property
    def _measure_name(self):
        check = self.check
        return FILTERS if check.kind == "domain" else check.measure

    def known_to(self, source):
        """:return: whether this source can count it: an addon may be gone"""
        return self.check.kind == "document" or self._measure_name in source.measures

    def measure(self, source):
        """:return: what is asked of the rows of this source"""
        check = self.check
        if check.kind == "document":
            return source.document(check.document_type_id.id, check.condition)
        return source.measures[self._measure_name]

    def population(self, source):
        """:return: condition on the rows of a source: whether they are asked"""
        measure = self.measure(source)
        formal = self.check.formal
        return SQL(
            "(%s) AND %s AND %s",
            measure.population,
            any_of(each.rows(source, formal) for each in self.demands),
            self._in_window(measure),
        )

    def _in_window(self, measure):
        """:return: condition that leaves out what was over before the window"""
        if not self.since:
            return SQL("TRUE")
        if measure.over is not None:
            return SQL("%s >= %s", measure.over, self.since)
        return SQL("(subject.day IS NULL OR subject.day >= %s)", self.since)

    def satisfied(self, source):
        """:return: condition on the rows of a source: whether they are as they should
        be, by a proof that lies in the window
        """
        measure = self.measure(source)
        if measure.fresh is None or not self.since:
            return SQL("(%s)", measure.satisfied)
        return SQL("(%s) AND %s >= %s", measure.satisfied, measure.fresh, self.since)

    def part(self, count, demand=None):
        """:param demand: the indicator it is judged for, the strictest by default
        :return: what was counted, for the rules on statuses
        """
        gravities = [each.gravity for each in ((demand,) if demand else self.demands)]
        strict = "major_only" if "major_only" in gravities else gravities[0]
        threshold, margin = self.threshold, self.margin
        if not self.own:
            threshold, margin = limits(strict, threshold, margin)
        return Part(
            self.check.id,
            count.population,
            count.satisfied,
            count.soon,
            threshold,
            margin,
            self.check.when_empty,
            bool(count.failure),
        )


@dataclass(frozen=True)
class Count:
    """What a check counted.

    :param failure: why it could not be counted, for the one who set it up
    """

    population: int = 0
    satisfied: int = 0
    soon: int = 0
    failure: str = field(default="", compare=False)
