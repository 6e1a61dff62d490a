from odoo import api, models

from ..rules.training_documents import missing_contents


class TrainingSubcontract(models.AbstractModel):
    """Contract given to a subcontractor: indicator 27; R. 6333-6-2 under the CPF."""

    _name = "report.qualiopi_compliance.training_subcontract"
    _description = "Subcontract"
    _inherit = "qualiopi.training.document"
    _document = "subcontract"
    _evidence_type = "subcontract"
    _doc_model = "qualiopi.subcontract"

    @api.model
    def _title(self):
        return self.env._("Subcontract for training")

    @api.model
    def _refusal(self, unit):
        if unit.direction == "given":
            return ""
        return self.env._(
            "“%(contract)s” was received: the principal writes it. Attach the copy you "
            "signed.",
            contract=unit.display_name,
        )

    @api.model
    def _lang(self, unit):
        # the firm reads and signs it
        return self._installed_lang(
            unit.partner_id.lang, unit.company_id.partner_id.lang
        )

    @api.model
    def _missing(self, unit):
        values = self._document_values(unit)
        stated = {code for code, value in values.items() if value}
        name = (
            "subcontract_cpf" if unit.cpf and unit.kind != "umbrella" else "subcontract"
        )
        return missing_contents(name, stated)

    @api.model
    def _evidence_records(self, unit):
        return unit.subcontractor_id

    @api.model
    def _values(self, unit):
        firm = unit.subcontractor_id
        period = unit.date_to and self._period(unit.date_from, unit.date_to)
        return {
            "reference": unit.name,
            "firm": firm.name,
            "firm_address": self._address(firm.partner_id),
            "firm_registry": firm.partner_id.company_registry,
            "firm_nda": firm.nda,
            "firm_insurance": self._insurance(firm),
            "firm_certificate": self._certificate(firm),
            "umbrella": firm.kind == "umbrella",
            "programs": unit.program_ids.mapped("name"),
            "tasks": (unit.tasks or "").strip(),
            "content": (unit.content or "").strip(),
            "sanction": (unit.sanction or "").strip(),
            "means": (unit.means or "").strip(),
            "conditions": (unit.conditions or "").strip(),
            "follow_up": (unit.follow_up or "").strip(),
            "hours": self._hours(unit.hours) if unit.hours else "",
            "period": period,
            "starts": self.env._("from %(day)s", day=self._date(unit.date_from)),
            "amount": self._amount(unit.amount, unit.currency_id),
            "statement": unit.compliance_statement,
            "clause": (unit.compliance_clause or "").strip(),
            "ours": "; ".join(unit.principal_indicator_ids.mapped("display_name")),
            "theirs": "; ".join(unit.indicator_ids.mapped("display_name")),
            "cpf": unit.cpf and firm.kind != "umbrella",
            "no_chain": unit.no_chain,
        }

    @api.model
    def _insurance(self, firm):
        """:return: insurer, policy and last day, those that are known"""
        until = firm.insurance_until and self.env._(
            "valid until %(day)s", day=self._date(firm.insurance_until)
        )
        parts = (firm.insurer, firm.insurance_number, until)
        return ", ".join(part for part in parts if part)

    @api.model
    def _certificate(self, firm):
        """:return: number, certifier and last day of its certificate of quality"""
        until = firm.certificate_until and self.env._(
            "valid until %(day)s", day=self._date(firm.certificate_until)
        )
        parts = (firm.certificate_number, firm.certificate_certifier, until)
        return ", ".join(part for part in parts if part)
