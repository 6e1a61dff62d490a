from odoo import api, fields, models
from odoo.tools import SQL

from .qualiopi_cpd_activity import KINDS
from .qualiopi_cpd_target import MEASURES
from .qualiopi_trainer import KINDS as TRAINER_KINDS


class QualiopiCpdGap(models.Model):
    """What a trainer did towards a target, and how much he is short of it.

    The target's dates decide, not today. It is asked of those whose file is active or
    suspended, and of who left after its last day: he was there all along.
    """

    _name = "qualiopi.cpd.gap"
    _description = "Gap to a continuing development target"
    _auto = False
    _order = "date_from desc, target_id, gap desc, trainer_id, id"

    trainer_id = fields.Many2one("qualiopi.trainer", readonly=True)
    trainer_kind = fields.Selection(TRAINER_KINDS, "Status", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    target_id = fields.Many2one("qualiopi.cpd.target", readonly=True)
    activity_kind = fields.Selection(KINDS, "Kind", readonly=True)
    measure = fields.Selection(MEASURES, readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("To", readonly=True)
    amount = fields.Float("Asked For", readonly=True)
    achieved = fields.Float(readonly=True, help="Done or validated in the period.")
    validated = fields.Float(
        "Of Which Validated",
        readonly=True,
        help="By a manager, or by the attendance sheet of one of our sessions.",
    )
    planned = fields.Float(readonly=True)
    gap = fields.Float(
        "Still Missing", readonly=True, help="What is asked for and not done yet."
    )
    to_plan = fields.Float(
        "Still to Plan", readonly=True, help="What the plan does not make up for."
    )
    reached = fields.Boolean(readonly=True)

    _depends = {
        "qualiopi.cpd.ledger": [],
        "qualiopi.cpd.target": [
            "active",
            "company_id",
            "date_from",
            "date_to",
            "trainer_kind",
            "activity_kind",
            "measure",
            "amount",
        ],
        "qualiopi.trainer": ["company_id", "kind", "state", "active", "left_on"],
    }

    @property
    def _table_query(self):
        # Materialized: worked out once, and not again for each person and target.
        return SQL(
            """
            WITH ledger AS MATERIALIZED (%(ledger)s)
            SELECT part.*, GREATEST(part.amount - part.achieved, 0) AS gap,
                GREATEST(part.amount - part.achieved - part.planned, 0) AS to_plan,
                part.achieved >= part.amount AS reached
            FROM (%(parts)s) part
            """,
            ledger=self.env["qualiopi.cpd.ledger"]._table_query,
            parts=self._parts(),
        )

    def _parts(self):
        """:return: what each trainer did and plans towards each target asked of him"""
        work = SQL("CASE target.measure WHEN 'hours' THEN ledger.hours ELSE 1 END")
        return SQL(
            """
            SELECT target.id::bigint * 1000000000 + trainer.id AS id,
                trainer.id AS trainer_id, trainer.kind AS trainer_kind,
                trainer.company_id, target.id AS target_id, target.activity_kind,
                target.measure, target.date_from, target.date_to, target.amount,
                COALESCE(SUM(%(work)s) FILTER (
                    WHERE ledger.state IN ('done', 'validated')), 0) AS achieved,
                COALESCE(SUM(%(work)s) FILTER (
                    WHERE ledger.state = 'validated'), 0) AS validated,
                COALESCE(SUM(%(work)s) FILTER (
                    WHERE ledger.state = 'planned'), 0) AS planned
            FROM qualiopi_cpd_target target
            JOIN qualiopi_trainer trainer
                ON trainer.company_id = target.company_id
                AND (target.trainer_kind IS NULL OR target.trainer_kind = trainer.kind)
                AND (
                    (trainer.active AND trainer.state IN ('active', 'suspended'))
                    OR (trainer.state = 'left' AND trainer.left_on > target.date_to)
                )
            LEFT JOIN ledger
                ON ledger.trainer_id = trainer.id
                AND ledger.date BETWEEN target.date_from AND target.date_to
                AND (target.activity_kind IS NULL
                    OR target.activity_kind = ledger.kind)
            WHERE target.active
            GROUP BY target.id, trainer.id
            """,
            work=work,
        )

    @api.depends("trainer_id", "target_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.trainer_id.name} – {row.target_id.name}"

    def action_open_ledger(self):
        """Open what this person did in the period of the target."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_cpd_ledger_action"
        )
        domain = [
            ("trainer_id", "=", self.trainer_id.id),
            ("date", ">=", self.date_from),
            ("date", "<=", self.date_to),
        ]
        if self.activity_kind:
            domain.append(("kind", "=", self.activity_kind))
        return action | {
            "display_name": self.display_name,
            "domain": domain,
            "context": {},
        }
