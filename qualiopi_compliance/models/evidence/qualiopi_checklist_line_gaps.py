from odoo import models

from ...rules.evidence_status import Part


class QualiopiChecklistLine(models.Model):
    """From indicators to the records that prove them and those that are missing."""

    _inherit = "qualiopi.checklist.line"

    def _parts(self):
        """:return: what each check of the indicator counted, for the rules"""
        return [
            Part(**{name: row[name] for name in Part.__dataclass_fields__})
            for row in self._counted()
        ]

    def action_open_gaps(self):
        """Open the records that are not as they should be, with what each lacks."""
        self.ensure_one()
        return self._open_subjects(False)

    def action_open_counted(self):
        """Open the records that count."""
        self.ensure_one()
        return self._open_subjects(True)

    def _open_subjects(self, satisfied, name=None):
        """:param satisfied: open the records that count, or those that are missing
        :param name: shown above them, that of the indicator by default
        :return: an action with what the checks of these lines look at, on the day of
            their checklist
        """
        self.check_access("read")
        checklist = self.checklist_id.ensure_one()
        living = checklist.kind == "living"
        law_day = None if living else checklist._reference_day()
        day = None if living else checklist.evidence_on
        return self._checks()._open_subjects(
            checklist.company_id, day, satisfied, name or self.display_name, law_day
        )

    def _checks(self):
        """:return: the checks that were counted for these lines, or will be"""
        Check = self.env["qualiopi.check"]
        counted = {part.code for line in self for part in line._parts()}
        return Check.search(
            [("id", "in", list(counted))]
            if counted
            else [("indicator_ids", "in", self.indicator_id.ids)]
        )
