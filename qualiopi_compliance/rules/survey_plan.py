"""Who is asked what, and from which day.

Indicator 30: beneficiaries, funders (where applicable since 1 November 2026), teaching
teams and companies. Guide V9: skills assessments ask only beneficiaries and teaching
teams; a provider who delivers for a principal asks the beneficiaries and the
principal; funders are asked at least once a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from .audit_calendar import add_months

Audience = Literal["learner", "company", "funder", "team", "principal"]
Moment = Literal["before", "end", "later", "yearly"]

PURPOSES: Final[dict[str, Audience]] = {
    "need": "learner",
    "entry": "learner",
    "feedback": "learner",
    "later": "learner",
    "final": "learner",
    "teaching": "learner",
    "company": "company",
    "funder": "funder",
    "team": "team",
    "principal": "principal",
}
"""Purpose of a survey -> who answers it."""

# How long after its day an invitation or a reminder still makes sense, in days: a plan
# set up today does not write to the learners of last year.
LATE: Final = 30


def audiences(category: str, for_principal: bool = False) -> frozenset[Audience]:
    """:param category: of the programme
    :param for_principal: the session is delivered for another training company
    :return: who is asked about the sessions of a programme
    """
    if for_principal:
        return frozenset({"learner", "principal"})
    if category == "BC":
        return frozenset({"learner", "team"})
    return frozenset({"learner", "team", "company", "funder"})


@dataclass(frozen=True)
class Timing:
    """When one survey leaves.

    :param moment: before the first day, at the end, or later after it
    :param days: before the first day, or after the last one
    :param months: after the last day, added before the days
    :param reminders: how many at most
    :param every: days between two reminders
    """

    moment: Moment
    days: int = 0
    months: int = 0
    reminders: int = 0
    every: int = 7

    @property
    def at_once(self) -> bool:
        """:return: whether it leaves as soon as the session is over"""
        return self.moment == "end" and not self.days and not self.months

    def opens_on(self, first: date, last: date) -> date:
        """:param first: first day of the session
        :param last: its last day
        :return: the day on which the invitation is due
        """
        if self.moment == "before":
            return first - timedelta(days=self.days)
        return add_months(last, self.months) + timedelta(days=self.days)

    def is_due(self, first: date, last: date, day: date) -> bool:
        """:return: whether the invitation leaves on ``day``, if it has not left yet

        One that comes before the session reaches who joins on the way too, but makes no
        sense at its end; any other is given up when it is :data:`LATE`.
        """
        opens = self.opens_on(first, last)
        if day < opens:
            return False
        if self.moment == "before":
            return day < last or day == first
        return day <= opens + timedelta(days=LATE)

    def reminds(
        self, reminded: int, last_on: date, day: date, opens: date | None = None
    ) -> bool:
        """:param reminded: reminders sent so far
        :param last_on: day of the last one, or of the invitation
        :param opens: day on which the invitation is due, as the session stands now:
            when it has moved, nobody is reminded before that
        :return: whether one more leaves on ``day``
        """
        if reminded >= self.reminders:
            return False
        due = last_on + timedelta(days=max(self.every, 1))
        if opens and opens > due:
            due = opens
        return due <= day <= due + timedelta(days=LATE)
