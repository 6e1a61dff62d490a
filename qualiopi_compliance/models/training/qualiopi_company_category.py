from odoo import models


class QualiopiCompanyCategory(models.Model):
    """What the catalogue shows of a category, whatever was declared."""

    _inherit = "qualiopi.company.category"

    def _recorded_facts(self):
        facts = super()._recorded_facts()
        # sudo: qualiopi.program - the answer is the same for every reader
        programs = (
            self.env["qualiopi.program"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("category_id", "=", self.category_id.id),
                    ("state", "=", "validated"),
                ]
            )
        )
        shown = {
            "certifying": any(program._counts_as_certifying() for program in programs),
            "over_two_days": any(program.duration_days > 2 for program in programs),
            "distance": any(
                program.teaching_mode in ("distance", "blended") for program in programs
            ),
            "training_at_work": any(
                program.teaching_mode == "at_work" for program in programs
            ),
        }
        return facts | {fact for fact, true in shown.items() if true}
