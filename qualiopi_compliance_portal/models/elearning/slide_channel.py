from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SlideChannel(models.Model):
    """A course may deliver a programme: its attendees are then learners.

    The programme gives the course its company, which core does not know. A course
    without programme stays as it was.
    """

    _inherit = "slide.channel"

    # Published courses are read by visitors: what concerns us is for the house only.
    qualiopi_program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        domain="[('state', '!=', 'retired')]",
        help="What the course delivers: its attendees become learner files.",
    )
    qualiopi_company_id = fields.Many2one(
        related="qualiopi_program_id.company_id",
        string="Company of the Programme",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    qualiopi_version_id = fields.Many2one(
        related="qualiopi_program_id.current_version_id",
        string="Version in Force",
        groups="base.group_user",
        help="Those who join now follow it; who joined before follows that of his day.",
    )
    qualiopi_warning = fields.Text(
        compute="_compute_qualiopi_warning", groups="base.group_user"
    )

    @api.constrains("qualiopi_program_id", "website_id")
    def _check_qualiopi_website(self):
        for channel in self:
            company = channel.qualiopi_program_id.company_id
            website = channel.website_id
            if company and website and website.company_id != company:
                raise ValidationError(
                    self.env._(
                        "“%(course)s” is on the website of %(other)s, but its "
                        "programme belongs to %(company)s. Choose a programme of "
                        "%(other)s, or another website.",
                        course=channel.name,
                        other=website.company_id.name,
                        company=company.name,
                    )
                )

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_program_id.current_version_id",
        "enroll",
        "slide_ids.question_ids",
        "slide_ids.slide_category",
        "slide_ids.is_published",
    )
    def _compute_qualiopi_warning(self):
        for channel in self:
            channel.qualiopi_warning = "\n".join(channel._qualiopi_warnings()) or False

    def _qualiopi_warnings(self):
        """:return: what is unusual about a course that delivers a programme"""
        self.ensure_one()
        if not self.qualiopi_program_id:
            return []
        warnings = []
        if not self.qualiopi_program_id.current_version_id:
            warnings.append(
                self.env._("The programme has no validated version: validate it.")
            )
        if not any(slide._qualiopi_is_activity() for slide in self.slide_ids):
            warnings.append(
                self.env._(
                    "The course has no quiz and no certification: nothing that "
                    "learners hand in will show that they follow it (indicator 19)."
                )
            )
        if self.enroll == "public":
            warnings.append(
                self.env._(
                    "Anybody may enrol without a need analysis or a contract: choose "
                    "“On Invitation”, and invite those whose file is ready."
                )
            )
        return warnings

    def action_qualiopi_members(self):
        """Open the learner files of this course."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance_portal.slide_channel_partner_qualiopi_action"
        )
        return action | {
            "domain": [("channel_id", "=", self.id)],
            "display_name": self.name,
            "context": {},
        }
