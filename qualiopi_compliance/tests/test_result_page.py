import io
from datetime import date

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from .result_common import TODAY, ResultCase


@tagged("post_install", "-at_install")
class TestResultPage(ResultCase):
    """The results page: what is chosen, what shows."""

    def page(self, user=None, **vals):
        pages = self.env["qualiopi.result"].with_user(user or self.manager)
        return pages.create({"span": "this_year", **vals})

    def text(self, page, name="rates"):
        return self.plain_text(page[f"{name}_html"])

    def plain_text(self, content):
        page = html.fromstring(f"<div>{content or ''}</div>")
        return " ".join(page.text_content().split())

    def shown(self, name="rates", user=None, **vals):
        with self.on(TODAY):
            return self.text(self.page(user, **vals), name)

    def test_periods(self):
        with self.on(TODAY):
            page = self.page(span="last_12_months")
            self.assertEqual(
                (str(page.first), str(page.last)), ("2025-11-24", "2026-11-23")
            )
            page.span = "last_year"
            self.assertEqual(
                (str(page.first), str(page.last)), ("2025-01-01", "2025-12-31")
            )
            # the dates last seen are those to change
            page.span = "dates"
            self.assertEqual(str(page.first), "2025-01-01")
            page.first = "2025-03-01"
            self.assertEqual(str(page.first), "2025-03-01")

    def test_nothing_to_count_says_so_and_no_figure(self):
        text = self.shown()
        self.assertIn("Nothing to count", text)
        self.assertIn("No data", text)
        self.assertNotIn("%", text.split("How it is computed", 1)[1].split("70 %")[0])

    def test_rates_with_all_that_belongs_to_them(self):
        learners = self.new_learners(self.session, 6)
        for learner in learners:
            self.answer(self.session, 5, learner)
        text = self.shown()
        for part in (
            f"{self.day(date(2026, 1, 1))} – {self.day(date(2026, 12, 31))}",
            f"compared with {self.day(date(2025, 1, 1))}",
            "Counted on",
            "Sessions: 1",
            "Learners who began: 6",
            "100 %",
            "6 of 6",
            "Learners who gave a mark",
            "of the scale",
            "No official text gives these formulas",
        ):
            with self.subTest(part=part):
                self.assertIn(part, text)

    def test_a_small_sample_shows_counts_only(self):
        for learner in self.new_learners(self.session, 2):
            self.answer(self.session, 5, learner)
        text = self.shown()
        self.assertIn("2 of 2", text)
        self.assertIn("Sample too small (under 5)", text)
        self.assertNotIn("100 %", text)

    def test_one_anonymous_answer_is_kept_back(self):
        self.survey.qualiopi_anonymous = True
        self.answer(self.session, 1)
        for vals in ({}, {"scope": "session", "event_id": self.session.id}):
            with self.subTest(vals=vals):
                text = self.shown(**vals)
                self.assertIn("1 answered", text)
                self.assertIn("would tell who said what", text)
                self.assertNotIn("0 of 1", text)
                self.assertNotIn("1: 1", self.shown("questions", **vals))

    def test_questions(self):
        for mark in (1, 1, 2, 2, 1):
            self.answer(self.session, mark, choices=(1,), remark="Too fast")
        text = self.shown("questions")
        for part in ("Did it suit you?", "10 %", "Weak", "1: 3 · 2: 2", "Web: 5"):
            with self.subTest(part=part):
                self.assertIn(part, text)
        # what somebody wrote is for those who may read it
        self.assertNotIn("Too fast", text)

    def test_weak_points_of_the_period(self):
        for mark in (1, 1, 2, 2, 1):
            self.answer(self.session, mark)
        with self.on(TODAY):
            page = self.page()
            self.assertIn("No weak point", self.text(page, "points"))
            action = page.action_find_weak_points()
            self.assertIn("1", action["params"]["message"])
            self.assertEqual(
                action["params"]["next"]["res_model"], "qualiopi.weak.point"
            )
            page.invalidate_recordset()
            self.assertIn("Did it suit you?", self.text(page, "points"))
            again = page.action_find_weak_points()
            self.assertIn("not known yet", again["params"]["message"])

    def test_a_session_beside_the_one_before(self):
        earlier = self.new_session("2026-02-02", "2026-02-03")
        for session, mark in ((earlier, 1), (self.session, 5)):
            for learner in self.new_learners(session, 6):
                self.answer(session, mark, learner)
        text = self.shown(
            scope="session",
            event_id=self.session.id,
            span="dates",
            first="2026-03-02",
            last="2026-03-06",
        )
        self.assertIn("compared with the session before", text)
        self.assertIn("Up by 100 points: better", text)

    def test_a_first_session_has_none_before(self):
        self.new_learners(self.session, 1)
        action = self.session.with_user(self.manager).action_qualiopi_results()
        with self.on(TODAY):
            page = (
                self.env["qualiopi.result"]
                .with_user(self.manager)
                .with_context(**action["context"])
                .create({})
            )
            self.assertIn("no earlier session", self.text(page))
            self.assertIn("Learners who began: 1", self.text(page))

    def test_a_session_to_come_says_when(self):
        session = self.new_session("2026-12-07", "2026-12-08")
        self.new_learners(session, 1)
        text = self.shown(scope="session", event_id=session.id)
        self.assertIn(f"ends on {self.day(date(2026, 12, 8))}", text)
        self.assertIn("Learners who began: 0", text)

    def test_programmes_one_by_one(self):
        other = self.new_program(name="Word processing")
        self.new_learners(self.session, 2)
        self.new_learners(self.new_session(qualiopi_program_id=other.id), 3)
        for breakdown, names in (
            ("program", ("Spreadsheets", "Word processing")),
            ("category", ("AFC",)),
        ):
            text = self.shown("groups", breakdown=breakdown)
            for name in names:
                with self.subTest(name=name):
                    self.assertIn(name, text)
        only = self.shown(scope="program", program_ids=other.ids)
        self.assertIn("Learners who began: 3", only)
        category = self.shown(scope="category", category_id=self.category("AFC").id)
        self.assertIn("Learners who began: 5", category)
        empty = self.shown(scope="category", category_id=self.category("BC").id)
        self.assertIn("Learners who began: 0", empty)

    def test_the_time_promised_stands_by_the_time_measured(self):
        self.program.access_time = "Two weeks"
        chosen = {"scope": "program", "program_ids": self.program.ids}
        self.assertIn("Promised: Two weeks", self.shown(**chosen))
        self.assertNotIn("Promised", self.shown())

    def test_what_is_not_chosen_yet_is_asked_for(self):
        for vals, words in (
            ({"scope": "session"}, "Choose a session"),
            ({"scope": "category"}, "Choose a category"),
            ({"scope": "program"}, "Choose one or more programmes"),
            (
                {"span": "dates", "first": "2026-02-01", "last": "2026-01-01"},
                "first and a last day",
            ),
        ):
            with self.subTest(vals=vals):
                self.assertIn(words, self.shown(**vals))
                self.assertEqual(self.shown("questions", **vals), "")

    def test_the_form_follows_what_is_chosen(self):
        self.new_learners(self.session, 1)
        with self.on(TODAY):
            form = Form(self.env["qualiopi.result"].with_user(self.manager))
            self.assertIn("Learners who began", form.rates_html)
            form.scope = "session"
            self.assertIn("Choose a session", form.rates_html)
            form.event_id = self.session
            self.assertNotIn("Choose a session", form.rates_html)
            self.assertEqual((form.span, str(form.first)), ("dates", "2026-03-02"))
            self.assertIn("Learners who began: 1", self.plain_text(form.rates_html))
            form.span = "last_year"
            self.assertIn(self.day(date(2025, 1, 1)), form.rates_html)

    def test_a_programme_opens_its_results(self):
        action = self.program.with_user(self.contributor).action_open_results()
        self.assertEqual(action["res_model"], "qualiopi.result")
        self.assertEqual(action["context"]["default_program_ids"], self.program.ids)

    def test_lists_behind_the_page(self):
        [learner] = self.new_learners(self.session, 1)
        answer = self.answer(self.session, 5, learner, remark="Too fast")
        line = answer.user_input_line_ids.filtered("value_text_box")
        with self.on(TODAY):
            page = self.page(scope="session", event_id=self.session.id)
            for action, expected in (
                (page.action_open_remarks(), line),
                (page.action_open_learners(), learner),
            ):
                found = (
                    self.env[action["res_model"]]
                    .with_user(self.manager)
                    .search(action["domain"])
                )
                self.assertEqual(found.ids, expected.ids)
            points = page.action_open_weak_points()
            self.assertFalse(self.env["qualiopi.weak.point"].search(points["domain"]))

    def test_the_remarks_of_a_few_anonymous_answers_do_not_open_by_session(self):
        self.survey.qualiopi_anonymous = True
        self.answer(self.session, 5, remark="Too fast")
        with self.on(TODAY):
            for vals, count in (
                ({"scope": "session", "event_id": self.session.id}, 0),
                ({"scope": "program", "program_ids": self.program.ids}, 1),
            ):
                action = self.page(**vals).action_open_remarks()
                lines = self.env["survey.user_input.line"].search(action["domain"])
                with self.subTest(vals=vals):
                    self.assertEqual(len(lines), count)

    def test_the_number_of_queries_does_not_grow(self):
        def show():
            return page.read(["rates_html", "questions_html", "points_html"])

        with self.on(TODAY):
            page = self.page(breakdown="program")
            self.answer(self.session, 5, *self.new_learners(self.session, 1))
            few = self.queries(show)
            for number in range(6):
                program = self.new_program(name=f"Programme {number}")
                session = self.new_session(qualiopi_program_id=program.id)
                for learner in self.new_learners(session, 2):
                    self.ask(learner)
                    self.answer(session, 3, learner, remark="Too fast")
            self.assertLessEqual(self.queries(show), few)


@tagged("post_install", "-at_install")
class TestTeamMeeting(ResultCase):
    """The page on paper: without names of who answered, with who was there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["qualiopi.verbatim.tag"].create(
            {"name": "Pace", "company_id": cls.company.id}
        )
        [cls.learner] = cls.new_learners(cls.session, 1)
        cls.learner.name = "Zoé Tremblay"
        answer = cls.answer(
            cls.session, 2, cls.learner, remark="Too fast", complaint="No chairs"
        )
        cls.answer(cls.session, 2, remark="Nice meal")
        line = answer.user_input_line_ids.filtered(
            lambda line: line.question_id == cls.remark
        )
        line.qualiopi_tag_ids = cls.tag
        cls.point = cls.env["qualiopi.weak.point"].create(
            {
                "name": "Afternoons are too fast",
                "company_id": cls.company.id,
                "user_id": cls.manager.id,
                "action": "One more half-day",
                "first": "2026-01-01",
                "last": "2026-12-31",
            }
        )
        cls.point.action_note()

    def page(self, user):
        return (
            self.env["qualiopi.result"]
            .with_user(user)
            .create(
                {
                    "span": "this_year",
                    "attendee_ids": self.manager.partner_id.ids,
                    "other_attendees": "Jean Petit\n\n Anne Roux ",
                    "notes": "Ask for another room",
                }
            )
        )

    def printed(self, user):
        with self.on(TODAY):
            page = self.page(user)
            content, _kind = (
                self.env["ir.actions.report"]
                .with_user(user)
                ._render_qweb_html("qualiopi_compliance.result_meeting", page.ids)
            )
        return content.decode()

    def test_what_is_on_it(self):
        text = self.printed(self.manager)
        for part in (
            self.company.name,
            "Results for the team meeting",
            "Satisfaction",
            "How it is computed",
            "Did it suit you?",
            "Pace",
            "Too fast",
            "Without a tag",
            "Nice meal",
            "Afternoons are too fast",
            "One more half-day",
            "Ask for another room",
            self.manager.name,
            "Jean Petit",
            "Anne Roux",
            "Signature",
        ):
            with self.subTest(part=part):
                self.assertIn(part, text)

    def test_nobody_who_answered_is_named(self):
        text = self.printed(self.manager)
        self.assertNotIn("Tremblay", text)
        # a complaint is dealt with apart
        self.assertNotIn("No chairs", text)
        self.assertIn("Complaints, dealt with apart", text)

    def test_no_remarks_for_who_may_not_read_them(self):
        for user in (self.contributor, self.event_user):
            text = self.printed(user)
            with self.subTest(user=user.login):
                self.assertNotIn("Too fast", text)
                self.assertIn("Satisfaction", text)

    def test_prints(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() != "ok":
            self.skipTest("wkhtmltopdf is not there")
        with self.on(TODAY):
            page = self.page(self.manager)
        action = page.action_print()
        self.assertEqual(action["report_name"], "qualiopi_compliance.result_meeting")
        reports = self.env["ir.actions.report"].with_user(self.manager)
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            content, kind = reports.with_context(
                force_report_rendering=True
            )._render_qweb_pdf("qualiopi_compliance.result_meeting", page.ids)
        self.assertEqual(kind, "pdf")
        self.assertGreaterEqual(PdfFileReader(io.BytesIO(content)).getNumPages(), 1)

    def test_not_for_others(self):
        page = self.page(self.manager)
        for user in (self.internal_auditor, self.other_manager, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["report.qualiopi_compliance.result_meeting"].with_user(
                    user
                )._get_report_values(page.ids)
