from odoo.tests import Form, tagged

from .result_common import TODAY, YEAR, ResultCase


@tagged("post_install", "-at_install")
class TestRates(ResultCase):
    """Rates beside those of the period before, as they are shown."""

    def session_of(self, first, last, satisfied, others, **vals):
        session = self.new_session(first, last, **vals)
        learners = self.new_learners(session, satisfied + others)
        for number, learner in enumerate(learners):
            self.answer(session, 5 if number < satisfied else 1, learner)
        return session

    def test_the_year_before_stands_beside(self):
        self.session_of("2026-04-06", "2026-04-07", 9, 1)
        self.session_of("2025-04-07", "2025-04-08", 4, 4)
        row = self.results()["satisfaction"]
        self.assertEqual((row.now.value, row.before.value), (0.9, 0.5))
        self.assertEqual((row.trend, row.good, row.difference), ("up", True, 40.0))

    def test_too_small_a_sample_has_no_trend(self):
        self.session_of("2026-04-06", "2026-04-07", 9, 1)
        self.session_of("2025-04-07", "2025-04-08", 1, 1)
        row = self.results()["satisfaction"]
        self.assertEqual((row.before.state, row.trend), ("small", "none"))
        self.company.qualiopi_sample_minimum = 2
        self.assertEqual(self.results()["satisfaction"].trend, "up")

    def test_a_session_beside_the_one_before(self):
        earlier = self.session_of("2026-04-06", "2026-04-07", 3, 3)
        session = self.session_of("2026-05-04", "2026-05-05", 6, 0)
        row = self.results(
            events=session,
            before={
                "events": earlier,
                "first": self.to_date("2026-04-06"),
                "last": self.to_date("2026-04-07"),
            },
        )["satisfaction"]
        self.assertEqual((row.now.value, row.before.value), (1.0, 0.5))

    def test_only_some_programmes(self):
        other = self.new_program(name="Word processing")
        self.session_of("2026-04-06", "2026-04-07", 5, 0)
        self.session_of("2026-04-06", "2026-04-07", 0, 5, qualiopi_program_id=other.id)
        self.assertEqual(self.results()["satisfaction"].now.value, 0.5)
        found = self.results(programs=other)["satisfaction"]
        self.assertEqual(found.now.value, 0.0)
        self.assertEqual(found.now.state, "shown")

    def test_no_programme_at_all_is_no_data(self):
        self.session_of("2026-04-06", "2026-04-07", 5, 0)
        self.assertFalse(self.results(programs=self.program.browse()))
        self.assertFalse(self.counted(programs=self.program.browse()))

    def test_words(self):
        self.session_of("2026-04-06", "2026-04-07", 2, 1)
        self.session_of("2025-04-07", "2025-04-08", 5, 3)
        rows = self.shown()
        row = rows["satisfaction"]
        self.assertEqual(row["value"], "")
        self.assertEqual(row["counts"], "2 of 3")
        self.assertIn("Sample too small", row["note"])
        self.assertEqual(row["before"], "62.5 %")
        self.assertEqual(rows["response"]["note"], "No data")
        self.assertIn("70 % of the scale", row["method"])
        self.assertEqual(rows["completion"]["counts"], "3 of 3")

    def test_trend_in_words_says_whether_it_is_good(self):
        self.session_of("2026-04-06", "2026-04-07", 6, 2)
        self.session_of("2025-04-07", "2025-04-08", 5, 3)
        row = self.shown()["satisfaction"]
        self.assertEqual(row["trend"], "Up by 12.5 points: better")
        self.assertEqual((row["arrow"], row["good"]), ("▲", True))

    def test_decimals_of_the_reader(self):
        self.session_of("2026-04-06", "2026-04-07", 5, 3)
        row = self.shown(**self.french())["satisfaction"]
        self.assertIn("62,5", row["value"])

    def shown(self, **context):
        rates = self.rates.with_context(**context)
        with self.on(TODAY):
            results = rates._rates(self.company, *map(self.to_date, YEAR))
            rows = rates._shown(self.company, results[self.company.id])
        return {row["code"]: row for row in rows}

    def test_our_own_words_replace_those_shipped(self):
        method = self.env["qualiopi.rate.method"].create(
            {"company_id": self.company.id, "code": "completion"}
        )
        self.assertEqual(method.method, method.shipped)
        method.method = "Those who stayed, 100 % of them."
        self.assertEqual(self.shown()["completion"]["method"], method.method)
        other = self.env["qualiopi.rate.method"]._texts(self.other_company)
        self.assertEqual(other["completion"], method.shipped)

    def test_words_follow_the_threshold(self):
        self.company.qualiopi_satisfied_from = 62.5
        self.assertIn("62.5 % of the scale", self.shown()["satisfaction"]["method"])

    def test_official_figures_of_apprenticeship_are_said_to_be_elsewhere(self):
        with self.on(TODAY):
            note = self.rates._official_note
            afc = self.rates._rates(self.company, *map(self.to_date, YEAR))
            self.assertEqual(note(afc[self.company.id]), "")
            self.program.write(
                {"category_id": self.category("CFA").id, "certifying": True}
            )
            cfa = self.rates._rates(self.company, *map(self.to_date, YEAR))
            self.assertIn("inserjeunes.education.gouv.fr", note(cfa[self.company.id]))


@tagged("post_install", "-at_install")
class TestRatesOfANewCompany(ResultCase):
    def test_thresholds_are_there_from_the_start(self):
        company = self.new_company("Nouveau")
        self.assertEqual(company.qualiopi_satisfied_from, 70)
        self.assertEqual(company.qualiopi_sample_minimum, 5)

    def test_thresholds_that_make_no_sense_are_refused(self):
        for vals, words in (
            ({"qualiopi_satisfied_from": 101}, "from 0 to 100"),
            ({"qualiopi_weak_below": -1}, "from 0 to 100"),
            ({"qualiopi_sample_minimum": -1}, "cannot be negative"),
            ({"qualiopi_tag_alert": 0}, "at least one remark"),
        ):
            with self.subTest(vals=vals), self.assertRefused(words):
                self.company.write(vals)

    def test_the_form_begins_with_the_words_shipped(self):
        form = Form(self.env["qualiopi.rate.method"].with_user(self.manager))
        form.code = "award"
        self.assertIn("whole certification", form.method)
        form.code = "completion"
        self.assertIn("followed to the end", form.method)
        form.method = "Those who stayed."
        form.code = "award"
        self.assertEqual(form.method, "Those who stayed.")
        self.assertIn("whole certification", form.shipped)

    def test_a_manager_writes_the_methods_of_his_company(self):
        methods = self.env["qualiopi.rate.method"].with_user(self.manager)
        method = methods.create({"code": "award", "method": "As the certifier does."})
        self.assertEqual(method.company_id, self.company)
        self.assertEqual(
            methods.browse(method.id).display_name, "Award of the certification"
        )
