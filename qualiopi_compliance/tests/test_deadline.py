from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .cycle_common import TODAY, CycleCase
from .views_common import ViewsMixin


class DeadlineCase(CycleCase):
    def rows(self, user=None, **fields):
        """:return: the deadlines of the company that have these values"""
        self.forget()
        Deadline = self.env["qualiopi.deadline"].with_user(user or self.manager)
        domain = [("company_id", "=", self.company.id)]
        return Deadline.search(domain + [(k, "=", v) for k, v in fields.items()])

    def standing(self, kind):
        """:return: list of (day, standing)"""
        return [(str(row.day), row.standing) for row in self.rows(kind=kind)]


@tagged("post_install", "-at_install")
class TestDeadlines(DeadlineCase):
    def test_days_of_a_certificate(self):
        self.certified()
        found = {
            row.kind: str(row.day)
            for row in self.rows(res_model="qualiopi.certification")
        }
        self.assertEqual(
            found,
            {
                "surveillance_from": "2027-05-12",
                "surveillance_until": "2028-01-12",
                "call_by": "2028-03-11",
                "contract_by": "2028-07-11",
                "renewal_by": "2028-11-11",
                "last_day": "2029-03-11",
            },
        )

    def test_nothing_before_there_is_a_certificate(self):
        self.assertFalse(self.rows(res_model="qualiopi.certification"))

    def test_window_that_opened_is_not_late_and_its_end_is(self):
        cycle = self.certified("2024-11-04")
        self.assertEqual(
            self.standing("surveillance_from"), [("2026-01-04", "settled")]
        )
        self.assertEqual(self.standing("surveillance_until"), [("2026-09-04", "late")])
        self.over(self.planned("surveillance", "2026-08-31", cycle))
        self.assertEqual(
            self.standing("surveillance_until"), [("2026-09-04", "settled")]
        )

    def test_surveillance_held_before_settles_it(self):
        self.certified("2024-11-04", surveillance_held_on="2026-08-31")
        self.assertFalse(self.rows(kind="surveillance_until", settled=False))

    def test_renewal_settles_them_one_by_one(self):
        cycle = self.certified("2024-01-08", stage="renewal")
        self.assertEqual(self.standing("call_by"), [("2026-01-07", "late")])
        following = self.env["qualiopi.certification"].browse(
            cycle.action_prepare_renewal()["res_id"]
        )
        self.assertEqual(self.standing("call_by"), [("2026-01-07", "settled")])
        self.assertEqual(self.standing("contract_by"), [("2026-05-07", "late")])
        following.contract_signed_on = "2026-06-01"
        self.assertEqual(self.standing("contract_by"), [("2026-05-07", "settled")])
        self.assertEqual(self.standing("renewal_by"), [("2026-09-07", "late")])
        self.over(self.planned("renewal", "2026-10-05", following))
        self.assertEqual(self.standing("renewal_by"), [("2026-09-07", "settled")])
        self.assertEqual(self.standing("last_day"), [("2027-01-07", "open")])
        following.write({"number": "C-2", "first_day": "2027-01-07"})
        self.assertIn(("2027-01-07", "settled"), self.standing("last_day"))

    def test_transferred_certificate_is_listed_once(self):
        cycle = self.certified()
        successor = cycle._transfer(self.other_certifier, self.to_date("2026-11-20"))
        self.assertEqual(self.rows(kind="last_day").res_id, successor.id)

    def test_audit_corrections_and_actions(self):
        audit = self.closed_audit(
            findings=[(4, "major"), (9, "minor")], after={"notified_on": "2026-08-31"}
        )
        nc = self.nc(audit, 4)
        nc.sudo().plan_due_on = "2026-09-14"
        action = self.new_action(nonconformity_id=nc.id, deadline="2026-10-01")
        self.assertEqual(self.standing("plan_due_on"), [("2026-09-14", "late")])
        # art. 5: six months; three months, and one more counted from their end
        self.assertEqual(
            self.standing("apply_by"), [("2026-11-30", "open"), ("2027-02-28", "open")]
        )
        self.assertEqual(self.standing("check_by"), [("2026-12-30", "open")])
        self.assertEqual(self.standing("action"), [("2026-10-01", "late")])
        self.assertEqual(self.standing("audit"), [("2025-03-03", "settled")])
        action.sudo().write({"state": "cancelled"})
        self.assertFalse(self.rows(kind="action"))

    def test_meeting_falls_on_its_day_in_paris(self):
        self.env["qualiopi.team.meeting"].create(
            {
                "name": "Late",
                "company_id": self.company.id,
                "start": "2026-12-07 23:30:00",
                "duration": 1,
            }
        )
        self.assertEqual(self.standing("meeting"), [("2026-12-08", "open")])

    def test_report_of_the_year(self):
        # FindingCase: at least one report was filed, which one is not known
        self.assertEqual(self.standing("bpf"), [("2027-04-30", "open")])
        self.company.qualiopi_last_bpf_year = "2024"
        self.assertEqual(self.standing("bpf"), [("2026-04-30", "late")])
        self.company.qualiopi_last_bpf_year = "2025"
        self.assertEqual(self.standing("bpf"), [("2027-04-30", "open")])
        self.company.qualiopi_nda = False
        self.assertFalse(self.rows(kind="bpf"))

    def test_change_to_declare(self):
        change = self.env["qualiopi.declaration"].create(
            {
                "name": "New address",
                "changed_on": "2026-10-20",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.standing("change"), [("2026-11-19", "late")])
        change.action_declare()
        self.assertEqual(self.standing("change"), [("2026-11-19", "settled")])

    def test_files_that_run_out(self):
        partner = self.env["res.partner"].create({"name": "Sub", "is_company": True})
        self.env["qualiopi.subcontractor"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "insurance_until": "2026-12-31",
            }
        )
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": self.company.id,
                "kind": "volunteer",
                "cv_on": "2026-01-31",
            }
        )
        trainer.state = "active"
        self.assertEqual(self.standing("subcontractor"), [("2026-12-31", "open")])
        self.assertEqual(self.standing("cv"), [("2027-01-31", "open")])
        self.company.qualiopi_cv_months = 1
        self.assertEqual(self.standing("cv"), [("2026-02-28", "late")])
        self.company.qualiopi_cv_months = 0
        self.assertFalse(self.rows(kind="cv"))

    def test_renewed_certification_of_a_trainer_is_settled(self):
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": self.company.id,
                "kind": "volunteer",
            }
        )
        trainer.state = "active"
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Titles",
                "is_certification": True,
                "skill_ids": [Command.create({"name": "Trainer title"})],
                "skill_level_ids": [
                    Command.create({"name": "Granted", "level_progress": 100})
                ],
            }
        )
        held = {
            "trainer_id": trainer.id,
            "skill_type_id": kind.id,
            "skill_id": kind.skill_ids.id,
            "skill_level_id": kind.skill_level_ids.id,
        }
        Skill = self.env["qualiopi.trainer.skill"]
        Skill.create({**held, "valid_from": "2025-01-01", "valid_to": "2026-06-30"})
        self.assertEqual(self.standing("skill"), [("2026-06-30", "late")])
        Skill.create({**held, "valid_from": "2026-07-01"})
        self.assertEqual(self.standing("skill"), [("2026-06-30", "settled")])

    def test_each_row_has_its_own_identity_and_opens_its_record(self):
        cycle = self.certified()
        self.planned("surveillance", "2027-09-06", cycle)
        rows = self.rows()
        self.assertEqual(len(set(rows.ids)), len(rows))
        for row in rows:
            action = row.action_open_record()
            self.assertEqual(action["res_id"], row.res_id)
            self.assertEqual(action["res_model"], row.res_model)

    def test_found_by_name_and_said_in_the_reader_s_language(self):
        self.certified()
        Deadline = self.env["qualiopi.deadline"].with_user(self.manager)
        found = Deadline.search([("name", "ilike", "c-1")])
        self.assertEqual(len(found), 6)
        self.assertEqual(found[0].record_name, "2026 – Certif – C-1")
        self.assertEqual(
            found[0].name, "Surveillance window opens: 2026 – Certif – C-1"
        )
        self.assertFalse(Deadline.search([("name", "ilike", "no such thing")]))


@tagged("post_install", "-at_install")
class TestDeadlineReaders(DeadlineCase, ViewsMixin):
    def setUp(self):
        super().setUp()
        self.mine = self.certified()
        self.mine.user_id = self.contributor
        self.new_action(deadline=TODAY, user_id=self.manager.id)

    def test_contributors_see_their_own(self):
        found = self.rows(self.contributor)
        self.assertEqual(found.user_id, self.contributor)
        self.assertEqual(set(found.mapped("res_model")), {"qualiopi.certification"})

    def test_auditors_and_managers_see_all(self):
        for user in (self.internal_auditor, self.manager):
            self.assertGreater(len(self.rows(user)), len(self.rows(self.contributor)))

    def test_others_see_nothing(self):
        self.assertFalse(self.rows(self.other_manager))
        for user in (self.plain, self.portal, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.rows(user)

    def test_nobody_writes_in_it(self):
        row = self.rows()[0]
        for operation in ("write", "create", "unlink"):
            self.assertFalse(row.has_access(operation))

    def test_sheet_of_the_company_is_for_managers(self):
        row = self.rows(self.internal_auditor, kind="bpf")
        with self.assertRefused("Only a quality manager", Exception):
            row.action_open_record()

    def test_views_of_each_reader(self):
        for user in (self.contributor, self.internal_auditor, self.manager):
            rows = self.rows(user)
            for kind in ("list", "kanban", "form", "calendar"):
                with self.subTest(user=user.login, view=kind):
                    self.assertEqual(len(self.open_view(rows, kind)), len(rows))
            self.open_view(rows, "search")

    def test_filters(self):
        self.certified("2024-01-08", code="CFA", number="C-3", stage="renewal")
        found = self.open_view(self.rows(), "search")
        own = {name: rows & self.rows() for name, rows in found.items()}
        self.assertTrue(all(row.late for row in own["late"]) and own["late"])
        self.assertFalse(any(own["open"].mapped("settled")))
        self.assertEqual(set(own["mine"].user_id), {self.manager})
        kinds = set(self.rows().mapped("kind"))
        shown = set()
        for name in ("certificate", "corrections", "files", "declarations"):
            shown |= set(own[name].mapped("kind"))
        self.assertEqual(shown, kinds)

    def test_every_kind_is_in_a_filter(self):
        arch = self.view(self.env["qualiopi.deadline"], "search")
        domains = "".join(node.get("domain", "") for node in arch.iter("filter"))
        for kind, _label in self.env["qualiopi.deadline"]._fields["kind"].selection:
            self.assertIn(f"'{kind}'", domains)
