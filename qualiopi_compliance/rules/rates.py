"""Result rates: what is counted, over whom, and how it is said.

No official text gives a formula: guide V9 (indicator 2) names rates without defining
them, and since 1 November 2026 the decree wants the method published beside the
figure. So each rate here carries its method in words, which are ours; a company may
write its own. Only for apprenticeship are there official figures (art. L. 6111-8 of
the Labour Code), which the ministries compute: nothing here stands for them.

A rate is always a numerator over a denominator. Nothing to count is "no data", never
0 % nor 100 %; too few people are shown as counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from .marks import _lt

__all__ = [
    "KEPT_BACK",
    "OFFICIAL_FIGURES",
    "RATES",
    "Comparison",
    "Counts",
    "Definition",
    "Rate",
    "Tally",
    "compare",
    "rate",
    "rates_for",
]

Unit = Literal["share", "days"]
State = Literal["no_data", "kept_back", "small", "shown"]
Trend = Literal["none", "up", "down", "same"]

KEPT_BACK: Final = 3
"""Answers to an anonymous survey below which figures would tell who said what: it is
known who answered. Our convention."""

OFFICIAL_FIGURES: Final = _lt(
    "Apprenticeship: the official indicators (award, further study, interruption, "
    "employment, added value, contract termination; art. L. 6111-8 of the Labour Code) "
    "are computed by the ministries and published on InserJeunes: %(url)s. Say where "
    "they are. The rates here are ours, for what InserJeunes has no data on (guide V9, "
    "indicator 2)."
)
INSERJEUNES: Final = "https://www.inserjeunes.education.gouv.fr/diffusion/accueil"
"""Where guide V9 (indicator 2) says that the official figures are."""


@dataclass(frozen=True)
class Definition:
    """One rate.

    :param code: its name
    :param label: in words, marked for translation
    :param numerator: field of :class:`Counts`
    :param denominator: field of :class:`Counts`
    :param method: how it is computed, in words of ours, marked for translation
    :param population: who is counted, marked for translation
    :param categories: for which categories of actions it is shown
    :param certifying: only where programmes lead to a certification
    :param unit: a share, or a mean number of days
    :param higher_is_better: whether a rise is good news
    """

    code: str
    label: str
    numerator: str
    denominator: str
    method: str
    population: str
    categories: tuple[str, ...] = ("AFC", "BC", "VAE", "CFA")
    certifying: bool = False
    unit: Unit = "share"
    higher_is_better: bool = True


@dataclass(frozen=True)
class Counts:
    """What was counted over one population and period, in people unless said.

    :param sessions: sessions that learners were enrolled in
    :param asked: learners asked for their immediate feedback
    :param replied: of them, those who answered
    :param rated: learners whose last answer gives at least one mark of satisfaction
    :param satisfied: of them, those whose mean mark reaches the company's threshold
    :param anonymous: of those who gave a mark, those who did so without their name
    :param started: learners who began
    :param finished: of them, those who did not drop out
    :param dropped: of them, those who did
    :param enrolled_exam: of those who followed a certifying programme, those who began
    :param presented: of them, those who sat the exam
    :param awarded: of them, those who obtained the whole certification
    :param candidates: of those who sat the exam, the candidates for VAE
    :param partly_awarded: of them, those who obtained a part of the certification
    :param due_follow_up: beneficiaries who followed to its end a skills assessment
        that ended more than six months ago
    :param followed_up: of them, those whose interview six months later took place
    :param access_requests: requests that led to a start
    :param access_days: days from the request to the start, all of them together
    """

    sessions: int = 0
    asked: int = 0
    replied: int = 0
    rated: int = 0
    satisfied: int = 0
    anonymous: int = 0
    started: int = 0
    finished: int = 0
    dropped: int = 0
    enrolled_exam: int = 0
    presented: int = 0
    awarded: int = 0
    candidates: int = 0
    partly_awarded: int = 0
    due_follow_up: int = 0
    followed_up: int = 0
    access_requests: int = 0
    access_days: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            **{name: getattr(self, name) + getattr(other, name) for name in _NAMES}
        )

    @classmethod
    def of(cls, values: Mapping[str, int | None]) -> Counts:
        """:param values: by name; what is absent or unknown counts as none"""
        return cls(**{name: values.get(name) or 0 for name in _NAMES})


_NAMES: Final = tuple(Counts.__dataclass_fields__)


@dataclass(frozen=True)
class Tally:
    """What was counted of a population, and what kind of population it is.

    :param causes: cause of dropping out -> how many left for it; "" when nobody
        wrote the cause down
    :param categories: codes of the categories of the programmes counted
    :param certifying: whether one of the programmes leads to a certification
    """

    counts: Counts = Counts()
    causes: Mapping[str, int] = field(default_factory=dict)
    categories: frozenset[str] = frozenset()
    certifying: bool = False

    def __add__(self, other: Tally) -> Tally:
        causes = dict(self.causes)
        for cause, count in other.causes.items():
            causes[cause] = causes.get(cause, 0) + count
        return Tally(
            self.counts + other.counts,
            causes,
            self.categories | other.categories,
            self.certifying or other.certifying,
        )


@dataclass(frozen=True)
class Rate:
    """A rate with what it is made of.

    :param minimum: people below which it is too small to be shown as a percentage
    :param anonymous: whether somebody counted was promised not to be recognised
    """

    definition: Definition
    numerator: int
    denominator: int
    minimum: int = 0
    anonymous: bool = False

    @property
    def value(self) -> float | None:
        """:return: the share, 0 to 1, or the mean; ``None`` when there is no data"""
        if not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def state(self) -> State:
        """How it may be shown: a lone percentage over a few people misleads, and the
        figures of one or two anonymous answers tell who gave them."""
        if not self.denominator:
            return "no_data"
        if self.anonymous and self.denominator < KEPT_BACK:
            return "kept_back"
        return "small" if self.denominator < self.minimum else "shown"

    @property
    def rounded(self) -> float | None:
        """:return: as it is read: per cent or days, to one decimal"""
        if self.value is None:
            return None
        return round(self.value * (100 if self.definition.unit == "share" else 1), 1)


@dataclass(frozen=True)
class Comparison:
    """A rate beside that of the period before.

    :param trend: ``none`` where one of the two is no figure to compare
    :param difference: in points or in days, as read
    """

    now: Rate
    before: Rate
    trend: Trend
    difference: float = 0

    @property
    def good(self) -> bool | None:
        """:return: whether the change is good news, ``None`` without a change"""
        if self.trend not in ("up", "down"):
            return None
        return (self.trend == "up") == self.now.definition.higher_is_better


RATES: Final = (
    Definition(
        "satisfaction",
        _lt("Satisfaction"),
        "satisfied",
        "rated",
        _lt(
            "Satisfied answers divided by the answers that give at least one mark of "
            "satisfaction; of two answers of one learner the last one counts. An "
            "answer is satisfied when the mean of its marks reaches "
            "%(satisfied_from)s %% of the scale."
        ),
        _lt("Learners who gave a mark in the immediate feedback questionnaire"),
    ),
    Definition(
        "response",
        _lt("Response"),
        "replied",
        "asked",
        _lt("Learners who answered divided by the learners asked."),
        _lt("Learners asked for their immediate feedback"),
    ),
    Definition(
        "completion",
        _lt("Completion"),
        "finished",
        "started",
        _lt(
            "Learners who followed to the end divided by those who began. Who enrolled "
            "and never came did not begin; where no attendance was recorded, whoever "
            "was enrolled is taken to have come."
        ),
        _lt("Learners of the sessions that ended in the period"),
    ),
    Definition(
        "drop_out",
        _lt("Drop-out"),
        "dropped",
        "started",
        _lt("Learners who dropped out on the way divided by those who began."),
        _lt("Learners of the sessions that ended in the period"),
        higher_is_better=False,
    ),
    Definition(
        "presentation",
        _lt("Presentation to the exam"),
        "presented",
        "enrolled_exam",
        _lt(
            "Learners who sat the exam divided by those who began. Whose result is not "
            "recorded yet counts as not having sat it."
        ),
        _lt("Learners of certifying programmes whose session ended in the period"),
        categories=("AFC", "VAE", "CFA"),
        certifying=True,
    ),
    Definition(
        "award",
        _lt("Award of the certification"),
        "awarded",
        "presented",
        _lt(
            "Learners who obtained the whole certification divided by those who sat "
            "the exam. Read it beside the presentation rate (guide V9, indicator 3)."
        ),
        _lt("Learners who sat the exam, of sessions that ended in the period"),
        categories=("AFC", "VAE", "CFA"),
        certifying=True,
    ),
    Definition(
        "partial_award",
        _lt("Partial award"),
        "partly_awarded",
        "candidates",
        _lt(
            "Candidates who obtained a part of the certification divided by those who "
            "were presented (guide V9, indicator 2, names it for VAE)."
        ),
        _lt("Candidates presented, of actions that ended in the period"),
        categories=("VAE",),
        certifying=True,
    ),
    Definition(
        "six_months",
        _lt("Follow-up interview at six months"),
        "followed_up",
        "due_follow_up",
        _lt(
            "Follow-up interviews held divided by the beneficiaries whose skills "
            "assessment ended more than six months ago (guide V9, indicator 2)."
        ),
        _lt("Beneficiaries of skills assessments that ended in the period"),
        categories=("BC",),
    ),
    Definition(
        "access",
        _lt("Time to access"),
        "access_days",
        "access_requests",
        _lt(
            "Mean number of days from the request to the first day of the first "
            "session that somebody of this request joined."
        ),
        _lt("Requests whose session began in the period"),
        unit="days",
        higher_is_better=False,
    ),
)
"""In the order in which they are shown."""


def rate(definition: Definition, counts: Counts, minimum: int = 0) -> Rate:
    """:param minimum: people below which the sample is too small"""
    return Rate(
        definition,
        getattr(counts, definition.numerator),
        getattr(counts, definition.denominator),
        minimum,
        definition.denominator == "rated" and counts.anonymous > 0,
    )


def rates_for(
    counts: Counts,
    categories: Iterable[str],
    certifying: bool,
    minimum: int = 0,
) -> tuple[Rate, ...]:
    """The rates that suit a population.

    :param categories: of the programmes counted
    :param certifying: whether one of them leads to a certification
    """
    known = frozenset(categories)
    return tuple(
        rate(definition, counts, minimum)
        for definition in RATES
        if known.intersection(definition.categories)
        and (certifying or not definition.certifying)
    )


def compare(now: Rate, before: Rate) -> Comparison:
    """Only what is shown as a figure on both sides is compared."""
    if now.state != "shown" or before.state != "shown":
        return Comparison(now, before, "none")
    difference = round((now.rounded or 0) - (before.rounded or 0), 1)
    if not difference:
        return Comparison(now, before, "same")
    return Comparison(now, before, "up" if difference > 0 else "down", difference)
