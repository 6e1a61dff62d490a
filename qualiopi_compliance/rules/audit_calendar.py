"""Days and months as the audits count them.

Frameworks, windows and deadlines go by calendar days in France, whatever the
clock of the server or the time zone of the reader.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from .audit_settings import DEFAULTS, AuditSettings
from .audit_words import Certainty, Phrase, Source, Statement, statement
from .marks import _lt

__all__ = [
    "CERTIFICATE_MONTHS",
    "DEADLINES",
    "MAJOR_CHECK_MONTHS",
    "MAJOR_MONTHS",
    "MINOR_MONTHS",
    "PARIS",
    "SURVEILLANCE_MONTHS",
    "Deadline",
    "Window",
    "add_months",
    "certificate_end",
    "major_deadlines",
    "minor_deadline",
    "outside_window",
    "renewal_audit_by",
    "renewal_call_by",
    "renewal_contract_by",
    "renewal_opens",
    "surveillance_window",
    "today_in_paris",
]

PARIS: Final = ZoneInfo("Europe/Paris")
_UTC: Final = ZoneInfo("UTC")
_DAY: Final = timedelta(days=1)

CERTIFICATE_MONTHS: Final = 36
"""How long a certificate lasts (art. R. 6316-2 of the Labour Code). Those issued before
1 January 2021 lasted four years and are over."""

SURVEILLANCE_MONTHS: Final = (14, 22)
"""Between the 14th and the 22nd month after certification is obtained (order of 6 June
2019, art. 2)."""

MINOR_MONTHS: Final = 6
"""To apply the plan for a minor non-conformity (order of 6 June 2019, art. 5)."""

MAJOR_MONTHS: Final = 3
"""To correct a major non-conformity (order of 6 June 2019, art. 5)."""

MAJOR_CHECK_MONTHS: Final = 1
"""For the certifier to check it, after those three months (same article)."""


def today_in_paris(now: datetime | None = None) -> date:
    """:param now: an instant, by default the present one; without a time zone it
        is taken as UTC, as Odoo stores its datetimes
    :return: the calendar day in Paris at that instant
    """
    if now is None:
        now = datetime.now(PARIS)
    elif now.tzinfo is None:
        now = now.replace(tzinfo=_UTC)
    return now.astimezone(PARIS).date()


def add_months(day: date, months: int) -> date:
    """Count whole months from a day: our convention for statutory delays.

    The audit order speaks of months without saying how they end. We take the
    same day of the month, else its last day (31 January + 1 month is 28 or
    29 February).

    :param months: how many, negative to go back
    """
    # Months since year 0, so that years need no care of their own.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_PHRASES: dict[str, Phrase] = {
    "surveillance_first": Phrase(
        _lt("Surveillance audit from month %(months)s after %(origin)s: %(day)s."),
        "order_art_2",
    ),
    "surveillance_last": Phrase(
        _lt("Surveillance audit up to month %(months)s after %(origin)s: %(day)s."),
        "order_art_2",
    ),
    "certificate_end": Phrase(
        _lt(
            "The certificate lasts %(months)s months from %(origin)s. Its last day is"
            " the one before the anniversary: %(day)s."
        ),
        "code_three_years",
    ),
    "renewal_opens": Phrase(
        _lt(
            "The renewal audit is held in the last %(months)s months up to %(origin)s:"
            " from %(day)s."
        ),
        "code_renewal",
    ),
    "renewal_audit_by": Phrase(
        _lt(
            "Renewal audit by %(day)s, so that %(months)s months of corrections and"
            " checks fit in before the certificate ends on %(origin)s. If the"
            " non-conformities are notified later than the audit, it must be held"
            " that much earlier."
        ),
        "renewal_margin",
    ),
    "renewal_call_by": Phrase(
        _lt(
            "Certifiers asked for offers by %(day)s, %(months)s months before"
            " the certificate ends on %(origin)s."
        ),
        "own",
    ),
    "renewal_contract_by": Phrase(
        _lt(
            "Contract with the certifier by %(day)s, %(months)s months before"
            " the certificate ends on %(origin)s."
        ),
        "eight_months",
    ),
    "minor_applied": Phrase(
        _lt(
            "Action plan for the minor non-conformity applied by %(day)s, %(months)s"
            " months after its notification on %(origin)s."
        ),
        "order_art_5",
    ),
    "major_corrected": Phrase(
        _lt(
            "Major non-conformity corrected by %(day)s, %(months)s months after its"
            " notification on %(origin)s."
        ),
        "order_art_5",
    ),
    "major_checked": Phrase(
        _lt(
            "Correction checked by the certifier by %(day)s; time allowed after"
            " %(origin)s, in months: %(months)s."
        ),
        "order_art_5",
    ),
}
DEADLINES: Final[Mapping[str, Phrase]] = MappingProxyType(_PHRASES)
"""Code of each deadline -> the sentence that explains it."""


@dataclass(frozen=True)
class Deadline:
    """A day, and how it was found.

    :param code: key of :data:`DEADLINES`
    :param day: the last day on which it can be done, unless it opens a period
    :param origin: the day counted from
    :param months: counted from it; negative for going back
    """

    code: str
    day: date
    origin: date
    months: int

    @property
    def statement(self) -> Statement:
        """:return: the sentence that explains the day"""
        return statement(
            DEADLINES,
            self.code,
            day=self.day,
            origin=self.origin,
            months=abs(self.months),
        )

    @property
    def source(self) -> Source:
        return self.statement.source

    @property
    def certainty(self) -> Certainty:
        return self.source.certainty


@dataclass(frozen=True)
class Window:
    """The days between two deadlines, both of them in it."""

    first: Deadline
    last: Deadline

    def __contains__(self, day: date) -> bool:
        return self.first.day <= day <= self.last.day


def surveillance_window(obtained_on: date) -> Window:
    """When the surveillance audit is held.

    "The 22nd month after" is read as that many months after the day itself, and so is
    the 14th. Another reading begins the window a month earlier: ours fits in both.

    :param obtained_on: the day the certification was obtained
    """
    first, last = (
        Deadline(code, add_months(obtained_on, months), obtained_on, months)
        for code, months in zip(
            ("surveillance_first", "surveillance_last"),
            SURVEILLANCE_MONTHS,
            strict=True,
        )
    )
    return Window(first, last)


def outside_window(window: Window, day: date) -> Deadline | None:
    """:return: the end of the window that ``day`` misses, ``None`` when it is in"""
    if day < window.first.day:
        return window.first
    return window.last if day > window.last.day else None


def certificate_end(first_day: date) -> Deadline:
    """The last day of validity, where the certificate itself does not say it.

    The texts give the length only. We take the day before the anniversary, as three
    years both ends included make it; it is also the careful reading.
    """
    anniversary = add_months(first_day, CERTIFICATE_MONTHS)
    return Deadline(
        "certificate_end", anniversary - _DAY, first_day, CERTIFICATE_MONTHS
    )


def minor_deadline(notified_on: date) -> Deadline:
    """:return: when the plan for a minor non-conformity has been applied"""
    day = add_months(notified_on, MINOR_MONTHS)
    return Deadline("minor_applied", day, notified_on, MINOR_MONTHS)


def major_deadlines(notified_on: date) -> tuple[Deadline, Deadline]:
    """:return: when a major non-conformity has been corrected, and when its
    correction has been checked

    The month of the check is counted from the end of the three months, as art. 5 does:
    it may end a few days before four months from the notification.
    """
    corrected = add_months(notified_on, MAJOR_MONTHS)
    checked = add_months(corrected, MAJOR_CHECK_MONTHS)
    return (
        Deadline("major_corrected", corrected, notified_on, MAJOR_MONTHS),
        Deadline("major_checked", checked, corrected, MAJOR_CHECK_MONTHS),
    )


def renewal_opens(last_day: date) -> Deadline:
    """:return: first day of the certificate's last year

    :param last_day: of the certificate
    """
    return Deadline("renewal_opens", add_months(last_day + _DAY, -12), last_day, -12)


def renewal_audit_by(last_day: date, settings: AuditSettings = DEFAULTS) -> Deadline:
    """The last day for the renewal audit that leaves time for majors to be lifted.

    The delays run from the notification: this takes it to be given on the day of the
    audit.

    :param last_day: of the certificate
    """
    months = settings.correction_months + settings.check_months

    def fits(day: date) -> bool:
        corrected = add_months(day, settings.correction_months)
        return add_months(corrected, settings.check_months) <= last_day

    day = add_months(last_day, -months)
    # Short months make several days end on the same one: take the last of them.
    while fits(day + _DAY):
        day += _DAY
    return Deadline("renewal_audit_by", day, last_day, -months)


def renewal_call_by(last_day: date, settings: AuditSettings = DEFAULTS) -> Deadline:
    """:param last_day: of the certificate
    :return: when certifiers have been asked for offers
    """
    months = -settings.call_months
    return Deadline("renewal_call_by", add_months(last_day, months), last_day, months)


def renewal_contract_by(last_day: date, settings: AuditSettings = DEFAULTS) -> Deadline:
    """:param last_day: of the certificate
    :return: when the contract with the certifier has been signed
    """
    months = -settings.contract_months
    day = add_months(last_day, months)
    return Deadline("renewal_contract_by", day, last_day, months)
