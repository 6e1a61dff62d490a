from odoo import api, fields, models


class QualiopiProgramAdoptionLine(models.TransientModel):
    """The courses of a proposal, besides its events."""

    _inherit = "qualiopi.program.adoption.line"

    origin_channel_id = fields.Many2one(
        "slide.channel", "Made from Course", readonly=True, ondelete="cascade"
    )
    course_ids = fields.Many2many(
        "slide.channel",
        "qualiopi_program_adoption_line_course_rel",
        "line_id",
        "channel_id",
        string="Courses",
        domain="[('qualiopi_program_id', '=', False)]",
    )

    @api.depends_context("lang")
    @api.depends("course_ids")
    def _compute_proposal(self):
        return super()._compute_proposal()

    def _proposal_text(self):
        if self.blocked or not self.course_ids:
            return super()._proposal_text()
        courses = len(self.course_ids)
        if self.event_ids:
            return self.env._(
                "%(sessions)s; courses: %(courses)s",
                sessions=super()._proposal_text(),
                courses=courses,
            )
        if self.program_id:
            return self.env._(
                "Attach to “%(program)s”; courses: %(courses)s",
                program=self.program_id.name,
                courses=courses,
            )
        return self.env._(
            "Make a draft; courses to attach: %(courses)s", courses=courses
        )

    def _adopt(self):
        program = super()._adopt()
        # some may have been attached since the proposal was made
        self.course_ids.filtered(
            lambda course: not course.qualiopi_program_id
        ).qualiopi_program_id = program
        return program

    def _origin_values(self):
        return super()._origin_values() | {
            "origin_channel_id": self.origin_channel_id.id
        }

    def _idle_program(self):
        if not self.origin_channel_id:
            return super()._idle_program()
        return self.env["qualiopi.program"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("origin_channel_id", "=", self.origin_channel_id.id),
                ("state", "!=", "retired"),
            ],
            limit=1,
        )

    def _make_program(self):
        program = super()._make_program()
        if self.course_ids and not self.event_ids:
            # what is followed online only is so for all its hours
            program.write(
                {
                    "teaching_mode": "distance",
                    "distance_hours": program.duration_hours,
                }
            )
        return program
