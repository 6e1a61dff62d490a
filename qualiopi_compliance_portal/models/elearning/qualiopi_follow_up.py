from odoo import api, fields, models


class QualiopiFollowUp(models.Model):
    """Something done to keep on track somebody who learns online, too."""

    _inherit = "qualiopi.follow.up"

    member_id = fields.Many2one(
        "slide.channel.partner",
        "Course Attendee",
        index="btree_not_null",
        ondelete="cascade",
    )

    @api.depends("member_id.qualiopi_company_id")
    def _compute_company_id(self):
        online = self.filtered("member_id")
        for follow_up in online:
            follow_up.company_id = follow_up.member_id.qualiopi_company_id
        return super(QualiopiFollowUp, self - online)._compute_company_id()

    def _files(self):
        return super()._files() + list(self.member_id)

    @api.constrains("registration_id", "member_id", "kind")
    def _check_file(self):
        return super()._check_file()
