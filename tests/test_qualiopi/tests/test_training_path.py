"""From the catalogue to the certificate, in a real browser, in French."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.qualiopi_compliance.tests.common_training_documents import (
    TrainingDocumentCase,
)


@tagged("post_install", "-at_install")
class TestTrainingPath(TrainingDocumentCase, HttpCase):
    browser_size = "1366,1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.lang = "fr_FR"
        if "odoobot_state" in cls.manager._fields:
            # its greeting would still be on its way when a tour ends
            cls.manager.odoobot_state = "disabled"
        cls.new_sheet = cls.new_program()
        cls.new_sheet.audience = False
        cls.plain_event = cls.new_event(
            qualiopi_program_id=False, qualiopi_half_day_ids=[Command.clear()]
        )

    def setUp(self):
        # the browser lives today, whatever the day of the other tests
        super(TrainingDocumentCase, self).setUp()
        render = IrActionsReport._render_qweb_pdf
        self.pdf = self.env["ir.actions.report"].get_wkhtmltopdf_state() == "ok"
        if self.pdf:
            self.patch(
                IrActionsReport,
                "_render_qweb_pdf",
                lambda report, *args, **kwargs: render(
                    report.with_context(force_report_rendering=True), *args, **kwargs
                ),
            )

    def tour(self, path, name):
        # what is refused on purpose on the way is logged as a warning
        with mute_logger("odoo.http"):
            self.start_tour(f"/odoo/{path}", name, login=self.manager.login)
        self.forget()

    def test_from_the_catalogue_to_the_certificate(self):
        self.tour(
            f"qualiopi-programmes/{self.new_sheet.id}", "qualiopi_training_program"
        )
        [version] = self.new_sheet.version_ids
        self.assertEqual(self.new_sheet.state, "validated")

        session = self.plain_event
        self.program.action_retire()
        self.tour(f"event.event/{session.id}", "qualiopi_training_session")
        self.assertEqual(session.qualiopi_version_id, version)
        self.assertEqual(len(session.qualiopi_half_day_ids), 4)
        [learner] = session.registration_ids
        self.assertEqual(learner.qualiopi_funding, "individual")
        self.assertEqual(learner.state, "draft")

        self.tour(f"qualiopi-learners/{learner.id}", "qualiopi_training_learner")
        self.assertEqual(learner.state, "open")
        self.assertEqual(str(learner.qualiopi_contract_on), "2026-02-10")

        self.tour(
            f"event.event/{session.id}/attendance-grid", "qualiopi_training_attendance"
        )
        self.assertEqual(
            learner.qualiopi_attendance_ids.mapped("state"), ["present", "present"]
        )

        self.tour(f"qualiopi-learners/{learner.id}", "qualiopi_training_outcome")
        self.assertEqual(len(learner.qualiopi_outcome_ids), 2)
        self.assertEqual(learner.qualiopi_outcome_ids[0].result, "reached")
        self.assertTrue(learner.qualiopi_certificate_on)
        kinds = learner.qualiopi_attachment_ids.mapped("mimetype")
        self.assertEqual(len(kinds), 2)
        if self.pdf:
            self.assertEqual(set(kinds), {"application/pdf"})
            self.authenticate(self.manager.login, self.manager.login)
            numbers = ",".join(map(str, learner.qualiopi_attachment_ids.ids))
            response = self.url_open(f"/qualiopi/documents/{numbers}")
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.content.startswith(b"%PDF"))
