"""A subcontractor is taken on and assigned, in a real browser, in French."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.tests.trainer_common import TrainerCase


@tagged("post_install", "-at_install")
class TestTrainerPath(TrainerCase, HttpCase):
    browser_size = "1366,1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.manager.lang = "fr_FR"
        if "odoobot_state" in cls.manager._fields:
            # its greeting would still be on its way when a tour ends
            cls.manager.odoobot_state = "disabled"
        cls.company.qualiopi_assignment_policy = "waiver"
        cls.firm_partner = cls.env["res.partner"].create(
            {"name": "Atelier Dupont", "is_company": True}
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Karim Dupont", "parent_id": cls.firm_partner.id}
        )
        today = cls.env["qualiopi.framework"]._today()
        year = today.year + 1
        cls.taught = cls.new_session(f"{year}-03-01", f"{year}-03-02")
        # the browser keeps its own session by that name
        cls.session = None

    def tour(self, path, name):
        # what is refused on purpose on the way is logged as a warning
        with mute_logger("odoo.http"):
            self.start_tour(f"/odoo/{path}", name, login=self.manager.login)
        self.forget()

    def test_from_the_firm_to_the_waiver(self):
        self.tour("qualiopi-subcontractors/new", "qualiopi_trainer_firm")
        firm = self.env["qualiopi.subcontractor"].search(
            [("partner_id", "=", self.firm_partner.id)]
        )
        [contract] = firm.contract_ids
        self.assertEqual(contract.state, "signed")
        self.assertTrue(contract.signed_on)

        self.tour("qualiopi-trainers/new", "qualiopi_trainer_person")
        [trainer] = firm.trainer_ids
        self.assertEqual(trainer.partner_id, self.person)
        self.assertEqual(trainer.kind, "subcontractor")
        self.assertEqual(trainer.state, "active")
        self.assertEqual(trainer.program_ids, self.program)

        self.tour(f"event.event/{self.taught.id}", "qualiopi_trainer_assignment")
        [assignment] = self.taught.qualiopi_assignment_ids
        self.assertEqual(assignment.trainer_id, trainer)
        self.assertEqual(assignment.status, "waived")
        self.assertEqual(assignment.waived_by_id, self.manager)
        self.assertEqual(assignment.waiver, "Jury le mois prochain, binôme d'ici là")
        self.assertIn(
            "Jury le mois prochain", "".join(self.taught.message_ids.mapped("body"))
        )
