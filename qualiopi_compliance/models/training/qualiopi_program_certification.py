import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.applicability import CategoryProfile
from ...rules.audit_calendar import add_months

# Facts 5.6: sources differ on how many digits a code has; be lenient.
CERTIFICATION_CODE = re.compile(r"(RNCP|RS)\d{2,6}")
MONTHS_OF_NOTICE = 3


class QualiopiProgram(models.Model):
    """The certification a programme leads to: what indicators 1, 3 and 7 want known.

    Its registration and our authorisation to train or assess end some day: see
    :meth:`_lacks_at` for a session, ``ending`` for the programme itself.
    """

    _inherit = "qualiopi.program"

    certifying = fields.Boolean(
        compute="_compute_certifying",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Leads to a certification of the RNCP or of the RS.",
    )
    certification_code = fields.Char("RNCP or RS Code", tracking=True)
    certification_title = fields.Char("Exact Title")
    certifier = fields.Char("Certifying Body")
    certification_from = fields.Date("Registered On")
    certification_until = fields.Date("Registered Until", tracking=True)
    certification_blocks = fields.Text("Blocks of Competencies", translate=True)
    equivalences = fields.Text("Equivalences and Bridges", translate=True)
    onward_paths = fields.Text("Onward Paths and Further Study", translate=True)
    openings = fields.Text("Job Openings", translate=True)
    authorisation_scope = fields.Selection(
        [("train", "Train"), ("assess", "Assess"), ("both", "Train and assess")],
        "Authorised To",
    )
    authorisation_from = fields.Date("Authorised From")
    authorisation_until = fields.Date("Authorised Until", tracking=True)
    competency_ids = fields.One2many(
        "qualiopi.program.competency", "program_id", "Competencies", copy=True
    )
    ending = fields.Text(compute="_compute_ending")

    @api.depends("category_id")
    def _compute_certifying(self):
        """Apprenticeship and VAE always lead to a certification, a BC never does."""
        for program in self:
            code = program.category_id.code
            if code == "BC":
                program.certifying = False
            else:
                program.certifying = program.certifying or (
                    bool(code) and CategoryProfile(code).certifying
                )

    @api.depends_context("lang")
    @api.depends("certifying", "certification_until", "authorisation_until")
    def _compute_ending(self):
        today = self.env["qualiopi.framework"]._today()
        for program in self:
            program.ending = "\n".join(program._endings(today)) or False

    def _endings(self, today):
        """:return: what has ended or soon ends, one sentence each"""
        self.ensure_one()
        if not self.certifying:
            return []
        soon = add_months(today, MONTHS_OF_NOTICE)
        sentences = []
        registered, authorised = self.certification_until, self.authorisation_until
        if registered and registered <= soon:
            day = format_date(self.env, registered)
            sentences.append(
                self.env._("The certification ended on %(day)s.", day=day)
                if registered < today
                else self.env._("The certification ends on %(day)s.", day=day)
            )
        if authorised and authorised <= soon:
            day = format_date(self.env, authorised)
            sentences.append(
                self.env._("The authorisation ended on %(day)s.", day=day)
                if authorised < today
                else self.env._("The authorisation ends on %(day)s.", day=day)
            )
        return sentences

    @api.constrains("category_id", "certifying")
    def _check_certifying(self):
        for program in self:
            code = program.category_id.code
            if program.certifying and code == "BC":
                raise ValidationError(
                    self.env._("A skills assessment does not lead to a certification.")
                )
            if not program.certifying and CategoryProfile(code).certifying:
                raise ValidationError(
                    self.env._(
                        "“Certifying” cannot be off for %(category)s: this category "
                        "always leads to a certification.",
                        category=program.category_id.display_name,
                    )
                )

    @api.constrains("certification_code")
    def _check_certification_code(self):
        for program in self:
            code = program.certification_code
            if code and not CERTIFICATION_CODE.fullmatch(code):
                raise ValidationError(
                    self.env._(
                        "%(code)s is not a code of the RNCP or the RS: “RNCP” or “RS” "
                        "followed by digits is expected, for instance RNCP37948.",
                        code=code,
                    )
                )

    @api.constrains(
        "certification_from",
        "certification_until",
        "authorisation_from",
        "authorisation_until",
    )
    def _check_periods(self):
        for program in self:
            for kind in ("certification", "authorisation"):
                start, end = program[f"{kind}_from"], program[f"{kind}_until"]
                if start and end and end < start:
                    name = self._fields[f"{kind}_until"]._description_string(self.env)
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” (%(end)s) is before the day it begins on "
                            "(%(start)s).",
                            field=name,
                            end=format_date(self.env, end),
                            start=format_date(self.env, start),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_clean_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_clean_code(vals))

    @api.model
    def _with_clean_code(self, vals):
        code = vals.get("certification_code")
        if not code:
            return vals
        return {**vals, "certification_code": re.sub(r"[\s.-]", "", code).upper()}

    def _counts_as_certifying(self):
        """:return: whether indicators on professional certifications concern it

        Guide V9 limits them to the RNCP: whether the RS counts is the company's
        setting.
        """
        self.ensure_one()
        if self.recognition == "rs":
            return self.certifying and self.company_id.qualiopi_rs_certifying
        return self.certifying

    def _lacks_at(self, day):
        """What ends before a session of ``day``: certification or authorisation.

        :return: sentences that name both dates
        """
        self.ensure_one()
        if not self.certifying:
            return []
        start = format_date(self.env, day)
        sentences = []
        if self.certification_until and self.certification_until < day:
            sentences.append(
                self.env._(
                    "The certification %(code)s ends on %(end)s, before the session "
                    "begins on %(start)s.",
                    code=self.certification_code or "",
                    end=format_date(self.env, self.certification_until),
                    start=start,
                )
            )
        if self.authorisation_until and self.authorisation_until < day:
            sentences.append(
                self.env._(
                    "The authorisation ends on %(end)s, before the session begins on "
                    "%(start)s.",
                    end=format_date(self.env, self.authorisation_until),
                    start=start,
                )
            )
        return sentences
