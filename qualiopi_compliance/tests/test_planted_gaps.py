from ..planted import DECOYS, GAPS, HEALTHY_DAYS
from .planted_common import PlantedCase

# Around 1 November 2026; a document runs out on the 20th day, 4 November.
DAYS = (
    "2026-10-15",
    "2026-10-31",
    "2026-11-01",
    "2026-11-04",
    "2026-11-05",
    "2026-11-20",
)


class TestPlantedGaps(PlantedCase):
    """Exactly what is missing is reported: nothing else, and nothing less."""

    def test_enough_is_planted(self):
        self.assertGreaterEqual(len(GAPS), 35)
        self.assertGreaterEqual(len(DECOYS), 15)

    def test_the_healthy_company_lacks_nothing(self):
        self.assertEqual(self.healthy, set())

    def test_exactly_the_planted_gaps(self):
        for day in DAYS:
            with self.subTest(day=day), self.on(day):
                self.assertSameGaps(self.read(day), self.expected(day))

    def test_the_same_whenever_it_is_read(self):
        with self.on("2026-12-15"):
            for day in (DAYS[0], DAYS[-1]):
                self.assertSameGaps(self.read(day), self.expected(day))

    def test_counts_agree_with_the_list(self):
        for day in (DAYS[0], DAYS[-1]):
            with self.on(day):
                counts = self.world.company._qualiopi_counts(self.date(day))
                groups = self.subjects(day)._read_group(
                    [], ["check_id", "satisfied"], ["__count"]
                )
                listed = {(check.id, good): count for check, good, count in groups}
                for asked, count in counts:
                    good = listed.get((asked.check.id, True), 0)
                    bad = listed.get((asked.check.id, False), 0)
                    with self.subTest(day=day, check=asked.check.code):
                        self.assertFalse(count.failure)
                        self.assertEqual(
                            (count.population, count.satisfied), (good + bad, good)
                        )

    def test_every_check_asked_looks_at_something(self):
        """Otherwise it would find nothing missing whatever was planted."""
        with self.on(DAYS[-1]):
            counts = self.world.company._qualiopi_counts(self.date(DAYS[-1]))
            self.assertEqual(
                [asked.check.code for asked, count in counts if not count.population],
                [],
            )

    def test_every_count_has_its_gap(self):
        """Each count that the addon makes is damaged at least once."""
        damaged = {code for gap in self.gaps for code in gap.checks}
        made = set(self.env["qualiopi.collector"]._source_names())
        self.assertEqual(made - damaged, set())

    def test_the_neighbour_has_its_own(self):
        day = DAYS[0]
        with self.on(day):
            own = self.read(day)
            others = self.read(day, self.neighbour)
            self.assertFalse(own & others)
            learner = self.neighbour.sessions["only"].registration_ids
            self.assertIn(("learner.need", learner._name, learner.id), others)
            company = self.neighbour.company
            codes = {
                code
                for code, model, identity in others
                if (model, identity) == ("res.company", company.id)
            }
            self.assertIn("document.house_rules", codes)
            self.assertNotIn("document.entry_procedure", codes)

    def test_healthy_days_last_long_enough(self):
        last = self.world.on(HEALTHY_DAYS)
        self.assertGreaterEqual(str(last), DAYS[-1])

    def test_mending_one_clears_exactly_that_one(self):
        """Whoever finds them mends them weeks later, but for one that shows early."""
        mended = self.mend(DAYS[-1], self.gaps)
        self.assertEqual(self.read(DAYS[-1]), set())
        left = [gap for gap in self.gaps if gap not in mended]
        self.assertEqual(self.mend(DAYS[0], left), left)
        self.assertEqual(self.read(DAYS[0]), set())

    def mend(self, day, gaps):
        """Mend those that show on a day.

        :return: these
        """
        with self.on(day):
            date = self.date(day)
            framework = self.env["qualiopi.framework"]._for_date(date).code
            shown = [gap for gap in gaps if gap.shows(date, framework)]
            left = self.read(day)
            for gap in shown:
                gap.repair()
                now = self.read(day)
                with self.subTest(gap=gap):
                    self.assertEqual(left - now, self.expected_of(gap))
                    self.assertEqual(now - left, set())
                left = now
            return shown


class TestPlantedLater(PlantedCase):
    """Made under the framework of 2026, it is the same company."""

    built_on = "2026-11-20"

    def test_exactly_the_planted_gaps(self):
        for day in (self.built_on, "2026-12-11", "2026-12-30"):
            with self.subTest(day=day), self.on(day):
                self.assertSameGaps(self.read(day), self.expected(day))
