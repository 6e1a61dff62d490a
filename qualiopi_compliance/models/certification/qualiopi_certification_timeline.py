from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models

from ...rules.audit_calendar import outside_window, surveillance_window
from .qualiopi_certification import ISSUED


@dataclass(frozen=True)
class Moment:
    """One line of the time line.

    :param kind: ``done``, ``late``, ``planned``, ``window`` or ``end``
    :param until: last day, where it is a period
    """

    day: date
    text: str
    kind: str
    until: date | None = None
    note: str = ""


class QualiopiCertification(models.Model):
    """The time line of a cycle, from the self-assessment to the last day."""

    _inherit = "qualiopi.certification"

    timeline = fields.Html(
        "Time Line", compute="_compute_timeline", sanitize=False, exportable=False
    )

    @api.depends_context("lang")
    @api.depends("stage", "first_day", "last_day", "obtained_on")
    def _compute_timeline(self):
        today = self.env["qualiopi.framework"]._today()
        for cycle in self:
            # sudo: qualiopi.audit - days and kinds of audits, for every reader
            moments = sorted(
                cycle.sudo()._moments(today), key=lambda each: (each.day, each.kind)
            )
            cycle.timeline = self.env["ir.qweb"]._render(
                "qualiopi_compliance.certification_timeline",
                {
                    "before": [each for each in moments if each.day < today],
                    "after": [each for each in moments if each.day >= today],
                    "today": today,
                    "bar": cycle._timeline_bar(moments, today),
                },
            )

    def _moments(self, today):
        """:rtype: list[Moment]"""
        self.ensure_one()
        return [
            *self._begun_moments(today),
            *self._audit_moments(today),
            *self._certificate_moments(today),
            *self._renewal_moments(today),
        ]

    def _moment(self, day, text, today):
        """:return: what was done on that day, or is to be done by then"""
        return Moment(day, text, "done" if day <= today else "planned")

    def _begun_moments(self, today):
        facts = [
            (self._self_assessed_on(), self.env._("Self-assessment"), False),
            (self.contract_signed_on, self.env._("Contract signed"), False),
            (self.sworn_on, self.env._("Statement on honour signed"), False),
            (self.refused_on, self.env._("Refused"), True),
            (self.suspended_on, self.env._("Suspended"), True),
            (self.reinstated_on, self.env._("Suspension ended"), False),
            (self.withdrawn_on, self.env._("Withdrawn"), True),
            (self.transfer_asked_on, self.env._("Transfer asked for"), False),
            (self.transferred_on, self.env._("Transferred"), False),
        ]
        return [
            Moment(day, text, "end") if bad else self._moment(day, text, today)
            for day, text, bad in facts
            if day
        ]

    def _audit_moments(self, today):
        """:return: its audits, and those of the next cycle while that is prepared"""
        audits = (self.audit_ids | self.next_ids.audit_ids).filtered(
            lambda audit: audit.state != "cancelled"
        )
        kinds = dict(audits._kinds())
        moments = []
        for audit in audits:
            closed = audit.state == "closed"
            late = not closed and audit.date_end < today
            moments.append(
                Moment(
                    audit.date_begin,
                    kinds.get(audit.kind, ""),
                    "done" if closed else "late" if late else "planned",
                    until=audit.date_end if audit.date_end > audit.date_begin else None,
                    note=self._audit_note(audit),
                )
            )
        if self.surveillance_held_on and not self._audit("surveillance"):
            moments.append(
                self._moment(
                    self.surveillance_held_on, self.env._("Surveillance audit"), today
                )
            )
        return moments

    def _audit_note(self, audit):
        """:return: what is unusual about the day of an audit"""
        if audit.kind != "surveillance" or not self.obtained_on:
            return ""
        window = surveillance_window(self.obtained_on)
        if outside_window(window, audit.date_begin) is None:
            return ""
        return self.env._("outside its window")

    def _certificate_moments(self, today):
        if not self.first_day or not self.last_day:
            return []
        moments = [
            self._moment(self.first_day, self.env._("Certificate valid from"), today),
            Moment(self.last_day, self.env._("Certificate ends"), "end"),
        ]
        if self.obtained_on and self.obtained_on != self.first_day:
            moments.append(
                self._moment(
                    self.obtained_on, self.env._("Certification obtained"), today
                )
            )
        if self.surveillance_from:
            moments.append(
                Moment(
                    self.surveillance_from,
                    self.env._("Surveillance window"),
                    "window",
                    until=self.surveillance_until,
                )
            )
        return moments

    def _renewal_moments(self, today):
        """:return: by when the renewal is prepared, while there is something left"""
        if self.stage not in ISSUED or not self.last_day:
            return []
        facts = self._renewal_facts()
        wanted = (
            ("call_by", facts["next_certifier_on"]),
            ("contract_by", facts["next_certifier_on"]),
            ("renewal_by", facts["renewal_closed_on"]),
        )
        said = self.env["qualiopi.deadline"]._fields["kind"]
        labels = dict(said._description_selection(self.env))
        moments = [
            Moment(
                self[name], labels[name], "late" if self[name] < today else "planned"
            )
            for name, done in wanted
            if not done
        ]
        if facts["next_certifier_on"]:
            text = self.env._("Contract for the next cycle")
            moments.append(self._moment(facts["next_certifier_on"], text, today))
        return moments

    def _timeline_bar(self, moments, today):
        """The same to scale, for those who see it.

        :return: places in per cent of the whole, ``None`` where there is no length
        """
        if not self.last_day or not moments:
            return None
        first = min(*(each.day for each in moments), today)
        last = max(*(each.until or each.day for each in moments), today)
        length = (last - first).days or 1

        def place(day):
            return round(100 * (day - first).days / length, 2)

        return {
            "first": first,
            "last": last,
            "today": place(today),
            "spans": [
                {
                    "left": place(begin),
                    "width": place(end) - place(begin),
                    "css": css,
                    "text": text,
                }
                for begin, end, css, text in self._timeline_spans()
                if begin and end
            ],
            "points": [
                {"left": place(each.day), "css": f"o_qualiopi_{each.kind}"}
                for each in moments
                if each.kind != "window"
            ],
        }

    def _timeline_spans(self):
        """:return: periods of the bar: first day, last day, looks, text"""
        return [
            (self.first_day, self.last_day, "o_qualiopi_valid", ""),
            (
                self.surveillance_from,
                self.surveillance_until,
                "o_qualiopi_window",
                self.env._("Surveillance"),
            ),
            (
                self.renewal_from,
                self.last_day,
                "o_qualiopi_renewal",
                self.env._("Renewal"),
            ),
        ]
