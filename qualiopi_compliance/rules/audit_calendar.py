"""Days and months as the audits count them.

Frameworks, windows and deadlines go by calendar days in France, whatever the
clock of the server or the time zone of the reader.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")
_UTC: Final = ZoneInfo("UTC")


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
