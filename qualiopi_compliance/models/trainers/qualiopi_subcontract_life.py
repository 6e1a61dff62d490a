from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .qualiopi_subcontract import TERMS_READERS

# What both parties have signed, and what brings a contract from state to state.
AGREED = {
    "direction",
    "subcontractor_id",
    "principal_id",
    "company_id",
    "program_ids",
    "cpf",
    "date_from",
    "date_to",
    "hours",
    "amount",
    "tasks",
    "content",
    "sanction",
    "means",
    "conditions",
    "follow_up",
    "no_chain",
    "indicator_ids",
    "compliance_clause",
}


class QualiopiSubcontract(models.Model):
    """The life of a contract: signed once it may be, then unchanged, ended."""

    _inherit = "qualiopi.subcontract"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            self._refuse_state()
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals:
            self._refuse_state()
        fixed = self.filtered(lambda contract: contract.state in ("signed", "ended"))
        if fixed and AGREED & vals.keys():
            raise UserError(
                self.env._(
                    "“%(name)s” is signed: what was agreed does not change. Make "
                    "another contract for what changes, or take this one back to "
                    "draft to correct a slip.",
                    name=fixed[0].display_name,
                )
            )
        return super().write(vals)

    def _refuse_state(self):
        raise UserError(
            self.env._(
                "The state of a contract changes by its buttons only: Mark as Signed, "
                "End, Cancel and Back to Draft."
            )
        )

    def _set_state(self, state, **vals):
        """The one way to another state: :meth:`write` refuses it."""
        self.check_access("write")
        return super().write({"state": state, **vals})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for contract in self:
            if contract.state in ("signed", "ended"):
                raise UserError(
                    self.env._(
                        "“%(name)s” was signed: it is evidence and is kept. End it, "
                        "or cancel it if it was never carried out.",
                        name=contract.display_name,
                    )
                )

    def action_sign(self):
        """Record that both parties have signed.

        :raise UserError: naming what the law does not let a contract be without
        """
        self.check_access("write")
        for contract in self:
            contract._check_signing()
        for contract in self:
            today = self.env["qualiopi.framework"]._today()
            contract._set_state("signed", signed_on=contract.signed_on or today)
            contract._adopt_sessions()
            if contract.missing_count:
                contract.message_post(
                    body=self.env._(
                        "Signed without: %(pieces)s.",
                        pieces=", ".join(contract.missing_text.split("\n")),
                    )
                )

    def _check_signing(self):
        """:raise UserError: when this contract cannot be signed, saying why"""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "“%(name)s” is no draft: it cannot be signed again.",
                    name=self.display_name,
                )
            )
        self._check_chain()
        blocking = [item for item in self._missing_items() if item.blocks]
        if blocking:
            line = self.env["qualiopi.subcontractor"]._missing_line
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be signed: under the CPF the law does not let a "
                    "contract be without these. Enter them first.\n%(pieces)s",
                    name=self.display_name,
                    pieces="\n".join(f"- {line(item)}" for item in blocking),
                )
            )

    def action_end(self):
        """The contract is over: today, unless it ended before."""
        self.check_access("write")
        today = self.env["qualiopi.framework"]._today()
        for contract in self:
            if contract.state != "signed":
                raise UserError(
                    self.env._(
                        "“%(name)s” is not in force: only a signed contract ends.",
                        name=contract.display_name,
                    )
                )
            if contract.date_from > today:
                raise UserError(
                    self.env._(
                        "“%(name)s” only begins on %(day)s: cancel it instead.",
                        name=contract.display_name,
                        day=format_date(self.env, contract.date_from),
                    )
                )
            until = min(contract.date_to or today, today)
            contract._set_state("ended", date_to=until)

    def action_cancel(self):
        """The contract was never carried out."""
        self.check_access("write")
        for contract in self:
            if contract.state == "ended":
                raise UserError(
                    self.env._(
                        "“%(name)s” was carried out until its end: it cannot be "
                        "cancelled.",
                        name=contract.display_name,
                    )
                )
            contract._set_state("cancelled")

    def action_draft(self):
        """Take it back to correct a slip, or because it is wanted after all."""
        self.check_access("write")
        for contract in self:
            contract._set_state("draft", signed_on=False)

    def _adopt_sessions(self):
        """Sessions of the principal that had no contract take this one."""
        self.ensure_one()
        if self.direction != "received":
            return
        # sudo: event.event - signing may concern sessions one does not plan
        waiting = (
            self.env["event.event"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("qualiopi_principal_id", "child_of", self.principal_id.ids),
                    ("qualiopi_program_id", "!=", False),
                    ("qualiopi_subcontract_id", "=", False),
                    ("date_end", ">=", f"{self.date_from} 00:00:00"),
                ]
            )
        )
        waiting._qualiopi_find_contract()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Messages and their files say what a contract costs: see ``amount``."""
        if message_operation == "read" and not self.env.user.has_group(TERMS_READERS):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
