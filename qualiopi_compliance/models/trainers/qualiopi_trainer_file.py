from markupsafe import Markup

from odoo import api, fields, models

from ...rules.trainer_file import LABELS, TrainerFacts, missing_pieces, renewals
from ..training.count_search import by_count
from .qualiopi_trainer import THROUGH_A_FIRM


class QualiopiTrainer(models.Model):
    """What a trainer's file still lacks today, and what is to be renewed."""

    _inherit = "qualiopi.trainer"

    assessment_ids = fields.One2many(
        "qualiopi.trainer.assessment",
        "trainer_id",
        "Assessments",
        groups="qualiopi_compliance.group_qualiopi_internal_auditor",
    )
    assessed_on = fields.Date(
        "Last Assessment",
        compute="_compute_assessed_on",
        compute_sudo=True,
        store=True,
    )
    missing_list = fields.Html(compute="_compute_missing", sanitize=False)
    missing_text = fields.Text("Still Missing", compute="_compute_missing")
    missing_count = fields.Integer(
        "Pieces Missing", compute="_compute_missing", search="_search_missing_count"
    )

    @api.depends("assessment_ids.date")
    def _compute_assessed_on(self):
        for trainer in self:
            trainer.assessed_on = max(
                trainer.assessment_ids.mapped("date"), default=False
            )

    @api.depends_context("lang")
    @api.depends(
        "cv_on",
        "induction_on",
        "disability_awareness_on",
        "assessed_on",
        "kind",
        "program_ids",
        "qualification_ids",
        "company_id.qualiopi_cv_months",
        "company_id.qualiopi_assessment_months",
    )
    def _compute_missing(self):
        today = self.env["qualiopi.framework"]._today()
        for trainer in self:
            codes = missing_pieces(trainer._file_facts(), today)
            labels = [self.env._(LABELS[code]) for code in codes]
            trainer.missing_count = len(codes)
            trainer.missing_text = "\n".join(labels)
            trainer.missing_list = Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % label for label in labels
            )

    def _search_missing_count(self, operator, value):
        return by_count(self, "missing_count", operator, value)

    def _file_facts(self):
        """:return: what the rules on files read of this trainer"""
        self.ensure_one()
        company = self.company_id
        return TrainerFacts(
            cv_on=self.cv_on or None,
            induction_on=self.induction_on or None,
            disability_awareness_on=self.disability_awareness_on or None,
            assessed_on=self.assessed_on or None,
            qualified=bool(self.qualification_ids),
            programmes=bool(self.program_ids),
            needs_firm=self.kind in THROUGH_A_FIRM,
            has_firm=self._has_firm(),
            cv_months=company.qualiopi_cv_months,
            assessment_months=company.qualiopi_assessment_months,
        )

    def _has_firm(self):
        """:return: whether the firm of an outside trainer is known"""
        return True

    def _renewals(self):
        """:return: piece (``cv``, ``assessment``) -> day on which it counts as old"""
        self.ensure_one()
        return renewals(self._file_facts())
