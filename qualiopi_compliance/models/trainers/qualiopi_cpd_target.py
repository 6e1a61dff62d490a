from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.periods import Period
from .qualiopi_cpd_activity import KINDS
from .qualiopi_trainer import KINDS as TRAINER_KINDS

MEASURES = [("hours", "Hours"), ("count", "Activities")]


class QualiopiCpdTarget(models.Model):
    """What the company expects of its trainers over a period: its own decision.

    So many hours or so many activities, of all or of one kind, of all trainers or of
    those with one status. What each of them reached is in ``qualiopi.cpd.gap``.
    """

    _name = "qualiopi.cpd.target"
    _description = "Continuing development target"
    _order = "date_from desc, name, id"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        copy=False,
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: (
            self.env["qualiopi.framework"]._today().replace(month=1, day=1)
        ),
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: (
            self.env["qualiopi.framework"]._today().replace(month=12, day=31)
        ),
        help="A calendar year, or the three years of a certification cycle.",
    )
    trainer_kind = fields.Selection(
        TRAINER_KINDS,
        "Asked Of",
        help="Empty: of all trainers. Indicator 22 speaks of employees; a sole trader "
        "shows his own continuing training (guide V9).",
    )
    activity_kind = fields.Selection(KINDS, "Kind", help="Empty: all kinds count.")
    measure = fields.Selection(MEASURES, required=True, default="hours")
    amount = fields.Float(
        "Target",
        required=True,
        help="Guide V9 sets no number for indicator 22: it is yours to choose.",
    )
    person_count = fields.Integer("People", compute="_compute_counts")
    short_count = fields.Integer(
        "People Short", compute="_compute_counts", help="Who have not reached it yet."
    )

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for target in self:
            if target.name or not target.date_from or not target.date_to:
                continue
            years = sorted({target.date_from.year, target.date_to.year})
            target.name = self.env._(
                "Development %(years)s", years="–".join(str(year) for year in years)
            )

    def _compute_counts(self):
        rows = self.env["qualiopi.cpd.gap"]._read_group(
            [("target_id", "in", self.ids)],
            ["target_id", "reached"],
            ["__count"],
        )
        counts = {(target.id, reached): count for target, reached, count in rows}
        for target in self:
            target.short_count = counts.get((target.id, False), 0)
            reached = counts.get((target.id, True), 0)
            target.person_count = target.short_count + reached

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for target in self:
            if target.date_to < target.date_from:
                raise ValidationError(
                    self.env._(
                        "“%(target)s” ends before it begins: correct one of the two "
                        "days.",
                        target=target.name,
                    )
                )

    @api.constrains("amount", "measure")
    def _check_amount(self):
        for target in self:
            if not target.amount > 0:
                raise ValidationError(
                    self.env._(
                        "Enter what “%(target)s” asks for: more than 0.",
                        target=target.name,
                    )
                )
            if target.measure == "count" and not target.amount.is_integer():
                raise ValidationError(
                    self.env._(
                        "“%(target)s” asks for a number of activities: enter a whole "
                        "number.",
                        target=target.name,
                    )
                )

    def copy_data(self, default=None):
        """A copy asks the same of the period that follows."""
        copies = super().copy_data(default)
        for target, vals in zip(self, copies, strict=True):
            if not {"date_from", "date_to"} & (default or {}).keys():
                following = Period(target.date_from, target.date_to).after()
                vals.update(date_from=following.first, date_to=following.last)
        return copies

    def action_open_gaps(self):
        """Open who has reached the target, and who has not."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_cpd_gap_action"
        )
        return action | {
            "display_name": self.name,
            "domain": [("target_id", "=", self.id)],
            "context": {},
        }
