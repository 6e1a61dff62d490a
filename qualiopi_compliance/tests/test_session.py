from lxml import etree

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .session_common import FIRST, LAST, NO_TRAINER, SessionCase


@tagged("post_install", "-at_install")
class TestSession(SessionCase):
    def test_takes_after_its_programme(self):
        self.assertEqual(self.session.qualiopi_version_id, self.version)
        self.assertEqual(self.session.qualiopi_hours, 35)
        self.assertEqual(self.session.qualiopi_teaching_mode, "in_person")
        self.assertEqual(self.session.qualiopi_place, "site")

    def test_may_differ_from_its_programme(self):
        self.session.write({"qualiopi_hours": 21, "qualiopi_place": "client"})
        self.program.write({"duration_hours": 28})
        self.forget()
        self.assertEqual(self.session.qualiopi_hours, 21)
        self.assertEqual(self.session.qualiopi_place, "client")

    def test_at_a_distance_is_online(self):
        program = self.new_program(teaching_mode="distance")
        session = self.new_session(qualiopi_program_id=program.id)
        self.assertEqual(session.qualiopi_place, "online")

    def test_keeps_its_version(self):
        newer = self.new_version(self.program)
        self.assertEqual(self.session.qualiopi_version_id, self.version)
        self.assertEqual(self.new_session().qualiopi_version_id, newer)

    def test_copy_follows_the_version_in_force(self):
        newer = self.new_version(self.program)
        copy = self.session.copy()
        self.assertEqual(copy.qualiopi_program_id, self.program)
        self.assertEqual(copy.qualiopi_version_id, newer)

    def test_takes_the_first_version_made_later(self):
        program = self.new_program()
        session = self.new_session(qualiopi_program_id=program.id)
        self.assertFalse(session.qualiopi_version_id)
        self.assertIn("no validated version", session.qualiopi_warning)
        version = self.new_version(program)
        self.assertEqual(session.qualiopi_version_id, version)
        self.assertEqual(session.qualiopi_warning, NO_TRAINER)

    def test_takes_the_hours_known_at_the_first_validation(self):
        program = self.new_program(duration_hours=0)
        unknown = self.new_session(
            "2027-03-01", "2027-03-02", qualiopi_program_id=program.id
        )
        chosen = self.new_session(
            "2027-03-01", "2027-03-02", qualiopi_program_id=program.id, qualiopi_hours=7
        )
        program.duration_hours = 14
        self.new_version(program)
        self.assertEqual(unknown.qualiopi_hours, 14)
        self.assertEqual(chosen.qualiopi_hours, 7)

    def test_another_programme_another_version(self):
        other = self.new_program(name="Databases", duration_hours=14)
        version = self.new_version(other)
        self.session.qualiopi_program_id = other
        self.assertEqual(self.session.qualiopi_version_id, version)
        self.assertEqual(self.session.qualiopi_hours, 14)
        self.session.qualiopi_program_id = False
        self.assertFalse(self.session.qualiopi_version_id)
        self.assertFalse(self.session.qualiopi_place)

    def test_needs_its_company(self):
        with self.assertRefused("choose its company", ValidationError):
            self.session.company_id = False

    def test_company_of_the_programme(self):
        with self.assertRaises(UserError):
            self.new_session(company_id=self.other_company.id)

    def test_place_of_another_company(self):
        """A plain event may still be held there, as before."""
        place = self.env["res.partner"].create(
            {"name": "Hall", "company_id": self.other_company.id}
        )
        plain = self.new_event(address_id=place.id)
        self.assertEqual(plain.address_id, place)
        with self.assertRaises(UserError):
            self.session.address_id = place

    def test_retired_programme(self):
        retired = self.new_program()
        retired.action_retire()
        with self.assertRefused("is retired", ValidationError):
            self.new_session(qualiopi_program_id=retired.id)

    def test_ends_before_it_begins(self):
        with self.assertRaises(ValidationError):
            self.new_session(first=LAST, last=FIRST)

    def test_negative_hours(self):
        with self.assertRefused("cannot be negative", ValidationError):
            self.session.qualiopi_hours = -1

    def test_days_in_its_own_time_zone(self):
        late = self.new_session(
            date_tz="Pacific/Auckland", date_begin="2026-03-01 20:00:00"
        )
        self.assertEqual(str(late._qualiopi_days()[0]), "2026-03-02")

    def test_warns_of_unwritten_tasks(self):
        self.session.qualiopi_principal_id = self.env["res.partner"].create(
            {"name": "Principal"}
        )
        self.assertIn("tasks entrusted", self.session.qualiopi_warning)
        self.session.qualiopi_principal_tasks = "Teaching"
        self.assertEqual(self.session.qualiopi_warning, NO_TRAINER)

    def test_says_which_indicators_are_the_principals(self):
        self.assertFalse(self.session.qualiopi_principal_note)
        self.session.qualiopi_principal_id = self.env["res.partner"].create(
            {"name": "Principal"}
        )
        for user in (self.event_user, self.manager):
            note = self.session.with_user(user).qualiopi_principal_note
            self.assertIn("No task entrusted to us is named", note)
        self.session.qualiopi_principal_tasks = "Teaching"
        for user in (self.event_user, self.manager):
            note = self.session.with_user(user).qualiopi_principal_note
            self.assertIn("guide V9", note)
            self.assertIn("The principal's, not asked of this session: 1, 2.", note)
            self.assertIn("name them on the contract: 9, 13, 28.", note)
        # before the first guide that is known, nothing can be said
        old = self.new_session("2021-03-01", "2021-03-02")
        old.qualiopi_principal_id = self.session.qualiopi_principal_id
        self.assertFalse(old.qualiopi_principal_note)

    def test_warns_of_an_ended_certification(self):
        self.program.write(
            {
                "certifying": True,
                "certification_from": "2024-01-01",
                "certification_until": "2026-03-01",
            }
        )
        self.assertRegex(self.session.qualiopi_warning, r"(?s)2026.*2026")

    def test_same_queries_for_15_and_60_learners(self):
        few, many = self.new_session(), self.new_session()
        self.new_learners(few, 15)
        self.new_learners(many, 60)
        names = self.form_fields(few.with_user(self.manager))
        self.assertIn("qualiopi_warning", names)
        counts = [
            self.queries(
                lambda session=session: session.with_user(self.manager).web_read(
                    {name: {} for name in names}
                )
            )
            for session in (few, few, many)
        ]
        self.assertEqual(counts[2], counts[1])


@tagged("post_install", "-at_install")
class TestSessionMenu(SessionCase):
    def test_action_shows_sessions_only(self):
        plain = self.new_event()
        action = self.env.ref("qualiopi_compliance.event_event_qualiopi_action")
        found = self.env["event.event"].search(safe_eval(action.domain))
        self.assertIn(self.session, found)
        self.assertNotIn(plain, found)

    def test_filters(self):
        arch = self.env["event.event"].get_view(view_type="search")["arch"]
        without_version = self.new_session(
            qualiopi_program_id=self.new_program(name="New").id
        )
        self.session.action_qualiopi_plan_half_days()
        plain = self.new_event()
        events = self.session | without_version | plain
        for name, expected in (
            ("qualiopi_sessions", self.session | without_version),
            ("qualiopi_without_version", without_version),
            ("qualiopi_without_half_days", without_version),
        ):
            with self.subTest(name=name):
                node = etree.fromstring(arch).find(f".//filter[@name='{name}']")
                domain = safe_eval(node.get("domain"))
                self.assertEqual(events.filtered_domain(domain), expected)
                found = self.env["event.event"].search(
                    [*domain, ("id", "in", events.ids)]
                )
                self.assertEqual(found, expected)

    def test_every_role_opens_its_views(self):
        action = self.env.ref("qualiopi_compliance.event_event_qualiopi_action")
        for user in (self.manager, self.event_user, self.desk, self.internal_auditor):
            for view_id, view_type in action.views:
                with self.subTest(user=user.login, view=view_type):
                    session = self.session.with_user(user)
                    names = self.form_fields(session, view_id, view_type)
                    session.web_read({name: {} for name in names})

    def test_learner_files_of_the_session(self):
        learner = self.new_learners(self.session, 1)
        self.new_learners(self.new_session(), 1)
        action = self.session.with_user(self.desk).action_qualiopi_learner_files()
        self.assertEqual(action["res_model"], "event.registration")
        found = self.env["event.registration"].search(action["domain"])
        self.assertEqual(found, learner)
