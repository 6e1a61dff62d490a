"""What a learner's file must hold, when, and what it still lacks.

A file goes through three stages: before the session, during it, after it. At each one
it lacks what the stage and those before it ask for; from the day a piece is due, it is
late. The indicators named are those the piece proves (decree 2026-728, guide V9).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from .applicability import CATEGORIES
from .marks import _lt

ALL: Final = frozenset(CATEGORIES)

Stage = Literal["before", "during", "after"]


@dataclass(frozen=True)
class Piece:
    """A piece of a learner's file.

    :param code: its name
    :param label: in words, marked for translation
    :param indicator: the indicator it proves
    :param stage: ``before``: due on the first day of the session; ``during``: due on
        the day after it; ``after``: due on the day after the last one
    :param categories: of actions it is asked of
    :param certifying_only: for programmes that lead to a certification only
    :param finished_only: not asked of somebody who dropped out
    """

    code: str
    label: str
    indicator: int
    stage: Stage
    categories: frozenset[str] = ALL
    certifying_only: bool = False
    finished_only: bool = False


PIECES: Final = (
    Piece("need", _lt("Need analysis"), 4, "before"),
    # Indicator 8 concerns training actions and apprenticeship.
    Piece("entry", _lt("Entry assessment"), 8, "before", frozenset({"AFC", "CFA"})),
    Piece("adjustment", _lt("Question on adjustments"), 26, "before"),
    Piece("contract", _lt("Signed contract or agreement"), 9, "before"),
    Piece("convocation", _lt("Convocation"), 9, "before"),
    Piece("documents", _lt("Documents given to the learner"), 9, "before"),
    Piece(
        "exam_enrolment",
        _lt("Proof of enrolment for the exam"),
        16,
        "during",
        ALL - {"BC"},
        certifying_only=True,
        finished_only=True,
    ),
    Piece("attendance", _lt("Attendance"), 12, "during"),
    Piece("outcome", _lt("Outcome per objective"), 11, "after", finished_only=True),
    Piece(
        "exam_result",
        _lt("Result of the exam"),
        16,
        "after",
        ALL - {"BC"},
        certifying_only=True,
        finished_only=True,
    ),
    Piece("certificate", _lt("Certificate of completion"), 11, "after"),
)
DROP_OUT_REASON: Final = Piece(
    "drop_out_reason", _lt("Reason for dropping out"), 12, "during"
)


@dataclass(frozen=True)
class FileFacts:
    """What the rules read of one file.

    :param category: of actions of the programme
    :param certifying: whether the programme leads to a certification
    :param starts_on: first day of the session
    :param ends_on: its last day
    :param held: codes of the pieces in the file
    :param cancelled: the registration was cancelled before it began
    :param dropped_on: day the learner dropped out, if he did
    :param present: whether he was ever present
    :param asked: codes of the only pieces that such a file can hold, ``None`` for all
    """

    category: str
    certifying: bool
    starts_on: date
    ends_on: date
    held: Collection[str] = ()
    cancelled: bool = False
    dropped_on: date | None = None
    present: bool = False
    asked: Collection[str] | None = None


@dataclass(frozen=True)
class MissingPiece:
    """A piece the file lacks; ``late`` from the day it was due on."""

    piece: Piece
    due_on: date
    late: bool


def stage_on(facts: FileFacts, day: date) -> Stage:
    """:return: the stage the file is in on ``day``; dropping out ends it early"""
    if day < facts.starts_on:
        return "before"
    return "after" if day > _last_day(facts) else "during"


def missing_pieces(facts: FileFacts, day: date) -> tuple[MissingPiece, ...]:
    """What the file lacks for its stage on ``day``, and since when.

    A cancelled registration lacks nothing. Somebody who dropped out is never asked
    for a final assessment, but for the reason; and a certificate of completion only
    if he was present at all.

    :return: in the order of the file
    """
    if facts.cancelled:
        return ()
    reached = _STAGES[: _STAGES.index(stage_on(facts, day)) + 1]
    missing = []
    for piece in _asked_pieces(facts):
        if piece.stage in reached and piece.code not in facts.held:
            due_on = _due_on(piece, facts)
            missing.append(MissingPiece(piece, due_on, day >= due_on))
    return tuple(missing)


_STAGES: Final[tuple[Stage, ...]] = ("before", "during", "after")


def _asked_pieces(facts: FileFacts) -> list[Piece]:
    pieces = [piece for piece in PIECES if _asked(piece, facts)]
    if facts.dropped_on is not None:
        pieces.append(DROP_OUT_REASON)
    return pieces


def _asked(piece: Piece, facts: FileFacts) -> bool:
    if facts.asked is not None and piece.code not in facts.asked:
        return False
    if facts.category not in piece.categories:
        return False
    if piece.certifying_only and not facts.certifying:
        return False
    if facts.dropped_on is None:
        return True
    if piece.code == "certificate":
        return facts.present
    if piece.code == "attendance":
        # who left before the first half-day was never there to sign
        return facts.dropped_on > facts.starts_on
    return not piece.finished_only


def _last_day(facts: FileFacts) -> date:
    if facts.dropped_on is None:
        return facts.ends_on
    return max(facts.starts_on, min(facts.ends_on, facts.dropped_on))


def _due_on(piece: Piece, facts: FileFacts) -> date:
    if piece is DROP_OUT_REASON and facts.dropped_on is not None:
        return facts.dropped_on
    if piece.stage == "before":
        return facts.starts_on
    if piece.stage == "during":
        return facts.starts_on + timedelta(days=1)
    return _last_day(facts) + timedelta(days=1)
