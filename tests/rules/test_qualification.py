from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules.qualification import (
    STATES,
    Held,
    Required,
    Standing,
    overlap,
    standing,
    uncovered,
)

DAY = date(2026, 11, 23)
ONE = timedelta(days=1)
SKILL, OTHER = 7, 8
EXPERT = Required(SKILL, 80)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
ends = st.none() | days


@st.composite
def holdings(draw):
    first, last = draw(ends), draw(ends)
    if first and last and last < first:
        first, last = last, first
    skill = draw(st.sampled_from((SKILL, OTHER)))
    return Held(skill, draw(st.integers(0, 100)), first, last)


def held(first=None, last=None, progress=100, skill=SKILL):
    return Held(skill, progress, first, last)


class TestStanding:
    def test_nothing_held(self):
        assert standing(EXPERT, [], DAY) == Standing("missing")

    def test_another_skill_does_not_count(self):
        assert standing(EXPERT, [held(skill=OTHER)], DAY).state == "missing"

    def test_without_any_end(self):
        assert standing(EXPERT, [held()], DAY, 90) == Standing("held", None, 100)

    def test_first_and_last_day_count(self):
        own = [held(DAY, DAY)]
        assert standing(EXPERT, own, DAY).state == "expiring"
        assert standing(EXPERT, own, DAY - ONE).state == "missing"
        assert standing(EXPERT, own, DAY + ONE) == Standing("expired", DAY, 0)

    def test_horizon(self):
        own = [held(last=DAY + timedelta(days=30))]
        assert standing(EXPERT, own, DAY, 29).state == "held"
        assert standing(EXPERT, own, DAY, 30).state == "expiring"

    def test_level_too_low_is_missing_and_says_what_is_held(self):
        assert standing(EXPERT, [held(progress=50)], DAY) == Standing(
            "missing", None, 50
        )

    def test_least_level_is_enough(self):
        assert standing(EXPERT, [held(progress=80)], DAY).state == "held"

    def test_renewal_on_the_next_day_continues(self):
        own = [held(last=DAY + ONE), held(DAY + 2 * ONE, DAY + 400 * ONE)]
        assert standing(EXPERT, own, DAY, 90) == Standing("held", DAY + 400 * ONE, 100)

    def test_gap_of_a_day_does_not_continue(self):
        own = [held(last=DAY + ONE), held(DAY + 3 * ONE)]
        assert standing(EXPERT, own, DAY, 90) == Standing("expiring", DAY + ONE, 100)

    def test_renewal_at_a_lower_level_does_not_continue(self):
        own = [held(last=DAY + ONE), held(DAY + 2 * ONE, progress=10)]
        assert standing(EXPERT, own, DAY, 90).state == "expiring"

    def test_expired_names_the_last_end(self):
        own = [held(last=DAY - 90 * ONE), held(DAY - 60 * ONE, DAY - 9 * ONE)]
        assert standing(EXPERT, own, DAY).until == DAY - 9 * ONE

    def test_not_yet_valid_is_missing(self):
        assert standing(EXPERT, [held(DAY + ONE)], DAY).state == "missing"

    @given(st.lists(holdings(), max_size=6), days, st.integers(0, 400))
    def test_agrees_with_the_days_covered(self, own, day, horizon):
        found = standing(EXPERT, own, day, horizon)
        assert found.state in STATES
        covered = not uncovered(EXPERT, own, [day])
        assert (found.state in ("held", "expiring")) == covered
        if covered and found.until:
            assert day <= found.until
            assert not uncovered(EXPERT, own, [found.until])
            assert uncovered(EXPERT, own, [found.until + ONE])

    @given(st.lists(holdings(), max_size=5), holdings(), days)
    def test_holding_more_never_makes_it_worse(self, own, more, day):
        before = standing(EXPERT, own, day).state
        after = standing(EXPERT, [*own, more], day).state
        assert STATES.index(after) <= STATES.index(before)

    @given(st.lists(holdings(), max_size=6), days)
    def test_order_does_not_matter(self, own, day):
        assert standing(EXPERT, own, day) == standing(EXPERT, own[::-1], day)


class TestUncovered:
    week = tuple(DAY + number * ONE for number in range(5))

    def test_expiry_on_the_first_middle_and_last_day(self):
        for index in range(5):
            own = [held(last=self.week[index])]
            assert uncovered(EXPERT, own, self.week) == list(self.week[index + 1 :])

    def test_beginning_in_the_middle(self):
        own = [held(self.week[2])]
        assert uncovered(EXPERT, own, self.week) == list(self.week[:2])

    def test_days_in_any_order(self):
        assert uncovered(EXPERT, [], self.week[::-1]) == list(self.week)

    def test_no_days_no_gap(self):
        assert uncovered(EXPERT, [], []) == []


class TestOverlap:
    @given(holdings(), holdings())
    def test_is_symmetric(self, one, other):
        assert overlap(one, other) == overlap(other, one)

    def test_open_ends_overlap(self):
        assert overlap(held(last=DAY), held())
        assert overlap(held(DAY), held(DAY + 900 * ONE))

    def test_following_each_other_do_not(self):
        assert not overlap(held(last=DAY), held(DAY + ONE))
        assert overlap(held(last=DAY), held(DAY))
