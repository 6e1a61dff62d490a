from odoo import api, fields, models

from ...rules.cycle import CycleFacts
from .qualiopi_certification import ENDED

# What the facts are read from, as a compute method depends on it.
READ = (
    "stage",
    "company_id",
    "certifier_id",
    "category_ids",
    "site_ids",
    "checklist_id.state",
    "contract_signed_on",
    "sworn_on",
    "nda_filed_on",
    "piece_ids.given",
    "number",
    "obtained_on",
    "first_day",
    "last_day",
    "surveillance_held_on",
    "refused_on",
    "suspended_on",
    "suspension_ends_on",
    "reinstated_on",
    "withdrawn_on",
    "transferred_on",
    "transferred_to_id",
    "previous_id.last_day",
    "next_certifier_on",
    "next_ids.obtained_on",
    "next_ids.contract_signed_on",
    "next_ids.audit_ids.date_begin",
    "display_ids.site_id",
    "display_ids.where",
    "audit_ids.state",
    "audit_ids.kind",
    "audit_ids.date_begin",
    "audit_ids.nonconformity_ids.state",
    "audit_ids.nonconformity_ids.gravity",
    "audit_ids.nonconformity_ids.apply_by",
    "company_id.qualiopi_nda",
    "company_id.website",
)
# Days that are facts as they stand.
OWN_DAYS = (
    "nda_filed_on",
    "contract_signed_on",
    "sworn_on",
    "first_day",
    "last_day",
    "obtained_on",
    "suspended_on",
    "suspension_ends_on",
    "reinstated_on",
    "transferred_on",
)


class QualiopiCertification(models.Model):
    """What the rules read of a cycle."""

    _inherit = "qualiopi.certification"

    def _facts(self):
        """:return: what is known of this cycle today
        :rtype: CycleFacts
        """
        self.ensure_one()
        # sudo: qualiopi.certification - facts of the company, whoever reads the cycle
        cycle = self.sudo()
        given = cycle.piece_ids.filtered("given")
        return CycleFacts(
            nda_number=cycle.company_id.qualiopi_nda or "",
            categories=tuple(cycle.category_ids.mapped("code")),
            delivered=frozenset(cycle._delivered_categories()),
            pieces=frozenset(given.mapped("code")),
            sites=tuple(cycle.site_ids.mapped("name")),
            displayed_at=frozenset(cycle.display_ids.site_id.mapped("name")),
            has_website=bool(cycle.company_id.website),
            displayed_on_website="website" in cycle.display_ids.mapped("where"),
            self_assessed_on=cycle._self_assessed_on(),
            certifier=cycle.certifier_id.name or "",
            contracted_elsewhere=frozenset(cycle._contracted_elsewhere()),
            certificate_number=cycle.number or "",
            renewal_of_last_day=cycle.previous_id.last_day or None,
            refused_on=cycle._last_of("refused_on"),
            withdrawn_on=cycle._last_of("withdrawn_on"),
            transferred_to=cycle.transferred_to_id.name or "",
            others=cycle._other_certificates(),
            **{name: cycle[name] or None for name in OWN_DAYS},
            **cycle._audit_facts(),
            **cycle._nonconformity_facts(),
            **cycle._renewal_facts(),
        )

    def _audit_facts(self):
        """:return: its own audits"""
        first = self._audit("initial", "renewal")
        surveillance = self._audit("surveillance")
        held = self.surveillance_held_on
        return {
            "audit_on": first.date_begin or None,
            "audit_closed_on": first.closed_on or None,
            "surveillance_on": surveillance.date_begin or held or None,
            "surveillance_closed_on": (surveillance.closed_on if surveillance else held)
            or None,
        }

    def _nonconformity_facts(self):
        """:return: what the certifier found and is still to be corrected; what we find
        by ourselves weighs on nothing that he decides
        """
        rows = self.audit_ids.nonconformity_ids.filtered(
            lambda row: row.open and not row.rehearsal
        )
        majors = rows.filtered(lambda row: row.gravity == "major")
        minors = rows - majors
        return {
            "open_majors": len(majors),
            "open_minors": len(minors),
            "majors_by": min(filter(None, majors.mapped("check_by")), default=None),
            "minors_by": min(filter(None, minors.mapped("apply_by")), default=None),
        }

    def _renewal_facts(self):
        """:return: how far the next cycle is"""
        following = self.next_ids.filtered("active")
        audit = following._audit("initial", "renewal")
        signed = [self.next_certifier_on, *following.mapped("contract_signed_on")]
        return {
            "next_certifier_on": next(filter(None, signed), None),
            "renewal_on": audit.date_begin or None,
            "renewal_closed_on": audit.closed_on or None,
            "renewed_on": next(filter(None, following.mapped("obtained_on")), None),
        }

    def _audit(self, *kinds):
        """:return: the last audit of these kinds that was not called off, one that is
        planned included
        """
        audits = self.audit_ids.filtered(
            lambda audit: audit.kind in kinds and audit.state != "cancelled"
        )
        return audits.sorted(lambda audit: (audit.date_begin, audit.id))[-1:]

    @api.model
    def _valid_on(self, company, day):
        """:return: the cycle whose certificate the company has on that day, suspended
        or not
        """
        cycles = self.search(
            [("company_id", "=", company.id), ("first_day", "<=", day)]
        )
        return cycles.filtered(lambda cycle: cycle._has_certificate(day))[:1]

    def _has_certificate(self, day):
        """:return: whether its certificate exists on that day, suspended or not"""
        self.ensure_one()
        gone = self.transferred_on and self.transferred_on <= day
        return not gone and self._validity().running(day)

    def _audit_due(self, day):
        """:return: kind of the audit that comes next, seen from that day: surveillance
        until it was held or the last year begins, then renewal; initial where there is
        no certificate
        """
        self.ensure_one()
        if not self._has_certificate(day):
            former = not self.first_day and self.previous_id
            return "renewal" if former and former._has_certificate(day) else "initial"
        held = self._audit_facts()["surveillance_closed_on"]
        over = (held and held <= day) or self.renewal_from <= day
        return "renewal" if over else "surveillance"

    def _self_assessed_on(self):
        """:return: the day of the self-assessment, once it is finished"""
        checklist = self.checklist_id
        if checklist.state != "closed":
            return None
        return checklist.closed_on or checklist.date

    def _last_of(self, name):
        """:return: the last such day of all cycles of the company, this one included"""
        cycles = self.with_context(active_test=False).search(
            [("company_id", "=", self.company_id.id), (name, "!=", False)]
        )
        days = [*cycles.mapped(name), *filter(None, [self[name]])]
        return max(days, default=None)

    def _contracted_elsewhere(self):
        """:return: codes of categories under contract with another certifier"""
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self._origin.ids),
                ("contract_signed_on", "!=", False),
                ("stage", "not in", [*ENDED, "refused"]),
                ("certifier_id", "!=", self.certifier_id.id),
                # the certificate that this cycle takes over from is no obstacle
                ("id", "not in", (self.previous_id | self.transfer_of_id).ids),
            ]
        )
        return others.category_ids.mapped("code")

    def _delivered_categories(self):
        """:return: codes of the categories in which a session was begun"""
        groups = self.env["event.event"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("qualiopi_program_id", "!=", False),
                ("kanban_state", "!=", "cancel"),
                ("date_begin", "<=", fields.Datetime.now()),
            ],
            ["qualiopi_program_id"],
        )
        programs = self.env["qualiopi.program"].union(
            *(program for (program,) in groups)
        )
        return programs.category_id.mapped("code")
