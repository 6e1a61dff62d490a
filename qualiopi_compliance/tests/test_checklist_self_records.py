from odoo.exceptions import UserError
from odoo.tests import tagged

from .check_common import MAJOR, TODAY, CheckCase


@tagged("post_install", "-at_install")
class TestSelfAssessmentRecords(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # whether the need was analysed by a day is known for any day
        cls.need = cls.ship("learner_need")
        cls.learners = cls.new_learners(cls.session, 4)
        cls.learners.qualiopi_need_on = "2026-02-20"
        cls.learners[0].qualiopi_need_on = "2026-03-20"

    def status(self, day):
        checklist = self.self_assessment(self.company, day)
        line = self.line(checklist, MAJOR)
        return str(line.computed_on), line.computed_status, line.missing_count

    def test_read_on_its_own_day(self):
        self.assertEqual(self.status("2026-03-10"), ("2026-03-10", "insufficient", 1))
        self.assertEqual(self.status("2026-03-20"), ("2026-03-20", "demonstrated", 0))
        self.assertEqual(self.status("2026-03-01")[1:], ("not_assessed", 0))

    def test_one_for_a_day_to_come_is_read_today_by_the_law_of_that_day(self):
        check = self.new_check((33,), framework_ids=[self.framework(2026).id])
        self.declare(self.company, "CFA")
        checklist = self.self_assessment(self.company, "2026-12-01")
        line = self.line(checklist, 33)
        self.assertEqual(str(line.computed_on), TODAY)
        self.assertEqual([row["code"] for row in line._counted()], check.ids)

    def test_what_was_overruled_on_it_is_followed(self):
        check = self.new_check((15,))
        checklist = self.self_assessment(self.company, TODAY)
        line = self.line(checklist, 15)
        self.assertFalse(line.computed_on)
        line.write(
            {"override_applicability": "applicable", "override_reason": "Our case"}
        )
        self.assertTrue(checklist.evidence_old)
        checklist.with_user(self.manager).action_read_records()
        self.assertEqual(
            [(row["code"], row["satisfied"]) for row in line._counted()],
            [(check.id, 10)],
        )

    def test_writes_no_result_of_the_day(self):
        self.self_assessment(self.company, "2026-03-10")
        self.assertFalse(self.results.search([("company_id", "=", self.company.id)]))

    def closed_line(self):
        checklist = self.self_assessment(self.company, "2026-03-10")
        checklist.with_user(self.manager)._close()
        self.forget()
        return self.line(checklist, MAJOR)

    def words(self, line):
        self.forget()
        return line.computed_reason, line.next_step, line.counted_checks

    def test_once_closed_it_says_the_same_for_ever(self):
        self.both_languages()
        line = self.closed_line()
        said = self.words(line)
        self.assertIn("Need analysed before the session: 3 of 4", said[0])
        self.assertIn("Need analysed before the session", said[2])
        self.need.write({"name": "Another question", "remediation": "Another thing"})
        self.learners.qualiopi_need_on = False
        self.assertEqual(self.words(line), said)
        self.env.cr.execute("DELETE FROM qualiopi_check WHERE id = %s", self.need.ids)
        self.assertEqual(self.words(line), said)

    def test_in_each_language_of_the_database(self):
        french = self.both_languages()
        self.need.with_context(**french).name = "Besoin analysé"
        line = self.closed_line()
        self.need.with_context(**french).name = "Autre chose"
        self.forget()
        self.assertIn("Besoin analysé", line.with_context(**french).computed_reason)
        self.assertIn("Need analysed", line.computed_reason)
        self.env["res.lang"]._activate_lang("es_ES")
        spanish = line.with_context(lang="es_ES")
        self.assertIn("Need analysed", spanish.computed_reason)

    def test_once_closed_it_is_not_read_again(self):
        line = self.closed_line()
        with self.assertRefused("not read again", UserError):
            line.checklist_id.with_user(self.manager).action_read_records()
        for vals in (
            {"computed_status": "demonstrated"},
            {"computed_facts": {}},
            {"frozen_words": {}},
            {"difference_reason": "Because"},
        ):
            with self.subTest(vals=vals), self.assertRefused("closed", UserError):
                line.sudo().write(vals)

    def test_a_deleted_check_on_an_open_line(self):
        checklist = self.self_assessment(self.company, "2026-03-10")
        self.env.cr.execute("DELETE FROM qualiopi_check WHERE id = %s", self.need.ids)
        self.forget()
        line = self.line(checklist, MAJOR)
        self.assertEqual(
            line.computed_reason, "A check that was deleted: 3 of 4, 1 missing."
        )

    def test_the_next_one_starts_from_the_conclusion_not_from_the_records(self):
        first = self.self_assessment(self.company, "2026-03-10")
        self.line(first, MAJOR).with_user(self.manager).write(
            {"declared_status": "demonstrated", "difference_reason": "On paper"}
        )
        first._close()
        second = self.self_assessment(self.company, "2026-03-10", previous_id=first.id)
        line = self.line(second, MAJOR)
        self.assertEqual(line.difference_reason, "On paper")
        self.assertEqual(line.status, "demonstrated", "the records say the same still")
        third = self.self_assessment(self.company, "2026-03-20", previous_id=first.id)
        self.assertEqual(self.line(third, MAJOR).computed_status, "demonstrated")
        self.assertFalse(self.line(third, MAJOR).records_changed)
