from odoo.tests import Form, tagged

from .cycle_common import FIRST_DAY, LAST_DAY, CycleCase
from .finding_common import TODAY

# The certificate runs from 12 March 2026 to 11 March 2029: its surveillance window
# closes on 12 January 2028, its last year begins on 12 March 2028.
NEXT = (
    ("2026-03-11", "initial"),
    (FIRST_DAY, "surveillance"),
    ("2028-01-12", "surveillance"),
    # late, but still the one that comes next
    ("2028-03-11", "surveillance"),
    ("2028-03-12", "renewal"),
    (LAST_DAY, "renewal"),
    ("2029-03-12", "initial"),
)


@tagged("post_install", "-at_install")
class TestWhatARehearsalImagines(CycleCase):
    """By default the audit that comes next for the certificate of that day."""

    def rehearsal(self, day=TODAY, kind="mock", **vals):
        return self.new_audit(kind, day, opened=False, **vals)

    def form(self):
        return Form(
            self.env["qualiopi.audit"].with_user(self.manager),
            "qualiopi_compliance.qualiopi_audit_view_form",
        )

    def test_the_audit_that_comes_next_on_its_day(self):
        self.certified()
        for day, kind in NEXT:
            with self.subTest(day=day):
                self.assertEqual(self.rehearsal(day).stands_for, kind)
        self.assertEqual(self.rehearsal(kind="internal").stands_for, "surveillance")

    def test_without_certificate_an_initial_one(self):
        self.assertEqual(self.rehearsal().stands_for, "initial")

    def test_the_certificate_of_another_company_says_nothing(self):
        self.env["qualiopi.certification"].create(
            {
                "company_id": self.other_company.id,
                "first_day": FIRST_DAY,
                "number": "X",
            }
        )
        self.assertEqual(self.rehearsal().stands_for, "initial")

    def test_once_surveillance_was_held_renewal_comes_next(self):
        cycle = self.certified()
        self.over(self.planned("surveillance", "2027-06-01", cycle))
        self.assertEqual(self.rehearsal("2027-05-31").stands_for, "surveillance")
        self.assertEqual(self.rehearsal("2027-06-01").stands_for, "renewal")

    def test_held_for_the_certifier_before(self):
        self.certified(surveillance_held_on="2026-10-01")
        self.assertEqual(self.rehearsal().stands_for, "renewal")

    def test_a_suspended_certificate_is_still_one(self):
        self.certified(suspended_on="2026-11-01")
        self.assertEqual(self.rehearsal().stands_for, "surveillance")

    def test_a_withdrawn_or_transferred_one_is_none(self):
        cycle = self.certified()
        for name in ("withdrawn_on", "transferred_on"):
            with self.subTest(name=name):
                cycle[name] = TODAY
                self.assertEqual(self.rehearsal().stands_for, "initial")
                before = self.rehearsal("2026-11-22")
                self.assertEqual(before.stands_for, "surveillance")
                cycle[name] = False

    def test_the_cycle_that_it_is_made_for(self):
        running = self.certified(first="2024-06-01")
        following = self.new_cycle(previous_id=running.id)
        for cycle, kind in (
            (running, "renewal"),
            (following, "renewal"),
            # looks for its first certificate
            (self.cycle, "initial"),
        ):
            with self.subTest(cycle=cycle.name):
                audit = self.rehearsal(certification_id=cycle.id)
                self.assertEqual(audit.stands_for, kind)

    def test_in_a_form_it_follows_the_day(self):
        self.certified()
        with self.form() as form:
            form.kind = "mock"
            self.assertEqual(form.stands_for, "surveillance")
            form.date_begin = "2028-04-03"
            self.assertEqual(form.stands_for, "renewal")
        audit = form.record
        with Form(audit.with_user(self.manager)) as form:
            form.date_begin = "2027-04-05"
            self.assertEqual(form.stands_for, "surveillance")
        self.assertEqual(audit.stands_for, "surveillance")

    def test_what_somebody_chose_stays(self):
        self.certified()
        audit = self.rehearsal(stands_for="initial")
        with Form(audit.with_user(self.manager)) as form:
            form.date_begin = "2028-04-03"
            self.assertEqual(form.stands_for, "initial")
        audit.date_begin = "2027-04-05"
        self.assertEqual(audit.stands_for, "initial")

    def test_the_simulator_says_the_same(self):
        checklist = self.living(self.company).with_user(self.manager)
        Simulation = self.env["qualiopi.audit.simulation"].with_user(self.manager)

        def kind():
            self.env.invalidate_all()
            return Simulation.browse(checklist.action_simulate_audit()["res_id"]).kind

        self.assertEqual(kind(), "initial")
        cycle = self.certified()
        self.assertEqual(kind(), "surveillance")
        cycle.surveillance_held_on = "2026-10-01"
        self.assertEqual(kind(), "renewal")


@tagged("post_install", "-at_install")
class TestOurOwnFindings(CycleCase):
    """What we find by ourselves weighs on nothing that the certifier decides."""

    def setUp(self):
        super().setUp()
        self.initial = self.closed_audit(
            findings=[(9, "minor")], after={"notified_on": "2025-03-10"}
        )
        self.rehearsals = [
            self.closed_audit(
                kind,
                day,
                findings=[(4, "major"), (1, "minor")],
                after={"notified_on": day},
                certification_id=self.cycle.id,
            )
            for kind, day in (("internal", "2025-06-02"), ("mock", "2025-06-03"))
        ]

    def test_facts_of_the_cycle(self):
        facts = self.cycle._facts()
        self.assertEqual((facts.open_majors, facts.open_minors), (0, 1))
        self.assertIsNone(facts.majors_by)
        self.assertEqual(str(facts.minors_by), "2025-09-10")

    def test_they_hinder_no_stage_and_ask_for_none(self):
        self.cycle.write({"number": "C-1", "first_day": FIRST_DAY})
        self.cycle._set_stage("initial_audit")
        self.assertNotIn("no_open_major", self.unmet(self.cycle, "certified"))
        self.nc(self.initial, 9).sudo()._go("lifted", lifted_on="2025-05-01")
        self.forget()
        self.assertIn("nonconformity_open", self.unmet(self.cycle, "corrections"))
        self.cycle._set_stage("certified")
        self.assertFalse({"lift_majors", "apply_minors"} & set(self.todo(self.cycle)))

    def test_a_certifier_looks_at_none_of_them_again(self):
        for kind in ("surveillance", "follow_up"):
            audit = self.new_audit(
                kind, TODAY, opened=False, previous_id=self.rehearsals[0].id
            )
            items = audit.item_ids.filtered(lambda item: item.number in (1, 4))
            said = {each["code"] for item in items for each in item.reasons}
            with self.subTest(kind=kind):
                self.assertFalse({"former_nonconformity", "open_nonconformity"} & said)

    def test_a_follow_up_does_not_answer_for_them(self):
        audit = self.closed_audit("follow_up", TODAY, previous_id=self.rehearsals[0].id)
        self.assertFalse(audit._case().findings)

    def test_no_statutory_day_and_no_plan_for_a_certifier(self):
        own = self.nc(self.rehearsals[0], 4)
        self.assertFalse(own.apply_by or own.check_by)
        with self.assertRefused("audit of your own"):
            own.plan_due_on = "2026-12-01"
        self.assertFalse(own.plan_due_on)
        days = self.env["qualiopi.deadline"].search(
            [("res_model", "=", own._name), ("res_id", "=", own.id)]
        )
        self.assertFalse(days)

    def test_actions_have_days_of_our_own(self):
        own = self.nc(self.rehearsals[0], 4)
        action = self.new_action(nonconformity_id=own.id, deadline="2026-12-01")
        days = self.env["qualiopi.deadline"].search(
            [("res_model", "=", action._name), ("res_id", "=", action.id)]
        )
        self.assertEqual(days.mapped("kind"), ["action"])

    def test_the_clock_announces_none_of_them(self):
        self.nc(self.initial, 9).sudo()._go("lifted", lifted_on="2025-05-01")
        reminders = self.company._qualiopi_nonconformity_reminders(self.to_date(TODAY))
        self.assertFalse(reminders)
