from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .lead_common import LeadCase
from .session_common import FIRST


@tagged("post_install", "-at_install")
class TestLeadRequest(LeadCase):
    """What a request holds, and what it refuses."""

    def test_a_session_brings_its_programme(self):
        lead = self.new_lead(
            qualiopi_program_id=None, qualiopi_event_id=self.session.id
        )
        self.assertEqual(lead.qualiopi_program_id, self.program)
        late = self.new_lead(qualiopi_program_id=False)
        late.qualiopi_event_id = self.session
        self.assertEqual(late.qualiopi_program_id, self.program)

    def test_a_session_of_another_programme_is_refused(self):
        other = self.new_other_program()
        with self.assertRefused("does not deliver “Databases”"):
            self.lead.write(
                {
                    "qualiopi_program_id": other.id,
                    "qualiopi_event_id": self.session.id,
                }
            )

    def test_form_lets_go_of_the_session_of_another_programme(self):
        other = self.new_other_program()
        self.lead.qualiopi_event_id = self.session
        with Form(self.lead.with_user(self.salesman)) as form:
            form.qualiopi_program_id = other
            self.assertFalse(form.qualiopi_event_id)
        self.assertEqual(self.lead.qualiopi_program_id, other)

    def test_another_company_s_programme_or_session_is_refused(self):
        theirs = self.new_other_program(company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.lead.qualiopi_program_id = theirs
        session = self.new_session(
            qualiopi_program_id=theirs.id, company_id=self.other_company.id
        )
        with self.assertRaises(UserError):
            self.new_lead(qualiopi_program_id=False, qualiopi_event_id=session.id)

    def test_negative_learners_and_inverted_dates_are_refused(self):
        with self.assertRefused("cannot be negative", ValidationError):
            self.lead.qualiopi_learner_count = -1
        with self.assertRefused("ends before it begins", ValidationError):
            self.lead.write(
                {
                    "qualiopi_wished_from": "2026-04-02",
                    "qualiopi_wished_until": "2026-04-01",
                }
            )
        self.lead.write(
            {
                "qualiopi_learner_count": 0,
                "qualiopi_wished_from": "2026-04-01",
                "qualiopi_wished_until": "2026-04-01",
            }
        )

    def test_without_salesman_it_belongs_to_the_company_of_its_programme(self):
        lead = self.new_lead(company_id=None, user_id=False, team_id=False)
        self.assertEqual(lead.company_id, self.company)
        enquiry = self.new_lead(
            company_id=None, user_id=False, team_id=False, qualiopi_program_id=None
        )
        self.assertFalse(enquiry.company_id)
        enquiry.qualiopi_program_id = self.program
        self.assertEqual(enquiry.company_id, self.company)

    def test_handing_it_to_nobody_leaves_it_its_company(self):
        self.lead.write({"user_id": False, "team_id": False})
        self.assertEqual(self.lead.company_id, self.company)

    def test_without_programme_core_decides_on_the_company(self):
        lead = self.new_lead(
            company_id=None, user_id=False, team_id=False, qualiopi_program_id=None
        )
        self.assertFalse(lead.company_id)

    def test_warnings(self):
        def warned(**vals):
            self.lead.write(vals)
            return self.lead.qualiopi_warning or ""

        with self.on("2026-02-15"):
            self.assertFalse(self.lead.qualiopi_warning)
            event = self.session
            self.assertEqual(warned(qualiopi_event_id=event.id), "")
            event.kanban_state = "cancel"
            self.assertIn("cancelled", warned())
            event.kanban_state = "normal"
            self.assertIn("still to come", warned(qualiopi_requested_on="2026-02-16"))
        with self.on("2026-03-07"):
            self.assertIn("is over", warned())
        other = self.new_other_program()
        self.assertIn(
            "no validated version",
            warned(qualiopi_event_id=False, qualiopi_program_id=other.id),
        )
        other.active = False
        self.assertIn("no longer offered", warned())
        other.active = True
        self.program.action_retire()
        self.assertIn("no longer offered", warned(qualiopi_program_id=self.program.id))

    def test_duplicate_is_a_new_request(self):
        self.lead.write({"qualiopi_need_on": "2026-02-03", "qualiopi_need": "Tables"})
        with self.on("2026-02-20"):
            copy = self.lead.copy()
        self.assertEqual(copy.qualiopi_program_id, self.program)
        self.assertEqual(str(copy.qualiopi_requested_on), "2026-02-20")
        self.assertFalse(copy.qualiopi_need_on)
        self.assertFalse(copy.qualiopi_need)

    def test_conversion_to_an_opportunity_keeps_all(self):
        lead = self.new_lead(
            type="lead",
            qualiopi_need="Pivot tables",
            qualiopi_funding="cpf",
            qualiopi_adjustment="yes",
            qualiopi_learner_count=3,
        )
        [learner] = self.new_learners(
            self.session, 1, "draft", qualiopi_lead_id=lead.id
        )
        # the summary is worded in the language of the contact, made on the way
        names = {name for name in lead._fields if name.startswith("qualiopi_")}
        names -= {"qualiopi_summary"}
        before = lead.read(names)
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.salesman)
            .with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            .create({"name": "convert", "action": "create"})
        )
        wizard.action_apply()
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(learner.qualiopi_lead_id, lead)
        self.assertEqual(lead.read(names), before)

    def test_request_of_learners_is_not_deleted(self):
        self.new_learners(self.session, 1, "cancel", qualiopi_lead_id=self.lead.id)
        self.lead.active = False
        with self.assertRefused("mark it as lost", UserError):
            self.lead.unlink()
        self.new_lead().unlink()


@tagged("post_install", "-at_install")
class TestTimeToAccess(LeadCase):
    """From the request to the first start, measured."""

    @classmethod
    def start(cls, lead, first=FIRST, state="open", **vals):
        session = cls.new_session(first, first, **vals)
        cls.new_learners(session, 1, state, qualiopi_lead_id=lead.id)
        return session

    def test_is_measured_to_the_first_start(self):
        self.start(self.lead, "2026-03-20")
        self.assertEqual(self.lead.qualiopi_access_days, 46)
        session = self.start(self.lead, "2026-03-02")
        self.assertEqual(str(self.lead.qualiopi_started_on), "2026-03-02")
        self.assertEqual(self.lead.qualiopi_access_days, 28)
        session.write(
            {"date_begin": "2026-03-12 08:00:00", "date_end": "2026-03-12 16:00:00"}
        )
        self.assertEqual(self.lead.qualiopi_access_days, 38)
        session.kanban_state = "cancel"
        self.assertEqual(self.lead.qualiopi_access_days, 46)

    def test_day_is_that_of_the_session_s_own_zone(self):
        session = self.new_event(
            qualiopi_program_id=self.program.id, date_tz="Indian/Reunion"
        )
        # the evening before in UTC is the morning of the day after there
        session.date_begin = "2026-03-01 21:00:00"
        self.new_learners(session, 1, qualiopi_lead_id=self.lead.id)
        self.assertEqual(str(self.lead.qualiopi_started_on), "2026-03-02")

    def test_requests_and_cancellations_start_nothing(self):
        for state in ("draft", "cancel"):
            self.start(self.lead, state=state)
        self.assertFalse(self.lead.qualiopi_started_on)
        self.assertFalse(self.lead.qualiopi_access_days)

    def test_start_before_the_request_is_said(self):
        self.start(self.lead, "2026-01-20")
        self.assertEqual(self.lead.qualiopi_access_days, 0)
        self.assertIn("cannot be measured", self.lead.qualiopi_warning)

    def test_mean_is_that_of_requests_that_started(self):
        leads = self.lead
        for first in ("2026-02-12", "2026-02-22"):
            leads |= self.new_lead()
            self.start(leads[-1:], first)
        # dated after its start: not measured
        leads |= self.new_lead()
        self.start(leads[-1:], "2026-01-20")
        self.env.flush_all()
        domain = [("id", "in", leads.ids)]
        [(program, mean, count)] = self.env["crm.lead"]._read_group(
            domain, ["qualiopi_program_id"], ["qualiopi_access_days:avg", "__count"]
        )
        self.assertEqual((program, float(mean), count), (self.program, 15, 4))
        [(nothing,)] = self.env["crm.lead"]._read_group(
            [("id", "=", self.lead.id)], [], ["qualiopi_access_days:avg"]
        )
        self.assertFalse(nothing)

    def test_promise_stands_beside_it(self):
        self.program.access_time = "Two weeks"
        self.start(self.lead)
        [group] = self.env["crm.lead"].formatted_read_group(
            [("id", "=", self.lead.id)],
            ["qualiopi_program_id", "qualiopi_access_promised"],
            ["qualiopi_access_days:avg"],
        )
        self.assertEqual(group["qualiopi_access_promised"], "Two weeks")
        self.assertEqual(group["qualiopi_access_days:avg"], 28)

    def test_learners_registered_are_named_to_sales(self):
        self.new_learners(
            self.session, 1, "draft", name="Bruno", qualiopi_lead_id=self.lead.id
        )
        lead = self.lead.with_user(self.salesman)
        self.assertEqual(lead.qualiopi_registration_count, 1)
        self.assertIn("Bruno – Spreadsheets in March", lead.qualiopi_registered)
        self.assertFalse(
            self.env["event.registration"].with_user(self.salesman).has_access("read")
        )
        # its half of the request stays closed to them
        self.assertNotIn("qualiopi_registration_ids", lead.fields_get())


@tagged("post_install", "-at_install")
class TestRequestsScreen(LeadCase):
    """The list of requests, as who opens it sees it."""

    def test_default_filter_is_what_asks_for_a_programme(self):
        action = self.env.ref("qualiopi_compliance.crm_lead_qualiopi_action")
        self.assertEqual(action.path, "qualiopi-requests")
        self.assertFalse(action.domain)
        view = self.env.ref("qualiopi_compliance.crm_lead_view_search_qualiopi")
        self.assertIn('name="asks_program"', view.arch)
        self.assertIn("search_default_asks_program", action.context)

    def test_form_without_programme_says_nothing_and_refuses_kindly(self):
        lead = self.new_lead(qualiopi_program_id=False)
        self.assertFalse(lead.qualiopi_warning)
        self.assertFalse(lead.qualiopi_summary)
        for button in (
            "action_qualiopi_ask_need",
            "action_qualiopi_register",
            "action_qualiopi_print_summary",
        ):
            case = self.subTest(button=button)
            with case, self.assertRefused("Choose the programme", UserError):
                getattr(lead, button)()

    def test_manager_records_a_request_of_his_own(self):
        with Form(self.env["crm.lead"].with_user(self.manager)) as form:
            form.name = "By telephone"
            form.qualiopi_program_id = self.program
            form.qualiopi_learner_count = 2
        lead = form.record
        self.assertEqual(lead.company_id, self.company)
        lead.write({"stage_id": self.env["crm.stage"].search([])[-1:].id})

    def test_learners_of_the_request_open_from_it(self):
        [learner] = self.new_learners(
            self.session, 1, "draft", qualiopi_lead_id=self.lead.id
        )
        action = self.lead.with_user(self.manager).action_qualiopi_registrations()
        found = self.env["event.registration"].search(action["domain"])
        self.assertEqual(found, learner)

    def test_queries_do_not_grow_with_the_requests(self):
        fields = [
            "name",
            "qualiopi_registration_count",
            "qualiopi_warning",
            "qualiopi_access_promised",
            "qualiopi_need_sent",
        ]

        def read(leads):
            return self.queries(lambda: leads.with_user(self.manager).read(fields))

        few = read(self.lead | self.new_lead())
        leads = self.lead
        for _number in range(10):
            leads |= self.new_lead()
            self.new_learners(self.session, 1, "draft", qualiopi_lead_id=leads[-1:].id)
        self.assertLessEqual(read(leads), few + 4)
