from odoo import fields, models

REFERENT = "qualiopi_compliance.group_qualiopi_disability_referent"
REQUEST_KINDS = [
    ("place", "A place"),
    ("quote", "A quote"),
    ("adjustment", "An adjustment"),
]


class CrmLead(models.Model):
    """A request made on the website: what is asked, on which page, what was agreed to.

    What somebody says of the adjustment he needs is kept only with his consent and
    read by the disability referent alone, as on the learners' files.
    """

    _inherit = "crm.lead"

    qualiopi_request_kind = fields.Selection(
        REQUEST_KINDS,
        "Kind of Request",
        tracking=True,
        help="As chosen on the website.",
    )
    qualiopi_website_id = fields.Many2one(
        "website",
        "Asked on the Website",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    qualiopi_page_url = fields.Char("Asked on the Page", readonly=True, copy=False)
    qualiopi_agreed_on = fields.Date(
        "Agreed to Be Contacted On",
        readonly=True,
        copy=False,
        help="Day on which the box under the form was ticked.",
    )
    qualiopi_adjustment_consent_on = fields.Date(
        "Consent Given On",
        groups=REFERENT,
        copy=False,
        help="The person agreed that what was said of the need is kept.",
    )
    qualiopi_adjustment_note = fields.Text(
        "Adjustment Needed", groups=REFERENT, copy=False
    )
    qualiopi_request_token = fields.Char(
        groups="base.group_system",
        copy=False,
        readonly=True,
        export_string_translation=False,
    )

    # the same form posted twice, even at the same moment, makes one request
    _qualiopi_request_token_uniq = models.UniqueIndex(
        "(qualiopi_request_token) WHERE qualiopi_request_token IS NOT NULL"
    )

    def _merge_get_fields_specific(self):
        return super()._merge_get_fields_specific() | {
            "qualiopi_request_kind": _first,
            "qualiopi_website_id": lambda name, leads: leads[name][:1].id,
            "qualiopi_page_url": _first,
            "qualiopi_agreed_on": _first,
        }

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: crm.lead - what was said of an adjustment stays with the request,
        # though who merges may not read it
        leads = (self | opportunities).sudo()
        notes = leads.filtered("qualiopi_adjustment_note")
        if notes - self:
            texts = dict.fromkeys(notes.mapped("qualiopi_adjustment_note"))
            self.sudo().write(
                {
                    "qualiopi_adjustment_note": "\n\n".join(texts),
                    "qualiopi_adjustment_consent_on": _first(
                        "qualiopi_adjustment_consent_on", notes
                    ),
                }
            )
        return result


def _first(name, leads):
    return next(filter(None, leads.mapped(name)), False)
