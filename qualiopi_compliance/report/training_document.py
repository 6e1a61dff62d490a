import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from ..rules.training_documents import PLACES, missing_contents


class QualiopiTrainingDocument(models.AbstractModel):
    """What the documents printed from the records of a session have in common.

    A document is printed from a *unit*: one registration, the registrations of one
    client in one session, or one session. Its values are computed once: what the
    template shows is what is checked, and a missing legal content stops the
    printing. Each printing leaves the file it made on the unit's records.
    """

    _name = "qualiopi.training.document"
    _description = "Training document"

    # key of the document in ``DOCUMENTS``; its report is ``training_<key>_report``
    _document = None
    _doc_model = "event.registration"
    # usually takes one page: many are then made in one go of the engine
    _one_page = False

    @api.model
    def _title(self):
        """:return: the name of the document, in the language of the context"""
        raise NotImplementedError

    @api.model
    def _values(self, unit):
        """:return: all the template shows; a content that is not known is falsy"""
        raise NotImplementedError

    @api.model
    def _units(self, records):
        """:return: the recordsets that each make one document"""
        return list(records)

    @api.model
    def _refusal(self, unit):
        """:return: why this document cannot be made of these records, if so"""
        return ""

    @api.model
    def _no_programme(self, registration):
        return self.env._(
            "%(learner)s: the session delivers no programme.",
            learner=registration.display_name,
        )

    @api.model
    def _lang(self, unit):
        """:return: code of the language the reader of the document is written in"""
        learner = unit[:1].partner_id
        return self._installed_lang(learner.lang, unit[:1].event_id.lang)

    @api.model
    def _company(self, unit):
        """:return: the company that the document is from"""
        return unit[:1].company_id

    @api.model
    def _installed_lang(self, *codes):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (*codes, self.env.lang, self.env.user.lang)
        return next((code for code in wanted if code in installed), "en_US")

    @api.model
    def _get_report_values(self, docids, data=None):
        """Called by the report engine: whatever the way here, nothing incomplete
        is printed."""
        records = self.env[self._doc_model].browse(docids)
        records.check_access("read")
        units = self._units(records)
        self._check(units)
        return {
            "doc_ids": docids,
            "doc_model": self._doc_model,
            "docs": [self._document_values(unit) for unit in units],
        }

    @api.model
    def _document_values(self, unit):
        lang = self._lang(unit)
        document = self.with_context(lang=lang)
        unit = unit.with_context(lang=lang)
        values = document._company_values(self._company(unit))
        values |= document._values(unit)
        return values | {
            "lang": lang,
            "french": lang.startswith("fr"),
            "document_title": values.get("document_title") or document._title(),
            "printed_on": document._date(document._today()),
        }

    @api.model
    def _check(self, units):
        """:raise UserError: naming, document by document, what is missing and where
        to enter it
        """
        problems = []
        for unit in units:
            refusal = self._refusal(unit)
            lacks = [] if refusal else self._missing(unit)
            if refusal or lacks:
                problems.append((self._unit_name(unit), refusal, lacks))
        if not problems:
            return
        lines = []
        for name, refusal, lacks in problems:
            lines.append(refusal or self.env._("%(name)s lacks:", name=name))
            lines += [
                self.env._(
                    "- %(content)s (%(article)s): enter it %(place)s.",
                    content=self.env._(row.label),
                    article=row.source,
                    place=self.env._(PLACES[row.place]),
                )
                for row in lacks
            ]
        raise UserError(
            self.env._(
                "“%(document)s” cannot be printed.\n%(lines)s",
                document=self._title(),
                lines="\n".join(lines),
            )
        )

    @api.model
    def _missing(self, unit):
        """:return: the legal contents that are not known for this document"""
        values = self._document_values(unit)
        stated = {code for code, value in values.items() if value}
        return missing_contents(self._document, stated)

    @api.model
    def _unit_name(self, unit):
        return unit[:1].display_name

    # Printing

    @api.model
    def _print(self, records):
        """Make the documents and leave each on its records.

        All are checked first: either every document is printed or none.

        :return: one attachment for each document
        """
        records.check_access("write" if self._doc_model != "event.event" else "read")
        units = self._units(records)
        self._check(units)
        printed = self.env["ir.attachment"]
        for unit, rendered in zip(units, self._render_all(units), strict=True):
            printed |= self._print_unit(unit, rendered)
        return printed

    @api.model
    def _render_all(self, units):
        """:return: for each unit its file and extension, or None: to be made alone"""
        alone = [None] * len(units)
        if not self._one_page or len(units) < 2:
            return alone
        together = units[0].browse([number for unit in units for number in unit.ids])
        content, extension = self._render(together)
        if extension != "pdf":
            return alone
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        # each document begins a page: as many pages as documents, one page each
        if reader.getNumPages() != len(units):
            return alone
        return [(self._page(reader, number), extension) for number in range(len(units))]

    @api.model
    def _page(self, reader, number):
        writer = PdfFileWriter()
        writer.addPage(reader.getPage(number))
        with io.BytesIO() as stream:
            writer.write(stream)
            return stream.getvalue()

    @api.model
    def _print_unit(self, unit, rendered=None):
        """:param rendered: the file and its extension, made now unless given"""
        document = self.with_context(lang=self._lang(unit))
        content, extension = rendered or document._render(unit)
        name = (
            f"{document._title()} – {document._unit_name(unit)} – "
            f"{fields.Date.to_string(document._today())}.{extension}"
        )
        attachments = self._keep(unit, name.replace("/", "-"), content)
        return attachments[:1]

    @api.model
    def _render(self, unit):
        Report = self.env["ir.actions.report"]
        try:
            return Report._render_qweb_pdf(self._report_name(), unit.ids)
        except UserError as error:
            if Report.get_wkhtmltopdf_state() != "install":
                raise
            raise UserError(
                self.env._(
                    "%(reason)s\nNothing was printed, and all that was entered is "
                    "kept. Ask your administrator to install wkhtmltopdf on the "
                    "server, then print again.",
                    reason=error.args[0],
                )
            ) from error

    @api.model
    def _report_name(self):
        return f"qualiopi_compliance.training_{self._document}"

    @api.model
    def _keep(self, unit, name, content):
        """Leave the document on each record it is about.

        :return: the attachments, that of the first record first
        """
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "description": self._title(),
                    "raw": content,
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record in unit
            ]
        )
        if "qualiopi_attachment_ids" in unit:
            for record, attachment in zip(unit, attachments, strict=True):
                record.qualiopi_attachment_ids = [Command.link(attachment.id)]
        return attachments
