"""Reasons in words: a code that is stored, a text that is translated when read.

The codes are kept in checklists, closed ones included. Never rename or remove
a code, nor change the names of the values in its text; correcting the wording
itself is safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from .marks import _lt

_APPLICABILITY: dict[str, str] = {
    "no_category": _lt("To be settled: no action category has been declared yet."),
    "applies_to_all": _lt("Applies to all action categories."),
    "applies": _lt("Applies to %(categories)s."),
    "applies_certifying": _lt(
        "Applies to %(categories)s, where a professional certification is prepared."
    ),
    "applies_work_study": _lt(
        "Applies to %(categories)s, where courses are delivered as work-study."
    ),
    "applies_training_at_work": _lt(
        "Applies to %(categories)s, where part of the training takes place at work."
    ),
    "applies_subcontracting": _lt(
        "Applies to %(categories)s, where subcontracting or umbrella employment"
        " is used."
    ),
    "applies_over_two_days": _lt(
        "Applies to %(categories)s, where courses last more than two days."
    ),
    "not_delivered": _lt(
        "Concerns only %(categories)s, which the company does not deliver."
    ),
    "unmet_certifying": _lt(
        "Asked only where a professional certification is prepared, which is not"
        " declared for %(categories)s."
    ),
    "unmet_work_study": _lt(
        "Asked only where courses are delivered as work-study, which is not"
        " declared for %(categories)s."
    ),
    "unmet_training_at_work": _lt(
        "Asked only where part of the training takes place at work, which is not"
        " declared for %(categories)s."
    ),
    "unmet_subcontracting": _lt(
        "Asked only where subcontracting or umbrella employment is used, which is"
        " not declared for %(categories)s."
    ),
    "unmet_over_two_days": _lt(
        "Asked only where courses last more than two days, which is not declared"
        " for %(categories)s."
    ),
    "unsettled_over_two_days": _lt(
        "To be settled for %(categories)s: the limit to courses of more than two"
        " days is in reading guide V9 only, written for the former wording; guide"
        " V10 is awaited."
    ),
    "unsettled_condition": _lt(
        "To be settled for %(categories)s: the condition below comes from a guide"
        " written for the former wording."
    ),
    "subcontractor_always": _lt(
        "Not asked for %(categories)s, always delivered on behalf of a principal:"
        " informing the public is the principal's task."
    ),
    "subcontractor_sometimes": _lt(
        "For %(categories)s, not asked for the actions delivered on behalf of a"
        " principal: informing the public is the principal's task."
    ),
    "regime_new_entrant": _lt(
        "New entrant for %(categories)s: the initial audit looks at the written"
        " process, the surveillance audit at its use."
    ),
    "regime_subcontractor": _lt(
        "Always a subcontractor for %(categories)s: judged by what the guide says"
        " of subcontractors."
    ),
}

_NEW_ENTRANT: dict[str, str] = {
    "new_entrant_overruled_yes": _lt(
        "Overruled by the company: treated as a new entrant."
    ),
    "new_entrant_overruled_no": _lt(
        "Overruled by the company: not treated as a new entrant."
    ),
    "new_entrant_no_bpf": _lt(
        "New entrant: no training activity report (BPF) has been filed yet."
    ),
    "new_entrant_absent_from_bpf": _lt(
        "New entrant: the category is absent from the last training activity report"
        " (BPF) filed."
    ),
    "new_entrant_in_last_bpf": _lt(
        "Not a new entrant: the category is in the last training activity report"
        " (BPF) filed."
    ),
    "new_entrant_not_started": _lt(
        "New entrant: the category has not started yet. Whether a training"
        " activity report (BPF) was filed is not known."
    ),
    "new_entrant_first_year": _lt(
        "New entrant: the category is in its first twelve months. Whether a training"
        " activity report (BPF) was filed is not known."
    ),
    "new_entrant_after_first_year": _lt(
        "Not a new entrant: the category is past its first twelve months. Whether a"
        " training activity report (BPF) was filed is not known."
    ),
    "new_entrant_unknown": _lt(
        "Not counted as a new entrant: neither the training activity reports (BPF)"
        " filed nor the start of the category is known."
    ),
}

REASONS: Final[Mapping[str, str]] = MappingProxyType(_APPLICABILITY | _NEW_ENTRANT)
"""Code of each reason -> its English text, a %-template with named values."""


@dataclass(frozen=True)
class Reason:
    """One sentence that says why.

    :param code: key of :data:`REASONS`; this is what gets stored
    :param template: the English text of that code
    :param values: what goes into the text; a tuple holds category codes, in the
        official order. Not to be changed in place.
    """

    code: str
    template: str
    # A mapping has no hash: two reasons with other values may share theirs.
    values: Mapping[str, tuple[str, ...] | str] = field(
        default_factory=dict, hash=False
    )

    def __post_init__(self) -> None:
        frozen = {
            name: value if isinstance(value, str) else tuple(value)
            for name, value in self.values.items()
        }
        object.__setattr__(self, "values", frozen)

    def render(self, template: str | None = None) -> str:
        """:param template: the translated text, by default the English one
        :return: the sentence, lists joined by commas

        Odoo's own ``env._(reason.template, **reason.values)`` does the same and
        joins lists in the manner of the reader's language.
        """
        values = {
            name: value if isinstance(value, str) else ", ".join(value)
            for name, value in self.values.items()
        }
        return (self.template if template is None else template) % values

    def as_dict(self) -> dict[str, Any]:
        """:return: code and values, as types that JSON knows"""
        values = {
            name: value if isinstance(value, str) else list(value)
            for name, value in self.values.items()
        }
        return {"code": self.code, "values": values}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reason:
        """Read what :meth:`as_dict` wrote, with today's wording.

        :raise ValueError: when the code is unknown
        """
        return reason(data["code"], **data.get("values", {}))


def reason(code: str, **values: tuple[str, ...] | str) -> Reason:
    """:return: the reason of that code with its text

    :raise ValueError: when :data:`REASONS` has no such code
    """
    if code not in REASONS:
        raise ValueError(f"Unknown reason code: {code!r}")
    return Reason(code, REASONS[code], values)
