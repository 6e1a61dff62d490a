from odoo import api, fields, models
from odoo.exceptions import UserError

# Whoever reads what learners were given.
READERS = (
    "event.group_event_registration_desk,"
    "qualiopi_compliance.group_qualiopi_internal_auditor"
)


class QualiopiEvidence(models.Model):
    """To whom a version was given, when, and whether it was acknowledged."""

    _inherit = "qualiopi.evidence"

    given_ids = fields.One2many(
        "qualiopi.learner.document", "evidence_id", "Given To", groups=READERS
    )
    given_count = fields.Integer(
        "Times Given", compute="_compute_given", groups=READERS
    )
    acknowledged_count = fields.Integer(
        "Acknowledged", compute="_compute_given", groups=READERS
    )
    outdated_count = fields.Integer(
        "With an Older Version",
        compute="_compute_outdated_count",
        groups=READERS,
        help="People who were given a former version, and not this one yet.",
    )

    @api.depends("given_ids.acknowledged_on")
    def _compute_given(self):
        counts = {
            evidence.id: (given, acknowledged)
            for evidence, given, acknowledged in self.env[
                "qualiopi.learner.document"
            ]._read_group(
                [("evidence_id", "in", self.ids)],
                ["evidence_id"],
                ["__count", "acknowledged_on:count"],
            )
        }
        for evidence in self:
            evidence.given_count, evidence.acknowledged_count = counts.get(
                evidence.id, (0, 0)
            )

    @api.depends("given_ids", "first_id")
    def _compute_outdated_count(self):
        for evidence in self:
            evidence.outdated_count = len(evidence._outdated_receipts())

    def _outdated_receipts(self):
        """:return: of former versions, whose holders have nothing newer"""
        self.ensure_one()
        Receipt = self.env["qualiopi.learner.document"]
        if not self.first_id or self.superseded_by_id:
            return Receipt
        former = self._versions().filtered(lambda row: row.version < self.version)
        return Receipt.search(
            [("evidence_id", "in", former.ids), ("outdated", "=", True)]
        )

    def action_give(self):
        """Ask whom this version is given to."""
        return self._ask_whom(self.env["qualiopi.learner.document"])

    def action_give_newer(self):
        """Give this version to those who have only an older one."""
        return self._ask_whom(self._outdated_receipts())

    def _ask_whom(self, receipts):
        self.ensure_one()
        self.check_access("read")
        self.env["qualiopi.learner.document"].check_access("create")
        if self.state != "validated" or self.superseded_by_id:
            raise UserError(
                self.env._(
                    "%(name)s does not hold: only the validated version that holds is "
                    "given to people.",
                    name=self._label(),
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_evidence_giving_action"
        )
        return action | {
            "context": {
                "default_evidence_id": self.id,
                "default_registration_ids": receipts.registration_id.ids,
                "default_partner_ids": receipts.partner_id.ids,
            }
        }

    def action_open_given(self):
        """Open the list of those who were given this version."""
        return self._open_receipts([("evidence_id", "=", self.id)])

    def action_open_outdated(self):
        """Open the list of those who have only an older version."""
        return self._open_receipts([("id", "in", self._outdated_receipts().ids)])

    def _open_receipts(self, domain):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_learner_document_action"
        )
        return action | {
            "domain": domain,
            "context": {"default_evidence_id": self.id, "create": False},
        }
