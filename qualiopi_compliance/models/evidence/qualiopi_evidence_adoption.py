from odoo import api, fields, models

from ...rules.audit_calendar import today_in_paris
from ...rules.file_content import stem

LINE = "qualiopi.checklist.line"


class QualiopiEvidence(models.Model):
    """Files that were on checklists before there was evidence: see the migration."""

    _inherit = "qualiopi.evidence"

    @api.model
    def _adopt(self, rows):
        """:param rows: ids of a file, of a company, and of the lines that showed it"""
        for file_id, company_id, line_ids in rows:
            file = self.env["ir.attachment"].browse(file_id)
            lines = self.env[LINE].browse(line_ids)
            evidence = self._adopt_file(file, company_id, lines)
            closed = lines.filtered(lambda line: line.checklist_id.state == "closed")
            self._show_when_closed(evidence, closed)

    @api.model
    def _adopt_file(self, file, company_id, lines):
        """:return: the document made of a file, which stays untouched"""
        uploaded = today_in_paris(file.create_date)
        judged_on, judge = self._judged(lines, uploaded)
        company = self.env["res.company"].browse(company_id)
        sender = file.create_uid
        keeps = sender.active and company in sender.company_ids
        document = self.with_context(
            mail_create_nolog=True, lang=company.partner_id.lang
        )
        evidence = document.create(
            {
                "name": stem(file.name),
                "company_id": company_id,
                "scope": "company",
                "indicator_ids": [fields.Command.set(lines.indicator_id.ids)],
                "user_id": keeps and sender.id,
                "effective_on": uploaded,
                "note": document.env._(
                    "Was on the checklist before. Dated on the day it was uploaded: "
                    "its own date is not known."
                ),
                "state": "validated" if judged_on else "submitted",
                "submitted_on": uploaded,
                "submitted_by_id": sender.id,
                "validated_on": judged_on,
                "validated_by_id": judge.id,
            }
        )
        self._tie(evidence, file)
        return evidence

    @api.model
    def _judged(self, lines, uploaded):
        """:return: since when a manager has taken the file for good, and who if it is
        known: by closing a checklist with it, or assessing an indicator after it came
        """
        checklists = lines.checklist_id.filtered(lambda row: row.state == "closed")
        closed = checklists.sorted("closed_on")[:1]
        if closed:
            return closed.closed_on, closed.closed_by_id
        days = [
            line.assessed_on
            for line in lines
            if line.declared_status != "not_assessed"
            and line.assessed_on
            and line.assessed_on >= uploaded
        ]
        return (min(days) if days else False), self.env["res.users"]

    @api.model
    def _tie(self, evidence, file):
        """Link the file as it is; readers of the document read it from now on."""
        self.env.cr.execute(
            "INSERT INTO qualiopi_evidence_attachment_rel (evidence_id, attachment_id) "
            "VALUES (%s, %s)",
            (evidence.id, file.id),
        )
        evidence.invalidate_recordset(["attachment_ids"])
        if file.res_model == LINE or not file.res_id:
            file.with_context(qualiopi_claim=True).write(
                {"res_model": self._name, "res_id": evidence.id}
            )
        file._qualiopi_stamp()
        evidence.attachment_ids.register_as_main_attachment(force=False)

    @api.model
    def _show_when_closed(self, evidence, lines):
        """A closed line shows what it showed: by SQL, it cannot be written any more."""
        for line in lines:
            self.env.cr.execute(
                "INSERT INTO qualiopi_checklist_line_evidence_rel "
                "(line_id, evidence_id) VALUES (%s, %s)",
                (line.id, evidence.id),
            )
        lines.invalidate_recordset(["frozen_evidence_ids"])
