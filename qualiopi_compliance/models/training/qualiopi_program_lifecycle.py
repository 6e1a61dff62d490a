from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.audit_calendar import add_months
from ...rules.program_sheet import asked_items, missing_items
from .count_search import by_count

# What may change on a programme whose sheet is validated: none of it is on the sheet.
MANAGEMENT_FIELDS = {
    "active",
    "user_id",
    "review_on",
    "reference",
    "session_ids",
    "version_ids",
    "message_main_attachment_id",
    "origin_type_id",
    "origin_name",
}
# What the buttons change, and nothing else.
LIFE_FIELDS = {"state", "retired_on", "current_version_id"}


class QualiopiProgram(models.Model):
    """The life of a programme: what is missing, validation, versions, retirement."""

    _inherit = "qualiopi.program"

    version_ids = fields.One2many(
        "qualiopi.program.version", "program_id", "Versions", readonly=True
    )
    current_version_id = fields.Many2one(
        "qualiopi.program.version",
        compute="_compute_current_version_id",
        store=True,
        help="The last one validated: what sessions, pages and documents show.",
    )
    missing_text = fields.Text("Still Missing", compute="_compute_missing")
    missing_list = fields.Html(compute="_compute_missing", sanitize=False)
    missing_count = fields.Integer(
        compute="_compute_missing", search="_search_missing_count"
    )
    asked = fields.Json(
        compute="_compute_asked", help="Items that the sheet of its category states."
    )
    version_count = fields.Integer(compute="_compute_version_count")
    retired_on = fields.Date(readonly=True, copy=False, tracking=True)

    @api.depends("version_ids.number")
    def _compute_current_version_id(self):
        for program in self:
            program.current_version_id = program.version_ids.sorted("number")[-1:]

    @api.depends("version_ids")
    def _compute_version_count(self):
        for program in self:
            program.version_count = len(program.version_ids)

    @api.depends("category_id", "certifying")
    def _compute_asked(self):
        for program in self:
            # without a category yet, what most programmes state
            code = program.category_id.code or "AFC"
            items = asked_items(code, program.certifying)
            program.asked = [item.code for item in items]

    @api.depends_context("lang")
    @api.depends(lambda self: self._sheet_dependencies())
    def _compute_missing(self):
        for program in self:
            missing = program._missing_items()
            program.missing_count = len(missing)
            labels = [self.env._(item.label) for item in missing]
            program.missing_text = "\n".join(labels)
            rows = Markup().join(Markup("<li>%s</li>") % label for label in labels)
            program.missing_list = Markup("<ul>%s</ul>") % rows

    def _search_missing_count(self, operator, value):
        return by_count(self, "missing_count", operator, value)

    @api.model
    def _sheet_dependencies(self):
        return [
            "category_id",
            "certifying",
            "prerequisites_kind",
            "prerequisites",
            "objective_ids.name",
            "audience",
            "recognition",
            "duration_hours",
            "duration_days",
            "teaching_arrangements",
            "funding_arrangements",
            "access_arrangements",
            "access_time",
            "price",
            "price_note",
            "contact_id",
            "methods",
            "assessment",
            "accessibility",
            "vae_demands",
            "vae_feasibility",
            "certification_title",
            "certification_code",
            "certifier",
            "certification_from",
            "certification_blocks",
            "equivalences",
            "onward_paths",
            "openings",
            "sequence_ids",
            "competency_ids.sequence_ids",
            "authorisation_scope",
            "authorisation_from",
            "authorisation_until",
        ]

    def _stated(self):
        """:return: codes of the items of the sheet that this programme states"""
        self.ensure_one()
        answers = {
            "prerequisites": self.prerequisites_kind == "none"
            or (self.prerequisites_kind == "stated" and self._said("prerequisites")),
            "objectives": self.objective_ids,
            "duration": self.duration_hours or self.duration_days,
            "price": self.price or self._said("price_note"),
            "contact": self.contact_id,
            "lesson_plan": self.sequence_ids,
            "competency_table": self.competency_ids
            and all(row.sequence_ids for row in self.competency_ids),
            "authorisation": self.authorisation_scope
            and self.authorisation_from
            and self.authorisation_until,
        }
        codes = [item.code for item in self._asked_items()]
        return {
            code
            for code in codes
            if answers.get(code, code in self and self._said(code))
        }

    def _said(self, name):
        value = self[name]
        return value.strip() if isinstance(value, str) else value

    def _asked_items(self):
        return asked_items(self.category_id.code, self.certifying)

    def _missing_items(self):
        """:return: the items the sheet must still state, none without a category"""
        self.ensure_one()
        if not self.category_id:
            return ()
        return missing_items(self.category_id.code, self.certifying, self._stated())

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            self._refuse_state()
        return super().create(vals_list)

    def write(self, vals):
        if LIFE_FIELDS & vals.keys():
            self._refuse_state()
        if vals.keys() - self._management_fields():
            self._check_open()
        return super().write(vals)

    @api.model
    def _management_fields(self):
        """:return: names of the fields that a validated programme may still change"""
        return MANAGEMENT_FIELDS

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog does not go through write()
        self._check_open()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _check_open(self):
        """:raise UserError: when the sheet of one of these programmes is validated"""
        fixed = self.filtered(lambda program: program.state != "draft")
        if fixed:
            raise UserError(
                self.env._(
                    "The sheet of “%(name)s” is validated: what learners were told "
                    "does not change. Use “Revise” to prepare its next version.",
                    name=fixed[0].name,
                )
            )

    def _refuse_state(self):
        raise UserError(
            self.env._(
                "The state of a programme changes by its buttons only: Validate, "
                "Revise and Retire."
            )
        )

    def _set_state(self, state, **vals):
        """The one way to another state: :meth:`write` refuses it."""
        return super().write({"state": state, **vals})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for program in self:
            if program.version_ids:
                raise UserError(
                    self.env._(
                        "“%(name)s” has validated versions that sessions may have "
                        "followed: retire it instead of deleting it.",
                        name=program.name,
                    )
                )
            if program.with_context(active_test=False).session_ids:
                raise UserError(
                    self.env._(
                        "Sessions deliver “%(name)s”: it cannot be deleted. Archive "
                        "it, or give these sessions another programme first.",
                        name=program.name,
                    )
                )

    def action_validate(self):
        """Make the next version of the sheet.

        :raise UserError: listing, item by item, what the sheet does not say yet
        """
        self.check_access("write")
        for program in self:
            program._check_ready()
        today = self.env["qualiopi.framework"]._today()
        for program in self:
            # sudo: qualiopi.program.version - nobody creates versions by hand
            self.env["qualiopi.program.version"].sudo().create(
                program._version_values()
            )
            vals = {"retired_on": False}
            if not program.review_on or program.review_on <= today:
                months = program.company_id.qualiopi_review_months
                vals["review_on"] = add_months(today, months)
            program._set_state("validated", **vals)

    def _check_ready(self):
        """:raise UserError: when the programme cannot be validated, saying why"""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "“%(name)s” is validated already. Use “Revise” to change it.",
                    name=self.name,
                )
            )
        missing = self._missing_items()
        if missing:
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be validated yet. Still missing:\n%(items)s",
                    name=self.name,
                    items="\n".join(f"- {self.env._(row.label)}" for row in missing),
                )
            )

    def _version_on(self, day):
        """:return: the version in force on ``day``, empty before the first one"""
        self.ensure_one()
        return self.version_ids.filtered(
            lambda version: version.validated_on <= day
        ).sorted("number")[-1:]

    def _version_values(self):
        self.ensure_one()
        return {
            "program_id": self.id,
            "number": max(self.version_ids.mapped("number"), default=0) + 1,
            "validated_on": self.env["qualiopi.framework"]._today(),
            "validated_by_id": self.env.uid,
            "content": {
                code: self.with_context(lang=code)._sheet_content()
                for code, _name in self.env["res.lang"].get_installed()
            },
        }

    def action_revise(self):
        """Go back to draft: the current version stays in force meanwhile."""
        self.filtered(lambda program: program.state != "draft")._set_state(
            "draft", retired_on=False
        )

    def action_retire(self):
        """Take the programme out of the catalogue; its history stays."""
        today = self.env["qualiopi.framework"]._today()
        self.filtered(lambda program: program.state != "retired")._set_state(
            "retired", retired_on=today
        )

    def action_open_versions(self):
        """Open what the sheet said, validation after validation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Versions"),
            "res_model": "qualiopi.program.version",
            "view_mode": "list,form",
            "domain": [("program_id", "=", self.id)],
        }
