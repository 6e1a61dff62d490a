from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .program_common import DAY, TEXTS, ProgramCase


@tagged("post_install", "-at_install")
class TestProgramSheet(ProgramCase):
    def test_complete_sheet_lacks_nothing(self):
        self.assertEqual(self.missing(self.program), set())
        self.assertFalse(self.program.missing_text)

    def test_each_item_is_asked_by_name(self):
        empty = {
            **dict.fromkeys(TEXTS, False),
            "prerequisites_kind": False,
            "recognition": False,
            "duration_hours": 0,
            "price": 0,
            "contact_id": False,
            "objective_ids": [Command.clear()],
            "sequence_ids": [Command.clear()],
        }
        items = {
            "prerequisites_kind": "prerequisites",
            "duration_hours": "duration",
            "contact_id": "contact",
            "objective_ids": "objectives",
            "sequence_ids": "lesson_plan",
        }
        for name, nothing in empty.items():
            program = self.new_program()
            program[name] = nothing
            item = items.get(name, name)
            with self.subTest(item=item):
                self.assertEqual(self.missing(program), {item})
                with self.assertRaisesRegex(UserError, program.missing_text):
                    program.action_validate()
                self.assertEqual(program.state, "draft")
                self.assertFalse(program.version_ids)

    def test_refusal_lists_all_that_is_missing(self):
        self.program.write({"audience": False, "methods": False})
        with self.assertRaises(UserError) as caught:
            self.program.action_validate()
        self.assertIn("- Audience\n- Methods used", str(caught.exception))
        self.assertEqual(
            self.program.missing_list,
            "<ul><li>Audience</li><li>Methods used</li></ul>",
        )

    def test_blank_words_say_nothing(self):
        self.program.audience = " \n "
        self.assertEqual(self.missing(self.program), {"audience"})

    def test_prerequisites_announced_must_be_written(self):
        self.program.prerequisites_kind = "stated"
        self.assertEqual(self.missing(self.program), {"prerequisites"})
        self.program.prerequisites = "Savoir lire"
        self.assertEqual(self.missing(self.program), set())

    def test_duration_in_days_or_price_in_words_will_do(self):
        self.program.write({"duration_hours": 0, "duration_days": 2})
        self.program.write({"price": 0, "price_note": "Sur devis, dès 900 € par jour"})
        self.assertEqual(self.missing(self.program), set())

    def test_nothing_is_said_before_a_category_is_chosen(self):
        program = self.env["qualiopi.program"].new({"name": "Neuf"})
        self.assertFalse(program.missing_text)
        self.assertIn("prerequisites", program.asked)

    def test_filter_finds_incomplete_drafts(self):
        programs = self.env["qualiopi.program"]
        incomplete = self.new_program(audience=False)
        domain = [("company_id", "=", self.company.id)]
        self.assertEqual(
            programs.search([("missing_count", ">", 0), *domain]), incomplete
        )
        self.assertEqual(
            programs.search([("missing_count", "=", 0), *domain]), self.program
        )

    def test_objectives_that_cannot_be_observed_are_named(self):
        self.program.objective_ids = [Command.create({"name": "Découvrir l'outil"})]
        self.assertEqual(self.program.vague_objectives, "Découvrir l'outil")
        self.assertEqual(
            self.program.objective_ids.filtered("vague").name, "Découvrir l'outil"
        )
        # a warning: it stops nothing
        self.program.action_validate()

    def test_lesson_plan_is_compared_with_the_duration(self):
        self.assertFalse(self.program.hours_differ)
        self.program.duration_hours = 21
        self.assertTrue(self.program.hours_differ)
        self.assertEqual(self.program.planned_hours, 14)
        self.program.duration_hours = 0
        self.assertFalse(self.program.hours_differ)


@tagged("post_install", "-at_install")
class TestProgramCategories(ProgramCase):
    def test_skills_assessment_has_no_prerequisites_and_no_certification(self):
        program = self.new_program("BC", prerequisites_kind=False)
        self.assertEqual(self.missing(program), set())
        self.assertNotIn("prerequisites", program.asked)
        # and the sheet does not pretend that there are none
        self.assertEqual(program._sheet_content()["prerequisites"], "")

    def test_vae_states_demands_and_feasibility(self):
        program = self.new_certifying("VAE")
        self.assertEqual(self.missing(program), {"vae_demands", "vae_feasibility"})
        program.write({"vae_demands": "Un dossier", "vae_feasibility": "Entretien"})
        self.assertEqual(self.missing(program), set())

    def test_vae_needs_no_authorisation_nor_table(self):
        program = self.new_certifying("VAE", authorisation_scope=False)
        program.competency_ids.unlink()
        self.assertFalse({"authorisation", "competency_table"} & self.missing(program))

    def test_apprenticeship_and_vae_always_lead_to_a_certification(self):
        for code, certifying in (("CFA", True), ("VAE", True), ("AFC", False)):
            with self.subTest(category=code):
                self.assertEqual(self.new_program(code).certifying, certifying)

    def test_category_decides_where_it_leaves_no_choice(self):
        for code, certifying in (("BC", True), ("CFA", False), ("VAE", False)):
            with self.subTest(category=code), self.assertRaises(ValidationError):
                self.new_program(code, certifying=certifying)
        program = self.new_certifying()
        program.category_id = self.category("BC")
        self.assertFalse(program.certifying)

    def test_certifying_programme_states_its_certification(self):
        items = {
            "certification_code": "certification_code",
            "certification_title": "certification_title",
            "certifier": "certifier",
            "certification_from": "certification_from",
            "certification_blocks": "certification_blocks",
            "equivalences": "equivalences",
            "onward_paths": "onward_paths",
            "openings": "openings",
            "authorisation_scope": "authorisation",
            "authorisation_from": "authorisation",
            "authorisation_until": "authorisation",
        }
        for name, item in items.items():
            program = self.new_certifying()
            self.assertEqual(self.missing(program), set())
            program[name] = False
            with self.subTest(field=name):
                self.assertEqual(self.missing(program), {item})

    def test_every_competency_is_covered(self):
        program = self.new_certifying()
        program.competency_ids = [Command.create({"name": "Déployer"})]
        self.assertEqual(self.missing(program), {"competency_table"})

    def test_form_asks_only_what_the_category_needs(self):
        with Form(self.env["qualiopi.program"].with_user(self.manager)) as form:
            form.name = "Bilan"
            form.category_id = self.category("BC")
            for name in ("prerequisites_kind", "certifying", "vae_demands"):
                with self.subTest(field=name), self.assertRaises(AssertionError):
                    form[name] = form[name]
            form.category_id = self.category("VAE")
            form.vae_demands = "Un dossier"
            form.prerequisites_kind = "none"
            with self.assertRaises(AssertionError):
                form.authorisation_scope = "both"


@tagged("post_install", "-at_install")
class TestProgramDefaults(ProgramCase):
    def new_form(self):
        return Form(self.env["qualiopi.program"].with_user(self.manager))

    def test_contact_is_the_quality_contact_of_the_company(self):
        self.company.qualiopi_quality_contact_id = self.contact
        with self.new_form() as form:
            self.assertEqual(form.contact_id, self.contact)
            form.name = "Neuf"
            form.category_id = self.category("AFC")

    def test_contact_chosen_stays(self):
        other = self.contact.copy()
        self.company.qualiopi_quality_contact_id = self.contact
        self.assertEqual(self.new_program(contact_id=other.id).contact_id, other)

    def test_category_is_the_only_one_of_the_company(self):
        self.assertFalse(self.new_form().category_id)
        self.declare(self.company, "BC")
        self.assertEqual(self.new_form().category_id, self.category("BC"))
        self.declare(self.company, "AFC")
        self.assertFalse(self.new_form().category_id)

    def test_all_hours_are_at_a_distance_or_none(self):
        self.program.teaching_mode = "distance"
        self.assertEqual(self.program.distance_hours, 14)
        self.program.teaching_mode = "blended"
        self.program.distance_hours = 3
        self.program.duration_hours = 21
        self.assertEqual(self.program.distance_hours, 3)
        self.program.teaching_mode = "in_person"
        self.assertEqual(self.program.distance_hours, 0)

    def test_lines_of_a_copy_point_to_each_other(self):
        program = self.new_certifying()
        program.sequence_ids.objective_ids = program.objective_ids
        copy = program.copy()
        self.assertEqual(copy.name, "Tableur (copy)")
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.sequence_ids.objective_ids, copy.objective_ids)
        self.assertEqual(copy.competency_ids.sequence_ids, copy.sequence_ids)
        self.assertFalse(copy.objective_ids & program.objective_ids)
        self.assertEqual(self.missing(copy), set())

    def test_copy_takes_the_name_it_is_given(self):
        self.assertEqual(self.program.copy({"name": "Autre"}).name, "Autre")


@tagged("post_install", "-at_install")
class TestProgramBadInput(ProgramCase):
    def test_malformed_codes_are_refused(self):
        for code in ("37948", "RNCP", "RNCP1", "RNCP1234567", "ABC123", "RNCP37A48"):
            with (
                self.subTest(code=code),
                self.assertRaisesRegex(ValidationError, "RNCP37948"),
            ):
                self.program.certification_code = code

    def test_codes_are_cleaned(self):
        for typed, code in (
            ("rncp 37948", "RNCP37948"),
            ("RNCP-123", "RNCP123"),
            (" rs 5.678 ", "RS5678"),
        ):
            with self.subTest(typed=typed):
                self.program.certification_code = typed
                self.assertEqual(self.program.certification_code, code)
        self.assertEqual(
            self.new_program(certification_code="rs5678").certification_code, "RS5678"
        )

    def test_negative_amounts_are_refused(self):
        for name in ("duration_hours", "duration_days", "price"):
            with self.subTest(field=name), self.assertRaises(ValidationError):
                self.program[name] = -1

    def test_negative_sequence_is_refused(self):
        with self.assertRaises(ValidationError):
            self.program.sequence_ids.hours = -1

    def test_hours_at_a_distance_fit_in_the_duration(self):
        self.program.teaching_mode = "blended"
        with self.assertRaisesRegex(ValidationError, "exceed the duration"):
            self.program.distance_hours = 15

    def test_periods_end_after_they_begin(self):
        program = self.new_certifying()
        for kind in ("certification", "authorisation"):
            with (
                self.subTest(kind=kind),
                self.assertRaisesRegex(ValidationError, "01/01/2020"),
            ):
                program[f"{kind}_until"] = "2020-01-01"

    def test_reference_is_unique_in_the_company(self):
        self.program.reference = "TAB"
        other = self.sheet(company_id=self.other_company.id, reference="TAB")
        self.env["qualiopi.program"].create({**other, "user_id": False})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.new_program(reference="TAB")
            self.env.flush_all()

    def test_lines_of_another_programme_are_refused(self):
        other = self.new_certifying()
        with self.assertRaises(ValidationError):
            other.competency_ids.sequence_ids = self.program.sequence_ids
        with self.assertRaises(ValidationError):
            self.program.sequence_ids.objective_ids = other.objective_ids

    def test_end_of_certification_is_warned_about_naming_both_dates(self):
        program = self.new_certifying()
        session = self.new_event(day="2028-03-06", qualiopi_program_id=program.id)
        warning = session.qualiopi_warning
        for day in ("01/15/2028", "01/31/2028", "03/06/2028"):
            self.assertIn(day, warning)
        session.write(
            {"date_begin": "2028-01-15 08:00:00", "date_end": "2028-01-15 16:00:00"}
        )
        self.assertNotIn("ends on", session.qualiopi_warning or "")

    def test_programme_says_what_ends_soon(self):
        with self.on(DAY):
            program = self.new_certifying(
                certification_until="2027-02-23", authorisation_until="2026-11-22"
            )
            self.assertEqual(
                program.ending.splitlines(),
                [
                    "The certification ends on 02/23/2027.",
                    "The authorisation ended on 11/22/2026.",
                ],
            )
            program.write(
                {"certification_until": "2027-02-24", "authorisation_until": False}
            )
            self.assertFalse(program.ending)

    def test_programme_with_sessions_keeps_its_company(self):
        self.new_event(qualiopi_program_id=self.program.id)
        with self.assertRaisesRegex(ValidationError, self.company.name):
            self.program.write({"company_id": self.other_company.id, "user_id": False})

    def test_programme_with_sessions_is_not_deleted(self):
        session = self.new_event(qualiopi_program_id=self.program.id)
        with self.assertRaisesRegex(UserError, "Archive"):
            self.program.unlink()
        session.qualiopi_program_id = False
        self.program.unlink()
        self.assertFalse(self.program.exists())

    def test_assessed_objective_is_not_deleted(self):
        session = self.new_event(day="2026-01-05", qualiopi_program_id=self.program.id)
        registration = self.env["event.registration"].create(
            {"event_id": session.id, "name": "Ana"}
        )
        self.env["qualiopi.outcome"].create(
            {
                "registration_id": registration.id,
                "objective_id": self.program.objective_ids.id,
                "result": "reached",
                "assessed_on": "2026-01-05",
            }
        )
        with self.assertRaisesRegex(UserError, "Construire un tableau croisé"):
            self.program.objective_ids.unlink()
