from random import randint

from odoo import fields, models


class QualiopiVerbatimTag(models.Model):
    """What a remark is about, in the company's own words: pace, room, content...

    Remarks are tagged while they are read; a tag that comes back often in a period
    is a weak point (``qualiopi.weak.point``). Archived when it is no longer used.
    """

    _name = "qualiopi.verbatim.tag"
    _description = "Tag of a remark"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    color = fields.Integer(default=lambda self: randint(1, 11))
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, name)", "The company has a tag of this name already."
    )
