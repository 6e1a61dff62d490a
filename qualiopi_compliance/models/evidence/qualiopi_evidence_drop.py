from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .scopes import SCOPE_MODELS

LINE = "qualiopi.checklist.line"


class QualiopiEvidence(models.Model):
    """Files dropped on a record: one draft each, about that record."""

    _inherit = "qualiopi.evidence"

    @api.model
    def action_receive_files(self, attachment_ids, res_model=None, res_id=None):
        """Make a draft of each file that was just sent.

        :param attachment_ids: files that the user sent, tied to no record yet
        :param res_model: of the record they were dropped on, none for the list
        :return: ``made``, ``known`` and ``refused``: what to tell the user
        """
        self.check_access("create")
        values = self._values_on(res_model, res_id)
        files = self.env["ir.attachment"].browse(attachment_ids).exists()
        files.check_access("write")
        told = {"made": [], "known": [], "refused": []}
        for file in files.filtered(lambda file: not file.res_id):
            name = file.name
            try:
                with self.env.cr.savepoint():
                    evidence = self._receive(file, values)
            except (AccessError, UserError, ValidationError) as error:
                told["refused"].append({"name": name, "reason": error.args[0]})
                file.unlink()
                continue
            told["made"].append({"id": evidence.id, "name": evidence.name})
            if notice := evidence.same_file_notice:
                told["known"].append(
                    {"id": evidence.id, "name": name, "notice": notice}
                )
        return told

    @api.model
    def _receive(self, file, values):
        reason = self._file_refusal(file)
        if reason:
            raise UserError(reason)
        # its date is seldom that of its upload: somebody who has read it enters it
        return self.create(
            {"effective_on": False, **values, "attachment_ids": [(4, file.id)]}
        )

    @api.model
    def _values_on(self, res_model, res_id):
        """:return: values of a document dropped on this record
        :raise AccessError: when the user may not see it
        """
        if not res_model:
            return {}
        if res_model != LINE and res_model not in SCOPE_MODELS.values():
            raise UserError(self.env._("Documents are not filed on such a record."))
        record = self.env[res_model].browse(res_id).exists()
        if not record:
            raise UserError(
                self.env._(
                    "This record is gone. Reload the page, and file the documents "
                    "where they belong."
                )
            )
        record.check_access("read")
        if res_model != LINE:
            return self._about_values(record)
        record._check_takes_documents()
        return {
            "scope": "company",
            "company_id": record.company_id.id,
            "indicator_ids": [(6, 0, record.indicator_id.ids)],
        }

    @api.model
    def action_open_received(self, evidence_ids):
        """Open the drafts just made: one, or the list of them.

        :param evidence_ids: of the drafts
        """
        evidence = self.browse(evidence_ids).exists()
        evidence.check_access("read")
        if len(evidence) == 1:
            return evidence.get_formview_action()
        return self._list_action(
            [("id", "in", evidence.ids)], name=self.env._("Documents to Complete")
        )
