from odoo import api, models

from ..rules.training_documents import NDA_ADVERTISING, NDA_ADVERTISING_EN


class TrainingRequestSummary(models.AbstractModel):
    """What is offered for a request for training: no contract, no promise."""

    _name = "report.qualiopi_compliance.training_request_summary"
    _description = "Summary for a quote"
    _inherit = "qualiopi.training.document"
    _document = "request_summary"
    _doc_model = "crm.lead"

    @api.model
    def _title(self):
        return self.env._("Training offered")

    @api.model
    def _lang(self, unit):
        return self._installed_lang(unit.lang_id.code, unit.partner_id.lang)

    @api.model
    def _company(self, unit):
        return unit._qualiopi_version().company_id

    @api.model
    def _refusal(self, unit):
        if unit._qualiopi_version():
            return ""
        return self.env._(
            "%(request)s: no programme with a validated version is asked for.",
            request=unit.display_name,
        )

    @api.model
    def _missing(self, unit):
        """No text says what a summary must contain."""
        return ()

    @api.model
    def _values(self, unit):
        sheet, rows, notes = unit._qualiopi_summary_parts()
        number = self._company(unit).qualiopi_nda
        french = (self.env.lang or "").startswith("fr")
        names = (unit.partner_name, unit.contact_name, unit.partner_id.name)
        return {
            "title": sheet.get("name"),
            "client": ", ".join(dict.fromkeys(filter(None, names))),
            "rows": rows,
            "notes": notes,
            # an offer advertises: no other mention of the number is allowed
            "nda_wording": number and NDA_ADVERTISING.format(number=number),
            "nda_translation": number
            and not french
            and NDA_ADVERTISING_EN.format(number=number),
        }
