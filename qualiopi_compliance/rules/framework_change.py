"""What the change from one framework to another means for one company.

Two things can change for it: the words of an indicator that applies, and whether the
indicator applies at all.
"""

from __future__ import annotations

from typing import Final, Literal

__all__ = ["TO_DO", "Change", "Standing", "Touch", "touch"]

Change = Literal["none", "wording", "substance", "new"]
Standing = Literal["applicable", "unsettled", "not_applicable", "absent"]
Touch = Literal["new", "starts", "changed", "wording", "stops", "none"]

TO_DO: Final[tuple[Touch, ...]] = ("new", "starts", "changed")
"""Changes that ask something of the company: new words of mere form do not, nor does
an indicator that no longer applies."""

_CONCERNED: Final = ("applicable", "unsettled")


def touch(change: Change, before: Standing, after: Standing) -> Touch:
    """:param change: of the requirement, compared with the framework before
    :param before: whether it applied under the framework before; ``absent`` where
        that one had no such indicator
    :param after: whether it applies under the new one; ``absent`` where it is gone
    :return: how it touches the company; ``none`` when it does not
    """
    if after not in _CONCERNED:
        return "stops" if before in _CONCERNED else "none"
    if before == "absent":
        return "new"
    if before == "not_applicable":
        return "starts"
    if change in ("substance", "new"):
        return "changed"
    return "wording" if change == "wording" else "none"
