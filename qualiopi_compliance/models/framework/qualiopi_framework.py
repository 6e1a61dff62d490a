from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.audit_calendar import today_in_paris


class QualiopiFramework(models.Model):
    """A dated version of the national quality framework (RNQ).

    An audit is judged by the framework in force on its own date, so every
    version ever shipped stays. Versions follow each other without overlapping;
    the last one has no end date until a later one replaces it. Shared
    reference, shipped as data and refreshed by each update.
    """

    _name = "qualiopi.framework"
    _description = "Quality framework"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "date_from desc"
    _rec_names_search = ["code", "name_fr", "name_en"]
    _bilingual_texts = ("name", "legal_reference", "note")

    code = fields.Char(required=True)
    name_fr = fields.Char("Name (French)", required=True)
    name_en = fields.Char("Name (English)")
    name = fields.Char(compute="_compute_texts", search="_search_name")
    legal_reference_fr = fields.Char("Legal Reference (French)")
    legal_reference_en = fields.Char("Legal Reference (English)")
    legal_reference = fields.Char(compute="_compute_texts")
    note_fr = fields.Text("Note (French)")
    note_en = fields.Text("Note (English)")
    note = fields.Text(compute="_compute_texts")
    date_from = fields.Date("In Force From", required=True)
    date_to = fields.Date(
        "In Force Until", help="Last day in force; empty while nothing replaces it."
    )
    requirement_ids = fields.One2many("qualiopi.requirement", "framework_id")
    requirement_count = fields.Integer(compute="_compute_requirement_count")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "A framework with this code already exists."
    )

    @api.depends("code")
    def _compute_display_name(self):
        for framework in self:
            framework.display_name = framework.code

    @api.depends("requirement_ids")
    def _compute_requirement_count(self):
        for framework in self:
            framework.requirement_count = len(framework.requirement_ids)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for framework in self:
            if not framework.date_from:
                raise ValidationError(
                    self.env._(
                        "Framework %(code)s needs the day it comes into force: an "
                        "audit is judged by the framework of its date.",
                        code=framework.code,
                    )
                )
            if framework.date_to and framework.date_to < framework.date_from:
                raise ValidationError(
                    self.env._(
                        "Framework %(code)s ends on %(end)s, before it begins on "
                        "%(start)s. Correct one of the two dates.",
                        code=framework.code,
                        start=format_date(self.env, framework.date_from),
                        end=format_date(self.env, framework.date_to),
                    )
                )
            overlapping = self.search(framework._overlap_domain(), limit=1)
            if overlapping:
                raise ValidationError(
                    self.env._(
                        "Frameworks %(code)s and %(other)s would both be in force "
                        "on the same days. An audit date must point to one "
                        "framework only: end the older one the day before the "
                        "newer one begins.",
                        code=framework.code,
                        other=overlapping.code,
                    )
                )

    def _overlap_domain(self):
        self.ensure_one()
        domain = Domain("id", "!=", self.id) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)
        )
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        return domain

    @api.model
    def _for_date(self, day):
        """:param day: calendar day in France
        :return: the framework in force on that day, empty if none is known
        """
        return self.search(self._in_force(day), limit=1)

    @api.model
    def _in_force(self, day):
        """:return: domain of the framework in force on a calendar day in France"""
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    def _reference_day(self):
        """Day on which to read the guides beside this framework.

        :return: today while the framework is in force, otherwise its nearest day
        """
        self.ensure_one()
        day = max(self._today(), self.date_from)
        return min(day, self.date_to) if self.date_to else day

    @api.model
    def _today(self):
        """:return: today as a calendar day in France, whoever asks from wherever"""
        return today_in_paris()

    def _guide(self):
        """:return: the guide to read beside this framework, empty if none is out"""
        self.ensure_one()
        return self.env["qualiopi.guide"]._for_date(self._reference_day())

    def _previous(self):
        """:return: the framework that this one replaced, empty for the first"""
        self.ensure_one()
        return self.search(
            [("date_from", "<", self.date_from)], order="date_from desc", limit=1
        )

    def action_open_requirements(self):
        """Open the indicators of this framework."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_requirement_action"
        )
        action["domain"] = [("framework_id", "=", self.id)]
        action["context"] = {}
        return action
