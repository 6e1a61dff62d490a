from odoo import api, fields, models
from odoo.fields import Domain


class QualiopiGapHolder(models.AbstractModel):
    """A record that checks look at: what is missing in it and in what belongs to it.

    Worked out when somebody opens the record, with his own rights, in a few queries.
    Not meant for lists.
    """

    _name = "qualiopi.gap.holder"
    _description = "Record that checks look at"
    # field of qualiopi.check.subject that leads to the record
    _gap_link = ""

    qualiopi_gap_count = fields.Integer(
        "Gaps",
        compute="_compute_qualiopi_gaps",
        groups="qualiopi_compliance.group_qualiopi_contributor",
        help="What the checks miss here today, as far as you may read it.",
    )
    qualiopi_gap_ids = fields.Many2many(
        "qualiopi.check.subject",
        string="What an Audit Would Ask",
        compute="_compute_qualiopi_gap_ids",
        groups="qualiopi_compliance.group_qualiopi_contributor",
        help="What the checks miss in this very record today.",
    )

    def _qualiopi_checked(self):
        """:return: those of these records that checks may look at"""
        return self._origin

    def _qualiopi_gaps(self):
        """:return: domain of the gaps of these records and of what belongs to them"""
        return Domain("satisfied", "=", False) & Domain(self._gap_link, "in", self.ids)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_qualiopi_gaps(self):
        Subject = self.env["qualiopi.check.subject"]
        checked = self._qualiopi_checked()
        counts = dict(
            Subject._read_group(checked._qualiopi_gaps(), [self._gap_link], ["__count"])
            if checked
            else []
        )
        for record in self:
            record.qualiopi_gap_count = counts.get(record._origin, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_qualiopi_gap_ids(self):
        Subject = self.env["qualiopi.check.subject"]
        checked = self._qualiopi_checked()
        own = Domain("res_model", "=", self._name) & checked._qualiopi_gaps()
        gaps = Subject.search(own).grouped(self._gap_link) if checked else {}
        for record in self:
            record.qualiopi_gap_ids = gaps.get(record._origin, Subject)

    def action_qualiopi_gaps(self):
        """Open what the checks miss here, and in what belongs to it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_subject_action"
        )
        name = self.env._("Gaps of %(name)s", name=self.display_name)
        return action | {
            "name": name,
            "display_name": name,
            "domain": [(self._gap_link, "=", self.id)],
        }
