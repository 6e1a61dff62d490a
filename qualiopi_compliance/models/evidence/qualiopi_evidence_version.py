from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from .scopes import SCOPE_FIELDS


class QualiopiEvidence(models.Model):
    """The versions of a document: each supersedes the one before, which stays.

    A copy printed to be signed is replaced by the signed one in the same way.
    """

    _inherit = "qualiopi.evidence"

    previous_id = fields.Many2one(
        "qualiopi.evidence",
        "New Version Of",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        domain="[('id', '!=', id), ('company_id', '=', company_id), "
        "('type_id', '=', type_id), ('superseded_by_id', '=', False), "
        "'|', ('state', '=', 'validated'), ('signature_awaited', '=', True)]",
        help="The document that this one supersedes once it is validated.",
    )
    first_id = fields.Many2one(
        "qualiopi.evidence",
        "First Version",
        compute="_compute_version",
        store=True,
        recursive=True,
        index="btree_not_null",
    )
    version = fields.Integer(
        compute="_compute_version", store=True, recursive=True, aggregator=None
    )
    superseded_by_id = fields.Many2one(
        "qualiopi.evidence",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    superseded_on = fields.Date(
        readonly=True, copy=False, help="From this day the newer one holds."
    )
    version_count = fields.Integer("Versions", compute="_compute_version_count")
    signature_awaited = fields.Boolean(
        compute="_compute_signature_awaited",
        search="_search_signature_awaited",
        help="Printed by us to be signed: the signed copy is its new version.",
    )
    possible_previous_id = fields.Many2one(
        "qualiopi.evidence",
        "Is It a New Version Of",
        compute="_compute_possible_previous_id",
        help="A document of the same type about the same record holds already.",
    )

    @api.depends("previous_id.version", "previous_id.first_id")
    def _compute_version(self):
        for evidence in self:
            former = evidence.previous_id
            evidence.version = (former.version or 0) + 1
            evidence.first_id = former.first_id or former

    @api.depends("first_id")
    def _compute_version_count(self):
        for evidence in self:
            evidence.version_count = len(evidence._versions())

    def _versions(self):
        """:return: all the versions of this document that the reader sees"""
        self.ensure_one()
        first = self.first_id or self._origin
        if not first:
            return self.browse()
        return self.with_context(active_test=False).search(
            ["|", ("id", "=", first.id), ("first_id", "=", first.id)],
            order="version, id",
        )

    @api.depends("origin", "state", "superseded_by_id")
    def _compute_signature_awaited(self):
        for evidence in self:
            evidence.signature_awaited = (
                evidence.origin == "printed"
                and evidence.state != "validated"
                and not evidence.superseded_by_id
            )

    def _search_signature_awaited(self, operator, value):
        if operator != "in":
            return NotImplemented
        awaited = (
            Domain("origin", "=", "printed")
            & Domain("state", "!=", "validated")
            & Domain("superseded_by_id", "=", False)
        )
        return (awaited if True in value else Domain.FALSE) | (
            ~awaited if False in value else Domain.FALSE
        )

    @api.depends("type_id", "previous_id", "state", "scope", *SCOPE_FIELDS.values())
    def _compute_possible_previous_id(self):
        for evidence in self:
            asked = evidence.state != "validated" and not evidence.previous_id
            evidence.possible_previous_id = (
                evidence._current_versions()[:1] if asked else False
            )

    def _current_versions(self):
        """:return: documents of the same type about the same record that hold, or
        wait for their signature
        """
        self.ensure_one()
        record = self._record()
        if not self.type_id or not record or self.signature_awaited:
            return self.browse()
        found = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("type_id", "=", self.type_id.id),
                ("scope", "=", self.scope),
                (SCOPE_FIELDS[self.scope], "=", record._origin.id),
                ("superseded_by_id", "=", False),
                ("id", "not in", self._origin.ids),
                "|",
                ("state", "=", "validated"),
                ("signature_awaited", "=", True),
            ],
            order="id desc",
        )
        return found.sorted("signature_awaited", reverse=True)

    @api.onchange("type_id", *SCOPE_FIELDS.values())
    def _replace_awaited(self):
        """A signed copy takes the place of the one that was printed for it."""
        found = self.browse() if self.previous_id else self._current_versions()
        awaited = found.filtered("signature_awaited")
        if len(awaited) == 1:
            self.previous_id = awaited

    @api.constrains("previous_id", "type_id", "scope", "company_id")
    def _check_previous(self):
        for evidence in self.filtered("previous_id"):
            former = evidence.previous_id
            if evidence._has_cycle("previous_id"):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be a version of itself.", name=evidence.name
                    )
                )
            gone = former.record_gone or evidence.record_gone
            if not gone and evidence._record() != former._record():
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is about %(about)s and “%(former)s” about "
                        "%(other)s: one cannot be a version of the other.",
                        name=evidence.name,
                        about=evidence.about,
                        former=former.name,
                        other=former.about,
                    )
                )

    def _check_former(self):
        """:raise UserError: when the former version does not hold, or not any more"""
        self.ensure_one()
        former = self.previous_id
        newer = former.superseded_by_id
        if former and former.state != "validated" and not former.signature_awaited:
            raise UserError(
                self.env._(
                    "“%(name)s” is a version of %(former)s, which is not validated "
                    "itself. Validate that one first, or empty “New Version Of”.",
                    name=self.name,
                    former=former._label(),
                )
            )
        if newer and newer != self:
            raise UserError(
                self.env._(
                    "“%(name)s” is entered as a version of %(former)s, which "
                    "%(newer)s superseded already. Choose that one under “New Version "
                    "Of”.",
                    name=self.name,
                    former=former._label(),
                    newer=newer._label(),
                )
            )

    def _supersede_former(self):
        """The newer one holds from its own date on, whatever came before it."""
        self._end_former()

    def _end_former(self):
        self.ensure_one()
        former = self.previous_id
        while former and not former.superseded_by_id:
            days = filter(None, (self.effective_on, former.effective_on))
            former.write(
                {"superseded_by_id": self.id, "superseded_on": max(days, default=False)}
            )
            former = former.previous_id

    def _version_warning(self):
        """:return: what is odd about the dates of two versions, if anything"""
        self.ensure_one()
        former = self.previous_id
        if not former or not self.effective_on or not former.effective_on:
            return ""
        if self.effective_on >= former.effective_on:
            return ""
        return self.env._(
            "It is dated %(day)s, before the version it supersedes (%(former)s). Check "
            "the two dates.",
            day=format_date(self.env, self.effective_on),
            former=format_date(self.env, former.effective_on),
        )

    def action_supersede(self):
        """Take this document as the new version of the one that holds."""
        self.check_access("write")
        for evidence in self:
            if not evidence.previous_id:
                evidence.previous_id = evidence.possible_previous_id

    def action_new_version(self):
        """Prepare the next version of this document.

        :raise UserError: when there is a newer one already
        """
        self.ensure_one()
        self.check_access("read")
        if self.superseded_by_id:
            raise UserError(
                self.env._(
                    "%(name)s was superseded by %(newer)s: make the new version of "
                    "that one.",
                    name=self._label(),
                    newer=self.superseded_by_id._label(),
                )
            )
        values = {
            f"default_{name}": self[name].id
            for name in ("type_id", "company_id", *self._record_fields())
            if self[name]
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Version"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                **values,
                "default_previous_id": self.id,
                "default_name": self.name,
                "default_scope": self.scope,
                "default_indicator_ids": self.indicator_ids.ids,
            },
        }

    def action_open_versions(self):
        """Open all the versions of this document."""
        self.ensure_one()
        self.check_access("read")
        return self._list_action(
            [("id", "in", self._versions().ids)],
            {"active_test": False},
            self.env._("Versions"),
        )

    def action_open_same_files(self):
        """Open the documents that have one of these files, too."""
        self.ensure_one()
        self.check_access("read")
        same = self._same_files()
        if len(same) == 1:
            return same.get_formview_action()
        return self._list_action([("id", "in", same.ids)], {"active_test": False})
