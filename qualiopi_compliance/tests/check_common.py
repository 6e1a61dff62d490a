from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tools import mute_logger

from .session_common import SessionCase

# after the session of March, before the framework changes
TODAY = "2026-04-15"
YESTERDAY = "2026-04-14"
MAJOR = 4
GRADABLE = 9


class CheckCase(SessionCase):
    """A company with ten sessions, and no check but those that a test makes or keeps.

    Indicator 4 is major only, indicator 9 is not, and neither needs a review.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_bpf_state = "filed"
        cls.declare(cls.company, "AFC", over_two_days=True, in_last_bpf=True)
        cls.checks = cls.env["qualiopi.check"]
        cls.shipped = cls.checks.search([("company_id", "=", False)])
        cls.shipped.active = False
        cls.results = cls.env["qualiopi.check.result"]
        cls.sessions = cls.session
        for _number in range(9):
            cls.sessions |= cls.new_session()
        cls.sessions.user_id = cls.manager

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY, self.company))

    @classmethod
    def both_languages(cls):
        """:return: context of a French reader, where there are English ones too"""
        cls.env["res.lang"]._activate_lang("en_US")
        return cls.french()

    @contextmanager
    def assertImpossible(self, constraint):
        """:param constraint: end of its name in the database, which says it in words"""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused(constraint, IntegrityError),
            self.env.cr.savepoint(),
        ):
            yield
            self.env.flush_all()

    @classmethod
    def indicator(cls, number):
        return cls.env.ref(f"qualiopi_compliance.indicator_{number}")

    @classmethod
    def ship(cls, name):
        """Ask again a check that is shipped.

        :param name: end of its external identifier
        """
        check = cls.env.ref(f"qualiopi_compliance.check_{name}")
        check.active = True
        return check

    @classmethod
    def new_check(cls, numbers=(GRADABLE,), user=None, **vals):
        """A check of our own: each session has somebody responsible."""
        model = cls.checks.with_user(user or cls.env.uid)
        made = model.with_context(allowed_company_ids=cls.company.ids).create(
            {
                "name": "Somebody is responsible",
                "company_id": cls.company.id,
                "kind": "domain",
                "model": "event.event",
                "population_domain": "[('qualiopi_program_id', '!=', False)]",
                "satisfied_domain": "[('user_id', '!=', False)]",
                "indicator_ids": [
                    Command.set([cls.indicator(number).id for number in numbers])
                ],
                **vals,
            }
        )
        return model.browse(made.id)

    @classmethod
    def spoil(cls, count):
        """Leave this many of the ten sessions without anybody responsible."""
        cls.sessions.user_id = cls.manager
        cls.sessions[:count].user_id = False

    @classmethod
    def set_terms(cls, check, **vals):
        """Decide for the company."""
        return cls.env["qualiopi.check.setting"].create(
            {"company_id": cls.company.id, "check_id": check.id, **vals}
        )

    @classmethod
    def counted(cls, check, day=None, company=None):
        """:return: what a check counts now: looked at, as they should be, failure"""
        company = company or cls.company
        today = cls.env["qualiopi.framework"]._today()
        day = cls.env["qualiopi.check.result"]._fields["day"].to_date(day) or today
        for asked, count in company._qualiopi_counts(day):
            if asked.check == check:
                return count.population, count.satisfied, count.failure
        return None

    @classmethod
    def read(cls, company=None):  # pylint: disable=method-required-super
        """Read the records of today, as the job of the night does."""
        company = company or cls.company
        living = cls.living(company)
        living._read_records()
        cls.forget()
        return living

    @classmethod
    def result(cls, check, day=TODAY, company=None):
        return cls.results.search(
            [
                ("check_id", "=", check.id),
                ("day", "=", day),
                ("company_id", "=", (company or cls.company).id),
            ]
        )
