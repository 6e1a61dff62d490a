from hashlib import sha256
from json import dumps

from odoo import api, models

from ..models.evidence.qualiopi_evidence_print import Printed


class QualiopiTrainingDocument(models.AbstractModel):
    """What is printed files itself as evidence: complete, or to be signed.

    Two printings are the same document when they say the same about the same records
    in the same language: on which day they were printed does not matter.
    """

    _inherit = "qualiopi.training.document"

    # code of the type of the document, None for what is no evidence
    _evidence_type = None
    # nothing is to be added by hand: no signature
    _evidence_complete = False
    # printed by the engine alone, without :meth:`_print`
    _evidence_when_shown = False

    @api.model
    def _print(self, records):
        printed = super()._print(records)
        if self._evidence_type and not self._evidence_when_shown:
            # sudo: ir.attachment - printed right now by this user
            contents = [(file.name, file.raw) for file in printed.sudo()]
            self._register_evidence(zip(self._units(records), contents, strict=True))
        return printed

    @api.model
    def _register_shown(self, docids, streams):
        """:param streams: as the report engine keeps them: by record, or all in one"""
        units = self._units(self.env[self._doc_model].browse(docids))
        if len(units) == 1:
            pages = [stream for stream in streams.values() if stream["stream"]]
            found = [(units[0], pages[0])] if len(pages) == 1 else []
        else:
            found = [
                (unit, streams[unit.id])
                for unit in units
                if len(unit) == 1 and streams.get(unit.id, {}).get("stream")
            ]
        self._register_evidence(
            (unit, (self._shown_name(unit), page["stream"].getvalue()))
            for unit, page in found
        )

    @api.model
    def _shown_name(self, unit):
        document = self.with_context(lang=self._lang(unit))
        day = document._evidence_day(unit)
        name = f"{document._title()} – {document._unit_name(unit)} – {day}.pdf"
        return name.replace("/", "-")

    @api.model
    def _register_evidence(self, printed):
        """:param printed: pairs of a unit, and the name and content of its file"""
        self.env["qualiopi.evidence"]._register_printed(
            each
            for unit, (name, content) in printed
            for each in self._evidence(unit, name, content)
        )

    @api.model
    def _evidence(self, unit, name, content):
        """:return: the documents that this printing is, one for each record"""
        records = self._evidence_records(unit)
        if not records:
            return
        lang = self._lang(unit)
        digest = self._evidence_digest(unit)
        keys = self._evidence_key(unit)
        for number, record in enumerate(records):
            key = keys[number] if len(keys) == len(records) else keys
            yield Printed(
                record=record,
                kind=self._evidence_kind(unit),
                name=name,
                title=self.with_context(lang=lang)._title(),
                content=content,
                day=self._evidence_day(unit),
                key=f"{self._name}/{key._name},{key.id}/{lang}",
                digest=digest,
                complete=self._evidence_complete,
            )

    @api.model
    def _evidence_kind(self, unit):
        """:return: code of the type of the document"""
        return self._evidence_type

    @api.model
    def _evidence_records(self, unit):
        """:return: the records that the document is about, empty when it is none"""
        return unit

    @api.model
    def _evidence_key(self, unit):
        """:return: the records of which there is one such document each"""
        return unit

    @api.model
    def _evidence_day(self, unit):
        """:return: the document's own date"""
        return self._today()

    @api.model
    def _evidence_digest(self, unit):
        """:return: the same for two documents that say the same"""
        values = self._document_values(unit)
        values.pop("printed_on", None)
        said = dumps(self._plain(values), sort_keys=True)
        return sha256(said.encode()).hexdigest()

    @api.model
    def _plain(self, value):
        """:return: what a template is given, as text to be compared"""
        if isinstance(value, models.BaseModel):
            return [value._name, value.ids]
        if isinstance(value, dict):
            return {str(key): self._plain(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._plain(each) for each in value]
        return None if callable(value) else str(value)
