from datetime import timedelta

from markupsafe import Markup

from odoo import models

from ...rules.declarations import bpf_due, change_due
from ..organisation.qualiopi_reminder import Reminder
from .qualiopi_certification import ISSUED

# Days ahead from which each is announced. No text fixes them.
LEAD = {
    "surveillance_from": 60,
    "surveillance_until": 120,
    "call_by": 30,
    "contract_by": 45,
    "renewal_by": 90,
    "last_day": 60,
    "plan_due_on": 7,
    "apply_by": 45,
    "check_by": 30,
    "bpf": 45,
    "change": 30,
    "display": 0,
}


class ResCompany(models.Model):
    """The clock of the certificate: whoever is in charge hears ahead of every deadline,
    each with its own lead.
    """

    _inherit = "res.company"

    def _qualiopi_night(self, day):
        certificates = self.env["qualiopi.certification"].search(
            [("company_id", "=", self.id), ("stage", "in", ISSUED)]
        )
        certificates._end_with_time(day)
        return super()._qualiopi_night(day)

    def _qualiopi_reminders(self, day):
        return [
            *super()._qualiopi_reminders(day),
            *self._qualiopi_certificate_reminders(day),
            *self._qualiopi_nonconformity_reminders(day),
            *self._qualiopi_declaration_reminders(day),
        ]

    def _qualiopi_due_soon(self, kind, due, day):
        """:return: whether the time has come to announce this deadline"""
        return bool(due) and due - timedelta(days=LEAD[kind]) <= day

    def _qualiopi_why(self, statement):
        """:return: the sentence that explains a day, with its source"""
        words = self.env["qualiopi.reason"]
        return Markup("<p>%s<br/><small>%s</small></p>") % (
            words._say(statement),
            words._source_text(statement.source),
        )

    # The certificate

    def _qualiopi_certificate_reminders(self, day):
        cycles = self.env["qualiopi.certification"].search(
            [("company_id", "=", self.id), ("stage", "in", ISSUED)]
        )
        return [each for cycle in cycles for each in self._qualiopi_of(cycle, day)]

    def _qualiopi_of(self, cycle, day):
        """:return: what one certificate asks for soon"""
        user = cycle.user_id or self._qualiopi_quality_user()
        deadlines = cycle._deadlines()
        reminders = []
        for kind, summary in self._qualiopi_open_deadlines(cycle, day).items():
            due = cycle[kind]
            if not self._qualiopi_due_soon(kind, due, day):
                continue
            why = deadlines.get(kind)
            reminders.append(
                Reminder(
                    cycle,
                    kind,
                    due,
                    summary,
                    note=self._qualiopi_why(why.statement) if why else "",
                    user=user,
                    # a window that has opened is not late
                    escalates=kind != "surveillance_from",
                )
            )
        return reminders + self._qualiopi_display_reminders(cycle, user, day)

    def _qualiopi_open_deadlines(self, cycle, day):
        """:return: name of each deadline that is not settled yet -> what to do"""
        facts = cycle._facts()
        asked = {}
        if cycle.obtained_on and facts.surveillance_closed_on is None:
            planned = facts.surveillance_on
            if planned is None and day <= cycle.surveillance_until:
                asked["surveillance_from"] = self.env._(
                    "Agree on the day of the surveillance audit: its window opens"
                )
            if planned is None or planned > cycle.surveillance_until:
                asked["surveillance_until"] = self.env._(
                    "Have the surveillance audit held: its window closes"
                )
        if not cycle.last_day:
            return asked
        if facts.next_certifier_on is None:
            if not any(cycle.next_ids.mapped("certifier_id")):
                asked["call_by"] = self.env._(
                    "Ask certifiers for offers for the next cycle"
                )
            asked["contract_by"] = self.env._("Sign the contract for the next cycle")
        if facts.renewal_on is None or facts.renewal_on > cycle.renewal_by:
            asked["renewal_by"] = self.env._(
                "Plan the renewal audit so that corrections fit in before the end"
            )
        if facts.renewed_on is None:
            asked["last_day"] = self.env._("The certificate ends: is it renewed?")
        return asked

    def _qualiopi_display_reminders(self, cycle, user, day):
        """:return: the certificate is not shown everywhere it should be"""
        todo = [
            each
            for each in cycle._todo_of("certified", day)
            if each.code in ("display_site", "display_website")
        ]
        due = cycle.first_day
        if not todo or not self._qualiopi_due_soon("display", due, day):
            return []
        note = Markup().join(self._qualiopi_why(each.statement) for each in todo)
        return [
            Reminder(
                cycle,
                "display",
                due,
                self.env._("Display the certificate and keep the proof"),
                note=note,
                user=user,
                mark=",".join(each.code for each in todo),
            )
        ]

    # Non-conformities

    def _qualiopi_nonconformity_reminders(self, day):
        rows = self.env["qualiopi.nonconformity"].search(
            [("company_id", "=", self.id), ("open", "=", True)]
        )
        reminders = []
        for row in rows:
            user = row.user_id or row.audit_id.user_id or self._qualiopi_quality_user()
            said = {each.day: each.statement for each in row._deadlines()}
            for kind, summary in self._qualiopi_open_delays(row).items():
                due = row[kind]
                if not self._qualiopi_due_soon(kind, due, day):
                    continue
                why = kind != "plan_due_on" and said.get(due)
                reminders.append(
                    Reminder(
                        row,
                        kind,
                        due,
                        summary,
                        note=self._qualiopi_why(why) if why else "",
                        user=user,
                    )
                )
        return reminders

    def _qualiopi_open_delays(self, row):
        """:return: name of each delay of a non-conformity that still runs -> what to
        do
        """
        asked = {}
        if not row.plan_sent_on:
            asked["plan_due_on"] = self.env._("Send the action plan to the certifier")
        if not row.done_on:
            asked["apply_by"] = self.env._("Correct the non-conformity")
        if row.gravity == "major":
            asked["check_by"] = self.env._("Have the correction checked and lifted")
        return asked

    # Declarations

    def _qualiopi_bpf_due(self, day):
        """:return: the training activity report that is to be filed next
        :rtype: Declaration
        """
        # sudo: res.company - the deadline is nobody's secret
        company = self.sudo()
        filed = company.qualiopi_bpf_state == "filed"
        year = company.qualiopi_last_bpf_year
        return bpf_due(day, int(year) if filed and year else None)

    def _qualiopi_declaration_reminders(self, day):
        changes = self.env["qualiopi.declaration"].search(
            [("company_id", "=", self.id), ("declared_on", "=", False)]
        )
        reminders = [
            Reminder(
                change,
                "change",
                change.due_on,
                self.env._("Declare the change to the prefect"),
                note=self._qualiopi_why(change_due(change.changed_on).statement),
                user=change.user_id or self._qualiopi_quality_user(),
            )
            for change in changes
            if self._qualiopi_due_soon("change", change.due_on, day)
        ]
        return reminders + self._qualiopi_bpf_reminders(day)

    def _qualiopi_bpf_reminders(self, day):
        """:return: the report of the year; a company that never declared its activity
        owes none
        """
        due = self._qualiopi_bpf_due(day)
        checklist = self._qualiopi_living_checklist()
        if (
            not self.qualiopi_nda
            or not checklist
            or not self._qualiopi_due_soon("bpf", due.day, day)
        ):
            return []
        where = self.env._(
            "Once it is filed, enter its year on the Organisation sheet. Some "
            "campaigns ran longer: see Mon activité formation."
        )
        return [
            Reminder(
                checklist,
                "bpf",
                due.day,
                self.env._("File the training activity report (BPF)"),
                note=self._qualiopi_why(due.statement) + Markup("<p>%s</p>") % where,
                user=self._qualiopi_quality_user(),
            )
        ]
