from odoo import fields, models
from odoo.tools import is_html_empty

from ...rules.applicability import assess


class QualiopiChecklistLine(models.Model):
    """How a line follows the law: what it takes over, and whether it applies."""

    _inherit = "qualiopi.checklist.line"

    def _carried_values(self, requirement):
        """What a line for ``requirement`` takes over from this one.

        The conclusion always; the status with its date while the text still
        says the same. Where only the form changed the status stays too, but is
        to be confirmed; where the substance changed it must be given anew.

        :param requirement: requirement of the same indicator, maybe of another
            framework
        :return: values for the line of that requirement
        """
        if not self:
            return {}
        self.ensure_one()
        former = self.requirement_id
        same = former.statement_fr == requirement.statement_fr
        keeps_status = same or requirement.change_kind == "wording"
        return {
            "conclusion": self.conclusion,
            "user_id": self.user_id.id,
            "override_applicability": self.override_applicability,
            "override_reason": self.override_reason,
            "declared_status": (
                self.declared_status if keeps_status else "not_assessed"
            ),
            "assessed_on": self.assessed_on if keeps_status else False,
            "declared_against": self.declared_against if keeps_status else False,
            "difference_reason": self.difference_reason if keeps_status else False,
            "to_confirm": self.to_confirm or (not same and self._says_something()),
            "reviewer_id": self.reviewer_id.id if same else False,
            "reviewed_on": self.reviewed_on if same else False,
        }

    def _says_something(self):
        """:return: whether somebody wrote or decided anything on this line"""
        self.ensure_one()
        return bool(
            self.declared_status != "not_assessed"
            or self.override_applicability
            or not is_html_empty(self.conclusion)
        )

    def _assess_applicability(self, profiles, entry):
        """Ask the rules whether the indicator applies, and write the answer down.

        :param profiles: facts of the company's categories, for the rules
        :param entry: what the guide of the day says of this indicator, maybe empty
        """
        self.ensure_one()
        result = assess(
            profiles, self.requirement_id._rule(), entry._rule() if entry else None
        )
        vals = {
            "guide_entry_id": entry.id,
            "rule_applicability": result.status,
            "rule_reasons": [reason.as_dict() for reason in result.reasons],
            "regime": result.regime,
            "gravity": result.gravity,
        }
        changed = {
            name: value
            for name, value in vals.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if result.categories != tuple(self.category_ids.mapped("code")):
            categories = self.env["qualiopi.category"].search(
                [("code", "in", result.categories)]
            )
            changed["category_ids"] = [fields.Command.set(categories.ids)]
        if changed:
            self.write(changed)
            self.checklist_id.evidence_old = True
