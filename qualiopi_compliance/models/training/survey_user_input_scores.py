from odoo import models

from ...rules.assessment import Tally


class SurveyUserInput(models.Model):
    """What an assessment scored: as a whole at the entry, per objective at the end.

    A question that was skipped counts nowhere: no data is not a wrong answer.
    """

    _inherit = "survey.user_input"

    def _qualiopi_record_on_file(self, registration):
        result = super()._qualiopi_record_on_file(registration)
        if self.qualiopi_purpose == "entry" and registration.state != "cancel":
            registration._qualiopi_take_entry_score(self._qualiopi_entry_score())
        return result

    def _qualiopi_entry_score(self):
        """:return: the score as core shows it, ``None`` when nothing that scores was
        answered
        """
        self.ensure_one()
        tallies = self._qualiopi_tallies().values()
        return self.scoring_percentage if any(row.possible for row in tallies) else None

    def _qualiopi_tallies(self):
        """:return: question -> what was scored of it, for the questions that score"""
        self.ensure_one()
        if self.survey_id.scoring_type == "no_scoring":
            return {}
        tallies = {}
        for question, lines in self.user_input_line_ids.grouped("question_id").items():
            possible = question._qualiopi_possible_score()
            if not possible:
                continue
            given = lines.filtered(
                # the comment beside a choice is no choice
                lambda line, question=question: (
                    not line.skipped
                    and (line.suggested_answer_id or not question.suggested_answer_ids)
                )
            )
            tallies[question] = (
                Tally(sum(given.mapped("answer_score")), possible, 1, 1)
                if given
                else Tally(asked=1)
            )
        return tallies

    def _qualiopi_tally_by_objective(self):
        """:return: objective -> what was scored of the questions that assess it"""
        found = {}
        for question, tally in self._qualiopi_tallies().items():
            for objective in question.qualiopi_objective_ids:
                found[objective] = found.get(objective, Tally()) + tally
        return found
