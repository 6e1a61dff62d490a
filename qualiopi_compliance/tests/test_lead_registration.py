from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLeadRegistration(LeadCase):
    """From a request to learners' files, as requests to be confirmed."""

    def setUp(self):
        super().setUp()
        # before the session, which is thus still to come
        self.enterContext(self.on("2026-02-15"))

    def lines(self, wizard):
        return [(row.name, row.email) for row in wizard.line_ids]

    def line(self, name, email=False):
        return Command.create({"name": name, "email": email})

    def test_begins_with_what_the_request_says(self):
        self.lead.write(
            {
                "qualiopi_learner_count": 3,
                "qualiopi_wished_from": "2026-04-06",
                "qualiopi_wished_until": "2026-04-30",
            }
        )
        wizard = self.new_wizard(event_id=False)
        self.assertEqual(wizard.program_id, self.program)
        self.assertEqual(
            self.lines(wizard),
            [
                ("Alice Martin", "alice@example.com"),
                (False, False),
                (False, False),
            ],
        )
        self.assertEqual(wizard.line_ids[0].phone, "0102030405")
        # 35 hours are five days, from nine to five in Paris
        self.assertEqual(str(wizard.date_begin), "2026-04-06 07:00:00")
        self.assertEqual(str(wizard.date_end), "2026-04-10 15:00:00")
        self.assertEqual(wizard.event_name, "Spreadsheets")

    def test_only_session_to_come_is_chosen(self):
        def proposed(user):
            wizard = self.new_wizard(user=user, mode=None, event_id=None)
            return wizard.mode, wizard.event_id

        self.assertEqual(proposed(self.manager), ("existing", self.session))
        later = self.new_session("2026-04-06", "2026-04-10")
        self.assertEqual(proposed(self.manager)[1], later.browse())
        self.lead.qualiopi_event_id = later
        self.assertEqual(proposed(self.manager), ("existing", later))
        self.lead.qualiopi_event_id = False
        (self.session | later).kanban_state = "cancel"
        self.assertEqual(proposed(self.manager), ("new", later.browse()))
        # who plans none has no other choice
        self.assertEqual(proposed(self.salesman), ("existing", later.browse()))

    def test_days_end_where_the_wish_ends(self):
        self.lead.write(
            {
                "qualiopi_wished_from": "2026-04-06",
                "qualiopi_wished_until": "2026-04-07",
            }
        )
        self.assertEqual(str(self.new_wizard().date_end), "2026-04-07 15:00:00")

    def test_thousands_of_learners_do_not_fill_the_screen(self):
        self.lead.qualiopi_learner_count = 100000
        self.assertEqual(len(self.new_wizard().line_ids), 100)

    def test_form_opens_for_sales_and_managers(self):
        for user in (self.salesman, self.manager):
            action = self.lead.with_user(user).action_qualiopi_register()
            wizards = self.env[action["res_model"]].with_user(user)
            with self.subTest(user=user.login):
                with Form(wizards.with_context(**action["context"])) as form:
                    self.assertEqual(form.program_id, self.program)
                    form.event_id = self.session
                    self.assertFalse(form.warning)
                form.record.action_register()
                last = self.registered()[-1]
                self.assertEqual(last.name, "Alice Martin")
                last.write({"state": "cancel", "email": False})

    def test_learners_are_requests_that_carry_need_and_funding(self):
        client = self.env["res.partner"].create(
            {"name": "Durand SARL", "is_company": True}
        )
        opco = self.env["res.partner"].create({"name": "OPCO"})
        self.lead.write(
            {
                "partner_id": client.id,
                "email_from": "rh@durand.example",
                "contact_name": "Rose Hache",
                "qualiopi_need": "Pivot tables",
                "qualiopi_need_on": "2026-02-05",
                "qualiopi_funding": "skills_plan",
                "qualiopi_funder_id": opco.id,
                "qualiopi_adjustment": "yes",
                "qualiopi_learner_count": 2,
            }
        )
        wizard = self.new_wizard(
            line_ids=[
                self.line("Bruno Petit", "bruno@durand.example"),
                self.line("Chloé Roux"),
            ]
        )
        wizard.action_register()
        learners = self.registered()
        self.assertEqual(learners.mapped("name"), ["Bruno Petit", "Chloé Roux"])
        self.assertEqual(set(learners.mapped("state")), {"draft"})
        self.assertEqual(learners.event_id, self.session)
        for learner in learners:
            self.assertEqual(learner.qualiopi_need, "Pivot tables")
            self.assertEqual(str(learner.qualiopi_need_on), "2026-02-05")
            self.assertEqual(learner.qualiopi_funding, "skills_plan")
            self.assertEqual(learner.qualiopi_funder_id, opco)
            self.assertEqual(learner.qualiopi_adjustment, "yes")
            self.assertEqual(str(learner.qualiopi_adjustment_on), "2026-02-05")
            self.assertEqual(learner.qualiopi_client_id, client)
            self.assertEqual(learner.qualiopi_contract_kind, "agreement")
            # the contact of the request does not come himself
            self.assertFalse(learner.partner_id)
        self.assertEqual(self.lead.qualiopi_event_id, self.session)
        self.assertIn("Bruno Petit", self.lead.message_ids[0].body)

    def test_contact_who_comes_himself_is_known(self):
        alice = self.env["res.partner"].create(
            {"name": "Alice Martin", "email": "alice@example.com"}
        )
        self.lead.partner_id = alice
        self.new_wizard().action_register()
        [learner] = self.registered()
        self.assertEqual(learner.partner_id, alice)
        self.assertFalse(learner.qualiopi_client_id)

    def test_enrolling_still_asks_for_the_contract(self):
        self.lead.write({"qualiopi_need_on": "2026-02-05", "qualiopi_funding": "cpf"})
        self.new_wizard().action_register()
        with self.assertRefused("cannot be enrolled yet", UserError):
            self.registered().action_confirm()

    def test_lines_without_anybody_are_left_out_and_said(self):
        self.lead.qualiopi_learner_count = 3
        action = self.new_wizard().action_register()
        self.assertEqual(len(self.registered()), 1)
        self.assertIn("left out", action["params"]["message"])
        # the contact is there already: two are left to name
        self.assertEqual(
            self.lines(self.new_wizard()), [(False, False), (False, False)]
        )

    def test_nobody_named_is_refused(self):
        wizard = self.new_wizard(line_ids=[self.line(False), self.line("  ")])
        with self.assertRefused("at least one learner", UserError):
            wizard.action_register()

    def test_same_address_twice_in_a_session_needs_a_tick(self):
        self.new_wizard().action_register()
        wizard = self.new_wizard(
            line_ids=[
                self.line("Alice", "ALICE@example.com "),
                self.line("Bruno", "bruno@example.com"),
            ]
        )
        self.assertTrue(wizard.has_duplicates)
        self.assertIn("Alice", wizard.warning)
        self.assertNotIn("Bruno", wizard.warning)
        self.assertEqual(wizard.line_ids.mapped("already"), [True, False])
        with self.assertRefused("already registered", UserError):
            wizard.action_register()
        self.assertEqual(len(self.registered()), 1)
        wizard.register_again = True
        wizard.action_register()
        self.assertEqual(len(self.registered()), 3)

    def test_same_address_in_another_session_or_cancelled_is_fine(self):
        self.new_wizard().action_register()
        other = self.new_session("2026-04-06", "2026-04-10")
        wizard = self.new_wizard(
            event_id=other.id, line_ids=[self.line("Alice", "alice@example.com")]
        )
        self.assertFalse(wizard.has_duplicates)
        wizard.action_register()
        self.registered().write({"state": "cancel"})
        self.assertFalse(
            self.new_wizard(
                line_ids=[self.line("Alice", "alice@example.com")]
            ).has_duplicates
        )

    def test_without_address_is_said_and_done(self):
        self.lead.email_from = False
        wizard = self.new_wizard(
            line_ids=[self.line("Alice"), self.line("Bruno", "bruno(at)example")]
        )
        self.assertIn("Alice, Bruno", wizard.warning)
        wizard.action_register()
        self.assertEqual(len(self.registered()), 2)

    def test_full_session_is_said_not_refused(self):
        self.session.write({"seats_limited": True, "seats_max": 2})
        self.new_learners(self.session, 1)
        wizard = self.new_wizard(line_ids=[self.line("Alice"), self.line("Bruno")])
        self.assertIn("Seats left: 1, for 2 learners", wizard.warning)
        wizard.action_register()
        learners = self.registered()
        self.assertEqual(len(learners), 2)
        # core checks when they are enrolled
        learners.qualiopi_override_reason = "Trial"
        learners[0].action_confirm()
        with self.assertRaises(UserError):
            learners[1].action_confirm()

    def test_session_that_does_not_fit_is_refused(self):
        other = self.new_other_program()
        cancelled = self.new_session("2026-05-04", "2026-05-05")
        cancelled.kanban_state = "cancel"
        for event, words in (
            (self.env["event.event"], "Choose the session"),
            (self.new_event(), "does not deliver"),
            (self.new_session(qualiopi_program_id=other.id), "does not deliver"),
            (cancelled, "is cancelled"),
        ):
            wizard = self.new_wizard(event_id=event.id)
            case = self.subTest(event=event.name)
            with case, self.assertRefused(words, UserError):
                wizard.action_register()
        self.assertFalse(self.registered())

    def test_session_begun_or_without_version_is_warned_about(self):
        with self.on("2026-03-04"):
            self.assertIn("has begun", self.new_wizard().warning)
        with self.on("2026-03-02"):
            self.assertFalse(self.new_wizard().warning)
        fresh = self.new_other_program()
        lead = self.new_lead(qualiopi_program_id=fresh.id)
        session = self.new_session(qualiopi_program_id=fresh.id)
        self.assertIn(
            "no validated version", self.new_wizard(lead, event_id=session.id).warning
        )

    def test_programme_no_longer_offered_is_refused(self):
        for change in (
            lambda: self.program.write({"active": False}),
            self.program.action_retire,
        ):
            self.program.active = True
            wizard = self.new_wizard()
            change()
            with self.assertRefused("no longer offered", UserError):
                wizard.action_register()

    def test_another_company_s_programme_is_refused(self):
        theirs = self.new_other_program(company_id=self.other_company.id)
        both = self.env.user
        both.company_ids |= self.company | self.other_company
        session = self.new_session(
            qualiopi_program_id=theirs.id, company_id=self.other_company.id
        )
        lead = self.lead.with_context(
            allowed_company_ids=(self.company | self.other_company).ids
        )
        wizard = (
            lead.env["qualiopi.lead.registration"]
            .with_context(default_lead_id=lead.id)
            .create({"program_id": theirs.id, "event_id": session.id})
        )
        with self.assertRefused("The request belongs to", UserError):
            wizard.action_register()

    def test_manager_plans_a_new_session(self):
        wizard = self.new_wizard(
            user=self.manager,
            mode="new",
            event_id=False,
            event_name="Spreadsheets, April",
            date_begin="2026-04-06 07:00:00",
            date_end="2026-04-10 15:00:00",
        )
        wizard.action_register()
        [learner] = self.registered()
        session = learner.event_id
        self.assertEqual(session.name, "Spreadsheets, April")
        self.assertEqual(session.qualiopi_program_id, self.program)
        self.assertEqual(session.qualiopi_version_id, self.version)
        self.assertEqual(session.company_id, self.company)
        self.assertEqual(self.lead.qualiopi_event_id, session)

    def test_new_session_needs_dates_in_order(self):
        for dates, words in (
            ({"date_begin": False, "date_end": False}, "Enter when"),
            (
                {
                    "date_begin": "2026-04-06 07:00:00",
                    "date_end": "2026-04-05 07:00:00",
                },
                "ends before it begins",
            ),
        ):
            wizard = self.new_wizard(user=self.manager, mode="new", **dates)
            with self.assertRefused(words, UserError):
                wizard.action_register()

    def test_salesman_plans_no_session(self):
        wizard = self.new_wizard(
            mode="new",
            date_begin="2026-04-06 07:00:00",
            date_end="2026-04-10 15:00:00",
        )
        self.assertFalse(wizard.may_plan)
        with self.assertRaises(AccessError):
            wizard.action_register()

    def test_slots_of_a_session_are_chosen(self):
        session = self.new_session(is_multi_slots=True)
        slot = self.env["event.slot"].create(
            {
                "event_id": session.id,
                "date": "2026-03-02",
                "start_hour": 9,
                "end_hour": 12,
            }
        )
        wizard = self.new_wizard(event_id=session.id)
        with self.assertRefused("Choose the slot", UserError):
            wizard.action_register()
        wizard.slot_id = slot
        wizard.action_register()
        self.assertEqual(self.registered().event_slot_id, slot)

    def test_no_rule_makes_another_request_of_them(self):
        self.env["event.lead.rule"].create(
            {"name": "All", "lead_creation_trigger": "create", "lead_type": "lead"}
        )
        before = self.env["crm.lead"].search_count([])
        self.new_wizard().action_register()
        self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_reader_of_files_goes_on_to_them(self):
        action = self.new_wizard(user=self.manager).action_register()
        self.assertEqual(action["params"]["next"]["res_model"], "event.registration")
        lead = self.new_lead(email_from="z@example.com")
        action = self.new_wizard(lead).action_register()
        self.assertEqual(
            action["params"]["next"]["type"], "ir.actions.act_window_close"
        )
