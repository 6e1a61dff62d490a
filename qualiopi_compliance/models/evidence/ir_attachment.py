from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a document says, and what makes its readers able to read it.
CONTENT_FIELDS = {
    "datas",
    "raw",
    "db_datas",
    "store_fname",
    "url",
    "type",
    "name",
    "mimetype",
    "res_model",
    "res_id",
    "res_field",
}
EVIDENCE = "qualiopi.evidence"


class IrAttachment(models.Model):
    """Files of evidence: known by their content, kept as they were validated.

    Those of a validated document and of a closed checklist are as unchangeable as
    these are, whatever the way to them. Those of any document are for its readers.
    """

    _inherit = "ir.attachment"

    qualiopi_sha256 = fields.Char(
        "SHA-256",
        size=64,
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Of the content, for the files of evidence.",
    )

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._qualiopi_check_not_frozen()
        if vals.get("public"):
            self._qualiopi_check_not_evidence()
        known = {"datas", "raw", "db_datas"} & vals.keys() and self.sudo().filtered(
            "qualiopi_sha256"
        )
        result = super().write(vals)
        if known:
            known._qualiopi_stamp(anew=True)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_qualiopi_frozen(self):
        self._qualiopi_check_not_frozen()

    def _qualiopi_stamp(self, anew=False):
        """Write down the digest of the content.

        :param anew: also of files that have one
        """
        for file in self:
            if anew or not file.qualiopi_sha256:
                file.qualiopi_sha256 = file._qualiopi_digest()

    def _qualiopi_digests(self):
        """:return: of each file, as written down or else of what it is now"""
        return [file.qualiopi_sha256 or file._qualiopi_digest() for file in self]

    def _qualiopi_digest(self):
        self.ensure_one()
        return sha256(self.with_context(bin_size=False).raw or b"").hexdigest()

    def _qualiopi_check_not_evidence(self):
        # sudo: ir.attachment - only what the files are tied to
        if EVIDENCE in self.sudo().mapped("res_model"):
            raise UserError(
                self.env._(
                    "The files of evidence are for those who may read it: they cannot "
                    "be made public. Download the file to give it to somebody."
                )
            )

    def _qualiopi_check_not_frozen(self):
        if self.env.su and self.env.context.get("qualiopi_claim"):
            # a document on its way takes its own files
            return
        self._qualiopi_check_not_validated()
        self._qualiopi_check_may_change()
        self._qualiopi_check_not_closed()

    def _qualiopi_check_not_validated(self):
        # sudo: qualiopi.evidence - validated whoever sees it
        evidence = self.env[EVIDENCE].sudo().with_context(active_test=False)
        fixed = evidence.search(
            [("attachment_ids", "in", self.ids), ("state", "=", "validated")], limit=1
        )
        if fixed:
            raise UserError(
                self.env._(
                    "This file belongs to “%(name)s”, which is validated: it can be "
                    "neither changed, nor moved, nor deleted. Make a new version of "
                    "the document.",
                    name=fixed.name,
                )
            )

    def _qualiopi_check_may_change(self):
        """What is being judged stays as it was submitted, and prints as printed."""
        if self.env.su or not self.ids:
            return
        # sudo: qualiopi.evidence - the files say what the document says
        evidence = self.env[EVIDENCE].sudo().with_context(active_test=False)
        evidence.search([("attachment_ids", "in", self.ids)]).sudo(
            False
        )._check_may_change({"attachment_ids"})

    def _qualiopi_check_not_closed(self):
        # a picture pasted into a conclusion is tied to the line, not listed on it
        # sudo: ir.attachment - only where the files are tied to
        pasted = self.sudo().filtered(
            lambda file: file.res_model == "qualiopi.checklist.line"
        )
        # sudo: qualiopi.checklist.line - history counts whether the reader sees it
        Line = self.env["qualiopi.checklist.line"].sudo()
        line = Line.with_context(active_test=False).search(
            Domain("checklist_id.state", "=", "closed")
            & (
                Domain("frozen_evidence_ids.attachment_ids", "in", self.ids)
                | Domain("id", "in", pasted.mapped("res_id"))
            ),
            limit=1,
        )
        if line:
            raise UserError(
                self.env._(
                    "This document belongs to “%(name)s”, which is closed: it can be "
                    "neither changed nor deleted.",
                    name=line.checklist_id.name,
                )
            )
