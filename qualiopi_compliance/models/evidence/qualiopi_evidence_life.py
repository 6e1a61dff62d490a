from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "qualiopi_compliance.group_qualiopi_manager"
# What a manager may still write on a validated document: none of it is what it says.
FILING = {"active", "indicator_ids", "note", "user_id"}
# What the buttons write, and nothing else.
LIFE = {
    "state",
    "submitted_on",
    "submitted_by_id",
    "validated_on",
    "validated_by_id",
    "rejection_reason",
    "superseded_on",
    "superseded_by_id",
    "origin",
    "printed_key",
    "printed_digest",
}
TO_VALIDATE = "qualiopi_compliance.mail_activity_type_evidence_validation"
TO_CORRECT = "qualiopi_compliance.mail_activity_type_evidence_correction"


class QualiopiEvidence(models.Model):
    """The life of a document: submitted by one, validated or rejected by another."""

    _inherit = "qualiopi.evidence"

    submitted_on = fields.Date(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    validated_on = fields.Date(readonly=True, copy=False)
    validated_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    rejection_reason = fields.Text(readonly=True, copy=False, tracking=True)
    origin = fields.Selection(
        [("upload", "Uploaded"), ("printed", "Printed by us")],
        default="upload",
        required=True,
        readonly=True,
        copy=False,
    )
    may_edit = fields.Boolean(
        compute="_compute_may_edit",
        help="Whether the reader may change what the document says.",
    )

    @api.depends_context("uid")
    @api.depends("state", "origin")
    def _compute_may_edit(self):
        manager = self.env.user.has_group(MANAGER)
        states = {"draft", "rejected"} | ({"submitted"} if manager else set())
        for evidence in self:
            evidence.may_edit = (
                (evidence.state or "draft") in states
                and evidence.origin != "printed"
                and (not evidence._origin or evidence._origin.has_access("write"))
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(LIFE & vals.keys() for vals in vals_list):
            self._refuse_life()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if LIFE & vals.keys():
                self._refuse_life()
            self._check_may_change(vals.keys() - self._social_fields())
        return super().write(vals)

    @api.model
    def _social_fields(self):
        """:return: names of the fields that talk about a document"""
        return {
            *self.env["mail.thread.main.attachment"]._fields,
            *self.env["mail.activity.mixin"]._fields,
        }

    def _refuse_life(self):
        raise UserError(
            self.env._(
                "A document is submitted, validated and rejected by its buttons only."
            )
        )

    def _check_may_change(self, names):
        """:param names: of the fields to be written
        :raise UserError: when one of these documents does not change any more
        """
        manager = self.env.user.has_group(MANAGER)
        if names - (FILING if manager else set()):
            self._check_not_validated()
            self._check_not_printed()
        waiting = self.filtered(lambda row: row.state == "submitted")
        if names and waiting and not manager:
            raise UserError(
                self.env._(
                    "“%(name)s” is submitted: a quality manager is looking at it. Take "
                    "it back to change it.",
                    name=waiting[0].name,
                )
            )

    def _check_not_validated(self):
        """:raise UserError: when one of these documents is validated"""
        fixed = self.filtered(lambda row: row.state == "validated")
        if fixed:
            raise UserError(
                self.env._(
                    "“%(name)s” is validated: it is evidence and does not change. Make "
                    "a new version of it.",
                    name=fixed[0].name,
                )
            )

    def _check_not_printed(self):
        """:raise UserError: when one of these documents was printed by us"""
        printed = self.filtered(lambda row: row.origin == "printed")
        if printed:
            raise UserError(
                self.env._(
                    "“%(name)s” stays as it was printed. Print it again, or add the "
                    "signed copy as its new version.",
                    name=printed[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        for evidence in self:
            if evidence.state == "validated":
                raise UserError(
                    self.env._(
                        "“%(name)s” is validated: it is evidence and is kept. Archive "
                        "it, or make a new version of it.",
                        name=evidence.name,
                    )
                )

    # Buttons

    def action_submit(self):
        """Hand the document over for validation.

        :raise UserError: when there is nothing to look at, or its date is not known
        """
        self.check_access("write")
        for evidence in self:
            if evidence.state not in ("draft", "rejected"):
                raise UserError(
                    self.env._("“%(name)s” was submitted already.", name=evidence.name)
                )
            evidence._check_complete()
        # sudo: qualiopi.evidence - nobody changes the state but through this method
        self.sudo().write(
            {
                "state": "submitted",
                "submitted_on": self.env["qualiopi.framework"]._today(),
                "submitted_by_id": self.env.uid,
                "rejection_reason": False,
            }
        )
        self._close_activities(TO_CORRECT)
        self._ask_judges()

    def action_withdraw(self):
        """Take back what was submitted, to correct it."""
        self.check_access("write")
        for evidence in self:
            if evidence.state not in ("submitted", "rejected"):
                raise UserError(
                    self.env._(
                        "“%(name)s” is not submitted: there is nothing to take back.",
                        name=evidence.name,
                    )
                )
        # sudo: qualiopi.evidence - see action_submit
        self.sudo().write({"state": "draft"})
        self._close_activities(TO_VALIDATE, TO_CORRECT)

    def action_validate(self):
        """Record that the document shows what it should; it supersedes its former
        version from its own date on.
        """
        self._check_judge()
        todo = self.filtered(lambda row: row.state != "validated")
        if not todo:
            raise UserError(
                self.env._("“%(name)s” is validated already.", name=self[:1].name)
            )
        for evidence in todo.sorted("version"):
            evidence._check_complete()
            # sudo: qualiopi.evidence - see action_submit
            evidence.sudo()._validate(self.env.user)
        todo._close_activities(TO_VALIDATE, TO_CORRECT)

    def _validate(self, user):
        """:param user: who says so, empty when it was printed complete"""
        self.ensure_one()
        self._replace_awaited()
        self._check_former()
        self._set_validated(user)
        self._supersede_former()

    def _set_validated(self, user):
        self.write(
            {
                "state": "validated",
                "validated_on": self.env["qualiopi.framework"]._today(),
                "validated_by_id": user.id,
                "rejection_reason": False,
            }
        )

    def action_reject(self):
        """Ask for the reason.

        :return: an action that opens the question
        """
        self._check_judge()
        self._check_not_validated()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_evidence_rejection_action"
        )
        return action | {"context": {"default_evidence_ids": self.ids}}

    def _reject(self, reason):
        """:param reason: why, for whoever submitted it"""
        self._check_judge()
        self._check_not_validated()
        # sudo: qualiopi.evidence - see action_submit
        self.sudo().write({"state": "rejected", "rejection_reason": reason})
        self._close_activities(TO_VALIDATE)
        for evidence in self:
            sender = evidence.submitted_by_id or evidence.create_uid
            if sender and sender != self.env.user and sender.active:
                # sudo: mail.activity - the sender may write the document, not the
                # activities of others
                evidence.sudo().activity_schedule(
                    TO_CORRECT, note=reason, user_id=sender.id
                )

    def _check_judge(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only a quality manager validates or rejects a document.")
            )

    def _check_complete(self):
        """:raise UserError: when there is nothing to look at, or it says too little"""
        self.ensure_one()
        if not self.attachment_ids and not (self.url or "").strip():
            raise UserError(
                self.env._(
                    "“%(name)s” has neither file nor link: add one first.",
                    name=self.name,
                )
            )
        if self.signature_awaited:
            raise UserError(
                self.env._(
                    "“%(name)s” was printed to be signed. Add the signed copy, as its "
                    "new version, and submit that.",
                    name=self.name,
                )
            )
        if not self.effective_on:
            raise UserError(
                self.env._(
                    "“%(name)s”: enter its own date, from which it is valid. It is "
                    "seldom the day it was uploaded.",
                    name=self.name,
                )
            )
        if not self.type_id and not self.indicator_ids:
            raise UserError(
                self.env._(
                    "“%(name)s”: say what it shows. Choose its type, or the indicators "
                    "it helps to prove.",
                    name=self.name,
                )
            )

    # Activities

    def _ask_judges(self):
        """Tell the quality managers that something waits for them."""
        for evidence in self:
            for judge in evidence._judges() - self.env.user:
                # sudo: mail.activity - a contributor gives work to managers here only
                evidence.sudo().activity_schedule(TO_VALIDATE, user_id=judge.id)

    def _judges(self):
        """:return: the quality managers of the company"""
        self.ensure_one()
        # sudo: res.groups - who may validate, whatever the reader may see of users
        users = self.env.ref(MANAGER).sudo().all_user_ids
        judges = users.filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        )
        return judges.sudo(False)

    def _close_activities(self, *kinds):
        # sudo: mail.activity - settled for all those who were asked
        self.sudo().activity_feedback(list(kinds))
