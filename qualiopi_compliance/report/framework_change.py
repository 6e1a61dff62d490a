from odoo import api, models


class FrameworkChangeDocument(models.AbstractModel):
    """The plan for a change of framework on paper: old and new texts side by side, and
    what they mean for this company.
    """

    _name = "report.qualiopi_compliance.framework_change"
    _description = "Plan for a change of framework"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.framework.change"

    @api.model
    def _title(self):
        return self.env._("What changes for us")

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """The plan says itself what is missing."""

    @api.model
    def _values(self, unit):
        old, new = unit.old_framework_id, unit.new_framework_id
        lines = unit.line_ids.sorted("number")
        return {
            "old": old.name,
            "new": new.name,
            "reference": new.legal_reference,
            "since": self._date(new.date_from),
            "as_of": self._date(unit.day),
            "lines": [self._line(row) for row in lines if row.touches],
            "others": [self._line(row) for row in lines if not row.touches],
        }

    @api.model
    def _line(self, row):
        labels = {
            name: dict(row._fields[name]._description_selection(self.env))
            for name in ("touch", "after")
        }
        made = row.action_ids
        return {
            "indicator": row.indicator_id.display_name,
            "touch": labels["touch"][row.touch],
            "after": labels["after"].get(row.after, ""),
            "note": row.change_note,
            "doubt": row.doubt,
            "threshold": row.threshold_label
            and f"{row.threshold_label}: {row.threshold_text}",
            "former": row.former_html,
            "coming": row.new_html,
            "reason": row.reason,
            "kept": row.kept_text,
            "missing": row.missing_text,
            "actions": [self._action(action) for action in made]
            or ([self._planned(row)] if row.make else []),
        }

    @api.model
    def _action(self, action):
        return {
            "name": action.name,
            "owner": action.user_id.name,
            "deadline": self._date(action.deadline),
        }

    @api.model
    def _planned(self, row):
        return {
            "name": row.action_name,
            "owner": row.user_id.name,
            "deadline": self._date(row.deadline),
        }
