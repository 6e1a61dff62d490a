import json
from urllib.parse import urlsplit

from odoo import SUPERUSER_ID
from odoo.tests import HttpCase, tagged

from .session_common import LAST
from .survey_common import SurveyCase

JSON = {"Content-Type": "application/json"}


class SurveyPageCase(HttpCase, SurveyCase):
    """Somebody opens the link of his mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        # a browser has a “session” of its own
        cls.training, cls.session = cls.session, None
        cls.training.lang = cls.company.partner_id.lang = "en_US"

    def ask(self, purpose, **vals):
        self.plan(purpose, **vals)
        self.run_on(LAST, "17:00")
        return self.invitation(self.alice, purpose).sudo()

    def open(self, invitation):
        """:return: the page behind the link"""
        link = urlsplit(invitation.start_url)
        self.env.flush_all()
        return self.url_open(f"{link.path}?{link.query}")

    def call(self, route, answer, **params):
        response = self.url_open(
            f"/survey/{route}/{answer.survey_id.access_token}/{answer.access_token}",
            data=json.dumps({"params": params}),
            headers=JSON,
        )
        return response.json()["result"]

    def submit(self, answer, words="Fine", marks="4", position=0):
        """Answer all questions of the page."""
        self.call("begin", answer)
        params = {}
        for question in answer.survey_id.question_ids:
            if question.question_type == "scale":
                params[str(question.id)] = marks
            elif question.question_type in ("text_box", "char_box"):
                params[str(question.id)] = words
            else:
                choice = question.suggested_answer_ids[position]
                params[str(question.id)] = str(choice.id)
        result = self.call("submit", answer, **params)
        self.env.invalidate_all()
        self.assertNotIn("error", result[1])
        return result[1]


@tagged("post_install", "-at_install")
class TestSurveyPage(SurveyPageCase):
    def test_without_logging_in(self):
        asked = self.ask("feedback")
        page = self.open(asked)
        self.assertIn("Your opinion of the training", page.text)
        answer = asked.user_input_id
        self.assertIn(answer.access_token, page.url)
        # the token of the mail is not the answer's
        self.assertNotEqual(asked.token, answer.access_token)
        self.open(asked)
        self.assertEqual(asked.user_input_id, answer)
        done = self.submit(answer)
        self.assertIn("Thank you", done["survey_content"])
        self.assertEqual(asked.state, "answered")
        self.assertEqual(answer.qualiopi_satisfaction, 75)

    def test_in_the_language_of_the_reader(self):
        self.alice.partner_id = self.new_contact("Alice Martin", lang="fr_FR")
        asked = self.ask("feedback")
        self.assertEqual(asked.lang, "fr_FR")
        page = self.open(asked)
        self.assertIn("Votre avis sur la formation", page.text)
        self.assertIn('"lang": "fr_FR"', page.text)
        content = self.call("begin", asked.user_input_id)[1]["survey_content"]
        self.assertIn("Pas du tout", content)

    def test_language_that_the_survey_does_not_speak(self):
        self.alice.partner_id = self.new_contact("Alice Martin", lang="fr_FR")
        survey = self.new_survey(lang_ids=self.env["res.lang"]._lang_get("en_US").ids)
        asked = self.ask("feedback", survey_id=survey.id)
        self.assertIn("Our own", self.open(asked).text)
        self.assertFalse(asked.user_input_id.lang_id)

    def test_link_of_who_has_answered(self):
        asked = self.ask("feedback")
        self.answer(asked, marks=4, words="A secret of mine")
        page = self.open(asked)
        self.assertEqual(page.status_code, 200)
        self.assertIn("You have answered already", page.text)
        # whoever finds the mail reads nothing of what was said
        self.assertNotIn("A secret", page.text)
        self.assertNotIn(asked.user_input_id.access_token, page.text)

    def test_whatever_account_one_is_logged_in_with(self):
        asked = self.ask("feedback")
        self.authenticate("q_portal", "q_portal")
        page = self.open(asked)
        self.assertIn("Your opinion of the training", page.text)
        self.submit(asked.user_input_id)
        self.assertEqual(asked.state, "answered")
        self.assertEqual(asked.user_input_id.qualiopi_registration_id, self.alice)
        self.assertNotEqual(asked.user_input_id.partner_id, self.portal.partner_id)

    def test_core_still_minds_the_account(self):
        plain = self.new_survey(False)
        given = plain._create_answer(partner=self.manager.partner_id)
        self.authenticate("q_portal", "q_portal")
        self.env.flush_all()
        page = self.url_open(given.get_start_url())
        self.assertNotIn("Start Survey", page.text)

    def test_survey_closed_meanwhile(self):
        survey = self.new_survey()
        asked = self.ask("feedback", survey_id=survey.id)
        survey.action_archive()
        page = self.open(asked)
        self.assertIn("This survey is now closed", page.text)
        self.assertFalse(asked.user_input_id)

    def test_strange_links(self):
        asked = self.ask("feedback")
        other = self.survey("later")
        self.env.flush_all()
        for survey, token in (
            (other.access_token, asked.token),
            (asked.survey_id.access_token, "nothing"),
            (asked.survey_id.access_token, ""),
            ("nothing", asked.token),
        ):
            with self.subTest(survey=survey, token=token):
                page = self.url_open(f"/survey/start/{survey}?answer_token={token}")
                self.assertNotIn("Start Survey", page.text)
        self.assertFalse(asked.user_input_id)
        # the token of the mail opens no other page
        self.open(asked)
        self.submit(asked.user_input_id, words="A secret of mine")
        for route in ("print", "retry"):
            with self.subTest(route=route):
                token = asked.survey_id.access_token
                query = (
                    f"/{asked.token}"
                    if route == "retry"
                    else f"?answer_token={asked.token}"
                )
                page = self.url_open(f"/survey/{route}/{token}{query}")
                self.assertNotIn("A secret", page.text)

    def test_try_outs_leave_no_trace(self):
        self.ask("feedback")
        survey = self.survey("feedback")
        self.authenticate("q_manager", "q_manager")
        self.url_open(f"/survey/test/{survey.access_token}")
        trial = self.env["survey.user_input"].search([("test_entry", "=", True)])
        self.assertEqual(len(trial), 1)
        self.submit(trial)
        self.assertEqual(trial.state, "done")
        self.assertFalse(trial._qualiopi_is_evidence())
        self.assertEqual(trial.qualiopi_company_id, self.company)
        self.assertEqual(set(self.invitations.search([]).mapped("state")), {"sent"})

    def test_taken_again_it_still_knows_the_file(self):
        asked = self.ask("final")
        first = self.answer(asked, choices=0)
        first.survey_id.write({"scoring_success_min": 50, "access_mode": "public"})
        self.env.flush_all()
        self.url_open(
            f"/survey/retry/{first.survey_id.access_token}/{first.access_token}"
        )
        again = self.env["survey.user_input"].search(
            [("survey_id", "=", first.survey_id.id), ("id", ">", first.id)]
        )
        self.assertEqual(len(again), 1)
        self.assertEqual(again.qualiopi_registration_id, self.alice)
        self.assertEqual(again.qualiopi_event_id, self.training)
        self.assertEqual(again.qualiopi_company_id, self.company)


@tagged("post_install", "-at_install")
class TestSurveyAnonymous(SurveyPageCase):
    """What somebody said cannot be traced to him, by whatever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.category_id = cls.category("CFA")
        cls.teaching = cls.survey("teaching")
        cls.teaching.message_subscribe(
            cls.manager.partner_id.ids,
            cls.env.ref("survey.mt_survey_survey_user_input_completed").ids,
        )
        cls.portal.lang = "en_US"
        cls.alice.partner_id = cls.portal.partner_id
        cls.alice.email = cls.portal.email

    def setUp(self):
        super().setUp()
        self.asked = self.ask("teaching")
        self.authenticate("q_portal", "q_portal")
        self.open(self.asked)
        self.given = self.asked.user_input_id

    def names(self, records):
        """:return: everything that records say, as one text"""
        rows = records.sudo().read()
        return json.dumps(rows, default=str).lower()

    def test_before_it_is_given(self):
        """Only the invitation knows, and only the system reads that."""
        for value in ("alice", "portal", self.alice.email):
            self.assertNotIn(value, self.names(self.given))
        for user in (self.manager, self.internal_auditor, self.event_user):
            with self.subTest(user=user.login):
                fields = self.invitations.with_user(user).fields_get()
                for name in ("user_input_id", "token", "start_url"):
                    self.assertNotIn(name, fields)

    def test_once_it_is_given(self):
        self.submit(self.given, words="Too fast")
        given = self.given
        self.assertEqual(given.state, "done")
        self.assertEqual(self.asked.state, "answered")
        lines = given.user_input_line_ids
        self.assertTrue(lines)
        for record in (given, *lines):
            self.assertEqual(
                (record.create_uid.id, record.write_uid.id), (SUPERUSER_ID,) * 2
            )
        said = self.names(given) + self.names(lines)
        for value in ("alice", "portal", self.alice.email, str(self.asked.token)):
            self.assertNotIn(value, said)
        self.assertFalse(given.partner_id | self.env["res.partner"])
        # it still serves
        self.assertEqual(given.qualiopi_event_id, self.training)
        self.assertEqual(given.qualiopi_program_id, self.program)
        self.assertEqual(given.qualiopi_company_id, self.company)
        self.assertEqual(given.qualiopi_satisfaction, 75)

    def test_invitation_forgets(self):
        self.submit(self.given)
        asked = self.asked
        self.assertFalse(asked.user_input_id)
        self.assertFalse(asked.answered_on)
        self.assertEqual(asked.write_date, asked.create_date)
        self.assertEqual(asked.write_uid, asked.create_uid)
        said = self.names(asked)
        for value in (self.given.access_token, f"survey.user_input,{self.given.id}"):
            self.assertNotIn(value, said)
        # the mail on the file leads to no answer
        for message in self.alice.message_ids:
            self.assertNotIn(self.given.access_token, message.body)
            self.assertNotIn(asked.token, message.body)
        self.assertIn("You have answered already", self.open(asked).text)
        self.assertEqual(self.alice.qualiopi_answer_count, 0)

    def test_followers_do_not_learn_who(self):
        before = self.env["mail.message"].search([], limit=1, order="id desc").id
        self.submit(self.given)
        messages = self.env["mail.message"].search([("id", ">", before)])
        told = messages.filtered(lambda row: row.model == "survey.user_input")
        self.assertEqual(told.author_id, self.env.ref("base.partner_root"))
        for message in messages:
            with self.subTest(model=message.model, body=message.body):
                self.assertNotIn(self.portal.partner_id, message.author_id)
                self.assertNotIn(self.alice.name, message.body)
                self.assertNotIn(self.portal.name, message.body)
        self.assertFalse(self.given.message_partner_ids & self.portal.partner_id)

    def test_opened_and_never_given(self):
        self.call("begin", self.given)
        question = self.teaching.question_ids[1]
        self.call("submit", self.given, **{str(question.id): "1"})
        self.env.invalidate_all()
        for record in (self.given, *self.given.user_input_line_ids):
            self.assertEqual(
                (record.create_uid.id, record.write_uid.id), (SUPERUSER_ID,) * 2
            )

    def test_shared_by_its_public_link(self):
        """Nobody was asked, and somebody logged in answers."""
        self.teaching.access_mode = "public"
        self.env.flush_all()
        self.opener.cookies.pop(f"survey_{self.teaching.access_token}", None)
        before = self.given.id
        self.url_open(f"/survey/start/{self.teaching.access_token}")
        given = self.env["survey.user_input"].search([("id", ">", before)])
        self.submit(given, words="Too slow")
        said = self.names(given) + self.names(given.user_input_line_ids)
        for value in ("alice", "portal", self.portal.email):
            self.assertNotIn(value, said)
        self.assertEqual(given.create_uid.id, SUPERUSER_ID)
        self.assertFalse(
            [
                row
                for row in given.message_ids
                if row.author_id == self.portal.partner_id
            ]
        )

    def test_few_answers_do_not_tell_the_session(self):
        self.submit(self.given)
        domain = self.training.action_qualiopi_answers()["domain"]
        answers = self.env["survey.user_input"]
        self.assertFalse(self.given.qualiopi_session)
        self.assertFalse(answers.search(domain))
        for name in ("Carla", "David"):
            learner = self.new_learner(name, self.training)
            self.plan("teaching")
            self.run_on(LAST, "18:00")
            self.answer(self.invitation(learner, "teaching"), marks=3)
        answers.invalidate_model()
        self.assertEqual(self.given.qualiopi_session, self.training.name)
        domain = self.training.action_qualiopi_answers()["domain"]
        self.assertEqual(len(answers.search(domain)), 3)

    def test_named_surveys_remember(self):
        named = self.ask("feedback")
        self.open(named)
        self.submit(named.user_input_id)
        self.assertEqual(named.user_input_id.qualiopi_registration_id, self.alice)
        self.assertTrue(named.answered_on)
        self.assertEqual(named.user_input_id.qualiopi_session, self.training.name)
