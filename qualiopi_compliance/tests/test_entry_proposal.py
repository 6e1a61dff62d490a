from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .assessment_common import AssessmentCase


class EntryCase(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # ten questions of one point: each right answer is 10 %
        cls.survey = cls.new_survey(
            "entry",
            [cls.choice(f"Question {number}") for number in range(10)],
        )
        cls.basics, cls.refresher, cls.elsewhere = (
            cls.new_proposal(0, 30, "redirect", "Begin with the first steps"),
            cls.new_proposal(30, 60, "adaptation", "Two half-days of refresher"),
            cls.new_proposal(
                60, 100, "group", "Goes faster than the others", group_name="Advanced"
            ),
        )

    @classmethod
    def new_proposal(cls, low, high, kind, proposal, **vals):
        return cls.env["qualiopi.entry.proposal"].create(
            {
                "company_id": cls.company.id,
                "score_from": low,
                "score_to": high,
                "kind": kind,
                "proposal": proposal,
                **vals,
            }
        )

    def score(self, right, learner=None):
        """Answer with that many right answers out of ten."""
        choices = [1] * right + [0] * (10 - right)
        return self.answer(self.survey, learner or self.alice, choices)


@tagged("post_install", "-at_install")
class TestEntryProposal(EntryCase):
    """What the entry assessment proposes, and what the trainer makes of it."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.on("2026-02-20"))

    def test_table_by_hand(self):
        for right, kind in (
            (0, "redirect"),
            (2, "redirect"),
            (3, "adaptation"),
            (5, "adaptation"),
            (6, "group"),
            (10, "group"),
        ):
            [learner] = self.new_learners(self.session, 1)
            self.score(right, learner)
            with self.subTest(right=right):
                self.assertEqual(learner.qualiopi_entry_score, 10 * right)
                self.assertTrue(learner.qualiopi_entry_scored)
                self.assertEqual(learner.qualiopi_proposal_kind, kind)
                self.assertEqual(learner.qualiopi_proposal_state, "open")
                self.assertEqual(str(learner.qualiopi_entry_on), "2026-02-20")

    def test_nothing_happens_by_itself(self):
        self.score(8)
        self.score(4, self.bruno)
        self.assertFalse(self.alice.qualiopi_group)
        self.assertFalse((self.alice | self.bruno).qualiopi_follow_up_ids)

    def test_confirming_a_group_writes_it(self):
        self.score(8)
        self.assertEqual(self.alice.qualiopi_proposal, "Goes faster than the others")
        self.alice.with_user(self.desk).action_qualiopi_confirm_proposal()
        self.assertEqual(self.alice.qualiopi_group, "Advanced")
        self.assertEqual(self.alice.qualiopi_proposal_state, "confirmed")
        self.assertFalse(self.alice.qualiopi_follow_up_ids)

    def test_confirming_an_adaptation_makes_a_follow_up(self):
        self.score(4)
        self.alice.with_user(self.desk).action_qualiopi_confirm_proposal()
        [follow_up] = self.alice.qualiopi_follow_up_ids
        self.assertEqual(follow_up.kind, "adaptation")
        self.assertEqual(follow_up.user_id, self.desk)
        self.assertEqual(str(follow_up.date), "2026-02-20")
        self.assertIn("Two half-days of refresher", follow_up.note)
        self.assertIn("40 %", follow_up.note)
        self.assertFalse(self.alice.qualiopi_group)

    def test_confirming_something_else_makes_a_follow_up(self):
        self.score(0)
        self.alice.action_qualiopi_confirm_proposal()
        self.assertEqual(self.alice.qualiopi_follow_up_ids.kind, "redirect")

    def test_dismissing_needs_a_reason(self):
        self.score(4)
        with self.assertRefused("Why Not", UserError):
            self.alice.action_qualiopi_dismiss_proposal()
        self.alice.qualiopi_proposal_reason = "  "
        with self.assertRefused("Why Not", UserError):
            self.alice.action_qualiopi_dismiss_proposal()
        self.alice.qualiopi_proposal_reason = "Was ill that day"
        self.alice.action_qualiopi_dismiss_proposal()
        self.assertEqual(self.alice.qualiopi_proposal_state, "dismissed")
        self.assertFalse(self.alice.qualiopi_follow_up_ids)

    def test_decided_once(self):
        self.score(4)
        self.alice.action_qualiopi_confirm_proposal()
        for button in (
            "action_qualiopi_confirm_proposal",
            "action_qualiopi_dismiss_proposal",
        ):
            with self.assertRefused("no proposal to decide", UserError):
                getattr(self.alice, button)()
        with self.assertRefused("no proposal to decide", UserError):
            self.bruno.action_qualiopi_confirm_proposal()

    def test_later_answer_proposes_anew(self):
        self.score(4)
        self.alice.action_qualiopi_confirm_proposal()
        self.score(5)
        # the same words again: what was decided stays
        self.assertEqual(self.alice.qualiopi_proposal_state, "confirmed")
        self.assertEqual(self.alice.qualiopi_entry_score, 50)
        self.score(9)
        self.assertEqual(self.alice.qualiopi_proposal_state, "open")
        self.assertEqual(self.alice.qualiopi_proposal_kind, "group")

    def test_words_of_a_decision_stay_when_the_table_changes(self):
        self.score(4)
        self.score(4, self.bruno)
        self.alice.action_qualiopi_confirm_proposal()
        self.refresher.proposal = "One half-day"
        self.assertEqual(self.alice.qualiopi_proposal, "Two half-days of refresher")
        self.assertEqual(self.alice.qualiopi_proposal_state, "confirmed")
        # who still waits for a decision reads the new words
        self.assertEqual(self.bruno.qualiopi_proposal, "One half-day")
        self.refresher.active = False
        self.assertFalse(self.bruno.qualiopi_proposal)
        self.assertFalse(self.bruno.qualiopi_proposal_state)
        self.refresher.active = True
        self.assertEqual(self.bruno.qualiopi_proposal_state, "open")
        self.refresher.unlink()
        self.assertFalse(self.bruno.qualiopi_proposal_state)
        self.assertEqual(self.alice.qualiopi_proposal_state, "confirmed")

    def test_past_sessions_do_not_wait_for_a_new_table(self):
        self.refresher.active = False
        self.score(4)
        with self.on("2026-03-20"):
            self.refresher.active = True
        self.assertFalse(self.alice.qualiopi_proposal_state)

    def test_programme_s_own_table_comes_first(self):
        self.new_proposal(0, 50, "adaptation", "Own words", program_id=self.program.id)
        self.score(4)
        self.assertEqual(self.alice.qualiopi_proposal, "Own words")
        # outside its own table a programme takes nothing from the company's
        self.score(8, self.bruno)
        self.assertFalse(self.bruno.qualiopi_proposal_state)
        self.assertTrue(self.bruno.qualiopi_entry_scored)

    def test_table_of_another_company_proposes_nothing(self):
        (self.basics | self.refresher | self.elsewhere).unlink()
        self.new_proposal(
            0, 100, "adaptation", "Theirs", company_id=self.other_company.id
        )
        self.score(4)
        self.assertFalse(self.alice.qualiopi_proposal)

    def test_skipped_is_no_data(self):
        self.answer(self.survey, self.alice, [None] * 10)
        self.assertFalse(self.alice.qualiopi_entry_scored)
        self.assertFalse(self.alice.qualiopi_proposal_state)
        self.assertTrue(self.alice.qualiopi_entry_on)
        # what was scored before is not wiped out by it
        self.score(4)
        self.answer(self.survey, self.alice, [None] * 10)
        self.assertEqual(self.alice.qualiopi_entry_score, 40)
        self.assertEqual(self.alice.qualiopi_proposal_state, "open")

    def test_nothing_right_is_a_score(self):
        self.score(0)
        self.assertTrue(self.alice.qualiopi_entry_scored)
        self.assertEqual(self.alice.qualiopi_entry_score, 0)
        self.assertEqual(self.alice.qualiopi_proposal_kind, "redirect")

    def test_choices_that_none_is_right_score_too(self):
        # self-assessment, as in the survey shipped: more or less, not right or wrong
        survey = self.new_survey(
            "entry",
            [self.choice("How far?", points=((0, False), (1, False), (2, False)))],
        )
        self.answer(survey, self.alice, [1])
        self.assertEqual(self.alice.qualiopi_entry_score, 50)
        self.assertEqual(self.alice.qualiopi_proposal_kind, "adaptation")

    def test_without_score_nothing_is_proposed(self):
        survey = self.new_survey(
            "entry",
            [self.choice("How far?"), {"title": "Why?", "question_type": "text_box"}],
            scoring_type="no_scoring",
        )
        self.answer(survey, self.alice, [0, "Because"])
        self.assertFalse(self.alice.qualiopi_entry_scored)
        self.assertIn("Because", self.alice.qualiopi_entry)

    def test_try_outs_and_cancelled_files_propose_nothing(self):
        answer = self.survey._create_answer(
            user=self.manager,
            test_entry=True,
            check_attempts=False,
            qualiopi_registration_id=self.alice.id,
            qualiopi_event_id=self.session.id,
        )
        answer._save_lines(
            self.survey.question_ids[0],
            self.survey.question_ids[0].suggested_answer_ids[1].id,
        )
        answer._mark_done()
        self.assertFalse(self.alice.qualiopi_entry_scored)
        self.bruno.state = "cancel"
        self.score(4, self.bruno)
        self.assertFalse(self.bruno.qualiopi_proposal_state)

    def test_form_shows_it_and_decides(self):
        self.score(4)
        view = "qualiopi_compliance.event_registration_view_form_qualiopi"
        with Form(self.alice.with_user(self.desk), view) as form:
            self.assertEqual(form.qualiopi_proposal_state, "open")
            form.qualiopi_proposal_reason = "He knows it, he was tired"
        self.alice.with_user(self.desk).action_qualiopi_dismiss_proposal()
        found = self.env["event.registration"].search(
            [("qualiopi_proposal_state", "=", "open"), ("id", "=", self.alice.id)]
        )
        self.assertFalse(found)

    def test_internal_auditor_reads_and_decides_nothing(self):
        self.score(4)
        learner = self.alice.with_user(self.internal_auditor)
        self.assertEqual(learner.qualiopi_proposal, "Two half-days of refresher")
        for button in (
            "action_qualiopi_confirm_proposal",
            "action_qualiopi_dismiss_proposal",
        ):
            with self.assertRaises(AccessError):
                getattr(learner, button)()


@tagged("post_install", "-at_install")
class TestEntryProposalTable(EntryCase):
    """The table of proposals: ranges that do not contradict each other."""

    def test_scores_are_per_cents_in_order(self):
        for low, high in ((-1, 10), (50, 40), (0, 101)):
            with self.assertRefused("no range of scores", ValidationError):
                self.new_proposal(
                    low, high, "adaptation", "?", program_id=self.program.id
                )

    def test_overlaps_are_refused_by_name(self):
        with self.assertRefused("two things at once.*refresher", ValidationError):
            self.new_proposal(50, 70, "adaptation", "In between")
        with self.assertRefused("two things at once", ValidationError):
            self.refresher.score_to = 61

    def test_ranges_apart_touching_archived_or_elsewhere_are_fine(self):
        self.refresher.active = False
        self.new_proposal(40, 50, "adaptation", "In between")
        with self.assertRefused("two things at once", ValidationError):
            self.refresher.active = True
        self.new_proposal(
            0, 100, "adaptation", "One programme", program_id=self.program.id
        )
        self.new_proposal(
            0, 100, "adaptation", "Theirs", company_id=self.other_company.id
        )

    def test_a_group_has_a_name(self):
        with self.assertRefused("name the group", ValidationError):
            self.new_proposal(
                0, 10, "group", "Fast", group_name=" ", program_id=self.program.id
            )

    def test_gaps_are_said(self):
        self.assertFalse(self.refresher.warning)
        self.refresher.score_from = 35
        self.assertIn("Between 30 and 35 %", self.refresher.warning)

    def test_programme_of_another_company_is_refused(self):
        theirs = self.env["qualiopi.program"].create(
            {
                "name": "Theirs",
                "company_id": self.other_company.id,
                "category_id": self.category("AFC").id,
            }
        )
        with self.assertRaises(UserError):
            self.new_proposal(0, 10, "adaptation", "?", program_id=theirs.id)

    def test_name_says_the_range(self):
        self.assertEqual(self.elsewhere.display_name, "60–100 %: Advanced")

    def test_manager_keeps_it_in_the_list(self):
        Proposals = self.env["qualiopi.entry.proposal"].with_user(self.manager)
        row = Proposals.create(
            {
                "program_id": self.program.id,
                "score_from": 0,
                "score_to": 50,
                "proposal": "Help with formulas",
            }
        )
        self.assertEqual(row.company_id, self.company)
        row.unlink()

    def test_queries_do_not_grow_with_the_files_that_wait(self):
        def change(count, words):
            learners = self.new_learners(self.session, count)
            learners.write({"qualiopi_entry_scored": True, "qualiopi_entry_score": 40})
            with self.on("2026-02-20"):
                made = self.queries(lambda: self.refresher.write({"proposal": words}))
            self.assertEqual(set(learners.mapped("qualiopi_proposal")), {words})
            return made

        few = change(2, "One day")
        self.assertLessEqual(change(40, "Two days"), few + 2)


@tagged("post_install", "-at_install")
class TestCompanyThresholds(AssessmentCase):
    def test_thresholds_are_per_cents_in_order(self):
        self.assertEqual(self.company.qualiopi_reached_from, 70)
        self.assertEqual(self.company.qualiopi_partly_from, 40)
        company = self.company.with_user(self.manager)
        for vals in (
            {"qualiopi_partly_from": 71},
            {"qualiopi_reached_from": 101},
            {"qualiopi_partly_from": -1},
        ):
            case = self.subTest(vals=vals)
            with case, self.assertRefused("partly reached", ValidationError):
                company.write(vals)
        company.write({"qualiopi_reached_from": 80, "qualiopi_partly_from": 80})
