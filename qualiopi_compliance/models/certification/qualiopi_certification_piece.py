from odoo import api, fields, models

from ...rules.cycle import PIECES


class QualiopiCertificationPiece(models.Model):
    """Something that the certifier collects before the initial audit, ticked off on
    the day it is given (order of 6 June 2019, art. 1).

    All of them are listed when a cycle begins. What the records say of each is shown
    beside it, so that nothing is looked up twice.
    """

    _name = "qualiopi.certification.piece"
    _description = "Piece given to the certifier"
    _order = "certification_id, sequence, id"
    _check_company_auto = True

    certification_id = fields.Many2one(
        "qualiopi.certification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True)
    code = fields.Selection(selection="_codes", string="Piece", required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    given = fields.Boolean(default=True)
    given_on = fields.Date(
        compute="_compute_given_on", store=True, readonly=False, precompute=True
    )
    known = fields.Char("What We Say", compute="_compute_known")
    note = fields.Char("Where It Is, Remarks")

    _once = models.Constraint(
        "UNIQUE(certification_id, code)", "This piece is listed already."
    )

    @api.model
    def _codes(self):
        return [(code, self.env._(label)) for code, label in PIECES.items()]

    @api.depends("code")
    def _compute_sequence(self):
        order = list(PIECES)
        for piece in self:
            piece.sequence = order.index(piece.code) if piece.code in order else 0

    @api.depends("given")
    def _compute_given_on(self):
        today = self.env["qualiopi.framework"]._today()
        for piece in self:
            piece.given_on = (piece.given_on or today) if piece.given else False

    @api.depends("code")
    def _compute_display_name(self):
        labels = dict(self._codes())
        for piece in self:
            piece.display_name = labels.get(piece.code, "")

    @api.depends_context("lang")
    @api.depends(
        "code",
        "certification_id.category_ids",
        "certification_id.site_ids",
        "company_id.qualiopi_nda",
        "company_id.company_registry",
        "company_id.qualiopi_last_bpf_year",
        "company_id.qualiopi_revenue",
        "company_id.qualiopi_revenue_year",
    )
    def _compute_known(self):
        for cycle, pieces in self.grouped("certification_id").items():
            said = cycle._known_pieces() if cycle else {}
            for piece in pieces:
                piece.known = said.get(piece.code) or False

    @api.model_create_multi
    def create(self, vals_list):
        """A piece that is listed already is ticked off, not listed again."""
        cycles = [vals.get("certification_id") for vals in vals_list]
        listed = {
            (piece.certification_id.id, piece.code): piece
            for piece in self.search([("certification_id", "in", cycles)])
        }
        pieces, fresh = [], []
        for vals in vals_list:
            piece = listed.get((vals.get("certification_id"), vals.get("code")))
            if piece:
                piece.write({"given": True, **vals})
            else:
                fresh.append(vals)
            pieces.append(piece)
        created = iter(super().create(fresh))
        records = self.concat(*(piece or next(created) for piece in pieces))
        records.certification_id._check_not_over()
        return records

    def write(self, vals):
        self.certification_id._check_not_over()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        self.certification_id._check_not_over()
