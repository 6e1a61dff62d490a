from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.tests.test_program_adoption import AdoptionCase

from .elearning_common import ElearningMixin


@tagged("post_install", "-at_install")
class TestCourseAdoption(AdoptionCase):
    """Courses become programmes, as events do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["slide.channel"].search([]).active = False

    @classmethod
    def new_course(cls, name, **vals):
        return ElearningMixin.new_course.__func__(cls, name, **vals)

    def test_each_course_is_proposed(self):
        course = self.new_course("Excel online")
        wizard = self.wizard()
        line = self.line(wizard, "Excel online")
        self.assertTrue(line.selected)
        self.assertEqual(line.course_ids, course)
        self.assertEqual(line.duration_hours, 1.75)
        self.assertIn("courses to attach: 1", line.proposal)
        self.assertIn("Courses to attach: 1", wizard.summary)

    def test_a_draft_is_made(self):
        course = self.new_course("Excel online")
        programs = self.adopt()
        self.assertEqual(course.qualiopi_program_id.name, "Excel online")
        self.assertIn(course.qualiopi_program_id, programs)
        program = course.qualiopi_program_id
        self.assertEqual(program.state, "draft")
        self.assertEqual(program.company_id, self.company)
        self.assertEqual(program.teaching_mode, "distance")
        self.assertEqual((program.duration_hours, program.distance_hours), (1.75, 1.75))
        self.assertEqual(program.origin_channel_id, course)

    def test_run_again_it_finds_nothing(self):
        self.new_course("Excel online")
        self.adopt()
        self.assertFalse(self.line(self.wizard(), "Excel online"))

    def test_a_course_goes_back_to_the_programme_made_from_it(self):
        course = self.new_course("Excel online")
        self.adopt()
        program = course.qualiopi_program_id
        program.name = "Excel, at home"
        course.qualiopi_program_id = False
        self.adopt()
        self.assertEqual(course.qualiopi_program_id, program)

    def test_a_course_joins_the_events_of_its_name(self):
        event = self.new_event("Anglais – session 1")
        course = self.new_course("ANGLAIS")
        wizard = self.wizard()
        [line] = wizard.line_ids.filtered("course_ids")
        self.assertEqual((line.event_ids, line.course_ids), (event, course))
        self.done(wizard.action_adopt())
        self.assertTrue(event.qualiopi_program_id)
        self.assertEqual(event.qualiopi_program_id, course.qualiopi_program_id)
        self.assertNotEqual(course.qualiopi_program_id.teaching_mode, "distance")

    def test_a_course_joins_the_programme_of_its_name(self):
        program = self.env["qualiopi.program"].create(
            {
                "name": "Gestion du temps",
                "company_id": self.company.id,
                "category_id": self.afc.id,
            }
        )
        course = self.new_course("Gestion du Temps !")
        [line] = self.wizard().line_ids.filtered("course_ids")
        self.assertEqual(line.program_id, program)
        self.assertIn("Attach to", line.proposal)
        self.adopt()
        self.assertEqual(course.qualiopi_program_id, program)

    def test_what_is_left_alone(self):
        website = self.env["website"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        self.new_course("Elsewhere", website_id=website.id)
        self.new_course("Help", channel_type="documentation")
        self.new_course("Gone", active=False)
        self.assertFalse(self.wizard().line_ids.course_ids)

    def test_a_line_that_is_not_ticked_does_nothing(self):
        course = self.new_course("Excel online")
        other = self.new_course("Word online")
        wizard = self.wizard()
        self.line(wizard, "Word online").selected = False
        wizard.action_adopt()
        self.assertTrue(course.qualiopi_program_id)
        self.assertFalse(other.qualiopi_program_id)
