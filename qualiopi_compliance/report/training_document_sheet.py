from odoo import api, models
from odoo.tools import format_amount

from ..rules.training_documents import NDA_ADVERTISING, NDA_ADVERTISING_EN


class TrainingProgramSheet(models.AbstractModel):
    """The public sheet of a programme, as it was validated (indicator 1).

    Printed from an immutable version: it can be printed again as it was, at any time.
    """

    _name = "report.qualiopi_compliance.training_program_sheet"
    _description = "Programme sheet"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.program.version"
    _evidence_type = "program_sheet"
    _evidence_complete = True
    _evidence_when_shown = True

    @api.model
    def _title(self):
        return self.env._("Programme")

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """A version was complete when it was validated: nothing to refuse."""

    @api.model
    def _evidence_records(self, unit):
        # what the public is given is the last version: former ones are history
        program = unit.program_id
        return program if unit == program.current_version_id else program.browse()

    @api.model
    def _evidence_key(self, unit):
        return unit.program_id

    @api.model
    def _evidence_day(self, unit):
        return unit.validated_on

    @api.model
    def _values(self, unit):
        sheet = unit._read_content(self.env.lang)
        number = unit.company_id.qualiopi_nda
        french = (self.env.lang or "").startswith("fr")
        return {
            "sheet": sheet,
            "title": sheet.get("name"),
            "category": self._category(sheet),
            "version": self.env._(
                "Version %(number)s, validated on %(day)s",
                number=unit.number,
                day=self._date(unit.validated_on),
            ),
            "duration": self._duration(sheet),
            "distance": sheet.get("distance_hours")
            and self._hours(sheet["distance_hours"]),
            "price": self._sheet_price(sheet),
            "recognition": " – ".join(
                part
                for part in (sheet.get("recognition"), sheet.get("recognition_note"))
                if part
            ),
            "registered": self._registered(sheet),
            "number": self._number,
            # a sheet advertises: no other mention of the number is allowed
            "nda_wording": number and NDA_ADVERTISING.format(number=number),
            "nda_translation": number
            and not french
            and NDA_ADVERTISING_EN.format(number=number),
        }

    @api.model
    def _duration(self, sheet):
        hours, days = sheet.get("duration_hours"), sheet.get("duration_days")
        parts = [
            hours and self._hours(hours),
            days and self.env._("%(days)s days", days=self._number(days)),
        ]
        return " – ".join(part for part in parts if part)

    @api.model
    def _sheet_price(self, sheet):
        currency = self.env["res.currency"].search(
            [("name", "=", sheet.get("currency"))], limit=1
        )
        price = sheet.get("price")
        parts = [
            price and currency and format_amount(self.env, price, currency),
            sheet.get("price_note"),
        ]
        return "\n".join(part for part in parts if part)

    @api.model
    def _registered(self, sheet):
        days = [
            self._date(sheet[name]) if sheet.get(name) else ""
            for name in ("certification_from", "certification_until")
        ]
        if not days[0]:
            return ""
        if not days[1]:
            return self.env._("on %(day)s", day=days[0])
        return self.env._("on %(day)s, until %(until)s", day=days[0], until=days[1])
