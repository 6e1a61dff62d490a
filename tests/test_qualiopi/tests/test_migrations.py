"""What an update does for databases that were there before."""

from importlib.util import module_from_spec, spec_from_file_location

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_path

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon


class MigrationCase(QualiopiCommon):
    def run_script(self, version):
        path = file_path(f"qualiopi_compliance/migrations/{version}/post-migrate.py")
        spec = spec_from_file_location("post_migrate", path)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.forget()


@tagged("post_install", "-at_install")
class TestMigrations(MigrationCase):
    def plans(self):
        plans = self.env["qualiopi.survey.plan"].with_context(active_test=False)
        return plans.search([("company_id", "=", self.company.id)])

    def test_companies_from_before_the_surveys_get_their_plans(self):
        wanted = sorted(self.plans().mapped("purpose"))
        self.assertTrue(wanted)
        self.plans().unlink()
        self.run_script("19.0.1.1.0")
        self.assertEqual(sorted(self.plans().mapped("purpose")), wanted)
        self.assertFalse(any(self.plans().mapped("active")))

    def test_what_a_company_has_set_is_left_alone(self):
        plan = self.plans().filtered(lambda row: row.purpose == "feedback")
        plan.write({"active": True, "reminders": 1})
        self.run_script("19.0.1.1.0")
        self.assertEqual(
            self.plans().filtered(lambda row: row.purpose == "feedback"), plan
        )
        self.assertTrue(plan.active)
        self.assertEqual(plan.reminders, 1)


@tagged("post_install", "-at_install")
class TestChecklistFiles(MigrationCase):
    """Files that hung on the lines of checklists become evidence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            """
            CREATE TABLE qualiopi_checklist_line_attachment_rel (
                line_id integer NOT NULL, attachment_id integer NOT NULL
            )
            """
        )
        cls.declare(cls.company, "AFC", over_two_days=True)
        with cls.on("2026-11-10", cls.company):
            cls.open = cls.self_assessment(cls.company)
            cls.closed_one = cls.self_assessment(cls.company)
        cls.four, cls.nine = (cls.line(cls.open, number) for number in (4, 9))

    def hang(self, name, *lines, user=None, day="2026-11-05"):
        """:return: a file as it hung on these lines"""
        file = (
            self.env["ir.attachment"]
            .with_user(user or self.contributor)
            .create({"name": name, "raw": name.encode()})
            .sudo()
        )
        file.write({"res_model": lines[0]._name, "res_id": lines[0].id})
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = %s WHERE id = %s",
            (f"{day} 23:30:00", file.id),
        )
        for line in lines:
            self.env.cr.execute(
                "INSERT INTO qualiopi_checklist_line_attachment_rel VALUES (%s, %s)",
                (line.id, file.id),
            )
        self.forget()
        return file

    def assess(self, line, day):
        with self.on(day):
            line.with_user(self.manager).write(
                {"declared_status": "demonstrated", "difference_reason": "Seen"}
            )

    def migrate(self):
        self.run_script("19.0.1.2.0")

    def evidence(self, file):
        return self.env["qualiopi.evidence"].search(
            [("attachment_ids", "in", file.ids)]
        )

    def files(self):
        self.env.cr.execute(
            "SELECT id, name, checksum, store_fname, file_size, create_date, "
            "create_uid, mimetype FROM ir_attachment ORDER BY id"
        )
        return self.env.cr.fetchall()

    def test_one_document_for_each_file(self):
        # the note is written in the company's language
        self.company.partner_id.lang = "en_US"
        file = self.hang("lease.pdf", self.four)
        before = self.files()
        self.migrate()
        evidence = self.evidence(file)
        self.assertEqual(evidence.name, "lease")
        self.assertEqual(evidence.company_id, self.company)
        self.assertEqual(evidence.indicator_ids.mapped("number"), [4])
        # 6 November in Paris
        self.assertEqual(str(evidence.effective_on), "2026-11-06")
        self.assertIn("not known", evidence.note)
        self.assertEqual(evidence.user_id, self.contributor)
        self.assertTrue(evidence.sha256)
        self.assertEqual(self.files(), before)
        self.assertEqual(file.res_model, "qualiopi.evidence")
        self.assertEqual(self.four.evidence_ids, evidence)

    def test_several_lines_several_indicators(self):
        file = self.hang("booklet.pdf", self.four, self.nine)
        self.migrate()
        self.assertEqual(self.evidence(file).indicator_ids.mapped("number"), [4, 9])

    def test_what_a_manager_had_before_him_is_validated(self):
        for day, assessed, state in (
            ("2026-11-05", "2026-11-06", "validated"),
            ("2026-11-05", "2026-11-07", "validated"),
            ("2026-11-05", "2026-11-05", "submitted"),
            ("2026-11-05", None, "submitted"),
        ):
            with self.subTest(assessed=assessed), self.env.cr.savepoint() as point:
                file = self.hang(f"{assessed}.pdf", self.four, day=day)
                if assessed:
                    self.assess(self.four, assessed)
                self.migrate()
                evidence = self.evidence(file)
                self.assertEqual(evidence.state, state)
                if state == "validated":
                    self.assertEqual(str(evidence.validated_on), assessed)
                point.rollback()
                self.forget()

    def test_closed_checklists_show_the_same_documents(self):
        line = self.line(self.closed_one, 4)
        file = self.hang("proof.pdf", line)
        other = self.hang("open.pdf", self.four)
        # as a manager of that time closed it
        self.env.cr.execute(
            "UPDATE qualiopi_checklist SET state = 'closed', "
            "closed_on = '2026-11-20', closed_by_id = %s WHERE id = %s",
            (self.manager.id, self.closed_one.id),
        )
        self.forget()
        self.migrate()
        evidence = self.evidence(file)
        self.assertEqual(line.evidence_ids, evidence)
        self.assertEqual(line.evidence_ids.attachment_ids, file)
        self.assertEqual(evidence.state, "validated")
        self.assertEqual(str(evidence.validated_on), "2026-11-20")
        self.assertEqual(evidence.validated_by_id, self.manager)
        self.assertNotIn(self.evidence(other), line.evidence_ids)
        with self.assertRaises(UserError):
            file.unlink()
        with self.assertRaises(UserError):
            file.raw = b"x"

    def test_readers_read_them_as_before(self):
        file = self.hang("lease.pdf", self.four)
        self.migrate()
        for user in (self.manager, self.internal_auditor, self.contributor):
            self.assertEqual(file.with_user(user).raw, b"lease.pdf")
        for user in (self.plain, self.other_manager):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_a_file_tied_to_something_else_stays_so(self):
        file = self.hang("card.pdf", self.four)
        partner = self.env["res.partner"].create({"name": "Client"})
        file.write({"res_model": "res.partner", "res_id": partner.id})
        self.migrate()
        self.assertEqual(file.res_id, partner.id)
        self.assertEqual(self.evidence(file).attachment_ids, file)

    def test_of_another_company(self):
        self.declare(self.other_company, "AFC", over_two_days=True)
        theirs = self.line(self.self_assessment(self.other_company), 4)
        file = self.hang("theirs.pdf", theirs)
        self.migrate()
        self.assertEqual(self.evidence(file).company_id, self.other_company)
        self.assertFalse(self.evidence(file).user_id)
        self.assertFalse(self.four.evidence_ids)

    def test_twice_is_once(self):
        file = self.hang("lease.pdf", self.four)
        self.migrate()
        self.migrate()
        self.assertEqual(len(self.evidence(file)), 1)

    def test_what_would_be_refused_today_is_kept(self):
        file = self.hang("old.html", self.four)
        self.migrate()
        self.assertTrue(self.evidence(file))
