from odoo import models


class SlideSlide(models.Model):
    """Contents that ask something of the learner are activities he hands in."""

    _inherit = "slide.slide"

    def _qualiopi_is_activity(self):
        """:return: whether something is handed in here: a quiz, a certification, or
        questions at the end of another content
        """
        self.ensure_one()
        if not self.is_published or not self.active:
            return False
        # sudo: slide.question - only whether there are any
        return self.slide_category == "certification" or bool(self.sudo().question_ids)

    def _action_set_viewed(self, target_partner, quiz_attempts_inc=False):
        """Remember the day: core counts attempts without saying when."""
        result = super()._action_set_viewed(
            target_partner, quiz_attempts_inc=quiz_attempts_inc
        )
        # sudo: slide.slide.partner - a learner has no right on what he did
        traces = (
            self.env["slide.slide.partner"]
            .sudo()
            .search(
                [
                    ("slide_id", "in", self.ids),
                    ("partner_id", "=", target_partner.id),
                ]
            )
        )
        traces._qualiopi_note_activity(handed_in=quiz_attempts_inc)
        return result
