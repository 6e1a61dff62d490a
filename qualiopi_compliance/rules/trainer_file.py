"""What the file of a person who teaches must hold, and what it still lacks.

Reading guide V9, indicator 21, lists the proofs: CV, training and certifications,
induction, awareness of how people with disabilities are received, assessment of the
person. How often a CV is updated or a person assessed is fixed nowhere: both are the
company's own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .audit_calendar import add_months
from .marks import _lt

__all__ = ["LABELS", "TrainerFacts", "missing_pieces", "renewals"]

LABELS: Final = {
    "cv": _lt("CV"),
    "cv_old": _lt("CV not updated for too long"),
    "induction": _lt("Induction"),
    "disability_awareness": _lt("Disability awareness"),
    "assessment": _lt("Assessment of the person"),
    "assessment_old": _lt("Assessment of the person made too long ago"),
    "qualification": _lt("Skills or certifications"),
    "programmes": _lt("Programmes he may teach"),
    "firm": _lt("Firm with which there is a contract"),
}


@dataclass(frozen=True)
class TrainerFacts:
    """What one file says.

    :param qualified: at least one skill or certification is recorded
    :param programmes: at least one programme he may teach
    :param needs_firm: works through a firm (subcontractor, umbrella employment)
    :param cv_months: after which a CV counts as old; 0 for never
    :param assessment_months: after which an assessment counts as old; 0 for never
    """

    cv_on: date | None = None
    induction_on: date | None = None
    disability_awareness_on: date | None = None
    assessed_on: date | None = None
    qualified: bool = False
    programmes: bool = False
    needs_firm: bool = False
    has_firm: bool = False
    cv_months: int = 0
    assessment_months: int = 0


def missing_pieces(facts: TrainerFacts, day: date) -> tuple[str, ...]:
    """:return: codes of :data:`LABELS` that the file lacks on ``day``, in order"""
    due = renewals(facts)
    lacks = {
        "cv": facts.cv_on is None,
        "cv_old": "cv" in due and due["cv"] <= day,
        "induction": facts.induction_on is None,
        "disability_awareness": facts.disability_awareness_on is None,
        "assessment": facts.assessed_on is None,
        "assessment_old": "assessment" in due and due["assessment"] <= day,
        "qualification": not facts.qualified,
        "programmes": not facts.programmes,
        "firm": facts.needs_firm and not facts.has_firm,
    }
    return tuple(code for code in LABELS if lacks[code])


def renewals(facts: TrainerFacts) -> dict[str, date]:
    """:return: ``cv`` and ``assessment`` -> first day on which each counts as old"""
    due = {}
    if facts.cv_on and facts.cv_months:
        due["cv"] = add_months(facts.cv_on, facts.cv_months)
    if facts.assessed_on and facts.assessment_months:
        due["assessment"] = add_months(facts.assessed_on, facts.assessment_months)
    return due
