from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st
from rules.teaching_days import half_days

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute)


def test_whole_days():
    assert half_days(at(MONDAY, 9), at(TUESDAY, 17)) == {
        (MONDAY, "am"),
        (MONDAY, "pm"),
        (TUESDAY, "am"),
        (TUESDAY, "pm"),
    }


def test_morning_only():
    assert half_days(at(MONDAY, 9), at(MONDAY, 12, 30)) == {(MONDAY, "am")}


def test_afternoon_only():
    assert half_days(at(MONDAY, 13, 30), at(MONDAY, 17)) == {(MONDAY, "pm")}


def test_one_afternoon_to_the_next_morning():
    assert half_days(at(MONDAY, 14), at(TUESDAY, 12)) == {
        (MONDAY, "pm"),
        (TUESDAY, "am"),
    }


def test_planned_half_days_are_the_answer():
    planned = [(TUESDAY, "pm")]
    assert half_days(at(MONDAY, 9), at(TUESDAY, 17), planned) == set(planned)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)),
    st.timedeltas(
        min_value=datetime(2026, 1, 2) - datetime(2026, 1, 1),
        max_value=datetime(2026, 2, 1) - datetime(2026, 1, 1),
    ),
)
def test_every_day_between_is_taken_whole(begin, length):
    end = begin + length
    taken = half_days(begin, end)
    days = {day for day, _half in taken}
    assert all(begin.date() <= day <= end.date() for day in days)
    inner = days - {begin.date(), end.date()}
    assert all({(day, "am"), (day, "pm")} <= taken for day in inner)
