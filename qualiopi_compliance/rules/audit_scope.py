"""Which indicators an audit looks at, and why.

The surveillance audit looks at a minimum: order of 6 June 2019 on the audits, art. 2.
The other audits look at every indicator that applies, within what they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from .applicability import Applicability
from .audit_findings import AUDIT_KINDS, AuditKind
from .audit_words import Phrase, Statement, statement
from .marks import _lt

__all__ = [
    "SCOPE_REASONS",
    "Asked",
    "ScopeFacts",
    "ScopeIndicator",
    "ScopeLine",
    "SurveillanceMinimum",
    "audit_scope",
    "other_requirements",
]

SurveillanceMinimum = Literal["always", "if_concerned", "no"]
Asked = Literal["yes", "no", "unsettled"]

_PHRASES: dict[str, Phrase] = {
    "every_applicable": Phrase(
        _lt("Looked at: this audit covers every applicable indicator."), "order_art_1"
    ),
    "every_applicable_rehearsal": Phrase(
        _lt("Looked at: every applicable indicator, unless the company chooses fewer."),
        "own",
    ),
    "surveillance_minimum": Phrase(
        _lt("Looked at: part of the minimum of the surveillance audit."), "order_art_2"
    ),
    "surveillance_concerned": Phrase(
        _lt("Looked at: part of the minimum for the providers it concerns."),
        "order_art_2",
    ),
    "former_nonconformity": Phrase(
        _lt("Looked at: it had a non-conformity at the audit before."), "order_art_2"
    ),
    "former_corrections": Phrase(
        _lt("The corrections made since the audit before are checked."),
        "renewal_margin",
    ),
    "audited_as_new_entrant": Phrase(
        _lt(
            "Looked at: audited as a new entrant for %(categories)s, hence every"
            " indicator that applies to it."
        ),
        "order_art_2",
    ),
    "not_yet_checked": Phrase(
        _lt("Looked at: the reduced initial audit left it out."), "order_art_2"
    ),
    "open_nonconformity": Phrase(
        _lt("Looked at: a non-conformity is open."), "order_art_5"
    ),
    "new_category": Phrase(
        _lt("Looked at: applies to the new category: %(categories)s."), "extension"
    ),
    "not_in_minimum": Phrase(
        _lt("Left out: not in the minimum. The certifier may look at more."),
        "order_art_2",
    ),
    "no_open_nonconformity": Phrase(
        _lt("Left out: no non-conformity is open."), "order_art_5"
    ),
    "other_categories": Phrase(
        _lt("Left out: does not apply to the new category."), "extension"
    ),
    "not_applicable": Phrase(_lt("Left out: does not apply to the company."), "own"),
    "applicability_unsettled": Phrase(
        _lt("To be settled with the certifier: whether it applies is not settled."),
        "own",
    ),
    "no_longer_applies": Phrase(
        _lt(
            "To be settled with the certifier: it had a non-conformity, but no longer"
            " applies to the company."
        ),
        "own",
    ),
    "display_checked": Phrase(
        _lt("The display of the certificate is checked: failing it is major."),
        "order_art_2",
    ),
    "logo_checked": Phrase(_lt("The use of the logo is checked."), "logo_checked"),
}
SCOPE_REASONS: Final[Mapping[str, Phrase]] = MappingProxyType(_PHRASES)
"""Code of each reason -> its text and source."""


@dataclass(frozen=True)
class ScopeIndicator:
    """One indicator of the framework that holds on the day of the audit.

    :param applicability: with the categories of that day; for an extension, the new
        ones included
    :param surveillance: what the guide says of the surveillance audit
    """

    applicability: Applicability
    surveillance: SurveillanceMinimum = "no"

    def __post_init__(self) -> None:
        if self.surveillance not in get_args(SurveillanceMinimum):
            raise ValueError(f"Unknown surveillance minimum: {self.surveillance!r}")


@dataclass(frozen=True, kw_only=True)
class ScopeFacts:
    """What decides on the scope, beside the indicators.

    :param former: numbers with a non-conformity at the audit before
    :param open: numbers with a non-conformity that is not lifted
    :param new_entrant_categories: audited as those of a new entrant at the initial
        audit, all of them in a provider's first year of activity
    :param new_categories: asked for by an extension
    :param not_yet_checked: numbers that a reduced initial audit left out
    """

    kind: AuditKind
    former: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()
    new_entrant_categories: frozenset[str] = frozenset()
    new_categories: frozenset[str] = frozenset()
    not_yet_checked: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.kind not in AUDIT_KINDS:
            raise ValueError(f"Unknown kind of audit: {self.kind!r}")
        if (self.kind == "extension") != bool(self.new_categories):
            raise ValueError("New categories go with an extension, and only with one")


@dataclass(frozen=True)
class ScopeLine:
    """Whether the audit looks at one indicator.

    :param reasons: at least one, the main one first
    """

    number: int
    asked: Asked
    reasons: tuple[Statement, ...]


def audit_scope(
    indicators: Iterable[ScopeIndicator], facts: ScopeFacts
) -> tuple[ScopeLine, ...]:
    """:return: one line per indicator, in the order given"""
    return tuple(_line(each, facts) for each in indicators)


def other_requirements(kind: AuditKind) -> tuple[Statement, ...]:
    """:return: what is checked beside the indicators, as far as the sources say"""
    codes = {
        "surveillance": ("display_checked", "logo_checked"),
        "renewal": ("logo_checked",),
    }.get(kind, ())
    return tuple(statement(SCOPE_REASONS, code) for code in codes)


def _line(indicator: ScopeIndicator, facts: ScopeFacts) -> ScopeLine:
    about = indicator.applicability
    if about.status == "not_applicable":
        return _line_without(about, facts)
    reasons = _REASONS_OF[facts.kind](indicator, facts)
    if not reasons:
        left_out = statement(SCOPE_REASONS, _LEFT_OUT[facts.kind])
        return ScopeLine(about.number, "no", (left_out,))
    if about.status == "unsettled":
        unsettled = statement(SCOPE_REASONS, "applicability_unsettled")
        return ScopeLine(about.number, "unsettled", (unsettled, *reasons))
    return ScopeLine(about.number, "yes", tuple(reasons))


def _line_without(about: Applicability, facts: ScopeFacts) -> ScopeLine:
    """:return: the line of an indicator that does not apply"""
    weighing = facts.open if facts.kind == "follow_up" else facts.former
    if facts.kind in ("follow_up", "surveillance") and about.number in weighing:
        # One text says to look at it, another that it is not asked.
        unsettled = statement(SCOPE_REASONS, "no_longer_applies")
        return ScopeLine(about.number, "unsettled", (unsettled,))
    left_out = statement(SCOPE_REASONS, "not_applicable")
    return ScopeLine(about.number, "no", (left_out,))


def _full(indicator: ScopeIndicator, facts: ScopeFacts) -> list[Statement]:
    rehearsal = facts.kind in ("internal", "mock")
    code = "every_applicable_rehearsal" if rehearsal else "every_applicable"
    reasons = [statement(SCOPE_REASONS, code)]
    if facts.kind == "renewal" and indicator.applicability.number in facts.former:
        reasons.append(statement(SCOPE_REASONS, "former_corrections"))
    return reasons


def _follow_up(indicator: ScopeIndicator, facts: ScopeFacts) -> list[Statement]:
    if indicator.applicability.number not in facts.open:
        return []
    return [statement(SCOPE_REASONS, "open_nonconformity")]


def _extension(indicator: ScopeIndicator, facts: ScopeFacts) -> list[Statement]:
    about = indicator.applicability
    categories = tuple(
        code for code in about.categories if code in facts.new_categories
    )
    if about.status == "unsettled":
        # Which categories it applies to is not known yet.
        return [statement(SCOPE_REASONS, "every_applicable")]
    if not categories:
        return []
    return [statement(SCOPE_REASONS, "new_category", categories=categories)]


def _surveillance(indicator: ScopeIndicator, facts: ScopeFacts) -> list[Statement]:
    about = indicator.applicability
    reasons = []
    if indicator.surveillance == "always" or about.gravity == "major_only":
        # Art. 2 names the major-only indicators as such, then 1, 17 and 19.
        reasons.append(statement(SCOPE_REASONS, "surveillance_minimum"))
    elif indicator.surveillance == "if_concerned":
        reasons.append(statement(SCOPE_REASONS, "surveillance_concerned"))
    if about.number in facts.former:
        reasons.append(statement(SCOPE_REASONS, "former_nonconformity"))
    new = tuple(
        code for code in about.categories if code in facts.new_entrant_categories
    )
    if new:
        reasons.append(
            statement(SCOPE_REASONS, "audited_as_new_entrant", categories=new)
        )
    if about.number in facts.not_yet_checked:
        reasons.append(statement(SCOPE_REASONS, "not_yet_checked"))
    return reasons


_REASONS_OF: Final = {
    "initial": _full,
    "renewal": _full,
    "internal": _full,
    "mock": _full,
    "follow_up": _follow_up,
    "surveillance": _surveillance,
    "extension": _extension,
}
_LEFT_OUT: Final = {
    "follow_up": "no_open_nonconformity",
    "surveillance": "not_in_minimum",
    "extension": "other_categories",
}
