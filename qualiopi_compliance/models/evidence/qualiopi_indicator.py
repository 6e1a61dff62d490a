from odoo import fields, models


class QualiopiIndicator(models.Model):
    """What records cannot say of an indicator, and a person must look at.

    Our words, not official ones.
    """

    _inherit = "qualiopi.indicator"
    _bilingual_texts = ("label", "review_note")

    review_needed = fields.Boolean(
        readonly=True,
        help="Records alone do not show it: somebody reviews it from time to time.",
    )
    review_note_fr = fields.Text("What to Look At (French)")
    review_note_en = fields.Text("What to Look At (English)")
    review_note = fields.Text("What to Look At", compute="_compute_texts")
