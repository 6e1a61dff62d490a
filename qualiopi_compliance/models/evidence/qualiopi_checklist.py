from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

# What may still be written on a closed checklist: it does not touch its content.
FILING_FIELDS = {"active", "message_main_attachment_id"}


class QualiopiChecklist(models.Model):
    """All indicators of one framework for one company, with where it stands.

    The *living* checklist is one per company: created by itself, it follows the
    framework in force and the company's facts. A *self-assessment* is made on
    demand for a date, which decides its framework; it starts from the previous
    conclusions, is filled in, closed, and from then on never changes: a
    correction is a new self-assessment.
    """

    _name = "qualiopi.checklist"
    _description = "Checklist"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "kind, date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [("living", "Living Checklist"), ("self_assessment", "Self-assessment")],
        required=True,
        readonly=True,
        default="self_assessment",
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
        help="The framework in force on this day applies.",
    )
    framework_id = fields.Many2one(
        "qualiopi.framework", readonly=True, ondelete="restrict"
    )
    guide_id = fields.Many2one(
        "qualiopi.guide",
        "Reading Guide",
        readonly=True,
        ondelete="restrict",
        help="The guide compulsory on the day of the checklist.",
    )
    state = fields.Selection(
        [("open", "In progress"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
    )
    previous_id = fields.Many2one(
        "qualiopi.checklist",
        "Starts From",
        check_company=True,
        ondelete="set null",
        domain="[('company_id', '=', company_id)]",
        help="Its conclusions are the starting point of this one. By default, the "
        "last self-assessment, else the living checklist.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        default=lambda self: self.env.user,
    )
    refreshed_on = fields.Date("Applicability As Of", readonly=True, copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    line_ids = fields.One2many(
        "qualiopi.checklist.line", "checklist_id", "Indicators", copy=False
    )
    applicable_count = fields.Integer("Applicable", compute="_compute_counts")
    unsettled_count = fields.Integer("Unsettled", compute="_compute_counts")
    demonstrated_count = fields.Integer("Demonstrated", compute="_compute_counts")
    at_risk_count = fields.Integer("At risk", compute="_compute_counts")
    insufficient_count = fields.Integer("Insufficient", compute="_compute_counts")
    not_assessed_count = fields.Integer("Not assessed", compute="_compute_counts")
    to_confirm_count = fields.Integer("To Confirm", compute="_compute_counts")
    progress = fields.Float(
        compute="_compute_counts",
        help="Share of the applicable and unsettled indicators that is demonstrated.",
    )
    criterion_progress = fields.Html(
        compute="_compute_criterion_progress", sanitize=False
    )
    has_categories = fields.Boolean(compute="_compute_has_categories")
    pending_guide_id = fields.Many2one(
        "qualiopi.guide", compute="_compute_pending_guide_id"
    )

    _living_uniq = models.UniqueIndex(
        "(company_id) WHERE kind = 'living'",
        "This company already has its living checklist.",
    )

    @api.depends("kind", "date")
    def _compute_name(self):
        """The living checklist needs no name: see the display name."""
        for checklist in self:
            if checklist.kind == "living":
                checklist.name = False
            else:
                checklist.name = self.env._(
                    "Self-assessment of %(date)s",
                    date=format_date(self.env, checklist.date),
                )

    @api.depends_context("lang")
    @api.depends("kind", "name")
    def _compute_display_name(self):
        for checklist in self:
            checklist.display_name = (
                self.env._("Living Checklist")
                if checklist.kind == "living"
                else checklist.name
            )

    @api.depends(
        "line_ids.status",
        "line_ids.applicability",
        "line_ids.to_confirm",
        "line_ids.records_changed",
    )
    def _compute_counts(self):
        for checklist in self:
            lines = checklist.line_ids
            concerned = lines.filtered(lambda row: row.status != "not_applicable")
            by_status = {
                status: len(rows) for status, rows in lines.grouped("status").items()
            }
            checklist.applicable_count = len(
                lines.filtered(lambda row: row.applicability == "applicable")
            )
            checklist.unsettled_count = len(
                lines.filtered(lambda row: row.applicability == "unsettled")
            )
            checklist.demonstrated_count = by_status.get("demonstrated", 0)
            checklist.at_risk_count = by_status.get("at_risk", 0)
            checklist.insufficient_count = by_status.get("insufficient", 0)
            checklist.not_assessed_count = by_status.get("not_assessed", 0)
            checklist.to_confirm_count = len(
                concerned.filtered(lambda row: row.to_confirm or row.records_changed)
            )
            checklist.progress = (
                100 * checklist.demonstrated_count / len(concerned) if concerned else 0
            )

    @api.depends_context("lang")
    @api.depends("line_ids.status", "line_ids.criterion_id")
    def _compute_criterion_progress(self):
        labels = self._status_labels()
        for checklist in self:
            checklist.criterion_progress = self.env["ir.qweb"]._render(
                "qualiopi_compliance.checklist_progress",
                {"criteria": checklist._criterion_figures(), "labels": labels},
            )

    def _status_labels(self):
        """:return: status -> its label in the reader's language"""
        field = self.env["qualiopi.checklist.line"]._fields["status"]
        return dict(field._description_selection(self.env))

    def _criterion_figures(self):
        """:return: per criterion, how many indicators stand where

        :rtype: list[dict] with ``criterion``, ``concerned`` and ``counts``
        """
        self.ensure_one()
        figures = []
        for criterion, rows in self.line_ids.grouped("criterion_id").items():
            counts = {
                status: len(some) for status, some in rows.grouped("status").items()
            }
            counts.pop("not_applicable", None)
            figures.append(
                {
                    "criterion": criterion,
                    "counts": counts,
                    "concerned": sum(counts.values()),
                }
            )
        return sorted(figures, key=lambda figure: figure["criterion"].number)

    @api.depends("company_id.qualiopi_company_category_ids")
    def _compute_has_categories(self):
        for checklist in self:
            checklist.has_categories = bool(
                checklist.company_id.qualiopi_company_category_ids
            )

    @api.depends("date", "refreshed_on", "state")
    def _compute_pending_guide_id(self):
        Guide = self.env["qualiopi.guide"]
        for checklist in self:
            open_day = checklist.state == "open" and checklist._reference_day()
            checklist.pending_guide_id = (
                Guide._pending_on(open_day)[:1] if open_day else False
            )

    @api.model_create_multi
    def create(self, vals_list):
        checklists = super().create(vals_list)
        for checklist in checklists:
            if checklist.kind == "self_assessment" and not checklist.previous_id:
                checklist.previous_id = checklist._default_previous()
            checklist._refresh()
        checklists.filtered(
            lambda checklist: checklist.kind != "living"
        )._read_records()
        return checklists

    def copy_data(self, default=None):
        return [
            vals | {"previous_id": checklist.id}
            for checklist, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def write(self, vals):
        if not vals.keys() <= FILING_FIELDS:
            self._check_open()
        self._check_may_write(vals)
        if {"date", "company_id", "kind"} & vals.keys() and not self.env.su:
            changed = self.filtered("line_ids")
            if changed:
                raise UserError(
                    self.env._(
                        "The date of a checklist decides which framework it follows "
                        "and cannot be changed afterwards. Create a new "
                        "self-assessment for the other date."
                    )
                )
        return super().write(vals)

    def _check_may_write(self, vals):
        """Keep what only this code writes from being written by hand.

        :raise UserError: saying what to use instead
        """
        if "state" in vals and not self.env.su:
            raise UserError(
                self.env._("A self-assessment is closed with its button “Close”.")
            )
        if not vals.get("active", True) and "living" in self.mapped("kind"):
            raise UserError(
                self.env._("The living checklist of a company cannot be archived.")
            )

    def unlink(self):
        # sudo: qualiopi.checklist.line - lines live and die with their checklist;
        # deleted one by one so that their messages and activities go too
        self.sudo().with_context(active_test=False).line_ids.unlink()
        return super().unlink()

    def _check_open(self):
        """:raise UserError: when one of these checklists is closed"""
        closed = self.filtered(lambda checklist: checklist.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "“%(name)s” is closed and does not change any more. Create a new "
                    "self-assessment: it starts from these conclusions.",
                    name=closed[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for checklist in self:
            if checklist.state == "closed":
                raise UserError(
                    self.env._(
                        "“%(name)s” is closed: it is part of the company's history "
                        "and cannot be deleted. You can archive it.",
                        name=checklist.name,
                    )
                )
            if checklist.kind == "living":
                raise UserError(
                    self.env._("The living checklist of a company cannot be deleted.")
                )

    def _unassessed_lines(self):
        return self.line_ids.filtered(lambda line: line.status == "not_assessed")

    def action_close(self):
        """Ask before closing, with the indicators nobody has assessed."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Self-Assessment"),
            "res_model": "qualiopi.checklist.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_checklist_id": self.id},
        }

    def _close(self):
        """Freeze the checklist and the words its conclusions were about."""
        self.check_access("write")
        for checklist in self:
            if checklist.kind == "living":
                raise UserError(
                    self.env._(
                        "The living checklist stays open: close a copy of it, "
                        "a self-assessment."
                    )
                )
            # sudo: qualiopi.checklist.line - the frozen words are never typed in
            checklist.sudo().line_ids._freeze_words()
            for line in checklist.sudo().line_ids:
                line.write(
                    {
                        "frozen_statement_fr": line.requirement_id.statement_fr,
                        "frozen_statement_en": line.requirement_id.statement_en,
                    }
                )
            # sudo: qualiopi.checklist - nobody closes one but through this method
            checklist.sudo().write(
                {
                    "state": "closed",
                    "closed_on": self.env["qualiopi.framework"]._today(),
                    "closed_by_id": self.env.uid,
                }
            )

    @api.model
    def action_open_summary(self):
        """Open the living checklist, or the list of them with several companies."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_checklist_action_living"
        )
        living = self.search([("kind", "=", "living")])
        if len(living) == 1:
            action |= {"res_id": living.id, "views": [(False, "form")]}
        return action

    def action_open_lines(self):
        """Open the indicators as cards, by criterion."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_checklist_line_action"
        )
        action["name"] = self.display_name
        action["domain"] = [("checklist_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_export_xlsx(self):
        """Download the checklist as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qualiopi/checklist/{self.id}/xlsx",
            "target": "download",
        }

    def action_organisation(self):
        """Open the company's sheet, where categories are declared."""
        return self.env["res.company"].action_qualiopi_organisation()

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Checklist created")
