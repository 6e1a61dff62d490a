from odoo import api, fields, models


class EventEvent(models.Model):
    """Who teaches a session, and what speaks against it."""

    _inherit = "event.event"

    qualiopi_assignment_ids = fields.One2many(
        "qualiopi.assignment",
        "event_id",
        "Trainers",
        copy=False,
        groups="base.group_user",
    )
    qualiopi_trainer_ids = fields.Many2many(
        "qualiopi.trainer",
        "qualiopi_event_trainer_rel",
        "event_id",
        "trainer_id",
        "Assigned Trainers",
        compute="_compute_qualiopi_trainer_ids",
        # stored, so that sessions can be grouped by trainer
        store=True,
        groups="base.group_user",
    )

    @api.depends("qualiopi_assignment_ids.trainer_id")
    def _compute_qualiopi_trainer_ids(self):
        for event in self:
            event.qualiopi_trainer_ids = event.qualiopi_assignment_ids.trainer_id

    @api.depends(
        "qualiopi_assignment_ids.trainer_id",
        "qualiopi_assignment_ids.half_day_ids",
        "qualiopi_assignment_ids.waiver",
    )
    def _compute_qualiopi_warning(self):
        return super()._compute_qualiopi_warning()

    def _qualiopi_warnings(self):
        warnings = super()._qualiopi_warnings()
        if not self.qualiopi_program_id or self.kanban_state == "cancel":
            return warnings
        if not self.qualiopi_assignment_ids:
            return [*warnings, self.env._("No trainer is assigned to this session.")]
        for row in self.qualiopi_assignment_ids:
            if row.status == "problem":
                warnings.append(row.problem_text)
        return warnings

    def _qualiopi_trainers_text(self):
        """The trainers and what they hold, unless somebody wrote it otherwise."""
        written = super()._qualiopi_trainers_text()
        if written:
            return written
        first = self._qualiopi_days()[0]
        # sudo: qualiopi.trainer - the contract names them, whoever prints it
        trainers = self.sudo().qualiopi_assignment_ids.trainer_id
        return "\n".join(trainer._titles_text(first) for trainer in trainers)

    def _qualiopi_trainer_names(self):
        # sudo: qualiopi.trainer - the sheet names them, whoever prints it
        trainers = self.sudo().qualiopi_assignment_ids.trainer_id
        if trainers:
            return ", ".join(trainers.mapped("name"))
        return super()._qualiopi_trainer_names()

    def _qualiopi_teaching_team(self):
        # sudo: qualiopi.trainer - only whom to ask
        trainers = self.sudo().qualiopi_assignment_ids.trainer_id
        return super()._qualiopi_teaching_team() | trainers.partner_id
