from odoo import fields, models

from ..models.training.qualiopi_outcome import RESULTS


class QualiopiOutcomeProposalLine(models.TransientModel):
    """What is proposed for one learner and one objective."""

    _name = "qualiopi.outcome.proposal.line"
    _description = "Outcome proposed"
    _order = "wizard_id, id"

    wizard_id = fields.Many2one(
        "qualiopi.outcome.proposal", required=True, index=True, ondelete="cascade"
    )
    selected = fields.Boolean("Record")
    registration_id = fields.Many2one(
        "event.registration",
        "Learner",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    objective_id = fields.Many2one(
        "qualiopi.program.objective", required=True, readonly=True, ondelete="cascade"
    )
    score = fields.Float("Score (%)", readonly=True)
    answered = fields.Char(readonly=True)
    result = fields.Selection(RESULTS)
    recorded_id = fields.Many2one(
        "qualiopi.outcome", "Recorded Before", readonly=True, ondelete="cascade"
    )
    recorded_result = fields.Selection(
        related="recorded_id.result", string="Recorded Already"
    )
    method = fields.Char("How", readonly=True)
    assessed_on = fields.Date(readonly=True)

    def _record(self):
        """Write the outcomes of these lines, and say on the files what changed."""
        labels = dict(self._fields["result"]._description_selection(self.env))
        for registration, lines in self.grouped("registration_id").items():
            registration.check_access("write")
            changes = [
                self.env._(
                    "%(objective)s: %(before)s → %(after)s",
                    objective=line.objective_id.name,
                    before=labels[line.recorded_id.result],
                    after=labels[line.result],
                )
                for line in lines
                if line.recorded_id.result not in (False, line.result)
            ]
            for line in lines:
                line._record_one()
            if changes:
                registration.message_post(
                    body=self.env._(
                        "Outcomes assessed anew: %(changes)s",
                        changes=", ".join(changes),
                    )
                )

    def _record_one(self):
        """Fill in the line prepared for it, or that of the same day, else add one."""
        self.ensure_one()
        rows = self.registration_id.qualiopi_outcome_ids.filtered(
            lambda row: row.objective_id == self.objective_id and row.moment == "end"
        )
        same_day = rows.filtered(lambda row: row.assessed_on == self.assessed_on)
        prepared = rows.filtered(lambda row: not row.result)
        values = {
            "result": self.result,
            "assessed_on": self.assessed_on,
            "assessor": self.env.user.name,
            "method": self.method,
            "note": self.env._(
                "Score: %(score)s %%, questions answered: %(answered)s",
                score=f"{self.score:g}",
                answered=self.answered,
            ),
        }
        outcome = (same_day or prepared)[:1]
        if outcome:
            outcome.write(values)
        else:
            outcome.create(
                {
                    **values,
                    "registration_id": self.registration_id.id,
                    "objective_id": self.objective_id.id,
                    "moment": "end",
                }
            )
