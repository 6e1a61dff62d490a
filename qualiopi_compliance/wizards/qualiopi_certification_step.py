from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.certification.qualiopi_certification_life import PATH
from ..rules.cycle import STAGES

# Where time alone leads to, once the last day is past.
TIMELY = ("expired", "lapsed")


class QualiopiCertificationStep(models.TransientModel):
    """Before a cycle goes on: which stages may follow, and what they still want.

    Either the usual next stage, or a decision of the certifier: refusal, suspension,
    its end, withdrawal, with its day and reason.
    """

    _name = "qualiopi.certification.step"
    _description = "Next stage of a cycle"

    certification_id = fields.Many2one(
        "qualiopi.certification", required=True, readonly=True, ondelete="cascade"
    )
    decision = fields.Boolean("Decision of the Certifier", readonly=True)
    stage = fields.Selection(
        selection="_stages",
        string="Go On To",
        compute="_compute_stage",
        store=True,
        readonly=False,
    )
    possible = fields.Char(compute="_compute_possible")
    current = fields.Selection(related="certification_id.stage", string="Now")
    day = fields.Date(
        "Decided On", default=lambda self: self.env["qualiopi.framework"]._today()
    )
    reason = fields.Text(help="What the certifier gives as the reason.")
    suspension_ends_on = fields.Date(
        "Suspended Until",
        help="As the certifier wrote it. Empty: counted from the suspension, see the "
        "settings of the company.",
    )
    missing_list = fields.Html(compute="_compute_missing", sanitize=False)
    warning_list = fields.Html(compute="_compute_missing", sanitize=False)
    blocked = fields.Boolean(compute="_compute_missing")

    @api.model
    def _stages(self):
        return [(code, self.env._(stage.label)) for code, stage in STAGES.items()]

    def _choices(self):
        """:return: codes of the stages that this wizard leads to"""
        self.ensure_one()
        cycle = self.certification_id
        possible = [code for code in cycle._possible_stages() if code != "transferred"]
        if self.decision:
            return [code for code in possible if cycle._decision_field(code)]
        ended = cycle.last_day and (
            cycle.last_day < self.env["qualiopi.framework"]._today()
        )
        usual = [*PATH, *(TIMELY if ended else ())]
        return [
            code
            for code in possible
            if code in usual and not cycle._decision_field(code)
        ]

    @api.depends("certification_id", "decision")
    def _compute_possible(self):
        for wizard in self:
            wizard.possible = ",".join(wizard._choices())

    @api.depends("certification_id", "decision")
    def _compute_stage(self):
        order = list(STAGES)
        for wizard in self:
            cycle, possible = wizard.certification_id, wizard._choices()
            # the end of a suspension leads back to where it began
            if wizard.decision and cycle.former_stage in possible:
                wizard.stage = cycle.former_stage
                continue
            current = order.index(cycle.stage or "self_assessment")
            ahead = [code for code in possible if order.index(code) > current]
            wizard.stage = (ahead or possible or [False])[0]

    def _known(self):
        """:return: the fact that this decision would record"""
        self.ensure_one()
        name = self.decision and self.certification_id._decision_field(self.stage)
        return {name: self.day} if name and self.day else {}

    @api.depends_context("lang")
    @api.depends("certification_id", "stage", "decision", "day")
    def _compute_missing(self):
        words = self.env["qualiopi.reason"]
        for wizard in self:
            unmet = (
                wizard.certification_id._may_enter(wizard.stage, **wizard._known())
                if wizard.stage
                else ()
            )
            blocking = [each.statement for each in unmet if each.required]
            others = [each.statement for each in unmet if not each.required]
            wizard.missing_list = words._say_sourced(blocking) or Markup()
            wizard.warning_list = words._say_sourced(others) or Markup()
            wizard.blocked = bool(blocking) or not wizard.stage

    def action_apply(self):
        """Go on to the stage chosen.

        :raise UserError: listing what is missing, or when nothing follows
        """
        self.ensure_one()
        cycle = self.certification_id
        cycle.check_access("write")
        if self.stage not in self._choices():
            raise UserError(
                self.env._(
                    "“%(name)s” cannot go there from its present stage: choose one of "
                    "the stages proposed.",
                    name=cycle.name,
                )
            )
        if not self.decision:
            cycle._enter(self.stage)
        elif not self.day:
            raise UserError(self.env._("Enter the day of the decision."))
        else:
            suspended = self.stage == "suspended"
            ends = {"suspension_ends_on": self.suspension_ends_on} if suspended else {}
            cycle._decide(self.stage, self.day, self.reason, **ends)
        return {"type": "ir.actions.act_window_close"}
