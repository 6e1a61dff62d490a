from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class QualiopiAuditSampleFile(models.Model):
    """One file that an audit looks at: a learner's, or a session's.

    It holds no name of its own: who may not read the file reads its number.
    """

    _name = "qualiopi.audit.sample.file"
    _description = "File of a sample"
    _inherit = ["qualiopi.audit.part"]
    _order = "sample_id, sequence, id"
    _part_of = "sample_id"

    sample_id = fields.Many2one(
        "qualiopi.audit.sample", required=True, index=True, ondelete="cascade"
    )
    audit_id = fields.Many2one(
        related="sample_id.audit_id", store=True, precompute=True, required=False
    )
    drawn_on = fields.Datetime(related="sample_id.drawn_on")
    method = fields.Selection(related="sample_id.method")
    sequence = fields.Integer("Rank", default=10)
    part = fields.Char(readonly=True)
    registration_id = fields.Many2one(
        "event.registration",
        "Learner File",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    event_id = fields.Many2one(
        "event.event",
        "Session",
        check_company=True,
        compute="_compute_event_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        related="event_id.qualiopi_program_id", string="Programme"
    )
    category_id = fields.Many2one(
        related="event_id.qualiopi_program_id.category_id", string="Category"
    )
    looked_at = fields.Boolean(copy=False)
    note = fields.Text("What Was Seen", copy=False)

    _registration_once = models.UniqueIndex(
        "(sample_id, registration_id) WHERE registration_id IS NOT NULL",
        "This file is in the sample already.",
    )
    _event_once = models.UniqueIndex(
        "(sample_id, event_id) WHERE registration_id IS NULL",
        "This session is in the sample already.",
    )

    @api.depends("registration_id")
    def _compute_event_id(self):
        for row in self:
            row.event_id = row.registration_id.event_id or row.event_id

    @api.depends_context("uid", "lang")
    @api.depends("registration_id", "event_id")
    def _compute_display_name(self):
        for row in self:
            record = row._record()
            name = record._filtered_access("read").display_name if record else ""
            row.display_name = name or self.env._("File %(number)s", number=record.id)

    def _record(self):
        """:return: the file itself"""
        self.ensure_one()
        return self.registration_id or self.event_id

    @api.constrains("registration_id", "event_id")
    def _check_record(self):
        for row in self:
            if row.sample_id.files == "registration" and not row.registration_id:
                raise ValidationError(self.env._("Choose a learner file."))
            if not row.event_id:
                raise ValidationError(self.env._("Choose a session."))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_not_recorded()
        return rows

    def write(self, vals):
        if {"sample_id", "registration_id", "event_id", "part"} & vals.keys():
            self._check_not_recorded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._check_not_recorded()

    def _check_not_recorded(self):
        """:raise UserError: when the draw of one of these is recorded"""
        for row in self:
            if row.sample_id.drawn_on:
                raise UserError(
                    self.env._(
                        "“%(name)s” was drawn: files are neither added nor taken out. "
                        "Make another sample.",
                        name=row.sample_id.name,
                    )
                )

    def action_open_record(self):
        """Open the file itself."""
        self.ensure_one()
        self.check_access("read")
        record = self._record()
        record.check_access("read")
        return record.get_formview_action()

    def action_open_gaps(self):
        """Open what is missing in this file today."""
        self.ensure_one()
        self.check_access("read")
        name = "registration_id" if self.registration_id else "event_id"
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "qualiopi.check.subject",
            "views": [(False, "list")],
            "domain": [(name, "=", self[name].id), ("satisfied", "=", False)],
            "context": {
                "allowed_company_ids": self.company_id.ids,
                "create": False,
            },
        }
