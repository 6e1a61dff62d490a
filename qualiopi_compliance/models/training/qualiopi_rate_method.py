from odoo import api, fields, models

from ...rules.rates import RATES


class QualiopiRateMethod(models.Model):
    """How a company says that it computes a rate, when not in the words shipped.

    No official text gives a formula: since 1 November 2026 the method is published
    beside the figure (indicator 2). What is counted does not change with the words.
    """

    _name = "qualiopi.rate.method"
    _description = "Method of a rate, in the company's words"
    _order = "company_id, code"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    code = fields.Selection(selection="_codes", string="Rate", required=True)
    shipped = fields.Text("Words Shipped", compute="_compute_shipped")
    method = fields.Text(
        "Our Words",
        compute="_compute_method",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        translate=True,
        help="As visitors and auditors will read it.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "The method of this rate is already written."
    )

    @api.model
    def _codes(self):
        return [(row.code, self.env._(row.label)) for row in RATES]

    @api.depends_context("lang")
    @api.depends("code")
    def _compute_display_name(self):
        labels = dict(self._codes())
        for row in self:
            row.display_name = labels.get(row.code, "")

    @api.depends_context("lang")
    @api.depends("code", "company_id")
    def _compute_shipped(self):
        for row in self:
            row.shipped = row.code and row._shipped(row.company_id)[row.code]

    @api.depends("code")
    def _compute_method(self):
        """Begin with the words shipped: a company seldom changes all of them."""
        for row in self:
            shipped = row._shipped(row.company_id)
            if not row.method or row.method in shipped.values():
                row.method = shipped.get(row.code)

    @api.model
    def _shipped(self, company):
        """:return: code of each rate -> our words for how it is computed"""
        # sudo: res.company - a threshold that stands in a published text
        threshold = company.sudo().qualiopi_satisfied_from
        values = {"satisfied_from": f"{threshold:g}"}
        return {row.code: self.env._(row.method, **values) for row in RATES}

    @api.model
    def _texts(self, company):
        """:return: code of each rate -> how it is computed, in the reader's language"""
        # sudo: qualiopi.rate.method - public beside every figure
        own = {
            row.code: row.method
            for row in self.sudo().search([("company_id", "=", company.id)])
        }
        return self._shipped(company) | own
