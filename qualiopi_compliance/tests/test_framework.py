from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DAY_2019, DAY_2026, QualiopiCommon


@tagged("post_install", "-at_install")
class TestFramework(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Framework = cls.env["qualiopi.framework"]
        cls.rnq_2019 = cls.framework(2019)
        cls.rnq_2026 = cls.framework(2026)

    def new_framework(self, code="rnq-toy", **vals):
        return self.Framework.create({"code": code, "name_fr": code, **vals})

    def test_former_framework_has_indicators_1_to_32(self):
        numbers = self.rnq_2019.requirement_ids.mapped("number")
        self.assertEqual(sorted(numbers), list(range(1, 33)))
        self.assertEqual(self.rnq_2019.requirement_count, 32)

    def test_framework_in_force_has_indicators_1_to_33(self):
        numbers = self.rnq_2026.requirement_ids.mapped("number")
        self.assertEqual(sorted(numbers), list(range(1, 34)))
        self.assertEqual(self.rnq_2026.requirement_count, 33)

    def test_date_decides_the_framework(self):
        nothing = self.Framework
        expected = {
            "2019-06-07": nothing,
            "2019-06-08": self.rnq_2019,
            DAY_2019: self.rnq_2019,
            DAY_2026: self.rnq_2026,
            "2099-12-31": self.rnq_2026,
        }
        for day, framework in expected.items():
            with self.subTest(day=day):
                self.assertEqual(self.Framework._for_date(day), framework)

    def test_today_is_the_day_in_france(self):
        with freeze_time("2026-10-31 22:59:00"):
            self.assertEqual(str(self.Framework._today()), DAY_2019)
        with freeze_time("2026-10-31 23:00:00"):
            self.assertEqual(str(self.Framework._today()), DAY_2026)

    def test_each_framework_knows_the_one_it_replaced(self):
        self.assertEqual(self.rnq_2026._previous(), self.rnq_2019)
        self.assertFalse(self.rnq_2019._previous())

    def test_open_ended_framework_over_another_is_refused(self):
        with self.assertRefused("rnq-toy and rnq-2026"):
            self.new_framework(date_from="2027-01-01")

    def test_framework_inside_another_is_refused(self):
        with self.assertRefused("rnq-toy and rnq-2019"):
            self.new_framework(date_from="2020-01-01", date_to="2020-12-31")

    def test_framework_sharing_one_day_is_refused(self):
        with self.assertRaises(ValidationError):
            self.new_framework(date_from="2019-01-01", date_to="2019-06-08")

    def test_extending_a_framework_over_the_next_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rnq_2019.date_to = DAY_2026

    def test_framework_follows_once_the_former_one_ends(self):
        self.rnq_2026.date_to = "2027-12-31"
        toy = self.new_framework(date_from="2028-01-01")
        self.assertEqual(self.Framework._for_date("2027-12-31"), self.rnq_2026)
        self.assertEqual(self.Framework._for_date("2028-01-01"), toy)

    def test_history_before_the_first_framework_can_be_typed_in(self):
        toy = self.new_framework(date_from="2019-01-01", date_to="2019-06-07")
        self.assertEqual(self.Framework._for_date("2019-06-07"), toy)

    def test_end_before_beginning_is_refused(self):
        with self.assertRefused("rnq-toy ends on .*2018, before it begins on"):
            self.new_framework(date_from="2018-02-01", date_to="2018-01-01")

    def test_one_day_framework_is_accepted(self):
        toy = self.new_framework(date_from="2018-02-01", date_to="2018-02-01")
        self.assertEqual(self.Framework._for_date("2018-02-01"), toy)

    @mute_logger("odoo.sql_db")
    def test_framework_without_beginning_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.new_framework()

    @mute_logger("odoo.sql_db")
    def test_beginning_cannot_be_removed(self):
        with self.assertRefused("rnq-2019 needs the day it comes into force"):
            self.rnq_2019.date_from = False

    @mute_logger("odoo.sql_db")
    def test_code_is_unique(self):
        with self.assertRaises(IntegrityError):
            self.new_framework("rnq-2019", date_from="2018-01-01", date_to="2018-12-31")

    def test_guide_is_read_on_the_nearest_day_in_force(self):
        with self.on("2027-06-15"):
            self.assertEqual(str(self.rnq_2019._reference_day()), DAY_2019)
            self.assertEqual(str(self.rnq_2026._reference_day()), "2027-06-15")
        with self.on("2026-09-01"):
            self.assertEqual(str(self.rnq_2026._reference_day()), DAY_2026)

    def test_button_opens_the_requirements_of_the_framework(self):
        action = self.rnq_2019.action_open_requirements()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.rnq_2019.requirement_ids)


@tagged("post_install", "-at_install")
class TestReaderLanguage(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rnq_2026 = cls.framework(2026)
        cls.in_english = {"lang": "en_US"}
        cls.in_french = cls.french()

    def test_reader_gets_the_text_of_his_language(self):
        english = self.rnq_2026.with_context(**self.in_english)
        french = self.rnq_2026.with_context(**self.in_french)
        self.assertEqual(english.name, "National quality framework – 33 indicators")
        self.assertEqual(french.name, "Référentiel national qualité – 33 indicateurs")
        self.assertTrue(english.note.startswith("33 indicators, 22 common"))
        self.assertTrue(french.note.startswith("33 indicateurs, dont 22 communs"))

    def test_both_readers_are_served_in_one_transaction(self):
        requirement = self.requirement(2026, 33)
        french = requirement.with_context(**self.in_french).statement
        english = requirement.with_context(**self.in_english).statement
        self.assertEqual(french, requirement.statement_fr)
        self.assertEqual(english, requirement.statement_en)
        self.assertNotEqual(french, english)

    def test_canadian_french_reader_gets_french(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        reader = self.rnq_2026.with_context(lang="fr_CA")
        self.assertEqual(reader.name, self.rnq_2026.name_fr)

    def test_other_readers_get_english(self):
        self.env["res.lang"]._activate_lang("es_ES")
        reader = self.rnq_2026.with_context(lang="es_ES")
        self.assertEqual(reader.name, self.rnq_2026.name_en)

    def test_english_reader_falls_back_on_french(self):
        self.rnq_2026.name_en = False
        reader = self.rnq_2026.with_context(**self.in_english)
        self.assertEqual(reader.name, self.rnq_2026.name_fr)

    def test_french_reader_falls_back_on_english(self):
        self.rnq_2026.write({"note_fr": False, "note_en": "English only"})
        reader = self.rnq_2026.with_context(**self.in_french)
        self.assertEqual(reader.note, "English only")

    def test_no_text_in_either_language_reads_empty(self):
        self.rnq_2026.write({"note_fr": False, "note_en": False})
        self.assertFalse(self.rnq_2026.note)

    def test_corrected_text_is_read_at_once(self):
        self.assertTrue(self.rnq_2026.name)
        self.rnq_2026.name_en = "Corrected"
        self.assertEqual(
            self.rnq_2026.with_context(**self.in_english).name, "Corrected"
        )

    def test_search_finds_both_languages_whoever_reads(self):
        for context in (self.in_english, self.in_french):
            Framework = self.env["qualiopi.framework"].with_context(**context)
            for text in ("Référentiel national", "quality framework – 33"):
                with self.subTest(text=text, **context):
                    found = Framework.search([("name", "ilike", text)])
                    self.assertIn(self.rnq_2026, found)

    def test_negative_search_looks_at_both_languages(self):
        Framework = self.env["qualiopi.framework"]
        for text in ("33 indicateurs", "33 indicators"):
            with self.subTest(text=text):
                found = Framework.search([("name", "not ilike", text)])
                self.assertIn(self.framework(2019), found)
                self.assertNotIn(self.rnq_2026, found)

    def test_requirements_are_found_by_words_of_either_language(self):
        expected = self.requirement(2026, 27)
        in_force = [("framework_id", "=", self.rnq_2026.id)]
        for text in ("portage salarial", "umbrella employment"):
            with self.subTest(text=text):
                found = self.env["qualiopi.requirement"].search(
                    [*in_force, ("statement", "ilike", text)]
                )
                self.assertEqual(found, expected)

    def test_indicator_is_found_by_number_and_label(self):
        Indicator = self.env["qualiopi.indicator"]
        indicator = Indicator.search([("number", "=", 27)])
        for text in (indicator.label_fr, indicator.label_en, "27"):
            with self.subTest(text=text):
                found = dict(Indicator.name_search(text))
                self.assertIn(indicator.id, found)

    def test_display_name_carries_the_number(self):
        indicator = self.requirement(2026, 27).indicator_id
        french = indicator.with_context(**self.in_french)
        self.assertEqual(french.display_name, f"27. {indicator.label_fr}")
