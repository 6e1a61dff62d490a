from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .scopes import SCOPE_FIELDS, SCOPE_MODELS


class QualiopiEvidence(models.Model):
    """What a document is about: the company, or one record of it.

    The record may be deleted one day. The document stays, says by name what it was
    about, and proves nothing any more.
    """

    _inherit = "qualiopi.evidence"

    site_id = fields.Many2one(
        "qualiopi.site", check_company=True, index="btree_not_null", ondelete="set null"
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    event_id = fields.Many2one(
        "event.event",
        "Session",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    registration_id = fields.Many2one(
        "event.registration",
        "Learner",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    trainer_id = fields.Many2one(
        "qualiopi.trainer",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    subcontractor_id = fields.Many2one(
        "qualiopi.subcontractor",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    about = fields.Char(
        "About What",
        compute="_compute_about",
        store=True,
        help="The name of the record, kept when the record is gone.",
    )
    record_gone = fields.Boolean(
        compute="_compute_record_gone",
        search="_search_record_gone",
        help="What it was about was deleted: it is kept, and proves nothing any more.",
    )

    @api.depends(*SCOPE_FIELDS.values(), "scope")
    def _compute_about(self):
        for evidence in self:
            record = evidence._record()
            # sudo: whatever it is about - its name stays on the document
            evidence.about = record.sudo().display_name if record else evidence.about

    @api.depends(*SCOPE_FIELDS.values(), "scope", "about")
    def _compute_record_gone(self):
        for evidence in self:
            evidence.record_gone = bool(evidence.about and not evidence._record())

    def _search_record_gone(self, operator, value):
        if operator != "in":
            return NotImplemented
        gone = Domain.OR(
            Domain("scope", "=", scope) & Domain(name, "=", False)
            for scope, name in SCOPE_FIELDS.items()
        )
        return (gone if True in value else Domain.FALSE) | (
            ~gone if False in value else Domain.FALSE
        )

    def _record(self):
        """:return: the record this document is about, empty once it is deleted"""
        self.ensure_one()
        return self[SCOPE_FIELDS[self.scope or "company"]]

    @api.model
    def _record_fields(self):
        """:return: names of the fields that may hold what a document is about"""
        return [name for name in SCOPE_FIELDS.values() if name != "company_id"]

    @api.model
    def _about_values(self, record):
        """:param record: of a model that documents may be about
        :return: values of a document about it; empty for any other model
        """
        for scope, model in SCOPE_MODELS.items():
            if record._name == model:
                company = record if scope == "company" else record.company_id
                return {
                    "scope": scope,
                    SCOPE_FIELDS[scope]: record.id,
                    "company_id": (company or self.env.company).id,
                }
        return {}

    def _default_scope(self):
        self.ensure_one()
        chosen = (scope for scope, name in SCOPE_FIELDS.items() if self[name])
        return next((scope for scope in chosen if scope != "company"), "company")

    @api.onchange("scope")
    def _onchange_scope(self):
        """What goes without saying: the session of a learner, the firm of a trainer."""
        if self._record() or not self.scope:
            return
        self.event_id = self.event_id or self.registration_id.event_id
        self.program_id = self.program_id or self.event_id.qualiopi_program_id
        self.subcontractor_id = (
            self.subcontractor_id or self.trainer_id.subcontractor_id
        )

    @api.model_create_multi
    def create(self, vals_list):
        evidence = super().create(vals_list)
        evidence._check_may_read_record()
        evidence._drop_other_records()
        return evidence

    def write(self, vals):
        moved = {"scope", "type_id", *self._record_fields()} & vals.keys()
        known = self.filtered(lambda row: moved and not row.record_gone)
        scopes = {row: row.scope for row in self} if moved else {}
        result = super().write(vals)
        if moved:
            self._check_may_read_record()
            for evidence in self:
                if evidence in known or evidence.scope != scopes[evidence]:
                    evidence._check_about_something()
            self._drop_other_records()
        return result

    def _check_may_read_record(self):
        """:raise AccessError: whoever files a document about a record may see it"""
        if self.env.su:
            return
        for name in self._record_fields():
            if records := self[name]:
                records.check_access("read")

    def _drop_other_records(self):
        """A document is about one record: what was chosen before goes."""
        for evidence in self:
            others = {
                name: False
                for name in self._record_fields()
                if evidence[name] and name != SCOPE_FIELDS[evidence.scope]
            }
            if others:
                # sudo: qualiopi.evidence - whoever wrote what it is about wrote that
                evidence.sudo().write(others)

    @api.constrains("scope", *SCOPE_FIELDS.values())
    def _check_record(self):
        for evidence in self:
            if not evidence.about:
                evidence._check_about_something()

    def _check_about_something(self):
        """:raise ValidationError: when the record is to be chosen still"""
        if not self._record():
            scope = dict(self._fields["scope"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "“%(name)s”: choose what it is about (%(scope)s).",
                    name=self.name,
                    scope=scope[self.scope],
                )
            )

    @api.constrains("type_id", "scope")
    def _check_scope(self):
        for evidence in self:
            kind = evidence.type_id
            if kind and kind.scope != evidence.scope:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is not a document about such a record.",
                        type=kind.name,
                    )
                )
