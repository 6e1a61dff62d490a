from dataclasses import replace

from odoo import api, fields, models

from ...rules.applicability import CategoryProfile, assess
from ...rules.subcontracting import share

# An action longer than that is over two days (guide V9, indicator 12).
TWO_DAYS = 2


class EventEvent(models.Model):
    """A session delivered for a principal: which indicators are whose.

    Per action, unlike the company's own answer: somebody who sometimes is a
    subcontractor answers for indicators 1 to 3 on his other sessions.
    """

    _inherit = "event.event"

    qualiopi_principal_note = fields.Text(
        "Indicators of This Session",
        compute="_compute_qualiopi_principal_note",
        groups="base.group_user",
    )

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_principal_id",
        "qualiopi_principal_tasks",
        "qualiopi_program_id",
        "date_begin",
        "date_end",
        "date_tz",
    )
    def _compute_qualiopi_principal_note(self):
        for event in self:
            concerned = event.qualiopi_principal_id and event.qualiopi_program_id
            event.qualiopi_principal_note = (
                event._qualiopi_principal_note() if concerned else False
            )

    def _qualiopi_principal_note(self):
        """:return: which indicators are looked at in this session, and why"""
        self.ensure_one()
        day, last = self._qualiopi_days()
        if not day or not last:
            return False
        # sudo: qualiopi.guide - shared reference, for who plans sessions too
        guide = self.env["qualiopi.guide"].sudo()._for_date(day)
        framework = self.env["qualiopi.framework"].sudo()._for_date(day)
        if not guide or not framework:
            return False
        entries = {entry.number: entry for entry in guide.entry_ids}
        tasks = (self.qualiopi_principal_tasks or "").strip()
        found = share(
            self._qualiopi_applicable(framework, entries, day),
            {number: entry.subcontractor_rule for number, entry in entries.items()},
            tasks=bool(tasks),
            named=self._qualiopi_entrusted(),
        )
        lines = self._qualiopi_share_lines(found, guide, entries)
        if guide.framework_id != framework:
            lines.append(
                self.env._(
                    "Guide %(version)s was written for the former framework: ask your "
                    "certifier whether this still holds.",
                    version=guide.version,
                )
            )
        return "\n".join(lines)

    def _qualiopi_entrusted(self):
        """:return: numbers of the indicators that a contract says are ours"""
        return set()

    def _qualiopi_applicable(self, framework, entries, day):
        """:return: numbers of the indicators that concern such an action"""
        profile = self._qualiopi_action_profile(day)
        numbers = []
        for requirement in framework.requirement_ids:
            entry = entries.get(requirement.number)
            result = assess(
                [profile], requirement._rule(), entry._rule() if entry else None
            )
            # an indicator whose condition is not settled may be asked for
            if result.status != "not_applicable":
                numbers.append(requirement.number)
        return numbers

    def _qualiopi_action_profile(self, day):
        """:return: the facts that the rules read, of this session rather than of all"""
        # sudo: qualiopi.company.category - for who plans sessions too
        event = self.sudo()
        program = event.qualiopi_program_id
        declared = event.company_id.qualiopi_company_category_ids.filtered(
            lambda row: row.category_id == program.category_id._origin
        )
        if declared:
            profile = declared._profile(day)
        else:
            # what nobody has declared may be asked for
            profile = CategoryProfile(
                program.category_id.code,
                work_study=True,
                training_at_work=True,
                subcontracting_given=True,
            )
        first, last = self._qualiopi_days()
        days = program.duration_days or (last - first).days + 1
        certifying = program.certifying and (
            program.recognition != "rs" or event.company_id.qualiopi_rs_certifying
        )
        return replace(
            profile,
            certifying=certifying,
            over_two_days=days > TWO_DAYS,
            acting_as_subcontractor="never",
        )

    def _qualiopi_share_lines(self, found, guide, entries):
        """:return: the sorted indicators in words, one line for each place"""
        if found.basis == "no_tasks":
            return [
                self.env._(
                    "No task entrusted to us is named: all indicators that apply to "
                    "this category of actions may be looked at (guide %(version)s, "
                    "preamble): %(numbers)s.",
                    version=guide.version,
                    numbers=self._qualiopi_numbers(found.applies),
                )
            ]
        texts = {
            "principal": self.env._("The principal's, not asked of this session:"),
            "left": self.env._("Not entrusted to us, not asked of this session:"),
            "named": self.env._("Asked, as the contract names them:"),
            "by_tasks": self.env._(
                "Judged by the tasks entrusted, name them on the contract:"
            ),
            "applies": self.env._("Asked as in any session:"),
        }
        lines = [
            f"{text} {self._qualiopi_numbers(getattr(found, place))}."
            for place, text in texts.items()
            if getattr(found, place)
        ]
        special = [f"{each}. {entries[each].subcontractor}" for each in found.special]
        if special:
            lines += [self.env._("Asked, with a rule for subcontractors:"), *special]
        source = self.env._(
            "By the tasks entrusted to us (guide %(version)s):", version=guide.version
        )
        return [source, *lines]

    @api.model
    def _qualiopi_numbers(self, numbers):
        return ", ".join(str(number) for number in numbers)
