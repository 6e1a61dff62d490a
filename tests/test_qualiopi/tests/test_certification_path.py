"""From an empty company to its surveillance audit, in a real browser, in French."""

from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon


@tagged("post_install", "-at_install")
class TestCertificationPath(QualiopiCommon, HttpCase):
    """The days are those of a company audited in March 2026, worked out by hand."""

    browser_size = "1366,1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.manager.lang = "fr_FR"
        if "odoobot_state" in cls.manager._fields:
            # its greeting would still be on its way when a tour ends
            cls.manager.odoobot_state = "disabled"
        cls.certifier = cls.env["res.partner"].create(
            {"name": "Certifolia", "is_company": True}
        )

    def tour(self, path, name):
        # what is refused on purpose on the way is logged as a warning
        with mute_logger("odoo.http"):
            self.start_tour(
                f"/odoo/{path}",
                f"qualiopi_certification_{name}",
                login=self.manager.login,
                timeout=120,
            )
        self.forget()

    def deliver(self):
        """A training action begun before the audit: what the certifier wants to see."""
        program = self.env["qualiopi.program"].create(
            {
                "name": "Souder en sécurité",
                "company_id": self.company.id,
                "category_id": self.category("AFC").id,
            }
        )
        self.env["event.event"].create(
            {
                "name": "Souder, janvier",
                "company_id": self.company.id,
                "date_begin": datetime(2026, 1, 12, 8),
                "date_end": datetime(2026, 1, 13, 16),
                "qualiopi_program_id": program.id,
                "event_mail_ids": [Command.clear()],
            }
        )

    def test_from_nothing_to_the_surveillance_audit(self):
        cycle = self.begin()
        audit = self.audit(cycle)
        self.correct(cycle, audit)
        self.certify(cycle)

    def begin(self):
        """Self-assessment, certifier, application."""
        self.tour("qualiopi-certificate", "declare")
        [cycle] = self.env["qualiopi.certification"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(cycle.category_ids, self.category("AFC"))
        self.assertEqual(self.company.qualiopi_nda, "11755555555")

        path = f"qualiopi-certificates/{cycle.id}"
        self.tour(path, "apply")
        self.assertEqual(cycle.checklist_id.state, "closed")
        self.assertEqual(cycle.certifier_id, self.certifier)
        self.assertEqual(cycle.contract_signed_on, date(2026, 1, 5))
        self.assertEqual(cycle.sworn_on, date(2026, 1, 6))
        self.assertTrue(all(cycle.piece_ids.mapped("given")))
        self.assertEqual(cycle.stage, "application")
        self.deliver()
        self.tour(path, "next")
        self.assertEqual(cycle.stage, "initial_audit")
        return cycle

    def audit(self, cycle):
        """One major and two minor non-conformities."""
        audit = cycle.audit_ids
        self.assertEqual(audit.kind, "initial")
        self.assertEqual(
            (audit.date_begin, audit.date_end), (date(2026, 3, 10), date(2026, 3, 11))
        )
        self.assertEqual(audit.framework_id.code, "rnq-2019")
        # three of these have a finding: see the tour
        self.assertEqual(audit.asked_count, 21)
        self.tour(f"qualiopi-audits/{audit.id}", "audit")
        self.assertEqual(audit.state, "closed")
        decided = audit.item_ids.filtered("decided_at")
        self.assertEqual(len(decided), 21)
        self.assertEqual(decided.decided_by_id, self.manager)
        self.assertEqual(audit.closed_on, date(2026, 3, 11))
        self.assertEqual(audit.checklist_id.state, "closed")
        self.assertEqual(
            {row.number: row.gravity for row in audit.finding_ids},
            {1: "minor", 2: "minor", 4: "major"},
        )
        self.assertEqual(audit.notified_on, date(2026, 3, 17))
        days = {
            row.number: (row.apply_by, row.check_by) for row in audit.nonconformity_ids
        }
        six_months = date(2026, 9, 17)
        self.assertEqual(
            days,
            {
                1: (six_months, six_months),
                2: (six_months, six_months),
                # three months, and one more for the certifier to check
                4: (date(2026, 6, 17), date(2026, 7, 17)),
            },
        )
        return audit

    def correct(self, cycle, audit):
        """Cause, plan, action, evidence, lifting."""
        self.tour(f"qualiopi-certificates/{cycle.id}", "correct")
        self.assertEqual(cycle.stage, "corrections")
        [major] = audit.nonconformity_ids.filtered(lambda row: row.gravity == "major")
        path = f"qualiopi-nonconformities/{major.id}"
        self.tour(path, "analyse")
        self.assertEqual(major.state, "plan_sent")
        self.assertEqual(major.plan_sent_on, date(2026, 3, 27))
        [action] = major.action_ids
        self.assertEqual(action.deadline, major.apply_by)

        self.tour(f"qualiopi-actions/{action.id}", "act")
        self.assertEqual(action.state, "done")
        self.assertEqual(action.closed_by_id, self.manager)

        shown = self.env["qualiopi.evidence"].create(
            {
                "name": "Relevé de contrôle de vingt dossiers",
                "company_id": self.company.id,
                "url": "https://documents.example.com/releve",
                "indicator_ids": [Command.set(major.indicator_id.ids)],
            }
        )
        self.tour(path, "lift")
        self.assertEqual(major.state, "lifted")
        self.assertEqual(major.done_on, date(2026, 5, 15))
        self.assertEqual(major.lifted_on, date(2026, 5, 28))
        self.assertEqual(major.evidence_ids, shown)

    def certify(self, cycle):
        """The certificate, and the audit inside the window of the surveillance."""
        path = f"qualiopi-certificates/{cycle.id}"
        self.tour(path, "certify")
        self.assertEqual(cycle.stage, "certified")
        self.assertEqual(cycle.number, "CTF-2026-0093")
        self.assertEqual(cycle.obtained_on, date(2026, 6, 1))
        self.assertEqual(cycle.last_day, date(2029, 5, 31))
        # the 14th and the 22nd month after 1 June 2026
        self.assertEqual(cycle.surveillance_from, date(2027, 8, 1))
        self.assertEqual(cycle.surveillance_until, date(2028, 4, 1))
        # the last year, and in it four months for corrections and their check
        self.assertEqual(cycle.renewal_from, date(2028, 6, 1))
        self.assertEqual(cycle.renewal_by, date(2029, 1, 31))
        # twelve and eight months before the end
        self.assertEqual(cycle.call_by, date(2028, 5, 31))
        self.assertEqual(cycle.contract_by, date(2028, 9, 30))
        surveillance = cycle._audit("surveillance")
        self.assertEqual(surveillance.date_begin, date(2027, 9, 14))
        self.assertEqual(surveillance.date_end, date(2027, 9, 14))
        self.assertEqual(surveillance.framework_id.code, "rnq-2026")
        self.tour(path, "look")
