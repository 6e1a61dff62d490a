from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .check_common import TODAY, CheckCase
from .survey_common import Killed

READING = "odoo.addons.qualiopi_compliance.models.evidence.qualiopi_checklist_evidence"


@tagged("post_install", "-at_install")
class TestReadingInterrupted(CheckCase):
    """Killed anywhere and run again, the night leaves what an undisturbed one does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_check()
        cls.ship("company_disability_referent")
        cls.ship("session_trainer")
        cls.spoil(2)
        cls.companies = cls.company
        for number in range(2):
            company = cls.new_company(f"Organisme {number}")
            cls.declare(company, "AFC")
            cls.companies |= company
        # kept apart from what companies of the database itself may hold
        cls.env.cr.execute(
            "UPDATE res_company SET active = FALSE WHERE NOT id = ANY(%s)",
            (cls.companies.ids,),
        )
        cls.forget()
        cls.checklists = cls.env["qualiopi.checklist"].search(
            [("kind", "=", "living"), ("company_id", "in", cls.companies.ids)]
        )

    @contextmanager
    def stopped_at(self, step):
        """Kill the job at a step: each check counted, each line and each commit is one.

        What was committed stays, the rest is lost.
        """
        steps = [0]
        kept = [self.env.cr.savepoint()]

        def count():
            steps[0] += 1
            if step and steps[0] == step:
                raise Killed

        def commit(cron, *args, **kwargs):
            count()
            self.env.flush_all()
            kept.append(self.env.cr.savepoint())
            return float("inf")

        patches = [patch.object(type(self.env["ir.cron"]), "_commit_progress", commit)]
        for model, name in (
            (self.env["qualiopi.collector"], "_count"),
            (self.env["qualiopi.check.result"], "_replace_day"),
            (self.env["qualiopi.checklist.line"], "_take_counts"),
        ):
            patches.append(self.counting(type(model), name, count))
        try:
            with patches[0], patches[1], patches[2], patches[3]:
                yield steps
        except Killed:
            kept[-1].rollback()
            self.env.clear()
            raise

    @staticmethod
    def counting(model, name, count):
        method = getattr(model, name)

        def counted(*args, **kwargs):
            count()
            return method(*args, **kwargs)

        return patch.object(model, name, counted)

    def run_job(self, step=None):
        """:return: whether it was killed"""
        root = self.env.ref("base.user_root")
        try:
            with self.stopped_at(step) as steps:
                self.env["qualiopi.checklist"].with_user(root)._cron_read_records()
        except Killed:
            return True
        finally:
            self.forget()
        self.steps = steps[0]
        return False

    def outcome(self):
        """:return: all that the night wrote down"""
        self.env.invalidate_all()
        rows = self.results.search([("company_id", "in", self.companies.ids)])
        names = ("company_id", "check_id", "day", "population", "satisfied", "status")
        lines = self.checklists.line_ids
        facts = ("computed_status", "computed_on", "computed_facts", "missing_count")
        return (
            sorted(tuple(str(row[name]) for name in names) for row in rows),
            sorted(
                (line.id, *(str(line[name]) for name in (*facts, "status")))
                for line in lines
            ),
            sorted((row.id, str(row.evidence_on)) for row in self.checklists),
        )

    def test_killed_at_each_step(self):
        undo = self.env.cr.savepoint()
        self.run_job()
        undisturbed, steps = self.outcome(), self.steps
        undo.rollback()
        self.env.clear()
        self.assertEqual(len(undisturbed[2]), 3)
        self.assertEqual({day for _id, day in undisturbed[2]}, {TODAY})
        self.assertGreater(steps, 3 * 33)
        # every commit and some of what is in between
        for step in range(1, steps + 1, 11):
            with self.subTest(step=step):
                undo = self.env.cr.savepoint()
                self.assertTrue(self.run_job(step))
                self.assertFalse(self.run_job())
                self.assertEqual(self.outcome(), undisturbed)
                undo.rollback()
                self.env.clear()

    def test_what_was_done_before_the_kill_is_not_done_again(self):
        self.run_job(step=60)
        done = self.checklists.filtered(lambda row: str(row.evidence_on) == TODAY)
        self.assertTrue(done)
        self.assertNotEqual(done, self.checklists)
        read = []
        method = type(self.checklists)._read_records

        def watched(checklists):
            read.extend(checklists.ids)
            return method(checklists)

        with patch.object(type(self.checklists), "_read_records", watched):
            self.run_job()
            self.run_job()
        self.assertEqual(sorted(read), sorted((self.checklists - done).ids))

    def test_the_first_night_and_the_next(self):
        """Never read is not “read on another day” to the database."""
        self.checklists.sudo().evidence_on = False
        self.run_job()
        self.assertEqual(set(map(str, self.checklists.mapped("evidence_on"))), {TODAY})
        with self.on("2026-04-16", self.companies):
            self.run_job()
            rows = self.results.search([("company_id", "=", self.company.id)])
            self.assertEqual(set(map(str, rows.mapped("day"))), {TODAY, "2026-04-16"})

    def test_one_company_that_breaks_does_not_stop_the_others(self):
        record = type(self.company)._qualiopi_record

        def break_down(company, day=None):
            if company.id == self.companies[1].id:
                raise ZeroDivisionError
            return record(company, day)

        with (
            patch.object(type(self.company), "_qualiopi_record", break_down),
            mute_logger(READING),
        ):
            self.run_job()
        left = self.checklists.filtered(lambda row: str(row.evidence_on) != TODAY)
        self.assertEqual(left.company_id, self.companies[1])
        self.run_job()
        self.assertEqual(str(left.evidence_on), TODAY)

    def test_what_somebody_else_reads_is_left_to_him(self):
        method = type(self.checklists).try_lock_for_update
        busy = self.checklists[0]

        def locked(checklists, **options):
            return method(checklists - busy, **options)

        with patch.object(type(self.checklists), "try_lock_for_update", locked):
            self.run_job()
        self.assertFalse(busy.evidence_on)
        rest = self.checklists - busy
        self.assertEqual(set(map(str, rest.mapped("evidence_on"))), {TODAY})

    def test_time_of_the_job_runs_out(self):
        with (
            self.stopped_at(None),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0
            ),
        ):
            self.env["qualiopi.checklist"]._cron_read_records()
        self.forget()
        done = self.checklists.filtered(lambda row: str(row.evidence_on) == TODAY)
        self.assertEqual(len(done), 1)
        self.run_job()
        self.assertEqual(set(map(str, self.checklists.mapped("evidence_on"))), {TODAY})

    def test_archived_companies_are_left_alone(self):
        self.companies[2].active = False
        self.run_job()
        self.assertFalse(
            self.checklists.filtered(
                lambda row: row.company_id == self.companies[2]
            ).evidence_on
        )

    def test_by_the_cron_itself(self):
        cron = self.env.ref("qualiopi_compliance.ir_cron_read_records")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.forget()
        self.assertEqual(set(map(str, self.checklists.mapped("evidence_on"))), {TODAY})
        refresh = self.env.ref("qualiopi_compliance.ir_cron_refresh_living_checklists")
        self.assertGreater(cron.nextcall.time(), refresh.nextcall.time())
