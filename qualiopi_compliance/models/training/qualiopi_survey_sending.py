import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytz
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize, split_every

from ...rules.audit_calendar import add_months
from ...rules.survey_plan import LATE
from .event_registration import ENROLLED

_logger = logging.getLogger(__name__)

BATCH = 50
# Sessions are looked for by their UTC times: a day more on each side, then exactly.
MARGIN = timedelta(days=2)
# Only what is asked at the end of a session leaves at any hour; nobody wants the rest
# in the middle of the night. Hours of Paris.
MORNING, EVENING = 7, 20


@dataclass(frozen=True)
class Recipient:
    """Somebody to be asked.

    :param key: who he is and on what occasion, beside the purpose
    """

    key: str
    name: str
    email: str
    partner: Any = None
    event: Any = None
    registration: Any = None
    lead: Any = None


def isolated(records, action):
    """Do ``action`` on ``records``, or nothing of it: the others are served all the
    same.
    """
    try:
        with records.env.cr.savepoint():
            action(records)
    except (UniqueViolation, SerializationFailure):
        # the key is unique: whoever came first has written to them
        _logger.info("%s: somebody else is writing to these people", records)
    except Exception:
        _logger.exception("%s: these surveys could not be sent", records)


class QualiopiSurveyPlan(models.Model):
    """What leaves now: who is to be asked and was not yet.

    An invitation and its mail are written in one transaction, with a key that is
    unique: the job may be killed and run again at any point, or run twice at once,
    each person is asked once.
    """

    _inherit = "qualiopi.survey.plan"

    @api.model
    def _cron_send(self):
        """Send the invitations and reminders that are due, for all companies."""
        Cron = self.env["ir.cron"]
        hour = pytz.utc.localize(fields.Datetime.now()).astimezone(
            pytz.timezone("Europe/Paris")
        )
        daytime = MORNING <= hour.hour < EVENING
        plans = self.search([])  # pylint: disable=no-search-all
        for plan in plans:
            if (daytime or plan._timing().at_once) and not plan._send_due():
                return
        if daytime:
            Invitation = self.env["qualiopi.survey.invitation"]
            for batch in split_every(BATCH, Invitation._due_for_reminder().ids):
                isolated(
                    Invitation.browse(batch), lambda rows: rows._deliver(reminder=True)
                )
                if not Cron._commit_progress(len(batch)):
                    return
        Cron._commit_progress(remaining=0)

    def _send_due(self):
        """Ask those whom this plan asks now.

        :return: whether there is time left for the next plan
        """
        self.ensure_one()
        plan = self.with_company(self.company_id)
        reason = plan._blocked()
        if reason:
            _logger.info("Survey plan %s: nothing is sent. %s", self.id, reason)
            return True
        Cron = self.env["ir.cron"]
        for batch in split_every(BATCH, plan._recipients(), list):
            # after a commit, the lock shows what others have written until now
            Cron._commit_progress()
            if not plan.try_lock_for_update():
                _logger.info("Survey plan %s: being sent by another worker", self.id)
                return True
            isolated(plan, lambda plan, people=batch: plan._invite(plan._fresh(people)))
            if not Cron._commit_progress(len(batch)):
                return False
        return True

    def _recipients(self):
        """:return: those whom this plan asks now and who were not asked yet
        :rtype: list[Recipient]
        """
        self.ensure_one()
        if self.audience == "funder":
            found = self._funders()
        else:
            found = [
                recipient
                for event in self._sessions()
                for recipient in self._of_session(event)
            ]
        return self._fresh(found)

    def _fresh(self, recipients):
        """:return: those of them who were not asked yet, each once"""
        by_key = {}
        for recipient in recipients:
            by_key.setdefault(self._key(recipient), recipient)
        asked = self.env["qualiopi.survey.invitation"].search_fetch(
            [("company_id", "=", self.company_id.id), ("key", "in", list(by_key))],
            ["key"],
        )
        known = set(asked.mapped("key"))
        return [row for key, row in by_key.items() if key not in known]

    def _key(self, recipient):
        return f"{self._occasion()}:{recipient.key}"

    def _sessions(self):
        """:return: the sessions for which this plan is due now"""
        today = self.env["qualiopi.framework"]._today()
        timing = self._timing()
        scope = Domain("qualiopi_program_id", "!=", False)
        if self.program_id:
            scope = Domain("qualiopi_program_id", "=", self.program_id.id)
        elif others := self._overridden_programs():
            scope &= Domain("qualiopi_program_id", "not in", others.ids)
        if timing.at_once:
            scope &= Domain("date_end", "<=", fields.Datetime.now())
        events = self.env["event.event"].search(
            self._window(today)
            & scope
            & Domain("company_id", "=", self.company_id.id)
            & Domain("kanban_state", "!=", "cancel")
        )
        return events.filtered(
            lambda event: (
                timing.is_due(*event._qualiopi_days(), today) and self._concerns(event)
            )
        )

    def _window(self, today):
        """:return: domain of the sessions that may be due today, a little too wide"""
        if self.moment == "before":
            return Domain(
                "date_begin", "<=", today + timedelta(days=self.days) + MARGIN
            ) & Domain("date_end", ">=", today - MARGIN)
        latest = add_months(today, -self.months) - timedelta(days=self.days) + MARGIN
        # months have unequal lengths: a few days more
        return Domain("date_end", "<=", latest + timedelta(days=4)) & Domain(
            "date_end", ">=", latest - timedelta(days=LATE + 8)
        )

    def _of_session(self, event):
        """:return: whom this plan asks about one session"""
        if self.audience == "learner":
            return [self._learner(row) for row in self._learners(event)]
        partners = {
            "team": event._qualiopi_teaching_team,
            "company": event._qualiopi_clients,
            "principal": lambda: event.qualiopi_principal_id,
        }[self.audience]()
        return [
            Recipient(
                f"event-{event.id}-partner-{partner.id}",
                partner.name,
                self._address(partner),
                partner,
                event,
            )
            for partner in partners
        ]

    def _learners(self, event):
        """:return: the files of those who are asked about a session"""
        wanted = ENROLLED if self.moment != "before" else ("draft", *ENROLLED)
        learners = event.registration_ids.filtered(lambda row: row.state in wanted)
        if self.moment != "before":
            # who left on the way is asked why on his file, not how he liked the end
            learners = learners.filtered(lambda row: not row.qualiopi_dropped_on)
        if self.purpose == "need":
            asked = self._asked_as_requests(learners)
            learners = learners.filtered(
                lambda row: (
                    not row.qualiopi_need_on
                    and (row.qualiopi_lead_id.id, email_normalize(row.email or ""))
                    not in asked
                )
            )
        if self.purpose == "entry":
            learners = learners.filtered(lambda row: not row.qualiopi_entry_on)
        return learners

    def _asked_as_requests(self, learners):
        """:return: requests whose need was asked at that address and not answered yet:
        the reminders go on, nothing is asked a second time
        """
        invitations = self.env["qualiopi.survey.invitation"].search(
            [
                ("lead_id", "in", learners.qualiopi_lead_id.ids),
                ("purpose", "=", "need"),
                ("state", "=", "sent"),
            ]
        )
        return {
            (row.lead_id.id, email_normalize(row.email or "")) for row in invitations
        }

    def _learner(self, registration):
        """:return: the learner of a file; whoever booked for him is somebody else"""
        partner = registration.partner_id
        email = registration.email or partner.email
        same = email_normalize(email or "") == email_normalize(partner.email or "")
        return Recipient(
            f"registration-{registration.id}",
            registration.name or partner.name,
            email,
            partner if same else partner.browse(),
            registration.event_id,
            registration,
        )

    @api.model
    def _address(self, partner):
        """:return: where to write to a company: its own address, else a contact's"""
        if email_normalize(partner.email or ""):
            return partner.email
        contacts = partner.child_ids.filtered(
            lambda child: email_normalize(child.email or "")
        )
        return contacts[:1].email or partner.email

    def _funders(self):
        """:return: who paid for learners of this year and was not heard this year"""
        today = self.env["qualiopi.framework"]._today()
        if today.month < int(self.month or 1):
            return []
        groups = self.env["event.registration"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("qualiopi_program_id", "!=", False),
                ("qualiopi_funder_id", "!=", False),
                ("state", "in", ENROLLED),
                ("event_id.kanban_state", "!=", "cancel"),
                ("event_id.date_begin", ">=", today.replace(month=1, day=1)),
                ("event_id.date_begin", "<", today + timedelta(days=1)),
            ],
            ["qualiopi_funder_id", "event_id"],
        )
        others = self.program_id or self._overridden_programs()
        funders = self.env["res.partner"]
        for funder, event in groups:
            if (event.qualiopi_program_id in others) == bool(
                self.program_id
            ) and self._concerns(event):
                funders |= funder
        return [
            Recipient(
                self._funder_key(funder, today.year),
                funder.name,
                self._address(funder),
                funder,
            )
            for funder in funders
        ]

    @api.model
    def _funder_key(self, funder, year):
        return f"year-{year}-partner-{funder.id}"

    def _invite(self, recipients):
        """Ask these people now.

        :type recipients: list[Recipient]
        :return: the invitations
        """
        self.ensure_one()
        # sudo: qualiopi.survey.invitation - nobody writes what was asked by hand
        Invitation = self.env["qualiopi.survey.invitation"].sudo()
        invitations = Invitation.create(
            [self._invitation_values(each) for each in recipients]
        )
        invitations._deliver()
        return invitations

    def _invitation_values(self, recipient):
        self.ensure_one()
        event = recipient.event or self.env["event.event"]
        return {
            "plan_id": self.id,
            "company_id": self.company_id.id,
            "survey_id": self.survey_id.id,
            "key": self._key(recipient),
            "name": recipient.name,
            "email": recipient.email,
            "partner_id": recipient.partner.id if recipient.partner else False,
            "event_id": event.id,
            "event_day": event._qualiopi_asked_day(self.purpose) if event else False,
            "registration_id": (
                recipient.registration.id if recipient.registration else False
            ),
            "lead_id": recipient.lead.id if recipient.lead else False,
            "lang": self._lang_of(recipient),
        }

    def _lang_of(self, recipient):
        """:return: code of an installed language that the person reads"""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = [self.company_id.partner_id.lang]
        if recipient.event:
            wanted.insert(0, recipient.event.lang)
        if recipient.registration:
            wanted.insert(0, recipient.registration.partner_id.lang)
        if recipient.lead:
            wanted.insert(0, recipient.lead.lang_id.code)
        if recipient.partner:
            wanted.insert(0, recipient.partner.lang)
        return next((code for code in wanted if code in installed), installed[0])

    def _invite_lead(self, lead):
        """Ask for the need of a request, before there is any session.

        Asked again, he is reminded, at the address the request has now.
        """
        self.ensure_one()
        recipient = Recipient(
            f"lead-{lead.id}",
            lead.contact_name or lead.partner_name or lead.name,
            lead.email_from,
            lead.partner_id
            if lead.partner_id.email_normalized == lead.email_normalized
            else lead.partner_id.browse(),
            lead=lead,
        )
        # sudo: qualiopi.survey.invitation - salespeople ask, they do not keep the list
        found = (
            self.env["qualiopi.survey.invitation"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("key", "=", self._key(recipient)),
                ]
            )
        )
        if not found:
            return self.sudo()._invite([recipient])
        if found.state != "answered":
            found._ask_again()
        return found
