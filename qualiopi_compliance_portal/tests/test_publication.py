from odoo.exceptions import UserError
from odoo.tests import tagged

from .publication_common import PublicationCase


@tagged("post_install", "-at_install")
class TestPublication(PublicationCase):
    """What is counted, published by a person, and frozen from then on."""

    def test_proposes_whole_months_that_are_over_for_long_enough(self):
        found = self.new_results("2026-11-23")
        self.assertEqual(
            (str(found.first), str(found.last)), ("2025-10-01", "2026-09-30")
        )
        found.unlink()
        found = self.new_results("2026-12-01")
        self.assertEqual(
            (str(found.first), str(found.last)), ("2025-11-01", "2026-10-31")
        )
        self.assertEqual(found.state, "proposed")
        self.assertEqual(str(found.computed_on), "2026-12-01")

    def test_span_is_the_company_s(self):
        self.company.qualiopi_publication_span = 6
        found = self.new_results()
        self.assertEqual(str(found.first), "2026-04-01")
        # the session of March is not in it
        self.assertEqual(self.line(found).learners, 0)

    def test_period_must_be_over(self):
        with self.assertRefused("not over"):
            self.new_results(first="2026-01-01", last="2026-11-23")
        with self.assertRefused("ends before it begins"):
            self.new_results(first="2026-02-01", last="2026-01-01")

    def test_figures_of_programme_category_and_company(self):
        found = self.new_results()
        for record in (None, self.category("AFC"), self.program):
            with self.subTest(of=record and record._name):
                line = self.line(found, record)
                self.assertEqual((line.learners, line.sessions), (6, 1))
                rate = self.rate(line, "satisfaction")
                self.assertEqual(rate["value"], "80 %")
                self.assertEqual(rate["counts"], "4 of 5")
                self.assertIn("70 %", rate["method"])
                self.assertTrue(rate["population"])
                self.assertEqual(rate["state"], "shown")

    def test_few_people_are_counts_and_none_is_said(self):
        few = self.new_program(name="Small groups")
        self.new_version(few)
        session = self.new_session(qualiopi_program_id=few.id)
        learners = self.new_learners(session, 3)
        self.give(session, learners[:1], (5,))
        line = self.line(self.new_results(), few)
        rate = self.rate(line, "satisfaction")
        self.assertEqual((rate["value"], rate["counts"]), ("", "1 of 1"))
        self.assertEqual(rate["note"], "Sample too small (under 5)")
        rate = self.rate(line, "access")
        self.assertEqual((rate["value"], rate["counts"]), ("", ""))
        self.assertEqual(rate["note"], "No data yet")

    def test_offered_without_any_session_is_there(self):
        new = self.new_program(name="Brand new")
        self.new_version(new)
        line = self.line(self.new_results(), new)
        self.assertTrue(line.shown)
        self.assertEqual({row["state"] for row in line._read(line.rates)}, {"no_data"})

    def test_award_beside_presentation(self):
        certifying = self.new_program(name="Web", certifying=True)
        self.new_version(certifying)
        session = self.new_session(qualiopi_program_id=certifying.id)
        learners = self.new_learners(session, 6)
        learners[:5].qualiopi_exam_result = "obtained"
        line = self.line(self.new_results(), certifying)
        codes = [row["code"] for row in line._read(line.rates)]
        place = codes.index("presentation")
        self.assertEqual(codes[place + 1], "award")
        self.assertEqual(self.rate(line, "presentation")["value"], "83.3 %")
        self.assertEqual(self.rate(line, "award")["counts"], "5 of 5")
        plain = self.line(line.publication_id, self.program)
        self.assertNotIn("award", [row["code"] for row in plain._read(plain.rates)])

    def test_causes_of_dropping_out_stay_in_the_house(self):
        learner = self.session.registration_ids[0]
        learner.write(
            {
                "qualiopi_dropped_on": "2026-03-03",
                "qualiopi_drop_out_reason": "Zibeline",
                "qualiopi_drop_out_cause": "health",
            }
        )
        line = self.line(self.new_results(), self.program)
        self.assertEqual(self.rate(line, "drop_out")["counts"], "1 of 6")
        self.assertNotIn("cause", str(line.rates))
        self.assertNotIn("Zibeline", str(line.rates))

    def test_in_each_language(self):
        line = self.line(self.new_results(), self.program)
        french = self.rate(line, "completion", "fr_FR")
        english = self.rate(line, "completion")
        self.assertNotEqual(french["method"], english["method"])
        self.assertEqual(french["counts"], "6 sur 6")
        # a language that came later reads the nearest one
        self.env["res.lang"]._activate_lang("es_ES")
        self.assertEqual(self.rate(line, "completion", "es_ES"), french)

    def test_the_company_s_own_words_are_published(self):
        self.env["qualiopi.rate.method"].create(
            {
                "code": "completion",
                "company_id": self.company.id,
                "method": "Who stayed until the last day.",
            }
        )
        line = self.line(self.new_results(), self.program)
        self.assertEqual(
            self.rate(line, "completion")["method"], "Who stayed until the last day."
        )

    def test_published_by_a_person_and_replaced_by_the_next(self):
        first = self.published()
        self.assertEqual(first.state, "published")
        self.assertEqual(str(first.published_on), "2026-11-23")
        self.assertEqual(first.published_by_id, self.manager)
        self.assertEqual(str(first.due_on), "2027-11-23")
        second = self.published("2026-12-10")
        self.assertEqual((first.state, second.state), ("replaced", "published"))
        self.assertEqual(str(first.replaced_on), "2026-12-10")
        self.assertEqual(second.previous_id, first)
        with self.assertRefused("does not change any more", UserError):
            second.action_publish()

    def test_what_is_published_is_frozen(self):
        found = self.published()
        line = self.line(found, self.program)
        before = line.rates
        for learner in self.new_learners(self.session, 4):
            self.answer(self.session, 1, learner)
        self.company.qualiopi_satisfied_from = 10
        self.forget()
        self.assertEqual(line.rates, before)
        for vals in (
            {"first": "2025-01-01"},
            {"last": "2026-10-31"},
            {"note": "Changed"},
            {"line_ids": [(5,)]},
            {"company_id": self.other_company.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("does not change any more", UserError),
            ):
                found.write(vals)
        with self.assertRefused("does not change any more", UserError):
            found.action_count()
        with self.assertRefused("cannot be deleted", UserError):
            found.unlink()
        with self.assertRefused("does not change any more", UserError):
            line.write({"shown": True})
        with self.assertRefused("does not change any more", UserError):
            line.sudo().unlink()
        # who is reminded may change
        found.user_id = self.manager

    def test_status_and_figures_are_not_typed(self):
        found = self.new_results()
        for vals in (
            {"state": "published"},
            {"published_on": "2026-01-01"},
            {"computed_on": "2026-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRefused("buttons only", UserError):
                found.write(vals)
        with self.assertRefused("buttons only", UserError):
            self.new_results(company=self.other_company, state="published")
        with self.assertRefused("counted, not typed", UserError):
            self.line(found, self.program).write({"rates": {}})

    def test_one_proposal_at_a_time(self):
        self.new_results()
        with self.assertRefused("proposed already", UserError):
            self.new_results()

    def test_counted_again(self):
        found = self.new_results()
        session = self.new_session("2026-04-06", "2026-04-07")
        self.new_learners(session, 2)
        self.assertEqual(self.line(found, self.program).learners, 6)
        with self.on("2026-11-25"):
            found.action_count()
        self.assertEqual(self.line(found, self.program).learners, 8)
        self.assertEqual(str(found.computed_on), "2026-11-25")
        # other dates are counted at once
        with self.on("2026-11-25"):
            found.first = "2026-03-31"
        self.assertEqual(self.line(found, self.program).learners, 2)

    def test_only_what_is_not_offered_may_be_left_out(self):
        gone = self.new_program(name="Gone")
        self.new_version(gone)
        self.new_learners(self.new_session(qualiopi_program_id=gone.id), 5)
        with self.on("2026-06-01"):
            gone.action_retire()
        found = self.new_results()
        line = self.line(found, gone)
        self.assertFalse(line.shown)
        # his learners are in the totals all the same
        self.assertEqual(self.line(found).learners, 11)
        line.shown = True
        line.shown = False
        for offered in (self.program, self.category("AFC"), None):
            with self.assertRefused("cannot be left out", UserError):
                self.line(found, offered).shown = False
        line.shown = True
        with self.on("2026-11-24"):
            found.action_count()
        self.assertTrue(self.line(found, gone).shown)
        self.line(found, gone).shown = False
        self.publish(found)
        self.assertIn("Gone", "".join(found.message_ids.mapped("body")))

    def test_compared_with_what_was_published_before(self):
        self.published()
        self.answer(self.session, 1, self.silent)
        self.new_version(self.new_program(name="Brand new"))
        found = self.new_results()
        rows = found._changes(found._to_compare_with())
        self.assertIn(
            {
                "name": "Spreadsheets",
                "rate": "Satisfaction",
                "then": "80 %, 4 of 5",
                "now": "66.7 %, 4 of 6",
            },
            rows,
        )
        self.assertNotIn("Completion", {row["rate"] for row in rows})
        self.assertEqual(
            [row for row in rows if row["name"] == "Brand new"],
            [
                {
                    "name": "Brand new",
                    "rate": "All of its rates",
                    "then": "Not published",
                    "now": "Published",
                }
            ],
        )
        self.assertIn("66.7", found.changes_html)
        self.publish(found)
        # the comparison is the same once it is published
        self.forget()
        self.assertEqual(found._changes(found._to_compare_with()), rows)

    def test_says_when_the_count_is_old_or_the_promise_broken(self):
        found = self.new_results("2026-10-01")
        with self.on("2026-10-20"):
            self.assertFalse(found.warning)
        with self.on("2026-11-23"):
            self.assertIn("Count again", found.warning)
        self.publish(found)
        with self.on("2027-11-23"):
            self.assertFalse(found.warning)
        with self.on("2027-11-24"):
            self.assertIn("Older than", found.warning)

    def test_rhythm_and_span_are_months(self):
        for name in ("qualiopi_publication_months", "qualiopi_publication_span"):
            with self.assertRefused("number of months"):
                self.company[name] = 0
        found = self.published()
        self.company.qualiopi_publication_months = 3
        self.assertEqual(str(found.due_on), "2027-02-23")

    def test_queries_do_not_grow_with_the_programmes(self):
        def count():
            with self.on("2026-11-23"):
                return self.queries(found.action_count)

        found = self.new_results()
        few = count()
        for number in range(12):
            program = self.new_program(name=f"Programme {number}")
            self.new_version(program)
            session = self.new_session(qualiopi_program_id=program.id)
            self.give(session, self.new_learners(session, 2), (5, 4))
        self.assertLessEqual(count(), few + 3)
        self.assertEqual(len(found.line_ids), 15)
