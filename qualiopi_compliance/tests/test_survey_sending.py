from odoo.tests import tagged

from .session_common import FIRST, LAST
from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyLife(SurveyCase):
    """From the request to the later feedback, day after day."""

    def test_a_whole_life(self):
        for purpose in ("need", "entry", "final", "feedback", "later"):
            self.plan(purpose, reminders=2, reminder_days=7)
        # seven days before the first day, not eight
        self.run_on("2026-02-22")
        self.assertEqual(self.asked(), [])
        self.run_on("2026-02-23")
        both = ["Alice Martin", "Bruno Petit"]
        self.assertEqual(self.asked("need"), both)
        self.assertEqual(self.asked("entry"), both)
        with self.at("2026-02-24 09:00:00"):
            self.answer(self.invitation(self.alice, "need"), words="Pivot tables")
            self.answer(self.invitation(self.alice, "entry"), choices=3)
        self.assertEqual(str(self.alice.qualiopi_need_on), "2026-02-24")
        self.assertIn("Pivot tables", self.alice.qualiopi_need)
        self.assertEqual(str(self.alice.qualiopi_entry_on), "2026-02-24")
        self.assertIn("100", self.alice.qualiopi_entry)
        # a week later, only who has not answered is reminded
        self.run_on("2026-03-01")
        self.assertEqual(self.reminded(), {})
        self.run_on(FIRST)
        self.assertEqual(self.reminded(), {"need": [1], "entry": [1]})
        # once it has begun nobody is reminded of what comes before
        self.run_on("2026-03-05")
        self.assertEqual(self.reminded(), {"need": [1], "entry": [1]})
        # it ends at 16:00 UTC
        self.run_on(LAST, "15:59")
        self.assertEqual(self.asked("feedback"), [])
        self.run_on(LAST, "16:00")
        self.assertEqual(self.asked("feedback"), both)
        self.assertEqual(self.asked("final"), both)
        with self.at(f"{LAST} 18:00:00"):
            for row in (self.alice, self.bruno):
                self.answer(self.invitation(row), marks=5)
                self.answer(self.invitation(row, "final"), choices=0)
        self.run_on("2026-04-20")
        self.assertEqual(self.reminded(), {"need": [1], "entry": [1]})
        self.run_on("2026-09-05")
        self.assertEqual(self.asked("later"), [])
        self.run_on("2026-09-06")
        self.assertEqual(self.asked("later"), both)
        with self.at("2026-09-10 09:00:00"):
            self.answer(self.invitation(self.bruno, "later"), marks=4)
        for day in ("2026-09-12", "2026-09-13", "2026-09-20", "2026-09-27"):
            self.run_on(day)
        self.assertEqual(self.invitation(self.alice, "later").reminded, 2)
        self.assertEqual(self.invitation(self.bruno, "later").reminded, 0)
        # invitations, and four reminders
        self.assertEqual(len(self.mails()), 10 + 4)

    def reminded(self):
        """:return: purpose -> how often those who were reminded were"""
        rows = self.invitations.search([("reminded", ">", 0)])
        return {
            purpose: those.mapped("reminded")
            for purpose, those in rows.grouped("purpose").items()
        }

    def test_the_trace_is_on_the_file(self):
        self.plan("feedback")
        self.plan("team")
        self.run_on(LAST, "17:00")
        for thread, contact in (
            (self.alice, self.alice),
            (self.session, self.program.referent_id),
        ):
            with self.subTest(thread=thread._name):
                asked = self.invitation(
                    contact, "feedback" if contact == self.alice else "team"
                )
                [message] = asked.sudo().mail_message_ids
                self.assertIn(message, thread.message_ids)
                # who reads the trace cannot answer in somebody else's name
                self.assertIn("/survey/start/", message.body)
                self.assertNotIn(asked.sudo().token, message.body)
        [mail] = self.mails(email_to="alice.martin@example.com")
        self.assertIn(self.invitation(self.alice).sudo().start_url, mail.body_html)
        # the mail is deleted once sent, the message stays
        self.assertTrue(mail.auto_delete)
        self.assertTrue(mail.is_notification)

    def test_nothing_leaves_unless_it_is_switched_on(self):
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), [])

    def test_nothing_but_what_just_ended_leaves_at_night(self):
        self.plan("feedback")
        self.plan("later", months=0, days=1)
        late = self.new_session(
            "2026-03-05", "2026-03-07", date_end="2026-03-07 21:30:00"
        )
        self.new_learner("Carla", late)
        # Sunday morning at 1:30 in Paris
        self.run_on("2026-03-08", "00:30")
        self.assertIn("Carla", self.asked("feedback"))
        self.assertEqual(self.asked("later"), [])
        self.run_on("2026-03-08", "07:00")
        self.assertIn("Carla", self.asked("later"))


@tagged("post_install", "-at_install")
class TestSurveyRecipients(SurveyCase):
    """Who is asked, and who is left alone."""

    def test_who_is_left_alone(self):
        self.plan("feedback")
        gone = self.new_learner("Chloé")
        gone.state = "cancel"
        dropped = self.new_learner("David")
        dropped.qualiopi_dropped_on = "2026-03-04"
        self.new_learner("Emma", state="draft")
        self.new_learner("Fanny").active = False
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), ["Alice Martin", "Bruno Petit"])

    def test_requests_are_asked_for_their_need(self):
        self.plan("need")
        self.new_learner("Emma", state="draft")
        self.alice.qualiopi_need_on = "2026-02-01"
        self.run_on("2026-02-25")
        self.assertEqual(self.asked(), ["Bruno Petit", "Emma"])

    def test_sessions_that_are_left_alone(self):
        self.plan("feedback")
        self.session.kanban_state = "cancel"
        elsewhere = self.new_event(name="Open day")
        self.env["event.registration"].create(
            {"event_id": elsewhere.id, "name": "Visitor", "email": "v@example.com"}
        )
        archived = self.new_session(name="Archived")
        self.new_learner("Hugo", archived)
        archived.active = False
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), [])

    def test_all_stakeholders(self):
        for purpose in ("feedback", "company", "team", "principal"):
            self.plan(purpose)
        self.plan("funder", month="1")
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked("company"), ["Atelier Nord"])
        self.assertEqual(self.asked("team"), ["Rose Durand"])
        self.assertEqual(self.asked("funder"), ["Opco Sud"])
        self.assertEqual(self.asked("principal"), [])
        # a company and a team are asked again about another session, a funder is not
        other = self.new_session("2026-04-06", "2026-04-10")
        other.qualiopi_referent_id = self.program.referent_id
        self.new_learner("Carla", other)
        self.run_on("2026-04-10", "17:00")
        self.assertEqual(self.asked("company"), ["Atelier Nord"] * 2)
        self.assertEqual(self.asked("team"), ["Rose Durand"] * 2)
        self.assertEqual(self.asked("funder"), ["Opco Sud"])

    def test_skills_assessments_ask_beneficiaries_and_team_only(self):
        self.program.category_id = self.category("BC")
        for purpose in ("feedback", "company", "team"):
            self.plan(purpose)
        self.plan("funder", month="1")
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), ["Alice Martin", "Bruno Petit", "Rose Durand"])

    def test_subcontracting_received_asks_beneficiaries_and_principal_only(self):
        self.session.qualiopi_principal_id = self.new_contact("Grand Organisme")
        for purpose in ("feedback", "company", "team", "principal"):
            self.plan(purpose)
        self.plan("funder", month="1")
        self.run_on(LAST, "17:00")
        self.assertEqual(
            self.asked(), ["Alice Martin", "Bruno Petit", "Grand Organisme"]
        )

    def test_teaching_is_assessed_in_apprenticeship(self):
        plan = self.plan("teaching")
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), [])
        self.program.category_id = self.category("CFA")
        self.run_on(LAST, "18:00")
        self.assertEqual(self.asked(), ["Alice Martin", "Bruno Petit"])
        # elsewhere when somebody wants it for a programme
        other = self.new_program(name="Welding")
        session = self.new_session(qualiopi_program_id=other.id)
        self.new_learner("Carla", session)
        plan.copy({"program_id": other.id, "active": True})
        self.run_on(LAST, "19:00")
        self.assertIn("Carla", self.asked())

    def test_funders_once_a_year_from_their_month(self):
        self.plan("funder", month="11")
        self.run_on("2026-10-31")
        self.assertEqual(self.asked(), [])
        self.run_on("2026-11-01")
        self.run_on("2026-12-01")
        self.assertEqual(self.asked(), ["Opco Sud"])
        # the year after only if he paid for somebody then
        self.run_on("2027-11-15")
        self.assertEqual(self.asked(), ["Opco Sud"])
        again = self.new_session("2027-05-03", "2027-05-07")
        self.new_learner("Carla", again)
        self.run_on("2027-11-15")
        self.assertEqual(self.asked(), ["Opco Sud"] * 2)

    def test_who_books_for_others_is_not_the_learner(self):
        self.plan("feedback")
        booker = self.new_contact("Hélène Achats", parent_id=self.client_company.id)
        self.alice.partner_id = booker
        self.bruno.write({"partner_id": booker.id, "email": booker.email})
        self.run_on(LAST, "17:00")
        asked = self.invitation(self.alice)
        self.assertEqual(asked.email, "alice.martin@example.com")
        self.assertFalse(asked.partner_id)
        self.assertEqual(self.invitation(self.bruno).partner_id, booker)
        answer = self.answer(asked, marks=3)
        self.assertEqual(answer.email, "alice.martin@example.com")
        self.assertEqual(answer.nickname, "Alice Martin")
        self.assertFalse(answer.partner_id)

    def test_company_without_address_is_reached_through_its_contact(self):
        self.plan("company")
        self.client_company.email = False
        self.new_contact("Hélène Achats", parent_id=self.client_company.id)
        self.run_on(LAST, "17:00")
        asked = self.invitation(self.client_company, "company")
        self.assertEqual(asked.email, "hélène.achats@example.com")

    def test_need_asked_of_the_request_is_not_asked_a_second_time(self):
        self.plan("need")
        lead = self.env["crm.lead"].create(
            {
                "name": "Request",
                "type": "lead",
                "company_id": self.company.id,
                "contact_name": "Alice Martin",
                "email_from": "Alice.Martin@example.com",
                "qualiopi_program_id": self.program.id,
            }
        )
        self.alice.qualiopi_lead_id = lead
        plan = self.env["qualiopi.survey.plan"]._for_program(self.program, "need")[0]
        with self.at("2026-02-20 10:00:00"):
            asked = plan._invite_lead(lead)
        self.assertEqual(asked.lead_id, lead)
        self.run_on("2026-02-24")
        self.assertEqual(self.asked(), ["Alice Martin", "Bruno Petit"])
        with self.at("2026-02-26 10:00:00"):
            self.answer(asked, words="Charts")
        for record in (lead, self.alice):
            with self.subTest(model=record._name):
                self.assertEqual(str(record.qualiopi_need_on), "2026-02-26")
                self.assertIn("Charts", record.qualiopi_need)
        self.assertFalse(self.bruno.qualiopi_need_on)


@tagged("post_install", "-at_install")
class TestSurveyDays(SurveyCase):
    """The day of a session is the day where it takes place."""

    def over(self, zone, end):
        """A session of one afternoon that ends at a moment in UTC."""
        session = self.new_session(
            name=zone, date_tz=zone, date_begin="2026-03-05 00:00:00", date_end=end
        )
        self.new_learner("Carla", session)
        return session

    def carla(self):
        self.run_job()
        return "Carla" in self.asked("feedback")

    def test_noumea(self):
        # Friday 16:00 there, 6:00 in Paris
        self.plan("feedback")
        self.over("Pacific/Noumea", "2026-03-06 05:00:00")
        with self.at("2026-03-06 04:59:00"):
            self.assertFalse(self.carla())
        with self.at("2026-03-06 05:00:00"):
            self.assertTrue(self.carla())
        self.assertEqual(
            str(self.invitations.search([("name", "=", "Carla")]).event_day),
            "2026-03-06",
        )

    def test_guadeloupe(self):
        # Friday 21:00 there, Saturday 2:00 in Paris
        self.plan("feedback")
        self.plan("later", months=0, days=1)
        session = self.over("America/Guadeloupe", "2026-03-07 01:00:00")
        self.assertEqual(str(session._qualiopi_days()[1]), "2026-03-06")
        with self.at("2026-03-07 00:30:00"):
            self.assertFalse(self.carla())
        with self.at("2026-03-07 01:10:00"):
            self.assertTrue(self.carla())
            self.assertNotIn("Carla", self.asked("later"))
        # one day after the Friday on which it ended there
        self.run_on("2026-03-07")
        self.assertIn("Carla", self.asked("later"))

    def test_days_before_in_noumea(self):
        self.plan("need", days=1)
        session = self.new_session(
            date_tz="Pacific/Noumea",
            date_begin="2026-03-01 21:00:00",
            date_end="2026-03-06 05:00:00",
        )
        # Monday 8:00 there is Sunday in Paris
        self.assertEqual(str(session._qualiopi_days()[0]), "2026-03-02")
        self.new_learner("Carla", session)
        self.run_on("2026-02-28")
        self.assertNotIn("Carla", self.asked("need"))
        self.run_on("2026-03-01")
        self.assertIn("Carla", self.asked("need"))

    def test_what_has_passed_long_ago_is_given_up(self):
        self.plan("feedback")
        self.run_on("2026-04-06")
        self.assertEqual(self.asked(), [])
        self.run_on("2026-04-05")
        self.assertEqual(self.asked(), ["Alice Martin", "Bruno Petit"])


@tagged("post_install", "-at_install")
class TestSurveyMail(SurveyCase):
    def test_in_a_language_the_reader_knows(self):
        for code in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        template = self.env.ref("qualiopi_compliance.mail_template_survey_invitation")
        template.with_context(lang="fr_FR").body_html = "<p>Bonjour</p>"
        template.body_html = "<p>Hello</p>"
        self.plan("feedback")
        self.session.lang = self.company.partner_id.lang = "en_US"
        reader = self.new_contact("Alice Martin", lang="fr_FR")
        self.alice.partner_id = reader
        stranger = self.new_contact("Bruno Petit")
        self.bruno.partner_id = stranger
        # a language that is not there any more
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", stranger.ids
        )
        stranger.invalidate_recordset()
        self.run_on(LAST, "17:00")
        self.assertEqual(self.invitation(self.alice).lang, "fr_FR")
        self.assertEqual(self.invitation(self.bruno).lang, "en_US")
        [french] = self.mails(email_to="alice.martin@example.com")
        self.assertIn("Bonjour", french.body_html)
        self.assertIn("Votre avis sur la formation", french.subject)
        [english] = self.mails(email_to="bruno.petit@example.com")
        self.assertIn("Hello", english.body_html)
        self.assertIn("Your opinion of the training", english.subject)

    def test_says_what_matters(self):
        self.plan("feedback", reminders=1)
        self.run_on(LAST, "17:00")
        self.run_on("2026-03-13")
        first, reminder = self.mails(email_to="alice.martin@example.com")
        for mail in (first, reminder):
            with self.subTest(subject=mail.subject):
                self.assertIn("Alice Martin", mail.body_html)
                self.assertIn(self.session.name, mail.body_html)
                self.assertIn(
                    self.invitation(self.alice).sudo().start_url, mail.body_html
                )
                self.assertNotIn("anonymous", mail.body_html)
        self.assertIn("Reminder", reminder.subject)

    def test_says_that_it_is_anonymous(self):
        self.program.category_id = self.category("CFA")
        self.plan("teaching")
        self.run_on(LAST, "17:00")
        self.assertIn("anonymous", self.mails()[0].body_html)
