from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.audit_calendar import add_months
from ...rules.development import CYCLE_MONTHS
from .qualiopi_cpd_ledger import COUNTED

READERS = "qualiopi_compliance.group_qualiopi_contributor"
AUDITORS = "qualiopi_compliance.group_qualiopi_internal_auditor"


class QualiopiTrainer(models.Model):
    """What a trainer does for his own development, seen from his file."""

    _inherit = "qualiopi.trainer"

    cpd_ledger_ids = fields.One2many(
        "qualiopi.cpd.ledger",
        "trainer_id",
        "Continuing Development",
        readonly=True,
        groups=READERS,
    )
    cpd_readable = fields.Boolean(
        compute="_compute_cpd_readable",
        groups=READERS,
        help="Whether the reader may see the development of this person.",
    )
    cpd_hours = fields.Float(
        "Development Hours This Year",
        compute="_compute_cpd",
        groups=READERS,
        help="Done or validated, begun in the current calendar year.",
    )
    cpd_last_on = fields.Date(
        "Last Development",
        compute="_compute_cpd",
        groups=AUDITORS,
        help="First day of the last course or other activity done.",
    )
    cpd_idle = fields.Boolean(
        "No Development for Three Years",
        compute="_compute_cpd",
        search="_search_cpd_idle",
        groups=AUDITORS,
        help="Nothing done that began in the last three years: the length of a "
        "certification cycle.",
    )

    @api.depends_context("uid")
    @api.depends("partner_id")
    def _compute_cpd_readable(self):
        auditor = self.env.user.has_group(AUDITORS)
        own = self.env.user.partner_id
        for trainer in self:
            trainer.cpd_readable = auditor or trainer.partner_id == own

    @api.depends_context("uid")
    def _compute_cpd(self):
        rows = self.env["qualiopi.cpd.ledger"]._read_group(
            Domain("trainer_id", "in", self.ids) & Domain("state", "in", COUNTED),
            ["trainer_id", "date:year"],
            ["hours:sum", "date:max"],
        )
        this_year = self.env["qualiopi.framework"]._today().year
        hours, last = {}, {}
        for trainer, year, total, day in rows:
            if year.year == this_year:
                hours[trainer.id] = total
            last[trainer.id] = max(day, last.get(trainer.id, day))
        for trainer in self:
            day = last.get(trainer.id)
            trainer.cpd_hours = hours.get(trainer.id, 0)
            trainer.cpd_last_on = day
            trainer.cpd_idle = not day or day < self._cpd_cycle_start()

    @api.model
    def _cpd_cycle_start(self):
        """:return: the day three years ago"""
        return add_months(self.env["qualiopi.framework"]._today(), -CYCLE_MONTHS)

    def _search_cpd_idle(self, operator, value):
        if operator != "in":
            return NotImplemented
        recent = self.env["qualiopi.cpd.ledger"]._search(
            [("state", "in", COUNTED), ("date", ">=", self._cpd_cycle_start())]
        )
        busy = Domain("id", "in", recent.subselect("trainer_id"))
        return Domain.OR(~busy if idle else busy for idle in value)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_developed(self):
        # sudo: qualiopi.cpd.activity - history counts whether or not one may read it
        found = (
            self.env["qualiopi.cpd.activity"]
            .sudo()
            .search([("trainer_id", "in", self.ids)], limit=1)
        )
        if found:
            raise UserError(
                self.env._(
                    "%(name)s has development activities: they are part of the history "
                    "of this file. Use “Left”, or archive it.",
                    name=found.trainer_id.name,
                )
            )

    def action_open_cpd(self):
        """Open the development of these trainers, whatever its source."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_cpd_ledger_action"
        )
        return action | {
            "domain": [("trainer_id", "in", self.ids)],
            "context": {"search_default_group_year": 1},
        }

    def action_plan_cpd(self):
        """Begin a development activity of this trainer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_cpd_activity_action"
        )
        return action | {
            "views": [(False, "form")],
            "context": {"default_trainer_id": self.id},
        }
