from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .scopes import SCOPES

WINDOWS = [
    ("since_audit", "Since the last audit"),
    ("months", "Last months"),
    ("always", "Without limit"),
]
CONDITIONS = [
    ("certifying", "Leads to a certification"),
    ("distance", "Wholly or partly at a distance"),
    ("work_study", "Work-study"),
    ("training_at_work", "With training at work"),
    ("over_two_days", "Longer than two days"),
]


class QualiopiCheck(models.Model):
    """A question asked of the records every night, which indicators it proves, and what
    to do about those that fail.

    *Collector*: a count that the addon knows how to make. *Document*: each record has
    a valid document of a type. *Domain*: two filters on a model, set up by an
    administrator. Shipped checks follow updates; what a company decides otherwise is
    in its own settings (``qualiopi.check.setting``). A check that counted once is
    archived, never deleted: its results are history.
    """

    _name = "qualiopi.check"
    _description = "Check"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    _bilingual_texts = ("clause",)

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="How this check is known to the addon.")
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        copy=False,
        help="Empty: shipped, the same for all companies.",
    )
    kind = fields.Selection(
        [("collector", "Records"), ("document", "Document"), ("domain", "Filters")],
        required=True,
        default="document",
    )
    measure = fields.Char(
        readonly=True, help="Name of the count among those the addon makes."
    )
    document_type_id = fields.Many2one(
        "qualiopi.document.type",
        "Document",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', 'in', (False, company_id))]",
    )
    source = fields.Char(
        compute="_compute_source", store=True, help="What kind of records it reads."
    )
    scope = fields.Selection(
        [*SCOPES, ("lead", "Request"), ("other", "Other records")],
        "About",
        compute="_compute_source",
        store=True,
    )
    condition = fields.Selection(
        CONDITIONS, "Only Where", help="Of whom the document is asked."
    )
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_check_indicator_rel",
        "check_id",
        "indicator_id",
        "Indicators",
        required=True,
    )
    framework_ids = fields.Many2many(
        "qualiopi.framework",
        "qualiopi_check_framework_rel",
        "check_id",
        "framework_id",
        "Frameworks",
        help="Empty: asked by all of them.",
    )
    clause_fr = fields.Text("Clause Proved (French)")
    clause_en = fields.Text("Clause Proved (English)")
    clause = fields.Text(
        "Clause Proved",
        compute="_compute_texts",
        help="The words of the requirement that it proves.",
    )
    formal = fields.Boolean(
        "About What Is Written Down",
        help="Asked of new entrants at the initial audit too: what was done is looked "
        "at later (guide V9, preamble).",
    )
    lacks = fields.Char(
        "What Is Missing",
        translate=True,
        help="What is said of a record that fails.",
    )
    remediation = fields.Text("What to Do", translate=True)
    when_empty = fields.Selection(
        [
            ("not_assessed", "Nothing is assessed yet"),
            ("nothing_to_prove", "There is nothing to prove"),
        ],
        "Without Any Record",
        required=True,
        default="not_assessed",
    )
    threshold = fields.Float(
        "Threshold (%)",
        default=90,
        aggregator=None,
        help="From which it is demonstrated. For indicators whose non-conformities are "
        "always major it is 100, unless your company decides otherwise.",
    )
    margin = fields.Float(
        "Margin (%)",
        default=20,
        aggregator=None,
        help="So much below the threshold it is at risk, further down insufficient.",
    )
    window = fields.Selection(WINDOWS, required=True, default="since_audit")
    months = fields.Integer(
        default=12, help="Also counted back from today while there was no audit yet."
    )
    setting_ids = fields.One2many("qualiopi.check.setting", "check_id", "Settings")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a check with this code already."
    )
    _threshold_range = models.Constraint(
        "CHECK(threshold >= 0 AND threshold <= 100)",
        "A threshold is a percentage: from 0 to 100.",
    )
    _margin_range = models.Constraint(
        "CHECK(margin >= 0 AND margin <= 100)",
        "A margin is a percentage: from 0 to 100.",
    )
    _months_positive = models.Constraint(
        "CHECK(\"window\" = 'always' OR months > 0)",
        "A window lasts at least one month: enter 1 or more, or “Without limit”.",
    )

    @api.depends("kind", "measure", "document_type_id.scope")
    def _compute_source(self):
        names = self.env["qualiopi.collector"]._source_names()
        for check in self:
            if check.kind == "collector":
                check.source = names.get(check.measure)
            elif check.kind == "document":
                check.source = check.document_type_id.scope
            else:
                check.source = False
            known = dict(self._fields["scope"]._selection)
            check.scope = check.source if check.source in known else "other"

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks.company_id._qualiopi_outdate_records()
        return checks

    def write(self, vals):
        result = super().write(vals)
        self.company_id._qualiopi_outdate_records()
        return result

    @api.constrains("indicator_ids")
    def _check_indicators(self):
        for check in self:
            if not check.indicator_ids:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: choose at least one indicator, which it proves.",
                        name=check.name,
                    )
                )

    @api.constrains("kind", "document_type_id", "measure", "condition")
    def _check_definition(self):
        for check in self:
            if check.kind == "document" and not check.document_type_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: choose the type of document it looks for.",
                        name=check.name,
                    )
                )
            if check.kind == "collector" and not check.source:
                raise ValidationError(check._unknown_measure())
            if check.condition:
                check._check_condition()

    def _check_condition(self):
        """:raise ValidationError: when the records it asks about know no such thing"""
        self.ensure_one()
        source = self.env["qualiopi.collector"]._source(self.source)
        if not source or self.condition not in source.conditions:
            conditions = dict(
                self._fields["condition"]._description_selection(self.env)
            )
            scopes = dict(self._fields["scope"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "“%(name)s”: “%(condition)s” means nothing for what it is about "
                    "(%(scope)s). Leave “Only Where” empty.",
                    name=self.name,
                    condition=conditions[self.condition],
                    scope=scopes.get(self.scope, ""),
                )
            )

    def _unknown_measure(self):
        return self.env._(
            "“%(name)s”: the addon makes no count called “%(measure)s”. Was an addon "
            "uninstalled? Then archive the check.",
            name=self.name,
            measure=self.measure or "",
        )

    def _problem(self, company):
        """:param company: id of the company it could not be counted for
        :return: why, and what to do, in a sentence or two
        """
        self.ensure_one()
        return self._unknown_measure()

    def _database_problem(self, error):
        """:param error: of the database
        :return: why it could not be counted, for people
        """
        self.ensure_one()
        said = (error.diag.message_primary or str(error)).strip().splitlines()
        return self.env._(
            "“%(name)s” could not be counted. The database says: %(problem)s. Correct "
            "its filters; if it has none, show this to your administrator.",
            name=self.name,
            problem=said[0] if said else type(error).__name__,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        # sudo: qualiopi.check.result - history counts whoever sees it
        Result = self.env["qualiopi.check.result"].sudo()
        counted = Result.search([("check_id", "in", self.ids)], limit=1).check_id
        if counted:
            raise UserError(
                self.env._(
                    "“%(name)s” has been counted: its results are history. Archive it "
                    "instead.",
                    name=counted.name,
                )
            )
