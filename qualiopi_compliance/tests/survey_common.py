from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command

from .session_common import SessionCase


class Killed(BaseException):
    """The process was killed: nothing catches that."""


class SurveyCase(SessionCase):
    """A session of two learners, a client company, a funder, and all that is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # whatever the language of the database, what is sent is read in English
        cls.company.partner_id.lang = "en_US"
        cls.program.referent_id = cls.new_contact("Rose Durand")
        cls.session.qualiopi_referent_id = cls.program.referent_id
        cls.client_company = cls.new_contact("Atelier Nord", is_company=True)
        cls.funder = cls.new_contact("Opco Sud", is_company=True)
        cls.alice = cls.new_learner("Alice Martin")
        cls.bruno = cls.new_learner("Bruno Petit")
        # kept apart from what companies of the database itself may send
        cls.plans = cls.env["qualiopi.survey.plan"].with_context(active_test=False)
        cls.plans.search([]).active = False
        cls.invitations = cls.env["qualiopi.survey.invitation"]

    @classmethod
    def new_contact(cls, name, **vals):
        address = name.lower().replace(" ", ".")
        return cls.env["res.partner"].create(
            {"name": name, "email": f"{address}@example.com", **vals}
        )

    @classmethod
    def new_learner(cls, name, session=None, **vals):
        return cls.env["event.registration"].create(
            {
                "event_id": (session or cls.session).id,
                "name": name,
                "email": f"{name.lower().replace(' ', '.')}@example.com",
                "state": "open",
                "qualiopi_override_reason": "Comes on trial",
                "qualiopi_client_id": cls.client_company.id,
                "qualiopi_funder_id": cls.funder.id,
                **vals,
            }
        )

    @classmethod
    def survey(cls, purpose):
        """:return: the survey shipped for a purpose"""
        return cls.env.ref(f"qualiopi_compliance.survey_{purpose}")

    @classmethod
    def new_survey(cls, purpose="feedback", **vals):
        return cls.env["survey.survey"].create(
            {
                "title": "Our own",
                "qualiopi_purpose": purpose,
                "access_mode": "token",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "All in all?",
                            "question_type": "scale",
                            "scale_min": 1,
                            "scale_max": 5,
                            "qualiopi_measure": "satisfaction",
                        }
                    ),
                    Command.create(
                        {
                            "title": "What else?",
                            "question_type": "text_box",
                            "qualiopi_measure": "verbatim",
                        }
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def plan(cls, purpose, company=None, **vals):
        """Switch on what is shipped for a purpose; ``vals`` are fields of the plan."""
        plan = cls.plans.search(
            [
                ("company_id", "=", (company or cls.company).id),
                ("purpose", "=", purpose),
                ("program_id", "=", False),
            ]
        )
        plan.write({"active": True, **vals})
        return plan

    @classmethod
    @contextmanager
    def at(cls, moment):
        """Stop time at a moment, in UTC."""
        with freeze_time(moment):
            cls.forget()
            yield
        cls.forget()

    def run_on(self, day, hour="11:00"):
        """Let the job run on a day, at an hour in UTC."""
        with self.at(f"{day} {hour}:00"):
            self.run_job()

    def run_job(self):
        """Let the job run as it would by itself."""
        with self.stopped_at(None):
            self.env["qualiopi.survey.plan"].with_user(
                self.env.ref("base.user_root")
            )._cron_send()
        self.forget()

    @contextmanager
    def stopped_at(self, step):
        """Kill the job at a step: each mail written and each commit are one.

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

        Invitation = type(self.invitations)
        write_mail = Invitation._write_mail

        def mail(invitation, reminder):
            count()
            return write_mail(invitation, reminder)

        try:
            with (
                patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
                patch.object(Invitation, "_write_mail", mail),
            ):
                yield steps
        except Killed:
            kept[-1].rollback()
            self.env.clear()
            raise

    def mails(self, **vals):
        """:return: mails written for surveys, oldest first"""
        domain = [(name, "=", value) for name, value in vals.items()]
        asked = self.env["qualiopi.survey.invitation"].search([])
        return self.env["mail.mail"].search(
            [("mail_message_id", "in", asked.mail_message_ids.ids), *domain], order="id"
        )

    def asked(self, purpose=None):
        """:return: names of those who were asked, in order"""
        domain = [("company_id", "=", self.company.id)]
        if purpose:
            domain.append(("purpose", "=", purpose))
        return sorted(self.invitations.search(domain).mapped("name"))

    def invitation(self, record, purpose="feedback"):
        """:return: the invitation of a learner file, a contact or a request"""
        name = {
            "event.registration": "registration_id",
            "res.partner": "partner_id",
            "crm.lead": "lead_id",
        }[record._name]
        return self.invitations.search(
            [(name, "=", record.id), ("purpose", "=", purpose)]
        )

    def answer(self, invitation, marks=None, words=None, choices=None, **vals):
        """Open the link of an invitation and answer.

        :param marks: for all scales
        :param words: for all texts
        :param choices: position of the choice made where there are choices, the last
            one where there are fewer
        """
        given = invitation.sudo()._open_answer()
        given.write({"state": "in_progress", **vals})
        self.fill(given, marks, words, choices)
        given._mark_done()
        return given

    def fill(self, given, marks=None, words=None, choices=None):
        for question in given.survey_id.question_ids:
            kind, value = question.question_type, None
            if kind == "scale":
                value = marks
            elif kind in ("text_box", "char_box"):
                value = words
            elif choices is not None:
                offered = question.suggested_answer_ids
                value = str(offered[min(choices, len(offered) - 1)].id)
            if value is not None:
                given._save_lines(question, value)
