from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.evidence_status import concluded, contradicts
from .qualiopi_checklist_line import DECLARED_STATUS
from .qualiopi_checklist_line_evidence import as_part


class QualiopiChecklistLine(models.Model):
    """What people conclude, beside what the records say.

    Nobody has to conclude: the records speak for themselves. Somebody may conclude
    otherwise and writes why; as soon as the records say something else than what he
    saw, the worse of the two holds until he confirms.
    """

    _inherit = "qualiopi.checklist.line"

    declared_against = fields.Selection(
        DECLARED_STATUS,
        "Records Said Then",
        readonly=True,
        copy=False,
        help="What the records said when the conclusion was drawn.",
    )
    difference_reason = fields.Text(
        "Why We Conclude Otherwise",
        tracking=True,
        help="Needed where your conclusion is not what the records say.",
    )
    differs = fields.Boolean(
        compute="_compute_differs",
        help="Somebody concluded otherwise than the records say.",
    )
    records_changed = fields.Boolean(
        "Records Changed Since",
        compute="_compute_records_changed",
        store=True,
        help="The records no longer say what was seen when this was concluded.",
    )

    @api.depends("computed_status", "declared_against")
    def _compute_status(self):
        return super()._compute_status()

    def _applicable_status(self):
        return concluded(
            self.computed_status or "not_assessed",
            self.declared_status,
            self.declared_against or None,
        )

    @api.depends("declared_status", "computed_status", "computed_facts")
    def _compute_differs(self):
        for line in self:
            line.differs = bool(line._contradicted_by())

    def _contradicted_by(self):
        """:return: what the records say instead of the conclusion, if anything"""
        self.ensure_one()
        return contradicts(
            [as_part(row) for row in self._counted()],
            self.computed_status or "not_assessed",
            self.declared_status or "not_assessed",
        )

    @api.depends(
        "declared_status", "computed_status", "declared_against", "applicability"
    )
    def _compute_records_changed(self):
        for line in self:
            line.records_changed = (
                line.applicability != "not_applicable"
                and line.declared_status
                not in (False, "not_assessed", line.computed_status)
                and line.declared_against not in (False, line.computed_status)
            )

    @api.model
    def _manager_fields(self):
        return super()._manager_fields() | {"difference_reason"}

    def write(self, vals):
        result = super().write(vals)
        if "difference_reason" in vals and "declared_status" not in vals:
            for line in self:
                line._check_difference()
        if {"override_applicability", "applicability"} & vals.keys():
            # sudo: qualiopi.checklist - who decides this has its records read again
            self.checklist_id.sudo().evidence_old = True
        return result

    def _date_status(self):
        for line in self:
            line._check_difference()
        result = super()._date_status()
        self._hold_to_records()
        return result

    def _hold_to_records(self):
        """Write down what the records say while somebody concludes."""
        for said, lines in self.grouped("computed_status").items():
            # sudo: qualiopi.checklist.line - written by this code alone
            lines.sudo().write({"declared_against": said})

    def _check_difference(self):
        """:raise ValidationError: when a conclusion that differs says not why"""
        self.ensure_one()
        said = self._contradicted_by()
        if said and not (self.difference_reason or "").strip():
            labels = self.checklist_id._status_labels()
            raise ValidationError(
                self.env._(
                    "Indicator %(number)s: the records say “%(said)s” and you conclude "
                    "“%(concluded)s”. First write why, under “Why We Conclude "
                    "Otherwise”: the auditor will ask.",
                    number=self.number,
                    said=labels[said],
                    concluded=labels[self.declared_status],
                )
            )

    def action_review(self):
        result = super().action_review()
        for line in self:
            # what a person makes of it is part of what the checklist says
            line._judge_again()
        concluded_lines = self.filtered(
            lambda line: line.declared_status != "not_assessed"
        )
        for line in concluded_lines:
            line._check_difference()
        concluded_lines._hold_to_records()
        return result

    def _judge_again(self):
        """Judge what was counted last, now that somebody has looked at it."""
        self.ensure_one()
        if self.computed_on and self.applicability != "not_applicable":
            # sudo: qualiopi.checklist.line - what records say is written by code
            self.sudo()._judge(self._counted(), self.computed_on)
