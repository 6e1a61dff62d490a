from odoo import fields, models


class ResCompany(models.Model):
    """What the training company says on every document it signs."""

    _inherit = "res.company"

    qualiopi_nda_region = fields.Char(
        "Region of the Declaration",
        help="The prefect of this region registered the declaration of activity, as "
        "its receipt says: agreements name it (R. 6351-6 of the Labour Code).",
    )
    qualiopi_signatory = fields.Char(
        "Legal Representative",
        help="Who signs the agreements and the certificates of completion.",
    )
    qualiopi_signatory_position = fields.Char(
        "Position of the Representative", translate=True
    )
    qualiopi_follow_up_terms = fields.Text(
        "How Learners Are Followed",
        translate=True,
        help="Attendance, reminders, help at a distance... Printed on contracts and "
        "agreements; a session may say otherwise.",
    )
    qualiopi_payment_terms = fields.Text(
        "Payment Terms",
        translate=True,
        help="Instalments and their dates, means of payment, tax. Printed on contracts "
        "and agreements; a session may say otherwise.",
    )
    qualiopi_termination_terms = fields.Text(
        "Early Termination",
        translate=True,
        help="What is owed when the training stops early, on either side. Printed on "
        "contracts and agreements; a session may say otherwise.",
    )
    qualiopi_house_rules = fields.Text(
        "House Rules",
        translate=True,
        help="Their main points, or where learners find them. Printed on convocations.",
    )
