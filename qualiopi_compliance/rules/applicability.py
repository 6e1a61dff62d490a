"""Which indicators apply to a company, why, and how they are audited.

Three sources meet here, and each has its own input:

- the company: the categories of actions it delivers (:class:`CategoryProfile`);
- the framework, i.e. the annex to chapter VI, title I, book III of part 6 of the
  Labour Code: decree 2019-565, then decree 2026-728 since 1 November 2026. Its
  columns give the categories, its sentences ("Lorsque le prestataire...") the
  conditions (:class:`RequirementRule`);
- the ministry's reading guide: gravity, new entrants, subcontractors
  (:class:`GuideRule`).

Which framework and guide hold on a day is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Final, Literal, get_args

from .reasons import REASONS, Reason, reason

__all__ = [
    "CATEGORIES",
    "REASONS",
    "Applicability",
    "CategoryProfile",
    "GuideRule",
    "Reason",
    "RequirementRule",
    "assess",
    "assess_all",
]

CATEGORIES: Final = ("AFC", "BC", "VAE", "CFA")
"""Categories of actions, in the order of art. L. 6313-1 of the Labour Code."""

Acting = Literal["never", "sometimes", "always"]
Condition = Literal[
    "certifying", "work_study", "training_at_work", "subcontracting", "over_two_days"
]
Gravity = Literal["major_only", "gradable", "unknown"]
SubcontractorRule = Literal["none", "not_applicable", "by_tasks", "special"]
Status = Literal["applicable", "not_applicable", "unsettled"]
Regime = Literal["standard", "new_entrant", "subcontractor"]


def _check(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ValueError(f"Unknown {what}: {value!r}")


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """:return: the category codes in the official order, each once"""
    wanted = set(codes)
    return tuple(code for code in CATEGORIES if code in wanted)


@dataclass(frozen=True)
class CategoryProfile:
    """What a company declares about one category of actions it delivers.

    What is certain by the nature of a category is set by itself: apprenticeship
    leads to a certification, is work-study and takes place partly at work;
    validation of experience (VAE) leads to a certification.

    :param code: one of :data:`CATEGORIES`
    :param certifying: leads to a professional certification (the guide V9
        glossary limits this to the RNCP; whether RS counts is the company's choice)
    :param work_study: delivered as work-study (apprenticeship, *contrat de
        professionnalisation*)
    :param training_at_work: has periods of training at work (work-study,
        internship, AFEST)
    :param distance: wholly or partly delivered at a distance. No indicator depends
        on it as a whole: it limits a sentence of indicator 19.
    :param over_two_days: at least one course lasts more than two days
    :param subcontracting_given: entrusts actions to subcontractors
    :param umbrella_employment: uses *portage salarial*
    :param acting_as_subcontractor: whether the actions are delivered on behalf of
        another training body, the principal
    :param new_entrant: see :mod:`.new_entrant`
    """

    code: str
    _: KW_ONLY
    certifying: bool = False
    work_study: bool = False
    training_at_work: bool = False
    distance: bool = False
    over_two_days: bool = False
    subcontracting_given: bool = False
    umbrella_employment: bool = False
    acting_as_subcontractor: Acting = "never"
    new_entrant: bool = False

    def __post_init__(self) -> None:
        _check(self.code, CATEGORIES, "category of actions")
        _check(self.acting_as_subcontractor, get_args(Acting), "subcontractor role")
        implied = {
            "CFA": ("certifying", "work_study", "training_at_work"),
            "VAE": ("certifying",),
        }
        for name in implied.get(self.code, ()):
            object.__setattr__(self, name, True)

    def meets(self, condition: Condition | None) -> bool:
        """:return: whether the condition of a requirement is met here"""
        if condition is None:
            return True
        if condition == "subcontracting":
            # Indicator 27: "sous-traitance ou portage salarial".
            return self.subcontracting_given or self.umbrella_employment
        return bool(getattr(self, condition))


@dataclass(frozen=True)
class RequirementRule:
    """To whom one framework addresses one indicator.

    :param number: of the indicator, 1 to 33
    :param categories: columns ticked in the annex
    :param condition: what the actions must be for the indicator to concern them;
        ``None`` for no condition
    :param condition_settled: false where the condition was written for another
        wording of the indicator and nobody has said whether it still holds. So it
        is for indicator 12 since 1 November 2026: the limit of two days is guide
        V9's, not the decree's, and guide V10 is awaited.
    """

    number: int
    categories: frozenset[str]
    condition: Condition | None = None
    condition_settled: bool = True

    def __post_init__(self) -> None:
        if not self.categories:
            raise ValueError(f"Indicator {self.number} concerns no category")
        for code in self.categories:
            _check(code, CATEGORIES, "category of actions")
        if self.condition is not None:
            _check(self.condition, get_args(Condition), "condition")


@dataclass(frozen=True)
class GuideRule:
    """What a reading guide says of the audit of one indicator.

    The defaults mean that no guide speaks of it.

    :param gravity: ``major_only`` where a non-conformity is always major (art. 5
        of the order of 6 June 2019, repeated by the guide), ``gradable`` where it
        may be minor
    :param new_entrant_adapted: audited otherwise for new entrants (guide V9,
        preamble); ``None`` while unknown
    :param subcontractor_rule: for actions delivered on behalf of a principal:
        ``not_applicable`` (V9: 1, 2, 3), judged ``by_tasks`` entrusted (V9: 7, 9,
        13, 16, 28), or by a ``special`` sentence of the guide (V9: 5, 26, 30)
    """

    gravity: Gravity = "unknown"
    new_entrant_adapted: bool | None = None
    subcontractor_rule: SubcontractorRule = "none"

    def __post_init__(self) -> None:
        _check(self.gravity, get_args(Gravity), "gravity")
        _check(
            self.subcontractor_rule, get_args(SubcontractorRule), "subcontractor rule"
        )


@dataclass(frozen=True)
class Applicability:
    """The answer for one indicator.

    :param status: ``unsettled`` where neither answer can be given yet
    :param categories: for which it applies, in the official order; empty unless
        the status is ``applicable``
    :param reasons: at least one, the main one first
    :param regime: how it is audited on the whole; ``standard`` unless it applies
    :param regimes: how it is audited for each of ``categories``, as pairs
    :param gravity: of its non-conformities
    """

    number: int
    status: Status
    categories: tuple[str, ...]
    reasons: tuple[Reason, ...]
    regime: Regime
    regimes: tuple[tuple[str, Regime], ...]
    gravity: Gravity


@dataclass(frozen=True)
class _Sorted:
    """The delivered categories that a requirement covers, by what becomes of them.

    ``met``: it applies; ``pending``: the condition is not met, but not settled
    either; ``unmet``: the condition is not met; ``informed``: the principal
    informs the public instead.
    """

    met: tuple[CategoryProfile, ...]
    pending: tuple[CategoryProfile, ...]
    unmet: tuple[CategoryProfile, ...]
    informed: tuple[CategoryProfile, ...]


def assess_all(
    profiles: Iterable[CategoryProfile],
    rules: Iterable[tuple[RequirementRule, GuideRule | None]],
) -> tuple[Applicability, ...]:
    """:param profiles: one per category the company delivers, in any order
    :param rules: the requirements of one framework, each with what the guide says
    :return: one answer per requirement, in the order given
    :raise ValueError: when a category is declared twice
    """
    profiles = tuple(profiles)
    return tuple(assess(profiles, requirement, guide) for requirement, guide in rules)


def assess(
    profiles: Iterable[CategoryProfile],
    requirement: RequirementRule,
    guide: GuideRule | None = None,
) -> Applicability:
    """Does this indicator apply to a company that delivers these categories?

    A requirement applies to the categories that it covers, that meet its condition,
    and for which the company answers itself (as a subcontractor it leaves indicators
    1 to 3 to its principal: guide V9). Checked in this order.

    :param profiles: one per category the company delivers, in any order
    :param guide: ``None`` while no guide speaks of this indicator
    :raise ValueError: when a category is declared twice
    """
    guide = guide or GuideRule()
    delivered = _delivered(profiles)
    groups = _sort(delivered, requirement, guide)
    status: Status = "not_applicable"
    if groups.met:
        status = "applicable"
    elif groups.pending or not delivered:
        status = "unsettled"
    regimes = tuple((each.code, _regime(each, guide)) for each in groups.met)
    regime = _overall(regimes)
    return Applicability(
        number=requirement.number,
        status=status,
        categories=_codes(groups.met),
        reasons=(
            *_main_reasons(delivered, groups, requirement),
            *_principal_reasons(groups, guide),
            *_regime_reasons(regimes, regime),
        ),
        regime=regime,
        regimes=regimes,
        gravity=guide.gravity,
    )


def _delivered(profiles: Iterable[CategoryProfile]) -> tuple[CategoryProfile, ...]:
    delivered = sorted(profiles, key=lambda each: CATEGORIES.index(each.code))
    codes = [each.code for each in delivered]
    if len(set(codes)) < len(codes):
        raise ValueError(f"A category is declared twice: {', '.join(codes)}")
    return tuple(delivered)


def _codes(profiles: Sequence[CategoryProfile]) -> tuple[str, ...]:
    return tuple(each.code for each in profiles)


def _sort(
    delivered: Sequence[CategoryProfile],
    requirement: RequirementRule,
    guide: GuideRule,
) -> _Sorted:
    met: list[CategoryProfile] = []
    pending: list[CategoryProfile] = []
    unmet: list[CategoryProfile] = []
    informed: list[CategoryProfile] = []
    for each in delivered:
        if each.code not in requirement.categories:
            continue
        fits = each.meets(requirement.condition)
        if not fits and requirement.condition_settled:
            unmet.append(each)
        elif (
            guide.subcontractor_rule == "not_applicable"
            and each.acting_as_subcontractor == "always"
        ):
            # Whatever becomes of an unsettled condition, this category is out.
            informed.append(each)
        else:
            (met if fits else pending).append(each)
    return _Sorted(tuple(met), tuple(pending), tuple(unmet), tuple(informed))


def _main_reasons(
    delivered: Sequence[CategoryProfile], groups: _Sorted, requirement: RequirementRule
) -> list[Reason]:
    """:return: what coverage and condition say, the decisive reason first"""
    if not delivered:
        return [reason("no_category")]
    reasons: list[Reason] = []
    if groups.met:
        reasons.append(_applies(groups, requirement))
    if groups.pending:
        reasons += _unsettled(groups.pending, requirement)
    if groups.unmet and not groups.met:
        reasons.append(_unmet(groups.unmet, requirement))
    if not (groups.met or groups.pending or groups.unmet or groups.informed):
        categories = _in_order(requirement.categories)
        reasons.append(reason("not_delivered", categories=categories))
    return reasons


def _applies(groups: _Sorted, requirement: RequirementRule) -> Reason:
    categories = _codes(groups.met)
    if requirement.condition is not None:
        return reason(f"applies_{requirement.condition}", categories=categories)
    if requirement.categories == frozenset(CATEGORIES) and not groups.informed:
        return reason("applies_to_all")
    return reason("applies", categories=categories)


def _unmet(unmet: Sequence[CategoryProfile], requirement: RequirementRule) -> Reason:
    return reason(f"unmet_{requirement.condition}", categories=_codes(unmet))


def _unsettled(
    pending: Sequence[CategoryProfile], requirement: RequirementRule
) -> list[Reason]:
    categories = _codes(pending)
    if requirement.condition == "over_two_days":
        return [reason("unsettled_over_two_days", categories=categories)]
    return [
        reason("unsettled_condition", categories=categories),
        _unmet(pending, requirement),
    ]


def _principal_reasons(groups: _Sorted, guide: GuideRule) -> list[Reason]:
    """:return: what is left to the principal of a subcontractor"""
    reasons: list[Reason] = []
    if groups.informed:
        categories = _codes(groups.informed)
        reasons.append(reason("subcontractor_always", categories=categories))
    if guide.subcontractor_rule == "not_applicable":
        partly = [
            each
            for each in _delivered(groups.met + groups.pending)
            if each.acting_as_subcontractor == "sometimes"
        ]
        if partly:
            reasons.append(reason("subcontractor_sometimes", categories=_codes(partly)))
    return reasons


def _regime(profile: CategoryProfile, guide: GuideRule) -> Regime:
    if profile.new_entrant and guide.new_entrant_adapted:
        return "new_entrant"
    if profile.acting_as_subcontractor == "always" and guide.subcontractor_rule in (
        "by_tasks",
        "special",
    ):
        return "subcontractor"
    return "standard"


def _overall(regimes: Sequence[tuple[str, Regime]]) -> Regime:
    """:return: the regime that asks most of the company among its categories"""
    present = {regime for _code, regime in regimes}
    strictest: tuple[Regime, ...] = ("standard", "new_entrant", "subcontractor")
    return next((each for each in strictest if each in present), "standard")


def _regime_reasons(
    regimes: Sequence[tuple[str, Regime]], overall: Regime
) -> list[Reason]:
    """:return: the categories audited otherwise than the indicator as a whole"""
    reasons: list[Reason] = []
    for other in ("new_entrant", "subcontractor"):
        codes = tuple(code for code, regime in regimes if regime == other)
        if codes and other != overall:
            reasons.append(reason(f"regime_{other}", categories=codes))
    return reasons
