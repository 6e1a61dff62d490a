from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DAY_2019, DAY_2026, QualiopiCommon

REFRESH = "odoo.addons.qualiopi_compliance.models.evidence.qualiopi_checklist_refresh"


@tagged("post_install", "-at_install")
class TestHistory(QualiopiCommon):
    """What is kept, what asks to be read again, and what never blocks the others."""

    def test_a_picture_pasted_into_a_closed_conclusion_stays(self):
        checklist = self.self_assessment(self.company)
        line = self.line(checklist, 4)
        picture = self.env["ir.attachment"].create(
            {
                "name": "pasted.png",
                "raw": b"picture",
                "res_model": line._name,
                "res_id": line.id,
            }
        )
        checklist._close()
        with self.assertRaises(UserError):
            picture.unlink()
        with self.assertRaises(UserError):
            picture.raw = b"another"
        self.assertEqual(picture.raw, b"picture")

    def test_nothing_written_is_nothing_to_confirm(self):
        self.declare(self.company, "AFC", over_two_days=True)
        with self.on(DAY_2019, self.company):
            living = self.living(self.company)
            living._refresh()
            self.line(living, 1).conclusion = "<p>Seen</p>"
        with self.on(DAY_2026, self.company):
            living._refresh()
            # 1 and 2 changed in substance; somebody wrote on the first one only
            self.assertTrue(self.line(living, 1).to_confirm)
            self.assertFalse(self.line(living, 2).to_confirm)

    def test_a_copy_starts_from_what_it_copies(self):
        older = self.self_assessment(self.company, "2026-11-10")
        self.line(older, 4).conclusion = "<p>Older</p>"
        newer = self.self_assessment(self.company, "2026-11-20")
        self.line(newer, 4).conclusion = "<p>Newer</p>"
        copy = older.copy()
        self.assertEqual(copy.previous_id, older)
        self.assertEqual(copy.state, "open")
        self.assertIn("Older", self.line(copy, 4).conclusion)

    def test_one_company_in_trouble_does_not_stop_the_others(self):
        Checklist = type(self.env["qualiopi.checklist"])
        refresh = Checklist._refresh
        trouble = self.living(self.company)
        other = self.living(self.other_company)
        (trouble | other).write({"refreshed_on": "2026-01-01"})

        def refresh_or_fail(checklists):
            if trouble in checklists:
                raise ValueError("trouble")
            return refresh(checklists)

        cron = self.env.ref("qualiopi_compliance.ir_cron_refresh_living_checklists")
        with (
            self.enter_registry_test_mode(),
            patch.object(Checklist, "_refresh", refresh_or_fail),
            mute_logger(REFRESH),
        ):
            cron.method_direct_trigger()
        self.forget()
        today = self.env["qualiopi.framework"]._today()
        self.assertEqual(other.refreshed_on, today)
        self.assertNotEqual(trouble.refreshed_on, today)
