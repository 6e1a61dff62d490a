from markupsafe import Markup

from odoo import api, models


class TeamMeetingDocument(models.AbstractModel):
    """Minutes say who does what by when."""

    _inherit = "report.qualiopi_compliance.team_meeting"

    @api.model
    def _sections(self, meeting):
        sections = super()._sections(meeting)
        # sudo: qualiopi.action - the same minutes for all who were there
        actions = meeting.sudo().action_ids.filtered(
            lambda action: action.state != "cancelled"
        )
        if meeting.state == "held" and actions:
            rows = Markup().join(
                Markup("<li>%s</li>") % self._action_line(action) for action in actions
            )
            sections.append((self.env._("Actions"), Markup("<ul>%s</ul>") % rows))
        return sections

    @api.model
    def _action_line(self, action):
        parts = (action.name, action.user_id.name, self._date(action.deadline))
        return " – ".join(part for part in parts if part)
