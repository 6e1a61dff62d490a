from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.tests.collector_common import CollectorCase

from .defect_common import DefectCase

JOB = "odoo.addons.qualiopi_compliance_portal.models.defects.qualiopi_program"


class Killed(BaseException):
    """The worker is gone: nobody catches it."""


@tagged("post_install", "-at_install")
class TestPageDefectNightly(DefectCase):
    """Every night all pages are read again; killed anywhere, the next run goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web = cls.new_certifying(name="Web")
        cls.far = cls.env["qualiopi.program"].create(
            cls.sheet(company_id=cls.other_company.id, contact_id=False)
            | {"name": "Ailleurs", "methods": "Réussite garantie", "user_id": False}
            | {"contact_id": cls.env["res.partner"].create({"name": "Luc"}).id}
        )
        cls.validated(cls.program, cls.web)
        cls.far.action_validate()
        cls.programs = cls.program | cls.web | cls.far
        # kept apart from what the database itself may hold
        others = cls.env["qualiopi.program"].search(
            [("id", "not in", cls.programs.ids)]
        )
        others.action_archive()

    def setUp(self):
        super().setUp()
        self.programs.page_read_on = False
        self.env.flush_all()

    def run_job(self):
        # committing is the job's own affair: see the test by the cron itself
        progress = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 60
        )
        with progress:
            self.env["qualiopi.program"].with_user(
                self.env.ref("base.user_root")
            )._cron_read_pages()
        self.env.invalidate_all()

    def test_all_are_read_once(self):
        self.run_job()
        self.assertEqual(
            set(self.programs.mapped("page_read_on")), {date(2026, 11, 23)}
        )
        method = type(self.program)._read_page
        with patch.object(type(self.program), "_read_page", Killed):
            self.run_job()
        self.assertIs(type(self.program)._read_page, method)

    def test_killed_between_two_companies(self):
        kept = []
        method = type(self.program)._read_page

        def read(programs, day):
            if kept:
                raise Killed
            kept.append(programs)
            return method(programs, day)

        killed = False
        with patch.object(type(self.program), "_read_page", read):
            # not assertRaises: it would take back what was done before
            try:
                self.run_job()
            except Killed:
                killed = True
        self.assertTrue(killed)
        self.env.invalidate_all()
        self.assertEqual(len(self.programs.filtered("page_read_on")), 1)
        self.run_job()
        self.assertTrue(all(self.programs.mapped("page_read_on")))

    def test_one_company_that_breaks_does_not_stop_the_others(self):
        method = type(self.program)._linted_page

        def read(program, due):
            if program.company_id == self.company:
                raise ZeroDivisionError
            return method(program, due)

        with patch.object(type(self.program), "_linted_page", read), mute_logger(JOB):
            self.run_job()
        self.assertEqual(self.programs.filtered("page_read_on"), self.far)

    def test_what_is_new_is_said_on_published_pages_only(self):
        self.web.is_published = True
        self.run_job()
        with self.on("2028-02-10"):
            self.run_job()
        self.assertIn("now lacks", self.notes(self.web))
        with self.on("2028-02-11"):
            before = len(self.web.message_ids)
            self.run_job()
        self.assertEqual(len(self.web.message_ids), before)
        self.assertNotIn("now lacks", self.notes(self.far))

    def test_retired_and_archived_pages_lack_nothing(self):
        self.run_job()
        self.assertTrue(self.far.page_defect_ids)
        self.far.active = False
        self.programs.page_read_on = False
        self.run_job()
        self.assertFalse(self.far.page_defect_ids)
        self.assertFalse(self.far.page_read_on)

    def test_by_the_cron_itself(self):
        cron = self.env.ref("qualiopi_compliance_portal.ir_cron_read_pages")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(all(self.programs.mapped("page_read_on")))


@tagged("post_install", "-at_install")
class TestPageChecks(DefectCase):
    """Pages feed the checks of indicators 1 to 3."""

    # what asks measures, without the sessions and trainers of its own case
    source = classmethod(CollectorCase.source.__func__)
    date = classmethod(CollectorCase.date.__func__)
    ids = classmethod(CollectorCase.ids.__func__)
    asked_of = classmethod(CollectorCase.asked_of.__func__)
    lacking = classmethod(CollectorCase.lacking.__func__)
    ending = classmethod(CollectorCase.ending.__func__)
    check = classmethod(CollectorCase.check.__func__)

    def setUp(self):
        super().setUp()
        self.validated(self.program)

    def test_offered_and_not_on_the_website(self):
        self.assertIn(self.program.id, self.asked_of("program.page"))
        self.assertIn(self.program.id, self.lacking("program.page"))
        self.program.is_published = True
        self.assertNotIn(self.program.id, self.lacking("program.page"))
        self.website.unlink()
        self.assertEqual(self.asked_of("program.page"), set())

    def test_asked_of_published_pages_only(self):
        for number in (1, 2, 3):
            self.assertNotIn(self.program.id, self.asked_of(f"program.page_{number}"))
        self.program.is_published = True
        self.assertIn(self.program.id, self.asked_of("program.page_1"))
        self.assertIn(self.program.id, self.asked_of("program.page_2"))
        self.assertNotIn(self.program.id, self.asked_of("program.page_3"))
        self.assertEqual(self.lacking("program.page_1"), set())

    def test_a_gap_counts_for_its_indicator_only(self):
        self.company.qualiopi_page_policy = "warn"
        program = self.validated(
            self.new_certifying(name="Web", methods="Réussite garantie")
        )
        program.is_published = True
        self.assertEqual(self.lacking("program.page_1"), {program.id})
        self.assertEqual(self.lacking("program.page_2"), set())
        self.assertEqual(self.lacking("program.page_3"), set())

    def test_what_ends_soon_is_at_risk(self):
        program = self.validated(self.new_certifying(name="Web"))
        program.is_published = True
        self.read_again(program, "2027-10-20")
        self.assertNotIn(program.id, self.lacking("program.page_3"))
        self.assertEqual(self.ending("program.page_3"), {program.id})

    def test_never_read_is_not_without_defect(self):
        self.program.is_published = True
        self.program.page_read_on = False
        self.assertEqual(self.lacking("program.page_1"), {self.program.id})

    def test_shipped_checks(self):
        clauses = {}
        for code in ("page", "page_1", "page_2", "page_3"):
            check = self.check(f"program.{code}")
            self.assertTrue(check.active and check.lacks and check.remediation)
            self.assertEqual(check.source, "program")
            clauses[code] = check
        for check in clauses.values():
            for framework in self.env["qualiopi.framework"].search([]):
                statements = framework.requirement_ids.filtered(
                    lambda row, check=check: row.indicator_id in check.indicator_ids
                )
                self.assertTrue(
                    any(check.clause_fr in row.statement_fr for row in statements)
                )
                self.assertTrue(
                    any(check.clause_en in row.statement_en for row in statements)
                )

    def test_gaps_open_programmes(self):
        self.declare(self.company, "AFC")
        rows = (
            self.env["qualiopi.check.subject"]
            .with_user(self.manager)
            .search(
                [
                    ("check_id", "=", self.check("program.page").id),
                    ("company_id", "=", self.company.id),
                ]
            )
        )
        self.assertEqual(rows.program_id, self.program)
        self.assertEqual(set(rows.mapped("res_model")), {"qualiopi.program"})
