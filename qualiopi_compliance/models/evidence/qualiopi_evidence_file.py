from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools.misc import format_date

from ...rules.file_content import HEAD_SIZE, file_problem


class QualiopiEvidence(models.Model):
    """The files of a document: its own, of a kind that may be opened, known again.

    Whoever reads the document reads its files, and nobody else does. Each keeps the
    SHA-256 of its content: the same file twice is said, not refused.
    """

    _inherit = "qualiopi.evidence"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_evidence_attachment_rel",
        "evidence_id",
        "attachment_id",
        "Files",
        bypass_search_access=True,
        copy=False,
    )
    sha256 = fields.Text(
        "SHA-256",
        compute="_compute_sha256",
        search="_search_sha256",
        help="Of the content of each file: shows that it has not changed.",
    )
    same_file_ids = fields.Many2many(
        "qualiopi.evidence",
        string="Documents with the Same File",
        compute="_compute_same_file_ids",
    )
    same_file_notice = fields.Char(compute="_compute_same_file_ids")

    @api.depends("attachment_ids.qualiopi_sha256")
    def _compute_sha256(self):
        for evidence in self:
            # sudo: ir.attachment - of the files of a document that the user reads
            digests = evidence.sudo().attachment_ids.mapped("qualiopi_sha256")
            evidence.sha256 = "\n".join(filter(None, digests)) or False

    def _search_sha256(self, operator, value):
        if operator not in ("in", "ilike", "=ilike", "like", "=like"):
            return NotImplemented
        if operator != "in":
            return Domain("attachment_ids.qualiopi_sha256", operator, value)
        digests = [digest for digest in value if digest]
        found = Domain("attachment_ids.qualiopi_sha256", "in", digests)
        if len(digests) < len(value):
            found |= Domain("attachment_ids", "=", False)
        return found

    @api.depends_context("lang", "uid", "allowed_company_ids")
    @api.depends("attachment_ids")
    def _compute_same_file_ids(self):
        for evidence in self:
            same = evidence._same_files()
            evidence.same_file_ids = same
            evidence.same_file_notice = bool(same) and self.env._(
                "The same file is filed already: %(documents)s.",
                documents=", ".join(row._label() for row in same),
            )

    def _same_files(self):
        """:return: the other documents with one of these files, that the reader sees"""
        self.ensure_one()
        # sudo: ir.attachment - only the digests of files that the reader has here
        files = self.sudo().attachment_ids._origin
        if not files:
            return self.browse()
        return self.with_context(active_test=False).search(
            [
                ("attachment_ids.qualiopi_sha256", "in", files._qualiopi_digests()),
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self._origin.ids),
            ],
            limit=5,
        )

    def _label(self):
        """:return: how the document is called in a sentence"""
        self.ensure_one()
        parts = [self.name, self.about if self.scope != "company" else ""]
        label = " – ".join(filter(None, parts))
        day = self.effective_on and format_date(self.env, self.effective_on)
        return f"“{label}” ({day})" if day else f"“{label}”"

    @api.onchange("attachment_ids")
    def _onchange_attachment_ids(self):
        """Take out at once what cannot be filed, and say so of what is known."""
        refused, reasons = self.env["ir.attachment"], []
        for file in self.attachment_ids._origin - self._origin.attachment_ids:
            file.check_access("read")
            if reason := self._file_refusal(file):
                refused |= file
                reasons.append(reason)
        if not refused:
            return None
        self.attachment_ids = self.attachment_ids.filtered(
            lambda file: file._origin not in refused
        )
        return {
            "warning": {
                "title": self.env._("Not filed"),
                "message": "\n".join(reasons),
                "type": "notification",
            }
        }

    @api.model_create_multi
    def create(self, vals_list):
        evidence = super().create(vals_list)
        evidence._take_files()
        return evidence

    def write(self, vals):
        if "attachment_ids" not in vals:
            return super().write(vals)
        known = {row: row.attachment_ids for row in self}
        result = super().write(vals)
        self._take_files(known)
        for evidence, files in known.items():
            evidence._forget_files(files - evidence.attachment_ids)
            evidence.sudo().attachment_ids.register_as_main_attachment(force=False)
        return result

    def _take_files(self, known=None):
        """Check the new files and make them those of the document.

        What is on file elsewhere stays there: the document gets a copy.

        :param known: document -> files that it had already
        """
        nothing = self.env["ir.attachment"]
        for evidence in self:
            files = evidence.attachment_ids - (known or {}).get(evidence, nothing)
            if not files:
                continue
            files.check_access("read")
            evidence._check_files(files)
            evidence._own_files(files)
            # sudo: ir.attachment - files of a document that the user writes
            own = evidence.sudo().attachment_ids
            own._qualiopi_stamp()
            own.register_as_main_attachment(force=False)

    def _own_files(self, files):
        """:param files: that the user may read; whoever reads the document will, too"""
        self.ensure_one()
        mine = {
            "res_model": self._name,
            "res_id": self.id,
            "res_field": False,
            "public": False,
            "access_token": False,
        }
        # sudo: ir.attachment - see above
        files = files.sudo().with_context(
            qualiopi_claim=True, image_no_postprocess=True
        )
        elsewhere = files.filtered(
            lambda file: (
                file.res_id and (file.res_model, file.res_id) != (self._name, self.id)
            )
        )
        (files - elsewhere).write(mine)
        if elsewhere:
            copies = [file.copy({"name": file.name, **mine}) for file in elsewhere]
            commands = [Command.unlink(file.id) for file in elsewhere]
            commands += [Command.link(file.id) for file in copies]
            # sudo: qualiopi.evidence - see above
            self.sudo().write({"attachment_ids": commands})

    def _forget_files(self, files):
        """Delete what was taken out of a document, unless another one has it."""
        self.ensure_one()
        # sudo: ir.attachment - files of a document that the user writes
        mine = files.sudo().filtered(
            lambda file: (file.res_model, file.res_id) == (self._name, self.id)
        )
        others = self.sudo().with_context(active_test=False)
        kept = others.search([("attachment_ids", "in", mine.ids)]).attachment_ids
        (mine - kept).unlink()

    def _check_files(self, files):
        """:raise ValidationError: naming what cannot be evidence, and why"""
        if self.env.su and self.env.context.get("qualiopi_printed"):
            return
        reasons = [self._file_refusal(file) for file in files]
        if any(reasons):
            raise ValidationError("\n".join(filter(None, reasons)))

    @api.model
    def _file_refusal(self, file):
        """:return: why a file cannot be evidence and what to do, empty when it can"""
        if file.type != "binary":
            return self.env._(
                "“%(name)s” is a link, not a file: enter it under “Link”.",
                name=file.name,
            )
        head = (file.with_context(bin_size=False).raw or b"")[:HEAD_SIZE]
        problem = file_problem(file.name or "", head, file.file_size)
        return self._file_refusals(file.name).get(problem, "")

    @api.model
    def _file_refusals(self, name):
        """:return: problem of a file -> what is said of it"""
        return {
            "empty": self.env._(
                "“%(name)s” is empty: it has 0 bytes. Open it on your computer, save "
                "it again and send it once more.",
                name=name,
            ),
            "program": self.env._(
                "“%(name)s” is a program: it is not filed. If a document is meant, "
                "save it as PDF and send that.",
                name=name,
            ),
            "page": self.env._(
                "“%(name)s” is a page for a browser (HTML or SVG), whatever it is "
                "called: it is not filed. Print it to PDF and send that, or enter its "
                "address under “Link”.",
                name=name,
            ),
            "script": self.env._(
                "“%(name)s” is a script: it is not filed. If a document is meant, save "
                "it as PDF and send that.",
                name=name,
            ),
            "mismatch": self.env._(
                "“%(name)s” is not what its name says: nobody could open it. Open it "
                "on your computer, save or scan it again and send it once more.",
                name=name,
            ),
        }
