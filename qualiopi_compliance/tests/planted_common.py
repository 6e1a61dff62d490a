from ..planted import DECOYS, GAPS, build, neighbour
from .common import QualiopiCommon


class PlantedCase(QualiopiCommon):
    """A planted company and its neighbour, made on a day, read on others."""

    built_on = "2026-10-15"
    planted = GAPS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(cls.built_on):
            day = cls.env["qualiopi.framework"]._today()
            cls.world = build(cls.env, day, cls.manager)
            cls.healthy = cls.read(cls.built_on)
            cls.neighbour = neighbour(cls.env, day, cls.other_manager)
            for decoy in DECOYS:
                decoy(cls.world)
            cls.gaps = [gap(cls.world) for gap in cls.planted]
            for gap in cls.gaps:
                gap.plant()
        cls.env.flush_all()

    @classmethod
    def subjects(cls, day, world=None):
        """:return: what the checks look at on a day, as the quality manager reads it"""
        world = world or cls.world
        records = world.as_manager(cls.env["qualiopi.check.subject"])
        return records.with_context(qualiopi_day=cls.date(day))

    @classmethod
    def date(cls, day):
        return cls.env["qualiopi.framework"]._fields["date_from"].to_date(day)

    @classmethod
    def read(cls, day, world=None):  # pylint: disable=method-required-super
        """:return: code of a check and record, for each gap that the product reports"""
        rows = cls.subjects(day, world).search_fetch(
            [("satisfied", "=", False)], ["check_id", "res_model", "res_id"]
        )
        return {(row.check_id.code, row.res_model, row.res_id) for row in rows}

    @classmethod
    def expected_of(cls, gap):
        return {(code, record._name, record.id) for code, record in gap.expected()}

    @classmethod
    def expected(cls, day):
        """:return: code of a check and record, for each gap that should be reported"""
        date = cls.date(day)
        framework = cls.env["qualiopi.framework"]._for_date(date).code
        found = set()
        for gap in cls.gaps:
            if gap.shows(date, framework):
                found |= cls.expected_of(gap)
        return found

    def assertSameGaps(self, found, expected):
        self.assertEqual(self.in_words(found - expected), [], "reported, and none")
        self.assertEqual(self.in_words(expected - found), [], "not reported")

    @classmethod
    def in_words(cls, gaps):
        """:return: these gaps with the names of their records"""
        return sorted(
            f"{code}: {cls.env[model].browse(identity).display_name} ({identity})"
            for code, model, identity in gaps
        )
