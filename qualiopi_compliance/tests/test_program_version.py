from lxml import html

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .program_common import BEFORE, DAY, ProgramCase


@tagged("post_install", "-at_install")
class TestProgramLife(ProgramCase):
    def test_validating_makes_a_version(self):
        with self.on(DAY):
            self.program.with_user(self.manager).action_validate()
        version = self.program.version_ids
        self.assertEqual(self.program.state, "validated")
        self.assertEqual(self.program.current_version_id, version)
        self.assertEqual(version.number, 1)
        self.assertEqual(str(version.validated_on), DAY)
        self.assertEqual(version.validated_by_id, self.manager)

    def test_review_is_due_after_the_months_of_the_company(self):
        self.company.qualiopi_review_months = 6
        with self.on(DAY):
            self.program.action_validate()
        self.assertEqual(str(self.program.review_on), "2027-05-23")

    def test_review_date_to_come_stays(self):
        self.program.review_on = "2027-01-04"
        with self.on(DAY):
            self.program.action_validate()
        self.assertEqual(str(self.program.review_on), "2027-01-04")

    def test_validated_sheet_does_not_change(self):
        self.program.action_validate()
        for vals in (
            {"name": "Autre"},
            {"price": 1},
            {"active": False, "audience": "Tous"},
            {"objective_ids": [Command.create({"name": "Autre"})]},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "Revise"):
                self.program.with_user(self.manager).write(vals)

    def test_lines_of_a_validated_sheet_do_not_change(self):
        program = self.new_certifying()
        program.action_validate()
        for line in (
            program.objective_ids,
            program.sequence_ids,
            program.competency_ids,
        ):
            manager = line.with_user(self.manager)
            with self.subTest(model=line._name):
                with self.assertRaisesRegex(UserError, "Revise"):
                    manager.name = "Autre"
                with self.assertRaisesRegex(UserError, "Revise"):
                    manager.unlink()
                with self.assertRaisesRegex(UserError, "Revise"):
                    manager.create({"program_id": program.id, "name": "Autre"})
                with self.assertRaisesRegex(UserError, "Revise"):
                    manager.update_field_translations("name", {"fr_FR": "Autre"})

    def test_line_does_not_move_to_a_validated_sheet(self):
        other = self.new_program()
        self.program.action_validate()
        with self.assertRaisesRegex(UserError, "Revise"):
            other.objective_ids.program_id = self.program

    def test_translations_of_a_validated_sheet_do_not_change(self):
        self.program.action_validate()
        with self.assertRaisesRegex(UserError, "Revise"):
            self.program.update_field_translations("audience", {"fr_FR": "Autre"})

    def test_management_of_a_validated_programme_goes_on(self):
        self.program.action_validate()
        self.program.with_user(self.manager).write(
            {
                "user_id": self.manager.id,
                "review_on": "2027-01-04",
                "reference": "TAB",
                "active": False,
            }
        )
        self.assertEqual(self.program.reference, "TAB")

    def test_state_changes_by_its_buttons_only(self):
        for vals in (
            {"state": "validated"},
            {"state": "retired", "retired_on": DAY},
            {"current_version_id": False},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "buttons"):
                self.program.with_user(self.manager).write(vals)
        with self.assertRaisesRegex(UserError, "buttons"):
            self.new_program(state="validated")

    def test_validating_twice_is_refused(self):
        self.program.action_validate()
        with self.assertRaisesRegex(UserError, "Revise"):
            self.program.action_validate()
        self.assertEqual(self.program.version_count, 1)

    def test_one_incomplete_programme_stops_them_all(self):
        incomplete = self.new_program(audience=False)
        with self.assertRaises(UserError):
            (self.program | incomplete).action_validate()
        self.assertFalse(self.program.version_ids)

    def test_revising_keeps_the_version_in_force(self):
        self.program.action_validate()
        first = self.program.current_version_id
        self.program.action_revise()
        self.assertEqual(self.program.state, "draft")
        self.assertEqual(self.program.current_version_id, first)
        self.program.price = 1000
        self.program.action_validate()
        self.assertEqual(self.program.current_version_id.number, 2)
        self.assertEqual(first._read_content("en_US")["price"], 900)

    def test_retired_programme_takes_no_session(self):
        self.program.action_validate()
        old = self.new_event(qualiopi_program_id=self.program.id)
        with self.on(DAY):
            self.program.action_retire()
        self.assertEqual(str(self.program.retired_on), DAY)
        with self.assertRaisesRegex(ValidationError, "retired"):
            self.new_event(qualiopi_program_id=self.program.id)
        old.name = "Toujours là"
        self.assertEqual(old.qualiopi_program_id, self.program)
        self.program.action_revise()
        self.assertFalse(self.program.retired_on)
        self.new_event(qualiopi_program_id=self.program.id)

    def test_programme_with_versions_is_not_deleted(self):
        self.program.action_validate()
        self.program.action_revise()
        with self.assertRaisesRegex(UserError, "retire it"):
            self.program.unlink()

    def test_form_of_a_validated_programme_is_read_only(self):
        self.program.action_validate()
        form = Form(self.program.with_user(self.manager))
        for name in ("name", "audience", "price", "category_id", "teaching_mode"):
            with self.subTest(field=name), self.assertRaises(AssertionError):
                form[name] = form[name]
        form.review_on = "2030-01-01"
        form.save()


@tagged("post_install", "-at_install")
class TestProgramVersion(ProgramCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.new_certifying()
        cls.program.sequence_ids.objective_ids = cls.program.objective_ids
        cls.program.with_context(lang="fr_FR").audience = "Salariés de France"
        with cls.on(BEFORE):
            cls.program.action_validate()
        cls.version = cls.program.current_version_id

    def test_nothing_changes_nor_deletes_a_version(self):
        for records in (self.version, self.version.sudo()):
            with self.assertRaisesRegex(UserError, "never changes"):
                records.validated_on = DAY
            with self.assertRaisesRegex(UserError, "never changes"):
                records.content = {"en_US": {}}
            with self.assertRaisesRegex(UserError, "history"):
                records.unlink()

    def test_each_language_keeps_its_words(self):
        self.assertEqual(self.version._read_content("en_US")["audience"], "Salariés")
        french = self.version._read_content("fr_FR")
        self.assertEqual(french["audience"], "Salariés de France")
        self.assertEqual(self.version._read_content("de_DE"), french)

    def test_version_keeps_every_item_of_the_sheet(self):
        content = self.version._read_content("en_US")
        asked = set(self.program.asked)
        composed = {
            "duration": "duration_hours",
            "competency_table": "competencies",
            "authorisation": "authorisation_until",
        }
        for item in asked:
            with self.subTest(item=item):
                self.assertTrue(content[composed.get(item, item)])

    def test_later_changes_do_not_reach_it(self):
        before = self.version.content
        self.program.action_revise()
        self.program.write({"audience": "Tous", "price": 1, "name": "Autre"})
        self.program.objective_ids.name = "Autre"
        self.program.competency_ids.unlink()
        self.contact.email = "autre@example.com"
        self.env.invalidate_all()
        self.assertEqual(self.version.content, before)

    def shown(self, records, lang="en_US"):
        """:return: item -> what the reader sees of it"""
        tree = html.fromstring(records.with_context(lang=lang).content_html)
        return {
            row.get("data-item"): " ".join(row.find("td").text_content().split())
            for row in tree.iter("tr")
            if row.get("data-item")
        }

    def test_reader_sees_every_item_in_his_language(self):
        shown = self.shown(self.version)
        self.assertEqual(shown["audience"], "Salariés")
        self.assertEqual(shown["duration"], "14 hours")
        self.assertEqual(shown["prerequisites"], "None")
        self.assertEqual(shown["certification_title"], "RNCP37948 – Concepteur web")
        self.assertEqual(shown["certification_from"], "from 01/15/2024 to 01/15/2028")
        self.assertIn("Train and assess", shown["authorisation_scope"])
        self.assertEqual(shown["contact"], "Claire Morel – claire@example.com")
        self.assertIn("900", shown["price"])
        french = self.shown(self.version, "fr_FR")
        self.assertEqual(french["audience"], "Salariés de France")
        self.assertEqual(french.keys(), shown.keys())

    def test_competencies_are_shown_against_the_sequences(self):
        tree = html.fromstring(self.version.content_html)
        table = tree.xpath("//table[.//th[contains(., 'Competency')]]")[0]
        heads = [head.text_content().strip() for head in table.xpath("./thead/tr/th")]
        self.assertEqual(heads, ["Competency", "Tableaux"])
        cells = table.xpath("./tbody/tr/td")
        self.assertEqual([cell.text_content().strip() for cell in cells], ["✓"])

    def test_what_is_written_is_not_read_as_markup(self):
        program = self.new_program(audience="<script>alert(1)</script>")
        program.action_validate()
        shown = program.current_version_id.content_html
        self.assertNotIn("<script>", shown)
        self.assertIn("&lt;script&gt;", shown)

    def test_table_of_a_draft_shows_what_is_not_covered(self):
        self.program.action_revise()
        self.program.competency_ids = [Command.create({"name": "Déployer"})]
        tree = html.fromstring(self.program.competency_table)
        rows = tree.xpath("//tbody/tr[contains(@class, 'table-warning')]")
        self.assertEqual(len(rows), 1)
        self.assertIn("Déployer", rows[0].text_content())

    def test_version_ends_when_the_next_is_validated(self):
        self.assertFalse(self.version.replaced_on)
        with self.on(DAY):
            self.program.action_revise()
            self.program.action_validate()
        self.assertEqual(str(self.version.replaced_on), DAY)
        self.assertFalse(self.program.current_version_id.replaced_on)

    def test_version_in_force_on_a_day(self):
        with self.on(DAY):
            self.program.action_revise()
            self.program.action_validate()
        second = self.program.current_version_id
        for day, version in (
            ("2026-11-01", self.version.browse()),
            (BEFORE, self.version),
            ("2026-11-22", self.version),
            (DAY, second),
            ("2030-01-01", second),
        ):
            with self.subTest(day=day):
                date = self.env["qualiopi.program"]._fields["review_on"].to_date(day)
                self.assertEqual(self.program._version_on(date), version)

    def test_learner_keeps_the_sheet_of_his_session(self):
        session = self.new_event(qualiopi_program_id=self.program.id)
        learner = self.env["event.registration"].create(
            {"event_id": session.id, "name": "Ana"}
        )
        self.program.action_revise()
        self.program.price = 1000
        self.program.action_validate()
        self.assertEqual(learner.qualiopi_version_id, self.version)
        self.assertEqual(learner.qualiopi_version_id._read_content()["price"], 900)
        self.assertEqual(self.version.session_count, 1)
        action = self.version.action_open_sessions()
        found = self.env["event.event"].search(action["domain"])
        self.assertEqual(found, session)

    def test_first_version_is_for_sessions_to_come(self):
        program = self.new_program()
        with self.on(DAY):
            past = self.new_event(day="2026-11-20", qualiopi_program_id=program.id)
            same_day = self.new_event(day=DAY, qualiopi_program_id=program.id)
            coming = self.new_event(day="2026-12-07", qualiopi_program_id=program.id)
            program.action_validate()
            first = program.current_version_id
            self.assertFalse(past.qualiopi_version_id)
            for session in (same_day, coming):
                self.assertEqual(session.qualiopi_version_id, first)
            program.action_revise()
            program.action_validate()
            for session in (same_day, coming):
                self.assertEqual(session.qualiopi_version_id, first)

    def test_version_is_found_by_the_name_of_its_programme(self):
        found = self.env["qualiopi.program.version"].name_search("Tableur")
        self.assertIn((self.version.id, "Version 1 – Tableur"), found)

    def test_sheet_without_certification_shows_none(self):
        program = self.new_program()
        program.write({"certification_title": "Reste", "certifying": False})
        program.action_validate()
        shown = self.shown(program.current_version_id)
        self.assertFalse(
            {"certification_title", "certification_from", "certifier"} & shown.keys()
        )
