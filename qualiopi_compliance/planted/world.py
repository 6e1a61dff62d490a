from datetime import timedelta

from odoo.tools import SQL

from .offer import Offer
from .papers import Papers
from .people import People
from .teaching import Teaching


class World(Offer, People, Teaching, Papers):
    """One training company being made, and what makes its records.

    All days are given as numbers of days after :attr:`day`, negative ones before it.

    :ivar env: superuser, in the company
    :ivar day: on which the company is as it should be
    :ivar manager: user who validates what only a manager may
    :ivar programs: short name -> programme
    :ivar sessions: short name -> session
    :ivar trainers: short name -> trainer
    """

    def __init__(self, env, day, name, manager):
        self.day = day
        self.manager = manager
        self.env = env(
            su=True,
            context={
                **env.context,
                "tracking_disable": True,
                "mail_create_nolog": True,
                "mail_create_nosubscribe": True,
                "mail_notify_force_send": False,
            },
        )
        self.company = self.env["res.company"].create(
            {
                "name": name,
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        manager.sudo().company_ids |= self.company
        companies = self.company.ids
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": companies}
        )
        self.company = self.company.with_env(self.env)
        self.programs, self.sessions, self.trainers = {}, {}, {}
        self._learner_count = self._file_count = 0

    def on(self, days):
        """:return: the day so many days after :attr:`day`"""
        return self.day + timedelta(days=days)

    def as_manager(self, record):
        """:return: the record as the quality manager reads it"""
        return record.with_user(self.manager).with_context(
            allowed_company_ids=self.company.ids
        )

    def partner(self, name, **vals):
        address = name.lower().replace(" ", ".").replace("'", "")
        return self.env["res.partner"].create(
            {
                "name": name,
                "email": f"{address}@example.com",
                "company_id": self.company.id,
                **vals,
            }
        )

    def category(self, code):
        return self.env.ref(f"qualiopi_compliance.category_{code.lower()}")

    def stamp(self, records, **values):
        """Date what the ORM dates by itself."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.execute_query(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s RETURNING id",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    value,
                    tuple(records.ids),
                )
            )
        records.invalidate_recordset()
