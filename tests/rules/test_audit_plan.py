"""A draft of the plan of an audit."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rules.audit_plan import LUNCH, TooShort, draft_plan, working_days

MONDAY = date(2026, 12, 7)
# criterion, number: the 22 common indicators of rnq-2026
COMMON = [
    *((1, number) for number in (1, 2)),
    *((2, number) for number in (4, 5, 6)),
    *((3, number) for number in (9, 10, 11, 12)),
    *((4, number) for number in (17, 18, 19)),
    *((5, number) for number in (21, 22)),
    *((6, number) for number in (23, 24, 25, 26, 27)),
    *((7, number) for number in (30, 31, 32)),
]
INDICATORS = st.sets(st.sampled_from(COMMON), min_size=1)
DAYS = st.integers(1, 4).map(
    lambda count: [MONDAY + timedelta(days=number) for number in range(count)]
)
BEGINS = st.sampled_from([time(8), time(9), time(10), time(13, 30)])
ENDS = st.sampled_from([time(12, 30), time(13), time(17), time(18, 30)])


def test_a_day():
    plan = draft_plan([MONDAY], COMMON)
    assert [
        (slot.kind, f"{slot.start:%H:%M}", f"{slot.stop:%H:%M}", slot.indicators)
        for slot in plan
    ] == [
        ("opening", "09:00", "09:30", ()),
        ("indicators", "09:30", "10:00", (1, 2)),
        ("indicators", "10:00", "10:45", (4, 5, 6)),
        ("indicators", "10:45", "11:45", (9, 10, 11, 12)),
        ("indicators", "11:45", "12:30", (17, 18, 19)),
        ("lunch", "12:30", "13:30", ()),
        ("indicators", "13:30", "14:00", (21, 22)),
        ("indicators", "14:00", "15:15", (23, 24, 25, 26, 27)),
        ("indicators", "15:15", "16:00", (30, 31, 32)),
        ("synthesis", "16:00", "16:30", ()),
        ("closing", "16:30", "17:00", ()),
    ]


def test_few_indicators_end_early():
    plan = draft_plan([MONDAY], [(2, 4), (5, 21)])
    assert [(slot.kind, f"{slot.start:%H:%M}") for slot in plan] == [
        ("opening", "09:00"),
        ("indicators", "09:30"),
        ("indicators", "10:15"),
        ("synthesis", "11:00"),
        ("closing", "11:30"),
    ]


def test_the_end_does_not_cut_lunch():
    plan = draft_plan([MONDAY], [(2, 4), (2, 5), (5, 21), (7, 32)])
    kinds = [(slot.kind, f"{slot.start:%H:%M}") for slot in plan]
    assert kinds[-3:] == [
        ("lunch", "12:30"),
        ("synthesis", "13:30"),
        ("closing", "14:00"),
    ]


def test_half_a_day_has_no_lunch():
    plan = draft_plan([MONDAY], COMMON, time(9), time(12, 30))
    assert "lunch" not in [slot.kind for slot in plan]
    assert plan[-1].stop == datetime.combine(MONDAY, time(12, 30))


@given(DAYS, INDICATORS, BEGINS, ENDS)
def test_every_indicator_once_one_after_the_other(days, asked, begin, end):
    assume(begin < end)
    try:
        plan = draft_plan(days, asked, begin, end)
    except TooShort:
        assume(False)
    seen = [number for slot in plan for number in slot.indicators]
    assert seen == [number for _criterion, number in sorted(asked)]
    for slot, following in pairwise(plan):
        assert slot.start < slot.stop <= following.start
    assert plan[0].kind == "opening"
    assert [slot.kind for slot in plan[-2:]] == ["synthesis", "closing"]
    criteria = {number: criterion for criterion, number in asked}
    for slot in plan:
        assert slot.start.date() in days
        assert begin <= slot.start.time() <= slot.stop.time() <= end
        assert len({criteria[number] for number in slot.indicators}) <= 1
        if begin <= time(10) and end >= time(17) and slot.kind != "lunch":
            assert slot.stop.time() <= LUNCH[0] or slot.start.time() >= LUNCH[1]


@pytest.mark.parametrize(
    ("begin", "end", "asked"),
    [
        (time(9), time(10), COMMON),
        (time(9), time(10, 45), COMMON),
        (time(17), time(9), COMMON),
        (time(9), time(17), []),
    ],
)
def test_no_time_for_it(begin, end, asked):
    with pytest.raises(TooShort):
        draft_plan([MONDAY], asked, begin, end)


def test_weekends_are_left_out():
    friday, monday = date(2026, 12, 4), date(2026, 12, 7)
    assert working_days(friday, monday) == (friday, monday)
    saturday = date(2026, 12, 5)
    assert working_days(saturday, saturday) == (saturday,)
