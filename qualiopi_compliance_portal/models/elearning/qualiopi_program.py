from odoo import api, fields, models


class QualiopiProgram(models.Model):
    """A programme may be delivered by courses to follow online."""

    _inherit = "qualiopi.program"

    course_ids = fields.One2many(
        "slide.channel", "qualiopi_program_id", "Courses", copy=False
    )
    course_count = fields.Integer("Number of Courses", compute="_compute_course_count")
    origin_channel_id = fields.Many2one(
        "slide.channel",
        "Made from Course",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="set null",
        help="Course that the adoption wizard made this programme from.",
    )

    @api.model
    def _management_fields(self):
        return super()._management_fields() | {"course_ids", "origin_channel_id"}

    def _compute_course_count(self):
        # sudo: slide.channel - only how many, of programmes that the reader reads
        counts = dict(
            self.env["slide.channel"]
            .sudo()
            ._read_group(
                [("qualiopi_program_id", "in", self.ids)],
                ["qualiopi_program_id"],
                ["__count"],
            )
        )
        for program in self:
            program.course_count = counts.get(program._origin, 0)

    def action_open_courses(self):
        """Open the courses that deliver this programme."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance_portal.slide_channel_qualiopi_action"
        )
        return action | {
            "domain": [("qualiopi_program_id", "=", self.id)],
            "context": {"default_qualiopi_program_id": self.id},
        }

    def _origin_key(self):
        if self.origin_channel_id and not (self.origin_type_id or self.origin_name):
            return ("course", self.origin_channel_id.id)
        return super()._origin_key()
