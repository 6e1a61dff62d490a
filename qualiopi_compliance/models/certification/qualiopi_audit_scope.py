from odoo import models

from ...rules.applicability import CategoryProfile, assess
from ...rules.audit_scope import (
    ScopeFacts,
    ScopeIndicator,
    audit_scope,
    other_requirements,
)
from .qualiopi_audit import REHEARSALS

# Audits that look at all there is: what was found before them is settled by then.
THOROUGH = ("initial", "renewal")


class QualiopiAudit(models.Model):
    """Which indicators an audit looks at, and why."""

    _inherit = "qualiopi.audit"

    def action_compute_scope(self):
        """Bring the list of indicators to what is known today."""
        self.check_access("write")
        self._check_open()
        for audit in self:
            audit._compute_scope()
        return True

    def _compute_scope(self):
        """One item for each indicator; what was decided on it or chosen stays."""
        self.ensure_one()
        known = {item.indicator_id: item for item in self.item_ids}
        indicators = self._scope_indicators()
        lines = audit_scope(indicators.values(), self._scope_facts())
        new = []
        for (indicator, _asked), line in zip(indicators.items(), lines, strict=True):
            values = {
                "asked": line.asked,
                "reasons": [each.as_dict() for each in line.reasons],
                "line_id": self._line_of(indicator).id,
            }
            item = known.pop(indicator, None)
            if item:
                item._take_scope(values)
            else:
                new.append(
                    {"audit_id": self.id, "indicator_id": indicator.id, **values}
                )
        self.item_ids.create(new)
        for item in known.values():
            if not item.finding_ids:
                item.unlink()

    def _line_of(self, indicator):
        lines = self.checklist_id.line_ids
        return lines.filtered(lambda line: line.indicator_id == indicator)[:1]

    def _scope_indicators(self):
        """:return: indicator -> :class:`ScopeIndicator`, in order"""
        self.ensure_one()
        entries = {row.indicator_id: row for row in self.guide_id.entry_ids}
        nothing = self.env["qualiopi.guide.entry"]
        profiles = self._scope_profiles()
        found = {}
        for requirement in self.framework_id.requirement_ids.sorted("number"):
            entry = entries.get(requirement.indicator_id, nothing)
            found[requirement.indicator_id] = ScopeIndicator(
                assess(profiles, requirement._rule(), entry._rule() if entry else None),
                entry.surveillance or "no",
            )
        return found

    def _scope_profiles(self):
        """:return: what the company declares, and the categories it asks for; a new
        category makes it a new entrant there
        """
        # sudo: qualiopi.company.category - facts of the company, whoever asks
        profiles = self.company_id.sudo()._qualiopi_profiles(self.date_begin)
        declared = {profile.code for profile in profiles}
        return profiles + [
            CategoryProfile(code, new_entrant=True)
            for code in self.category_ids.mapped("code")
            if code not in declared
        ]

    def _audits_before(self):
        """:return: the audits whose non-conformities this one looks at again: the one
        before, and with a follow-up or an extension those it goes on with
        """
        self.ensure_one()
        found = self.browse()
        audit = self.previous_id
        while audit and audit not in found | self:
            found |= audit
            if audit.kind in (*THOROUGH, "surveillance"):
                break
            audit = audit.previous_id
        return found

    def _scope_facts(self):
        self.ensure_one()
        # sudo: qualiopi.nonconformity - the same scope for every reader
        before = self._audits_before().sudo().nonconformity_ids
        if self.kind not in REHEARSALS:
            # a certifier looks again at what a certifier found
            before = before.filtered(lambda row: not row.rehearsal)
        still = before.filtered("open")
        new = self.category_ids if self.kind == "extension" else self.category_ids[:0]
        return ScopeFacts(
            kind=self.kind,
            former=frozenset(before.indicator_id.mapped("number")),
            open=frozenset(still.indicator_id.mapped("number")),
            new_entrant_categories=frozenset(self._new_entrant_categories()),
            new_categories=frozenset(new.mapped("code")),
        )

    def _new_entrant_categories(self):
        """:return: codes of the categories audited as a new entrant's at the initial
        audit: what is written down was looked at, not yet what was done
        """
        initial = self.certification_id._audit("initial")
        if self.kind != "surveillance" or not initial:
            return []
        # sudo: qualiopi.company.category - facts of the company, whoever asks
        rows = self.company_id.sudo().qualiopi_company_category_ids
        return [
            row.category_id.code
            for row in rows
            if row._new_entrant(initial.date_begin)[0]
        ]

    def _other_requirements(self):
        """:return: what is checked beside the indicators: statements"""
        self.ensure_one()
        imagined = self.kind in REHEARSALS and self.stands_for
        return other_requirements(imagined or self.kind)

    def _make_checklist(self):
        """:return: the checklist of the day, which the closing meeting freezes; the one
        made before the audit was called off, if it is of the same day
        """
        self.ensure_one()
        # sudo: qualiopi.checklist - of its own kind, made by this method alone
        former = self.checklist_id.sudo()
        kind = "mock_audit" if self.kind in REHEARSALS else "audit"
        if former and (former.date, former.kind) == (self.date_begin, kind):
            former._refresh()
            former._read_records()
            return former
        self.item_ids.sudo().line_id = False
        made = former.create(
            {
                "kind": kind,
                "date": self.date_begin,
                "company_id": self.company_id.id,
                "audit_id": self.id,
                "user_id": self.user_id.id,
                "previous_id": self.company_id._qualiopi_living_checklist().id,
            }
        )
        if former:
            self._go(self.state, checklist_id=made.id)
            former.unlink()
        return made
