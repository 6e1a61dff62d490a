from odoo import fields, models

from odoo.addons.qualiopi_compliance.models.training.qualiopi_learner_file import (
    ADJUSTMENTS,
    CONTRACTS,
    DROP_OUT_CAUSES,
    EXAM_RESULTS,
    FUNDINGS,
    STAGES,
)


class SlideChannelPartner(models.Model):
    """The choices of a learner's file, again: Odoo translates a choice with the addon
    that lists it, and this addon brings the model.
    """

    _inherit = "slide.channel.partner"

    qualiopi_funding = fields.Selection(selection=FUNDINGS)
    qualiopi_adjustment = fields.Selection(selection=ADJUSTMENTS)
    qualiopi_contract_kind = fields.Selection(selection=CONTRACTS)
    qualiopi_exam_result = fields.Selection(selection=EXAM_RESULTS)
    qualiopi_drop_out_cause = fields.Selection(selection=DROP_OUT_CAUSES)
    qualiopi_stage = fields.Selection(selection=STAGES)
