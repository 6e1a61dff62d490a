from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .session_common import FIRST, LAST, SessionCase

READY = {
    "qualiopi_funding": "individual",
    "qualiopi_need_on": "2026-02-10",
    "qualiopi_contract_on": "2026-02-12",
}


class LearnerCase(SessionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learner = cls.new_request()

    @classmethod
    def new_request(cls, session=None, **vals):
        return cls.env["event.registration"].create(
            {"event_id": (session or cls.session).id, "name": "Jeanne Roux", **vals}
        )

    @classmethod
    def codes(cls, registration):
        cls.forget()
        return [row["code"] for row in registration.qualiopi_missing or []]


@tagged("post_install", "-at_install")
class TestEnrolment(LearnerCase):
    def test_a_request_is_not_an_enrolment(self):
        self.assertEqual(self.learner.state, "draft")

    def test_a_plain_event_enrols_as_it_always_did(self):
        event = self.new_event()
        registration = self.env["event.registration"].create(
            {"event_id": event.id, "name": "Visitor"}
        )
        self.assertEqual(registration.state, "open")
        registration.action_set_draft()
        registration.action_confirm()
        self.assertEqual(registration.state, "open")

    def test_refusal_names_each_thing_to_do(self):
        with self.assertRefused(
            "(?s)Who pays.*need has not.*agreement is not", UserError
        ):
            self.learner.action_confirm()
        self.assertEqual(self.learner.state, "draft")

    def test_an_individual_who_pays_signs_first(self):
        self.learner.write(READY | {"qualiopi_contract_on": False})
        with self.assertRefused("L. 6353-3", UserError):
            self.learner.action_confirm()

    def test_a_company_signs_an_agreement(self):
        self.learner.write(READY | {"qualiopi_funding": "company"})
        self.assertEqual(self.learner.qualiopi_contract_kind, "agreement")
        self.learner.qualiopi_contract_on = False
        with self.assertRefused("agreement is not signed", UserError):
            self.learner.action_confirm()

    def test_enrolled_once_all_is_there(self):
        self.learner.write(READY)
        self.learner.action_confirm()
        self.assertEqual(self.learner.state, "open")
        self.assertEqual(self.learner.qualiopi_contract_kind, "contract")

    def test_all_in_one_save(self):
        self.learner.write(READY | {"state": "open"})
        self.assertEqual(self.learner.state, "open")

    def test_enrolled_on_creation_is_checked_too(self):
        with self.assertRefused("cannot be enrolled yet", UserError):
            self.new_request(state="open")
        self.assertEqual(self.new_request(state="open", **READY).state, "open")

    def test_exception_with_a_reason(self):
        self.learner.qualiopi_override_reason = "   "
        with self.assertRefused("cannot be enrolled yet", UserError):
            self.learner.action_confirm()
        self.learner.qualiopi_override_reason = "Signs on the first morning"
        self.learner.action_confirm()
        self.assertEqual(self.learner.state, "open")

    def test_no_mail_leaves_before_the_check(self):
        before = self.env["mail.mail"].search_count([])
        with self.assertRaises(UserError):
            self.learner.action_confirm()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_who_was_enrolled_before_the_programme_stays_so(self):
        event = self.new_event()
        registration = self.env["event.registration"].create(
            {"event_id": event.id, "name": "Visitor"}
        )
        event.qualiopi_program_id = self.program
        self.assertEqual(registration.state, "open")
        registration.action_set_done()
        self.assertEqual(registration.state, "done")


@tagged("post_install", "-at_install")
class TestMissing(LearnerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learner.write(READY | {"state": "open"})

    def test_before(self):
        with self.on("2026-02-20"):
            self.assertEqual(
                self.codes(self.learner),
                ["entry", "adjustment", "convocation", "documents"],
            )
            self.assertEqual(self.learner.qualiopi_stage, "before")
            self.assertEqual(self.learner.qualiopi_late_count, 0)

    def test_says_since_when(self):
        with self.on("2026-03-02"):
            self.forget()
            self.assertIn(
                f"Convocation – late since {self.day(FIRST)}",
                self.learner.qualiopi_missing_text,
            )

    def test_what_is_recorded_is_not_missing(self):
        self.learner.write(
            {
                "qualiopi_entry_on": "2026-02-25",
                "qualiopi_adjustment": "no",
                "qualiopi_convocation_on": "2026-02-20",
                "qualiopi_document_ids": [
                    Command.create({"name": "House rules", "given_on": "2026-02-20"})
                ],
            }
        )
        with self.on("2026-03-02"):
            self.assertEqual(self.codes(self.learner), ["attendance"])

    def test_each_objective_needs_an_outcome(self):
        self.program.action_revise()
        self.program.objective_ids = [Command.create({"name": "Draw a chart"})]
        first, second = self.program.objective_ids
        with self.on("2026-03-09"):
            self.learner.action_qualiopi_prepare_outcomes()
            outcomes = self.learner.qualiopi_outcome_ids
            self.assertEqual(outcomes.objective_id, first | second)
            self.assertIn("outcome", self.codes(self.learner))
            outcomes[0].result = "reached"
            self.assertIn("outcome", self.codes(self.learner))
            outcomes[1].result = "not"
            self.assertNotIn("outcome", self.codes(self.learner))

    def test_a_request_and_a_cancelled_one_lack_nothing(self):
        request = self.new_request()
        self.learner.action_cancel()
        with self.on("2026-03-20"):
            self.assertEqual(self.codes(request), [])
            self.assertEqual(self.codes(self.learner), [])

    def test_a_drop_out_is_not_asked_for_outcomes(self):
        self.learner.qualiopi_dropped_on = "2026-03-04"
        with self.on("2026-03-20"):
            codes = self.codes(self.learner)
            self.assertNotIn("outcome", codes)
            self.assertIn("drop_out_reason", codes)

    def test_a_plain_registration_is_no_file(self):
        registration = self.env["event.registration"].create(
            {"event_id": self.new_event().id, "name": "Visitor"}
        )
        self.assertFalse(registration.qualiopi_stage)
        self.assertEqual(registration.qualiopi_missing_count, 0)

    def test_search_for_what_is_late(self):
        Registration = self.env["event.registration"]
        with self.on("2026-02-20"):
            self.forget()
            late = Registration.search([("qualiopi_late_count", ">", 0)])
            self.assertNotIn(self.learner, late)
        with self.on("2026-03-20"):
            self.forget()
            late = Registration.search([("qualiopi_late_count", ">", 0)])
            self.assertIn(self.learner, late)
            on_time = Registration.search(
                [
                    ("qualiopi_late_count", "=", 0),
                    ("event_id", "=", self.session.id),
                ]
            )
            self.assertNotIn(self.learner, on_time)

    def test_queries_do_not_grow_with_the_files(self):
        few = self.new_session()
        many = self.new_session()
        self.new_learners(few, 5)
        self.new_learners(many, 60)

        def read(session):
            return lambda: session.registration_ids.mapped("qualiopi_missing_text")

        read(few)()
        self.assertEqual(self.queries(read(few)), self.queries(read(many)))

    def test_what_is_late_is_found_with_as_many_queries_whatever_the_files(self):
        """Beyond the thousand records that the ORM reads at once, too."""
        Registration = self.env["event.registration"]
        domain = [("qualiopi_late_count", ">", 0)]

        def search():
            return Registration.search(domain)

        with self.on("2026-03-20"):
            search()
            before = self.queries(search)
            self.plant(2500)
            self.assertEqual(self.queries(search), before)
            self.assertGreater(len(search()), 2500)

    def plant(self, count):
        """Enrolled learners by the thousand, without what writing them sets off."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO event_registration (
                event_id, company_id, qualiopi_program_id, name, state, active, barcode
            )
            SELECT %s, %s, %s, 'Learner ' || n, 'open', true, 'planted' || n
            FROM generate_series(1, %s) n
            """,
            [self.session.id, self.company.id, self.program.id, count],
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestBadInput(LearnerCase):
    def test_drop_out_before_the_session(self):
        with self.assertRefused("Cancel the registration instead"):
            self.learner.qualiopi_dropped_on = "2026-03-01"

    def test_outcome_before_the_first_day(self):
        with self.assertRefused(self.day(FIRST)):
            self.env["qualiopi.outcome"].create(
                {
                    "registration_id": self.learner.id,
                    "objective_id": self.program.objective_ids.id,
                    "result": "reached",
                    "assessed_on": "2026-03-01",
                }
            )

    def test_outcomes_are_not_prepared_before_the_session(self):
        with self.on("2026-02-20"), self.assertRefused("from then on", UserError):
            self.learner.action_qualiopi_prepare_outcomes()

    def test_objective_of_another_programme(self):
        other = self.new_program(name="Other")
        with self.assertRefused("is not an objective of the programme"):
            self.env["qualiopi.outcome"].create(
                {
                    "registration_id": self.learner.id,
                    "objective_id": other.objective_ids.id,
                    "result": "reached",
                    "assessed_on": LAST,
                }
            )

    def test_document_acknowledged_before_it_was_given(self):
        with self.assertRefused("acknowledged before it was given"):
            self.learner.qualiopi_document_ids = [
                Command.create(
                    {
                        "name": "House rules",
                        "given_on": "2026-02-20",
                        "acknowledged_on": "2026-02-19",
                    }
                )
            ]

    def test_nothing_typed_is_lost_by_a_refused_enrolment(self):
        self.learner.qualiopi_need = "Wants to steer a budget"
        with self.assertRaises(UserError):
            self.learner.action_confirm()
        self.assertEqual(self.learner.qualiopi_need, "Wants to steer a budget")
