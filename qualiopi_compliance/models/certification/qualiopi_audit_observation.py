from odoo import fields, models


class QualiopiAuditObservation(models.Model):
    """Something seen on site during an audit: premises, equipment, a course."""

    _name = "qualiopi.audit.observation"
    _description = "On-site observation"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, seen_at, id"

    name = fields.Text("What Was Seen", required=True)
    seen_at = fields.Datetime(required=True, default=fields.Datetime.now)
    site_id = fields.Many2one("qualiopi.site", check_company=True, ondelete="restrict")
    place = fields.Char(help="Room, workshop, display at the entrance.")
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_audit_observation_indicator_rel",
        "observation_id",
        "indicator_id",
        "Indicators",
        ondelete="restrict",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_audit_observation_attachment_rel",
        "observation_id",
        "attachment_id",
        "Photos",
        bypass_search_access=True,
        copy=False,
    )
