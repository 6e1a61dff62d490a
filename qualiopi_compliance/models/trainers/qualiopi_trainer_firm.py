from odoo import api, fields, models

from .qualiopi_trainer import THROUGH_A_FIRM


class QualiopiTrainer(models.Model):
    """The firm through which a subcontractor or an umbrella employee works."""

    _inherit = "qualiopi.trainer"

    subcontractor_id = fields.Many2one(
        "qualiopi.subcontractor",
        "Works Through",
        compute="_compute_subcontractor_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('company_id', '=', company_id)]",
        help="The firm with which there is a contract: his own when he is a sole "
        "trader.",
    )

    @api.depends("partner_id", "kind", "company_id")
    def _compute_subcontractor_id(self):
        self._find_firm()

    def _find_firm(self):
        """Fill in the firm of who is known as one of its people."""
        lost = self.filtered(
            lambda trainer: (
                not trainer.subcontractor_id and trainer.kind in THROUGH_A_FIRM
            )
        )
        # sudo: qualiopi.subcontractor - only to know which it is
        firms = self.env["qualiopi.subcontractor"].sudo()
        found = firms
        if lost:
            found = firms.search(
                [("partner_id", "in", lost.partner_id.commercial_partner_id.ids)]
            )
        by_partner = {(firm.company_id, firm.partner_id): firm for firm in found}
        for trainer in self - lost:
            trainer.subcontractor_id = trainer.subcontractor_id
        for trainer in lost:
            partner = trainer.partner_id.commercial_partner_id
            firm = by_partner.get((trainer.company_id, partner._origin), firms)
            trainer.subcontractor_id = firm.id

    @api.depends("subcontractor_id")
    def _compute_missing(self):
        return super()._compute_missing()

    def _has_firm(self):
        return bool(self.subcontractor_id)

    def _firm_problems(self, days, cpf=False, program=None):
        """What the contracts of his firm leave open for these days.

        For who works through a firm; nothing is said of others. Called for many
        trainers it takes a fixed number of queries: firms and contracts are read
        for all of them at once.

        :param days: the days on which he teaches
        :param cpf: paid by the personal training account
        :param program: that he teaches, any when it is not given
        :return: list of (code, sentence); a code that ends in ``-advice`` is a
            remark that should refuse nothing
        """
        self.ensure_one()
        if self.kind not in THROUGH_A_FIRM:
            return []
        # sudo: qualiopi.subcontractor - the answer is the same for whoever plans
        firm = self.sudo().subcontractor_id
        if firm:
            return firm._problems_on(days, cpf=cpf, program=program)
        return [
            (
                "firm",
                self.env._(
                    "The firm through which %(name)s works is not known: enter it on "
                    "the trainer's file.",
                    name=self.name,
                ),
            )
        ]
