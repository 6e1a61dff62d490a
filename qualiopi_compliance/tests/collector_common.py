from odoo.tools import SQL

from ..models.evidence.asked import Asked, Demand
from .trainer_common import TrainerCase

DAY = "2026-11-23"


class CollectorCase(TrainerCase):
    """Asks measures directly, without window nor law, on a day that does not move."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(DAY))

    @classmethod
    def source(cls, name, day=DAY, company=None):
        reading = (company or cls.company)._qualiopi_reading(cls.date(day))
        sources = cls.env["qualiopi.collector"]._sources(reading)
        return next(source for source in sources if source.name == name)

    @classmethod
    def date(cls, day):
        return cls.env["qualiopi.framework"]._fields["date_from"].to_date(day)

    @classmethod
    def ids(cls, source, *conditions):
        """:return: ids of the rows of a source that meet these conditions"""
        cls.env.flush_all()
        rows = cls.env.execute_query(
            SQL(
                "SELECT subject.id FROM (%s) subject WHERE %s",
                source.rows,
                SQL(" AND ").join(SQL("(%s)", each) for each in conditions),
            )
        )
        found = [identity for (identity,) in rows]
        assert len(found) == len(set(found)), "a record is counted twice"
        return set(found)

    @classmethod
    def asked_of(cls, code, day=DAY, company=None):
        """:return: ids of the records that a measure looks at"""
        source = cls.source(code.split(".")[0], day, company)
        return cls.ids(source, source.measures[code].population)

    @classmethod
    def lacking(cls, code, day=DAY, company=None):
        """:return: ids of the records that a measure looks at and finds wanting"""
        source = cls.source(code.split(".")[0], day, company)
        measure = source.measures[code]
        return cls.ids(
            source, measure.population, SQL("(%s) IS NOT TRUE", measure.satisfied)
        )

    @classmethod
    def ending(cls, code, day=DAY, company=None):
        """:return: ids of the records that are as they should be, not for long"""
        source = cls.source(code.split(".")[0], day, company)
        measure = source.measures[code]
        return cls.ids(source, measure.population, measure.satisfied, measure.soon)

    @classmethod
    def check(cls, code):
        return cls.env["qualiopi.check"].search([("code", "=", code)])

    @classmethod
    def asked(cls, code, demand=None, since=None):
        """:return: a check as it is asked for the sake of one indicator"""
        demand = demand or Demand(0, 0, ("AFC", "BC", "VAE", "CFA"))
        return Asked(
            cls.check(code), cls.company.id, since, (demand,), 90, 20, own=False
        )

    @classmethod
    def population(cls, asked, day=DAY):
        """:return: ids of the records that a check looks at"""
        source = cls.source(asked.check.source, day)
        return cls.ids(source, asked.population(source))

    @classmethod
    def gaps(cls, asked, day=DAY):
        """:return: ids of the records that a check finds wanting"""
        source = cls.source(asked.check.source, day)
        return cls.ids(
            source,
            asked.population(source),
            SQL("(%s) IS NOT TRUE", asked.satisfied(source)),
        )
