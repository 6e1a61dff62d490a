from lxml import etree

from odoo.fields import Command
from odoo.tools.misc import format_date

from .common import QualiopiCommon

# a Monday and the Friday after it
FIRST, LAST = "2026-03-02", "2026-03-06"
# What a session says that has nothing else to say.
NO_TRAINER = "No trainer is assigned to this session."


class SessionCase(QualiopiCommon):
    """A programme of 35 hours with one version, and a session of five days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.event_user = cls.new_event_user("q_event_user", "event.group_event_user")
        cls.desk = cls.new_event_user("q_desk", "event.group_event_registration_desk")
        cls.program = cls.new_program()
        cls.version = cls.new_version(cls.program)
        cls.session = cls.new_session()

    @classmethod
    def new_program(cls, **vals):
        return cls.env["qualiopi.program"].create(
            {
                "name": "Spreadsheets",
                "company_id": cls.company.id,
                "category_id": cls.category("AFC").id,
                "duration_hours": 35,
                "teaching_mode": "in_person",
                "objective_ids": [Command.create({"name": "Build a pivot table"})],
                **vals,
            }
        )

    @classmethod
    def new_version(cls, program):
        return (
            cls.env["qualiopi.program.version"]
            .sudo()
            .create(
                {
                    "program_id": program.id,
                    "number": len(program.version_ids) + 1,
                    "validated_on": "2026-01-15",
                    "content": {"en_US": {"name": program.name}},
                }
            )
        )

    @classmethod
    def new_event(cls, first=FIRST, last=LAST, **vals):
        return cls.env["event.event"].create(
            {
                "name": "Spreadsheets in March",
                "company_id": cls.company.id,
                "date_tz": "Europe/Paris",
                "date_begin": f"{first} 08:00:00",
                "date_end": f"{last} 16:00:00",
                **vals,
            }
        )

    @classmethod
    def new_session(cls, first=FIRST, last=LAST, **vals):
        return cls.new_event(
            first, last, **{"qualiopi_program_id": cls.program.id, **vals}
        )

    @classmethod
    def new_learners(cls, session, count, state="open", **vals):
        return cls.env["event.registration"].create(
            [
                {
                    "event_id": session.id,
                    "name": f"Learner {number:02}",
                    "state": state,
                    "qualiopi_override_reason": "Comes on trial",
                    **vals,
                }
                for number in range(count)
            ]
        )

    def day(self, day):
        """:return: a day as the reader sees it"""
        return format_date(self.env, day)

    def form_fields(self, record, view_id=None, view_type="form"):
        """:return: fields that the reader's view asks for"""
        arch = etree.fromstring(record.get_view(view_id, view_type)["arch"])
        return {
            node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")
        }

    def queries(self, action):
        """:return: how many queries ``action`` makes when nothing is known yet"""
        self.forget()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
