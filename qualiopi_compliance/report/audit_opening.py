from odoo import api, models


class AuditOpening(models.AbstractModel):
    """Minutes of the opening meeting: what the audit is about, how it goes, who is
    there.
    """

    _name = "report.qualiopi_compliance.audit_opening"
    _description = "Minutes of an opening meeting"
    _inherit = "qualiopi.audit.paper"

    @api.model
    def _title(self):
        return self.env._("Minutes of the opening meeting")

    @api.model
    def _values(self, unit):
        asked = unit.item_ids.filtered(lambda item: item.asked == "yes")
        unsettled = unit.item_ids.filtered(lambda item: item.asked == "unsettled")
        words = self.env["qualiopi.reason"]
        return self._audit_values(unit) | {
            "people": self._people(unit.attendee_ids.filtered("at_opening")),
            "asked_count": len(asked),
            "criteria": self._by_criterion(asked),
            "unsettled": self._numbers(unsettled),
            "others": [words._say(each) for each in unit._other_requirements()],
            "plan": self._plan(unit.agenda_ids),
            "note": self._text(unit.opening_note),
        }

    @api.model
    def _by_criterion(self, items):
        """:return: pairs of a criterion and the numbers of its indicators"""
        return [
            (criterion.display_name, self._numbers(some))
            for criterion, some in items.grouped("criterion_id").items()
        ]
