from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules.assessment import Tally, result_of
from ..rules.audit_calendar import today_in_paris


class QualiopiOutcomeProposal(models.TransientModel):
    """What final assessments propose for each objective; the trainer decides.

    One line for each learner and objective that was assessed. What nobody answered
    proposes nothing, and what is recorded already is kept unless the trainer ticks it.
    """

    _name = "qualiopi.outcome.proposal"
    _description = "Outcomes proposed by final assessments"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    line_ids = fields.One2many(
        "qualiopi.outcome.proposal.line", "wizard_id", "Proposals"
    )
    rule = fields.Char("Proposed From", compute="_compute_rule")
    without_data = fields.Text("No Data", readonly=True)

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Propose Outcomes")

    @api.depends_context("lang")
    @api.depends("company_id")
    def _compute_rule(self):
        for wizard in self:
            wizard.rule = self.env._(
                "Reached from %(reached)s %%, partly from %(partly)s %%: thresholds of "
                "the company, no text fixes them. Skipped questions count nowhere.",
                reached=f"{wizard.company_id.qualiopi_reached_from:g}",
                partly=f"{wizard.company_id.qualiopi_partly_from:g}",
            )

    @api.model
    def _action_open(self, registrations):
        """:raise UserError: saying what is missing for anything to be proposed"""
        if not registrations:
            raise UserError(
                self.env._(
                    "No learner is enrolled yet. Confirm the registrations first."
                )
            )
        answers = registrations._qualiopi_final_answers()
        lines, silent = self._proposals(registrations, answers)
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing to propose: no finished final assessment has an answer to "
                    "a question that scores and belongs to an objective. Choose the "
                    "objectives on the questions of the survey, or assess by hand."
                )
            )
        wizard = self.create(
            {
                "company_id": registrations.company_id[:1].id,
                "without_data": "\n".join(silent),
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose Outcomes"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _proposals(self, registrations, answers):
        """:return: values of the lines, and sentences on what there is no data for"""
        lines, silent = [], []
        for registration in registrations:
            answer = answers.get(registration.id)
            if not answer:
                silent.append(
                    self.env._(
                        "%(learner)s: no final assessment answered.",
                        learner=registration.display_name,
                    )
                )
                continue
            tallies = answer._qualiopi_tally_by_objective()
            unknown = []
            for objective in registration.qualiopi_program_id.objective_ids:
                tally = tallies.get(objective, Tally())
                if tally.score is None:
                    unknown.append(objective.name)
                else:
                    lines.append(
                        self._line_values(registration, objective, tally, answer)
                    )
            if unknown:
                silent.append(
                    self.env._(
                        "%(learner)s: no answer on %(objectives)s.",
                        learner=registration.display_name,
                        objectives=", ".join(unknown),
                    )
                )
        return lines, silent

    @api.model
    def _line_values(self, registration, objective, tally, answer):
        company = registration.company_id
        recorded = registration._qualiopi_recorded_outcome(objective)
        return {
            "registration_id": registration.id,
            "objective_id": objective.id,
            "score": tally.score,
            "answered": f"{tally.answered} / {tally.asked}",
            "result": result_of(
                tally.score,
                company.qualiopi_reached_from,
                company.qualiopi_partly_from,
            ),
            "recorded_id": recorded.id,
            "selected": not recorded,
            "method": answer.survey_id.title,
            "assessed_on": today_in_paris(answer.end_datetime),
        }

    def action_confirm(self):
        """Record what is ticked, each as an outcome at the end of the training.

        :raise UserError: when nothing is ticked
        """
        self.ensure_one()
        chosen = self.line_ids.filtered(lambda line: line.selected and line.result)
        if not chosen:
            raise UserError(self.env._("Tick the outcomes to record first."))
        chosen._record()
        return {"type": "ir.actions.act_window_close"}
