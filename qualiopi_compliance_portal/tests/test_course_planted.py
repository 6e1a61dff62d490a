from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.planted import build
from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon

from ..planted.courses import COURSE_GAPS, make_courses

BUILT_ON = "2026-10-15"
# Around 1 November 2026, when the law changes.
DAYS = ("2026-10-15", "2026-10-24", "2026-10-25", "2026-10-31", "2026-11-01")


@tagged("post_install", "-at_install")
class TestPlantedCourses(QualiopiCommon):
    """Exactly what courses lack on purpose is reported, on each day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(BUILT_ON):
            day = cls.env["qualiopi.framework"]._today()
            cls.world = build(cls.env, day, cls.manager)
            cls.course = make_courses(cls.world)
            cls.env.flush_all()
            cls.healthy = cls.read(BUILT_ON)
            cls.gaps = [gap(cls.world, cls.course) for gap in COURSE_GAPS]
            for gap in cls.gaps:
                gap.plant()
        cls.env.flush_all()

    @classmethod
    def read(cls, day):  # pylint: disable=method-required-super
        """:return: code of a check and membership, for each gap that is reported"""
        date = cls.env["qualiopi.framework"]._fields["date_from"].to_date(day)
        rows = (
            cls.world.as_manager(cls.env["qualiopi.check.subject"])
            .with_context(qualiopi_day=date)
            .search([("satisfied", "=", False), ("scope", "=", "member")])
        )
        return {(row.check_id.code, row.member_id.id) for row in rows}

    def expected(self, day):
        date = self.env["qualiopi.framework"]._fields["date_from"].to_date(day)
        framework = self.env["qualiopi.framework"]._for_date(date).code
        return {
            (code, record.id)
            for gap in self.gaps
            if gap.shows(date, framework)
            for code, record in gap.expected()
        }

    def test_a_healthy_course_lacks_nothing(self):
        self.assertEqual(self.healthy, set())

    def test_exactly_the_planted_gaps(self):
        for day in DAYS:
            with self.subTest(day=day), self.on(day):
                self.assertEqual(self.read(day), self.expected(day))

    def test_what_is_repaired_is_no_longer_reported(self):
        for gap in self.gaps:
            gap.repair()
        for day in DAYS:
            with self.subTest(day=day), self.on(day):
                self.assertEqual(self.read(day), set())

    def test_every_count_has_its_gap(self):
        damaged = {code for gap in self.gaps for code in gap.checks}
        made = {
            code
            for code, source in self.env["qualiopi.collector"]._source_names().items()
            if source == "member"
        }
        self.assertEqual(made, damaged)
