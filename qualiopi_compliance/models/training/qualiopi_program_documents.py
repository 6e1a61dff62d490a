from odoo import models
from odoo.exceptions import UserError


class QualiopiProgram(models.Model):
    """The printed sheet of a programme: always that of its last version."""

    _inherit = "qualiopi.program"

    def action_print_sheet(self):
        """Print the sheet as it was validated last.

        :raise UserError: when there is no validated version, saying what is missing
        """
        for program in self:
            if not program.current_version_id:
                raise UserError(
                    self.env._(
                        "“%(name)s” has no validated version to print. Validate it "
                        "first.\nStill missing:\n%(items)s",
                        name=program.name,
                        items=program.missing_text or self.env._("Nothing"),
                    )
                )
        return self.current_version_id.action_print_sheet()


class QualiopiProgramVersion(models.Model):
    """A version can be printed for ever as it was validated."""

    _inherit = "qualiopi.program.version"

    def action_print_sheet(self):
        """Print the sheet as this version says it."""
        report = self.env.ref("qualiopi_compliance.training_program_sheet_report")
        return report.report_action(self, config=False)
