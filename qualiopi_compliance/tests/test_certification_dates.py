from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .cycle_common import FIRST_DAY, LAST_DAY, CycleCase

# field -> (day, what its sentence is drawn from); certified on 12 March 2026.
# Sources: facts 3.1, that is ART2, CODE R. 6316-2 and annex II-2, certipilot, AFNOR.
DAYS = {
    "surveillance_from": ("2027-05-12", "art. 2 (wording of 2023)"),
    "surveillance_until": ("2028-01-12", "art. 2 (wording of 2023)"),
    "call_by": ("2028-03-11", "Our convention"),
    "renewal_from": ("2028-03-12", "annex to art. R. 6316-1, II-2 c"),
    "contract_by": ("2028-07-11", "secondary source: afnor.org"),
    "renewal_by": ("2028-11-11", "secondary source: Ministry"),
}
# Leap years and ends of months: first day -> last day, end of the surveillance window.
# Three years (R. 6316-2), month 22 (ART2); same day of the month, else its last.
ENDS = {
    "2024-02-29": ("2027-02-27", "2025-12-29"),
    "2024-08-31": ("2027-08-30", "2026-06-30"),
    "2025-04-30": ("2028-04-29", "2027-02-28"),
    "2026-10-31": ("2029-10-30", "2028-08-31"),
    "2026-11-01": ("2029-10-31", "2028-09-01"),
}


@tagged("post_install", "-at_install")
class TestDays(CycleCase):
    def test_each_day_is_explained_with_its_source(self):
        cycle = self.certified()
        self.assertEqual(str(cycle.last_day), LAST_DAY)
        sentences = str(cycle.dates_explained).split("</li>")
        for name, (day, source) in DAYS.items():
            with self.subTest(field=name):
                self.assertEqual(str(cycle[name]), day)
                shown = f"{day[5:7]}/{day[8:]}/{day[:4]}"
                found = [row for row in sentences if f">{shown}</span>" in row]
                self.assertIn(source, "".join(found))
        self.assertIn("month 22 after 03/12/2026: 01/12/2028", cycle.dates_explained)

    def test_leap_years_and_ends_of_months(self):
        for first, (last, window) in ENDS.items():
            cycle = self.certified(first, code="VAE")
            with self.subTest(first=first):
                self.assertEqual(str(cycle.last_day), last)
                self.assertEqual(str(cycle.surveillance_until), window)
            cycle.active = False

    def test_window_is_counted_from_the_day_it_was_obtained(self):
        cycle = self.certified()
        cycle.obtained_on = "2026-03-02"
        self.assertEqual(str(cycle.surveillance_until), "2028-01-02")
        self.assertEqual(str(cycle.last_day), LAST_DAY)

    def test_settings_of_the_company_move_the_days(self):
        cycle = self.certified()
        self.company.write(
            {
                "qualiopi_audit_call_months": 18,
                "qualiopi_audit_contract_months": 10,
                "qualiopi_audit_correction_months": 2,
            }
        )
        self.assertEqual(str(cycle.call_by), "2027-09-11")
        self.assertEqual(str(cycle.contract_by), "2028-05-11")
        self.assertEqual(str(cycle.renewal_by), "2028-12-11")

    def test_corrected_first_day_takes_the_others_with_it(self):
        cycle = self.certified()
        cycle.first_day = "2026-03-21"
        self.assertEqual(str(cycle.last_day), "2029-03-20")
        self.assertEqual(str(cycle.obtained_on), "2026-03-21")

    def test_what_the_certificate_says_otherwise_is_kept(self):
        cycle = self.certified()
        cycle.write({"last_day": "2029-03-12", "obtained_on": "2026-03-02"})
        self.assertIn("compare 03/12/2029", cycle.dates_warning)
        cycle.first_day = "2026-03-13"
        self.assertEqual(str(cycle.last_day), "2029-03-12")
        self.assertEqual(str(cycle.obtained_on), "2026-03-02")
        self.assertFalse(cycle.dates_warning)

    def test_typed_in_the_form(self):
        cycle = self.certified()
        with Form(cycle) as form:
            form.first_day = "2026-04-01"
            self.assertEqual(str(form.last_day), "2029-03-31")
            form.last_day = "2029-04-30"
            form.first_day = "2026-04-02"
            self.assertEqual(str(form.last_day), "2029-04-30")
        self.assertEqual(str(cycle.last_day), "2029-04-30")

    def test_ending_before_it_starts_is_refused(self):
        cycle = self.certified()
        with self.assertRefused("before it starts on 03/12/2026"):
            cycle.last_day = "2026-03-11"
        cycle.last_day = "2026-03-12"

    def test_days_out_of_order_are_refused_by_name(self):
        cycle = self.certified()
        for vals, words in (
            ({"suspended_on": "2026-03-11"}, "Suspended On.*earlier than.*Valid From"),
            ({"withdrawn_on": "2026-01-01"}, "Withdrawn On"),
            (
                {"suspended_on": "2026-09-01", "suspension_ends_on": "2026-08-31"},
                "Suspended Until",
            ),
        ):
            with self.subTest(vals=vals), self.assertRefused(words):
                cycle.write(vals)

    def test_mention_names_the_categories_in_the_official_order(self):
        cycle = self.certified()
        cycle.category_ids = [
            Command.set((self.category("CFA") | self.category("AFC")).ids)
        ]
        self.assertEqual(
            cycle.mention,
            "La certification qualité a été délivrée au titre de la ou des catégories "
            "d'actions suivantes : actions de formation, actions de formation par "
            "apprentissage",
        )
        cycle.category_ids = False
        self.assertFalse(cycle.mention)


@tagged("post_install", "-at_install")
class TestOverlap(CycleCase):
    def test_two_certificates_of_one_category_are_refused(self):
        self.certified()
        with self.assertRefused("C-1 is a running certificate for BC"):
            self.certified("2027-01-04", number="C-2")

    def test_other_category_company_or_time_is_fine(self):
        self.certified()
        self.certified("2027-01-04", code="CFA")
        self.certified("2029-03-12", number="C-3")
        self.new_cycle(
            company_id=self.other_company.id,
            certifier_id=False,
            category_ids=[Command.set(self.category("BC").ids)],
            first_day=FIRST_DAY,
        )

    def test_one_day_in_common_where_the_next_takes_over(self):
        self.certified()
        self.certified(LAST_DAY, number="C-2")

    def test_archived_by_mistake_hinders_nothing_until_it_is_restored(self):
        first = self.certified()
        first.active = False
        self.certified(number="C-2")
        with self.assertRefused("running certificate", ValidationError):
            first.active = True

    def test_withdrawn_leaves_room_for_the_next(self):
        self.certified().withdrawn_on = "2026-06-01"
        self.certified("2026-09-07", number="C-2")


@tagged("post_install", "-at_install")
class TestRunning(CycleCase):
    def found(self):
        self.forget()
        Cycle = self.env["qualiopi.certification"]
        own = ("company_id", "=", self.company.id)
        return Cycle.search([("running", "=", True), own])

    def test_from_its_first_to_its_last_day_in_paris(self):
        cycle = self.certified("2026-11-01", stage="certified")
        # (instant in UTC, whether it runs): 1 November begins at 23:00 UTC the day
        # before in Paris, as winter time began on 25 October
        for now, runs in (
            ("2026-10-31 22:59:00", False),
            ("2026-10-31 23:00:00", True),
            ("2029-10-31 22:59:00", True),
            ("2029-10-31 23:00:00", False),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.forget()
                self.assertEqual(cycle.running, runs)
                self.assertEqual(self.found(), cycle if runs else cycle.browse())

    def test_ends_with_the_day_in_paris(self):
        cycle = self.certified("2023-11-01")
        self.assertEqual(str(cycle.last_day), "2026-10-31")
        framework = self.env["qualiopi.framework"]
        with freeze_time("2026-10-31 22:59:00"):
            cycle._end_with_time(framework._today())
            self.assertEqual(cycle.stage, "certified")
        with freeze_time("2026-10-31 23:01:00"):
            cycle._end_with_time(framework._today())
            self.assertEqual(cycle.stage, "expired")

    def test_suspended_withdrawn_and_transferred_do_not_run(self):
        cycle = self.certified()
        self.assertEqual(self.found(), cycle)
        cycle.suspended_on = "2026-11-23"
        self.assertFalse(cycle.running)
        cycle.reinstated_on = "2026-11-23"
        self.assertTrue(cycle.running)
        for name in ("withdrawn_on", "transferred_on"):
            cycle[name] = "2026-11-23"
            self.assertFalse(cycle.running, name)
            cycle[name] = False
        self.assertEqual(self.found(), cycle)
        self.assertNotIn(
            cycle, self.env["qualiopi.certification"].search([("running", "=", False)])
        )
