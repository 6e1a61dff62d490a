from dataclasses import asdict

from odoo import api, fields, models

from ...rules.audit_calendar import add_months
from ...rules.evidence_status import Part, indicator_status
from .qualiopi_checklist_line import DECLARED_STATUS


def as_part(row):
    """:param row: what one check counted, as kept in ``computed_facts``
    :return: the same for the rules
    """
    return Part(**{name: row[name] for name in Part.__dataclass_fields__})


class QualiopiChecklistLine(models.Model):
    """What the records say of an indicator, beside what people conclude.

    Read every night and on demand. What was counted is kept on the line itself, check
    by check: a self-assessment shows it as it was, whatever becomes of the checks.
    """

    _inherit = "qualiopi.checklist.line"

    computed_status = fields.Selection(
        DECLARED_STATUS,
        "What the Records Say",
        default="not_assessed",
        readonly=True,
        copy=False,
    )
    computed_on = fields.Date("Records Read On", readonly=True, copy=False)
    computed_facts = fields.Json(readonly=True, copy=False)
    missing_count = fields.Integer(
        "Lacking",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Records that are not as they should be, over all checks.",
    )
    review_needed = fields.Boolean(related="indicator_id.review_needed")
    review_note = fields.Text(related="indicator_id.review_note")
    result_ids = fields.Many2many(
        "qualiopi.check.result",
        string="Checks",
        compute="_compute_result_ids",
        help="What the checks of this indicator counted on the day the records were "
        "read.",
    )

    def _take_counts(self, counts, day):
        """Write down what the records say of this indicator.

        :param counts: pairs of :class:`Asked` and :class:`Count`
        :param day: whose records were counted
        """
        self.ensure_one()
        if self.applicability == "not_applicable":
            self._write_changed(
                {
                    "computed_status": "not_assessed",
                    "computed_facts": False,
                    "computed_on": False,
                    "missing_count": 0,
                }
            )
            return
        checks = []
        for asked, count in counts:
            demand = asked.demand(self.indicator_id.id)
            if demand:
                part = asdict(asked.part(count, demand))
                checks.append(part | {"failure": count.failure})
        self._judge(checks, day)

    def _judge(self, checks, day):
        """Write down where the indicator stands.

        :param checks: what each check counted, as kept in ``computed_facts``
        """
        self.ensure_one()
        parts = [as_part(row) for row in checks]
        verdict = indicator_status(parts, self._review(day))
        vals = {
            "computed_status": verdict.status,
            "computed_on": day,
            "computed_facts": {
                "checks": checks,
                "decided_by": verdict.decided_by,
                "review": verdict.review,
            },
            "missing_count": sum(part.population - part.satisfied for part in parts),
        }
        if self.declared_status != "not_assessed" and not self.declared_against:
            # concluded before records were read at all: nobody has looked at them
            vals["declared_against"] = "not_assessed"
        self._write_changed(vals)

    def _write_changed(self, vals):
        changed = {
            name: value
            for name, value in vals.items()
            if (self[name] or False) != value
        }
        if changed:
            self.write(changed)

    def _counted(self):
        """:return: what each check counted, in order"""
        self.ensure_one()
        return (self.computed_facts or {}).get("checks") or []

    def _review(self, day):
        """:return: what a person made of it, for the rules on statuses"""
        self.ensure_one()
        if not self.indicator_id.review_needed:
            return "not_needed"
        if not self.reviewed_on:
            return "none"
        months = self.company_id.qualiopi_review_months or 12
        return "stale" if self.reviewed_on < add_months(day, -months) else "valid"

    @api.depends("computed_facts", "computed_on", "checklist_kind")
    def _compute_result_ids(self):
        Result = self.env["qualiopi.check.result"]
        living = self.filtered(lambda line: line.checklist_kind == "living")
        rows = Result.search(
            [
                ("company_id", "in", living.company_id.ids),
                ("day", "in", list(set(living.mapped("computed_on")))),
            ]
        )
        by_key = {(row.company_id, row.day, row.check_id.id): row.id for row in rows}
        for line in self:
            keys = [
                (line.company_id, line.computed_on, row["code"])
                for row in line._counted()
                if line in living
            ]
            line.result_ids = Result.browse(
                by_key[key] for key in keys if key in by_key
            )
