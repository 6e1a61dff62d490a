import logging

from odoo.tests import tagged

from .check_common import GRADABLE, CheckCase
from .test_performance import view_specification

_logger = logging.getLogger(__name__)

FORM_BUDGET = 15
# One for each kind of records, and what it takes to know the law and the checks.
SOURCES = 8


@tagged("post_install", "-at_install")
class TestEvidencePerformance(CheckCase):
    """The number of SQL statements depends neither on records nor on checks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipped.active = True
        cls.env["qualiopi.check"].flush_model()

    def grow(self, count):
        """Add sessions with learners, and programmes."""
        for number in range(count):
            program = self.new_program(name=f"Programme {number}")
            self.new_version(program)
            session = self.new_session(qualiopi_program_id=program.id)
            self.new_learners(session, 3)
        self.forget()

    def statements(self, action):
        """:return: how many SQL statements an action makes, nothing known yet"""
        self.forget()
        action()
        number = self.queries(action)
        _logger.info("%s statements", number)
        return number

    def collected(self):
        """:return: how many are made to count, once it is known what is asked"""
        today = self.env["qualiopi.framework"]._today()
        asked = self.company.sudo()._qualiopi_asked(today)
        self.assertGreater(len(asked), 50)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.company._qualiopi_counts(today, asked=asked)
        return self.env.cr.sql_log_count - before

    def test_one_statement_for_each_kind_of_records(self):
        few = self.collected()
        # a savepoint, the statement and the release of each
        self.assertLessEqual(few, 3 * SOURCES)
        self.grow(10)
        many = self.collected()
        _logger.info("Counting: %s statements, ten programmes more: %s", few, many)
        self.assertEqual(many, few)

    def test_all_statuses_of_few_and_of_many_sessions(self):
        today = self.env["qualiopi.framework"]._today()

        def count():
            self.company._qualiopi_counts(today)

        few = self.statements(count)
        self.grow(10)
        self.assertEqual(self.statements(count), few)
        with self.assertQueryCount(few):
            self.forget()
            count()

    def test_writing_them_down(self):
        few = self.statements(self.read)
        self.grow(10)
        self.assertLessEqual(self.statements(self.read), few)

    def test_own_checks_cost_one_statement_each(self):
        before = self.collected()
        for _number in range(3):
            self.new_check()
        self.forget()
        self.assertLessEqual(self.collected(), before + 3 * 3)

    def form_queries(self, record):
        _arch, specification = view_specification(record, "form")
        return self.statements(lambda: record.web_read(specification))

    def test_forms(self):
        living = self.read()
        for record, budget in (
            (living, FORM_BUDGET),
            (self.line(living, GRADABLE), FORM_BUDGET + 5),
        ):
            for user in (self.manager, self.internal_auditor, self.contributor):
                with self.subTest(model=record._name, user=user.login):
                    number = self.form_queries(record.with_user(user))
                    self.assertLessEqual(number, budget)

    def test_lists_do_not_grow_with_their_rows(self):
        self.read()
        for model in ("qualiopi.check", "qualiopi.check.result"):
            records = self.env[model].with_user(self.manager)
            _arch, specification = view_specification(records, "list")

            def load(  # pylint: disable=dangerous-default-value
                limit, records=records, specification=specification
            ):
                return records.web_search_read([], specification, limit=limit)

            few = self.statements(lambda: load(10))
            many = self.statements(lambda: load(80))
            with self.subTest(model=model):
                self.assertLessEqual(many, few + 1)
