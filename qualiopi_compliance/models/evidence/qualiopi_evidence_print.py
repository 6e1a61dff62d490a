import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Printed:
    """A document as it was just printed.

    :param record: what it is about
    :param kind: code of its type
    :param name: of the file
    :param content: the file
    :param day: the document's own date
    :param key: what makes another printing the same document
    :param digest: of what it says; the same for the same content
    :param complete: nothing is to be added, no signature is awaited
    """

    record: Any
    kind: str
    name: str
    title: str
    content: bytes
    day: date
    key: str
    digest: str
    complete: bool


class QualiopiEvidence(models.Model):
    """What we print registers itself: as evidence, or as awaiting its signature."""

    _inherit = "qualiopi.evidence"

    printed_key = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        export_string_translation=False,
    )
    printed_digest = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )

    @api.model
    def _register_printed(self, printed):
        """File what was just printed; never keep it from being printed.

        The same content again makes no second document, another one supersedes what
        was printed before.

        :param printed: :class:`Printed`, made while they are read
        """
        if not self.env.user._is_internal():
            return
        try:
            with self.env.cr.savepoint():
                self._file_printed(list(printed))
        except ReadOnlySqlTransaction:
            # tried again at once, where writing is possible
            raise
        except Exception:
            _logger.exception("Cannot file what was printed")

    @api.model
    def _file_printed(self, printed):
        # sudo: qualiopi.evidence - whoever may print files what he printed
        Evidence = self.sudo().with_context(
            active_test=False,
            mail_create_nolog=True,
            tracking_disable=True,
            qualiopi_printed=True,
        )
        formers = {}
        domain = [("printed_key", "in", [each.key for each in printed])]
        for evidence in Evidence.search(domain, order="id"):
            formers[evidence.printed_key] = evidence
        kinds = {
            kind.code: kind
            for kind in self.env["qualiopi.document.type"]
            .sudo()
            .with_context(active_test=False)
            .search([("code", "in", [each.kind for each in printed])])
        }
        for each in printed:
            former = formers.get(each.key, Evidence)
            if former.printed_digest == each.digest or each.kind not in kinds:
                continue
            formers[each.key] = Evidence._file(each, kinds[each.kind], former)

    @api.model
    def _file(self, each, kind, former):
        """:param former: what was printed before under the same key, maybe empty
        :return: the document
        """
        values = self._about_values(each.record)
        holds = former and not former.superseded_by_id
        evidence = self.create(
            {
                **values,
                "type_id": kind.id,
                "name": each.title,
                "user_id": False,
                "effective_on": each.day,
                "previous_id": former.id if holds else False,
                "origin": "printed",
                "printed_key": each.key,
                "printed_digest": each.digest,
                "attachment_ids": [
                    fields.Command.create({"name": each.name, "raw": each.content})
                ],
            }
        )
        if each.complete:
            evidence._validate(self.env["res.users"])
        elif holds and former.state != "validated":
            # nobody will sign the one that was printed before
            evidence._supersede_former()
        return evidence

    def _supersede_former(self):
        former = self.previous_id
        twins = former._twins() if former.signature_awaited else self.browse()
        result = super()._supersede_former()
        if twins and self.state == "validated":
            self._sign_twins(twins)
        return result

    def _twins(self):
        """:return: what was printed in one go for others: one agreement, several
        learners, one signature
        """
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("type_id", "=", self.type_id.id),
                ("printed_digest", "=", self.printed_digest),
                ("signature_awaited", "=", True),
            ]
        )

    def _sign_twins(self, twins):
        """The signed copy is that of all those the document was printed for."""
        files = [fields.Command.link(file.id) for file in self.attachment_ids]
        for twin in twins:
            copy = self.create(
                {
                    **self._about_values(twin._record()),
                    "type_id": self.type_id.id,
                    "name": self.name,
                    "user_id": self.user_id.id,
                    "effective_on": self.effective_on,
                    "valid_until": self.valid_until,
                    "url": self.url,
                    "note": self.note,
                    "previous_id": twin.id,
                    "attachment_ids": files,
                }
            )
            copy._set_validated(self.validated_by_id)
            # its own only: the others come in this very loop
            copy._end_former()
        self.message_post(
            body=self.env._(
                "Filed for the others on the same agreement, too: %(names)s.",
                names=", ".join(twins.mapped("about")),
            )
        )
