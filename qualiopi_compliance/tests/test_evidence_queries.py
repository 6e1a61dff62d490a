from odoo.tests import tagged

from .gap_common import GapCase
from .test_performance import view_specification

MANY = 40


@tagged("post_install", "-at_install")
class TestEvidenceQueries(GapCase):
    """What everything costs does not grow with the records: one statement for each
    kind of records, whatever their number.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipped.active = True
        for code in ("BC", "CFA"):
            cls.declare(cls.company, code)

    def many(self):
        """Sessions, learners and what belongs to them, several times as many."""
        for number in range(MANY):
            session = self.new_session(f"2026-01-{number % 28 + 1:02}")
            learners = self.new_learners(session, 3, qualiopi_adjustment="yes")
            self.env["qualiopi.attendance"].create(
                [
                    {
                        "registration_id": learner.id,
                        "date": session.date_begin.date(),
                        "period": "am",
                        "state": "absent" if number % 2 else "present",
                    }
                    for learner in learners
                ]
            )
        for number in range(5):
            self.new_lead(name=f"Request {number}")
            self.new_program(name=f"Programme {number}")

    def same(self, action):
        """Assert that it makes as many queries for many records as for few."""
        action()
        before = self.queries(action)
        self.many()
        action()
        self.assertEqual(self.queries(action), before)
        return before

    def count(self):
        today = self.env["qualiopi.framework"]._today()
        return self.company._qualiopi_counts(today)

    def test_all_counts(self):
        self.assertLessEqual(self.same(self.count), 50)

    def test_statements_that_count(self):
        """One for each kind of records, with its savepoint."""
        today = self.env["qualiopi.framework"]._today()
        asked = self.company._qualiopi_asked(today)
        sources = {each.check.source for each in asked}
        self.assertLessEqual(len(sources), 8)
        collector = self.env["qualiopi.collector"]
        reading = self.company._qualiopi_reading(today)
        number = self.queries(lambda: collector._collect(reading, asked))
        self.assertLessEqual(number, 3 * len(sources) + 2)

    def test_looks_at_more(self):
        """Otherwise nothing above says anything."""
        before = sum(count.population for _asked, count in self.count())
        self.many()
        after = sum(count.population for _asked, count in self.count())
        self.assertGreater(after, 10 * before)

    def test_first_page_of_the_repair_list(self):
        subjects = self.subjects()
        _arch, specification = view_specification(subjects, "list")
        domain = [("satisfied", "=", False), ("scope", "=", "learner")]
        self.many()

        def page(limit):
            return subjects.web_search_read(domain, specification, limit=limit)

        page(1)
        few = self.queries(lambda: page(5))
        self.assertEqual(len(page(80)["records"]), 80)
        self.assertLessEqual(self.queries(lambda: page(80)), few)

    def test_weights_are_worked_out_once(self):
        self.read()
        self.same(lambda: self.subjects().search([("satisfied", "=", False)], limit=5))

    def test_describing_the_list_reads_no_record(self):
        """Otherwise it would be worked out once for each field of the view."""
        views = [(False, "list"), (False, "search"), (False, "kanban")]
        subjects = self.subjects()
        subjects.get_views(views)
        self.assertLessEqual(self.queries(lambda: subjects.get_views(views)), 20)
