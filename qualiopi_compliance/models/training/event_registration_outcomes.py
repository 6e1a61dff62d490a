from odoo import models


class EventRegistration(models.Model):
    """Outcomes proposed by the final assessment."""

    _inherit = "event.registration"

    def action_qualiopi_propose_outcomes(self):
        """Open what the final assessment proposes for each objective.

        :raise UserError: when nobody has answered one
        """
        self.check_access("write")
        return self.env["qualiopi.outcome.proposal"]._action_open(self)

    def _qualiopi_final_answers(self):
        """:return: registration -> its last final assessment that was finished"""
        # sudo: survey.user_input - only scores, for who records outcomes
        answers = (
            self.env["survey.user_input"]
            .sudo()
            .search(
                [
                    ("qualiopi_registration_id", "in", self.ids),
                    ("qualiopi_purpose", "=", "final"),
                    ("state", "=", "done"),
                    ("test_entry", "=", False),
                ],
                order="end_datetime, id",
            )
        )
        # the last of each one stays
        return {answer.qualiopi_registration_id.id: answer for answer in answers}

    def _qualiopi_recorded_outcome(self, objective):
        """:return: the last result recorded at the end for an objective, if any"""
        self.ensure_one()
        return self.qualiopi_outcome_ids.filtered(
            lambda row: (
                row.objective_id == objective and row.moment == "end" and row.result
            )
        ).sorted(lambda row: (row.assessed_on, row.id))[-1:]
