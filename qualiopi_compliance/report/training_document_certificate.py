from odoo import api, models

from ..rules import training_documents as texts


class TrainingCertificate(models.AbstractModel):
    """*Certificat de réalisation*, after the ministry's model.

    The official text is French, to the letter; other readers get our translation
    beside it. Only the hours somebody was really there are certified.
    """

    _name = "report.qualiopi_compliance.training_certificate"
    _description = "Certificate of completion"
    _inherit = "qualiopi.training.document"
    _document = "certificate"
    _evidence_type = "completion_certificate"
    _evidence_complete = True
    _one_page = True

    @api.model
    def _title(self):
        return self.env._("Certificate of completion")

    @api.model
    def _refusal(self, unit):
        if not unit.qualiopi_program_id:
            return self._no_programme(unit)
        if not self._present(unit):
            return self.env._(
                "%(learner)s was never present: there is nothing to certify. Record "
                "the attendance first.",
                learner=unit.display_name,
            )
        return ""

    @api.model
    def _present(self, registration):
        return registration.qualiopi_attendance_ids.filtered(
            lambda row: row.state == "present"
        )

    @api.model
    def _certified_days(self, registration):
        """The action took place on the days of the session, and of catching up; for
        somebody who left, or as long as it goes on, until the last day present."""
        days = self._present(registration).mapped("date")
        first, last = registration.event_id._qualiopi_days()
        if not days or not first:
            return first, last
        unfinished = registration.qualiopi_dropped_on or last > self._today()
        return min(first, *days), max(days) if unfinished else max(last, *days)

    @api.model
    def _values(self, unit):
        values = self._program_values(unit.event_id)
        start, end = self._certified_days(unit)
        hours = unit.qualiopi_hours_present
        code = unit.qualiopi_program_id.category_id.code
        client = unit.qualiopi_client_id.commercial_partner_id
        return (
            values
            | {
                "event": unit.event_id,
                "learners": unit.name,
                "client_name": client.name,
                "period": self._period(start, end),
                "hours": self._number(hours) if hours else "",
                "nature": texts.CERTIFICATE_NATURES.get(code),
                "natures": [
                    {"label": label, "checked": code == key}
                    for key, label in texts.CERTIFICATE_NATURES.items()
                ],
                "nature_title": texts.CERTIFICATE_NATURE,
                "document_title": texts.CERTIFICATE_TITLE,
                "pledge": texts.CERTIFICATE_PLEDGE,
                "pledge_translation": texts.CERTIFICATE_PLEDGE_EN,
                "made_at": self.env._(
                    "Made at %(city)s on %(day)s",
                    # to be written by hand when it is not known
                    city=unit.company_id.city or "." * 30,
                    day=self._date(self._today()),
                ),
            }
            | self._texts(unit, values.get("title"), start, end, hours, code)
        )

    @api.model
    def _texts(self, unit, title, start, end, hours, code):
        """:return: the sentences of the model filled in, French and English"""
        client = unit.qualiopi_client_id.commercial_partner_id.name
        company = unit.company_id
        facts = {
            "signatory": company.qualiopi_signatory,
            "company": company.name,
            "learner": unit.name,
            "title": title,
        }

        def employer(text):
            return self._bold(text if client else "", client=client)

        return {
            "attests": self._bold(
                texts.CERTIFICATE_TEXT,
                employer=employer(texts.CERTIFICATE_EMPLOYER),
                **facts,
            ),
            "attests_translation": self._bold(
                texts.CERTIFICATE_TEXT_EN,
                employer=employer(texts.CERTIFICATE_EMPLOYER_EN),
                **facts,
            ),
            "took_place": self._bold(
                texts.CERTIFICATE_PERIOD,
                start=start and f"{start:%d/%m/%Y}",
                end=end and f"{end:%d/%m/%Y}",
                hours=f"{round(hours, 2):g}".replace(".", ","),
            ),
            "took_place_translation": self._bold(
                texts.CERTIFICATE_PERIOD_EN,
                nature=texts.CERTIFICATE_NATURES_EN.get(code, ""),
                start=self._date(start),
                end=self._date(end),
                hours=self._number(hours),
            ),
        }

    @api.model
    def _print_unit(self, unit, rendered=None):
        attachment = super()._print_unit(unit, rendered)
        unit.qualiopi_certificate_on = self._today()
        return attachment
