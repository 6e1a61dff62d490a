from odoo import fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "qualiopi_compliance.group_qualiopi_manager"


class QualiopiPageDefect(models.Model):
    """Words that a person has read in their place and finds right, saying why.

    A page is read by rules, which can be wrong about words. What a manager accepts
    keeps no page off the website and is no gap, as long as the very same words stand
    in the same place; what is missing cannot be accepted.
    """

    _inherit = "qualiopi.page.defect"

    accepted_on = fields.Date(readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    accepted_reason = fields.Text("Why Accepted", readonly=True)

    def _kept_values(self, vals):
        if self.accepted_on:
            vals = {**vals, "blocking": False, "gap": False}
        return super()._kept_values(vals)

    def _check_judge(self):
        """:raise AccessError: for who does not judge what a page says"""
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only a quality manager accepts what a page says.")
            )

    def _check_words(self):
        """:raise UserError: for what is missing: there are no words to accept"""
        for defect in self:
            if not defect.passage:
                raise UserError(
                    self.env._(
                        "“%(defect)s”: something is missing here, which no reason "
                        "replaces. Write it, validate the programme again, or leave "
                        "the page off the website.",
                        defect=defect.display_name,
                    )
                )

    def action_ask_acceptance(self):
        """Ask why these words are right where they stand."""
        self._check_judge()
        self._check_words()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("These Words Are Right"),
            "res_model": "qualiopi.page.acceptance",
            "view_mode": "form",
            "target": "new",
            "context": {"default_defect_ids": self.ids},
        }

    def _accept(self, reason):
        """:param reason: why the words are right, in words"""
        self._check_judge()
        self._check_words()
        for defect in self:
            # sudo: qualiopi.page.defect - nobody writes them but the code
            defect.sudo().write(
                {
                    "accepted_on": self.env["qualiopi.framework"]._today(),
                    "accepted_by_id": self.env.uid,
                    "accepted_reason": reason,
                    "blocking": False,
                    "gap": False,
                }
            )
            defect.program_id.message_post(
                body=self.env._(
                    "Accepted on the page: “%(passage)s” (%(defect)s). %(reason)s",
                    passage=defect.passage,
                    defect=defect.display_name,
                    reason=reason,
                )
            )

    def action_take_back(self):
        """Judge the words anew: the page is read again."""
        self._check_judge()
        # sudo: qualiopi.page.defect - nobody writes them but the code
        self.sudo().write(
            {"accepted_on": False, "accepted_by_id": False, "accepted_reason": False}
        )
        self.program_id._read_page(self.env["qualiopi.framework"]._today())
