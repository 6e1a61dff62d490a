from odoo import api, models

from ..models.certification.qualiopi_audit import REHEARSALS


class NonconformityReply(models.AbstractModel):
    """The reply to one non-conformity, as it is sent to the certifier: statement,
    cause, correction, actions with their owner and date, proof.

    A page for each: those of an audit are printed together.
    """

    _name = "report.qualiopi_compliance.nonconformity_reply"
    _description = "Reply to a non-conformity"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.nonconformity"

    @api.model
    def _title(self):
        return self.env._("Reply to a non-conformity")

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """What is not filled in yet shows as empty: it is printed to be filled in."""

    @api.model
    def _values(self, unit):
        # sudo: qualiopi.audit - its owner prints the reply to one non-conformity, and
        # may not read the audit
        audit = unit.sudo().audit_id
        gravities = dict(unit._fields["gravity"]._description_selection(self.env))
        states = dict(unit._fields["state"]._description_selection(self.env))
        whys = [unit[f"why_{number}"] for number in range(1, 6)]
        return {
            "subject": unit._subject(),
            "number": unit.id,
            "audit": audit.display_name,
            "certifier": audit.kind not in REHEARSALS
            and audit.certification_id.certifier_id.name,
            "auditors": ", ".join(audit.auditor_ids.mapped("name")),
            "gravity": gravities[unit.gravity],
            "carried": bool(unit.carried_from_id),
            "state": states[unit.state],
            "notified_on": self._date(unit.notified_on),
            "apply_by": self._date(unit.apply_by),
            "check_by": unit.gravity == "major" and self._date(unit.check_by),
            "plan_due_on": self._date(unit.plan_due_on),
            "statement": unit.statement,
            "proof": unit.proof,
            "whys": [why for why in whys if why],
            "cause": unit.cause,
            "correction": unit.correction,
            "actions": [self._action(row) for row in unit.sudo().action_ids],
            "evidence": [self._evidence(row) for row in unit.sudo().evidence_ids],
            "lifted_on": self._date(unit.lifted_on),
        }

    @api.model
    def _action(self, row):
        """:return: one action; called off ones say so"""
        states = dict(row._fields["state"]._description_selection(self.env))
        return {
            "name": row.name,
            "detail": row.result or row.description,
            "owner": row.user_id.name,
            "deadline": self._date(row.deadline),
            "done_on": self._date(row.done_on),
            "state": states[row.state],
        }

    @api.model
    def _evidence(self, row):
        return {
            "name": row.name,
            "day": self._date(row.effective_on),
            "files": ", ".join(row.attachment_ids.mapped("name")),
            "url": row.url,
        }
