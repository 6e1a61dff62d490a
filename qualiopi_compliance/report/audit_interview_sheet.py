from odoo import api, models
from odoo.exceptions import UserError

from ..rules.audit_questions import likely_questions


class AuditInterviewSheet(models.AbstractModel):
    """One page for each person whom the auditor meets: when, on what, and what he is
    likely to be asked. It is handed out before the audit.
    """

    _name = "report.qualiopi_compliance.audit_interview_sheet"
    _description = "Interview sheet"
    _inherit = "qualiopi.audit.paper"

    @api.model
    def _title(self):
        return self.env._("You meet the auditor")

    @api.model
    def _get_report_values(self, docids, data=None):
        audits = self.env["qualiopi.audit"].browse(docids)
        audits.check_access("read")
        document = self.with_context(lang=self._lang(audits))
        audits = audits.with_context(lang=document.env.lang)
        document._check_people(audits)
        return {
            "doc_ids": docids,
            "doc_model": "qualiopi.audit",
            "docs": [
                document._sheet(audit, person)
                for audit in audits
                for person in document._met(audit)
            ],
        }

    @api.model
    def _check_people(self, audits):
        for audit in audits:
            if not self._met(audit):
                raise UserError(
                    self.env._(
                        "The plan of “%(name)s” names nobody to meet: add people to "
                        "its lines first.",
                        name=audit.display_name,
                    )
                )

    @api.model
    def _met(self, audit):
        """:return: those of the plan, meals apart, and those of prepared interviews;
        never who leads the audit
        """
        lines = audit.agenda_ids.filtered(lambda line: line.kind != "lunch")
        people = lines.partner_ids | audit.interview_ids.partner_id
        return (people - audit.auditor_ids).sorted("name")

    @api.model
    def _sheet(self, audit, person):
        lines = audit.agenda_ids.filtered(lambda line: person in line.partner_ids)
        interviews = audit.interview_ids.filtered(lambda row: row.partner_id == person)
        indicators = lines.indicator_ids | interviews.indicator_ids
        return (
            self._company_values(audit.company_id)
            | self._audit_values(audit)
            | {
                "lang": self.env.lang,
                "document_title": self._title(),
                "printed_on": self._date(self._today()),
                "person": person.name,
                "function": audit._function_of(person),
                "plan": self._plan(lines),
                "groups": self._questions(audit, person, indicators, interviews),
            }
        )

    @api.model
    def _questions(self, audit, person, indicators, interviews):
        """:return: pairs of a heading and questions: those prepared for this person,
        else those that are likely
        """
        if interviews.question_ids:
            asked = [
                (row.indicator_id, row.name) for row in interviews.question_ids.sorted()
            ]
        else:
            by_number = {row.number: row for row in indicators}
            asked = [
                (by_number.get(each.indicator, indicators[:0]), self.env._(each.text))
                for each in likely_questions(by_number, teaches=audit._teaches(person))
            ]
        groups = {}
        for indicator, text in asked:
            heading = indicator.display_name or self.env._("To begin with")
            texts = groups.setdefault(heading, [])
            if text not in texts:
                texts.append(text)
        return list(groups.items())
