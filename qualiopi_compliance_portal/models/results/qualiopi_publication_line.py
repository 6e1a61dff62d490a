from odoo import api, fields, models
from odoo.exceptions import UserError


class QualiopiPublicationLine(models.Model):
    """The figures of one population, in words, as pages show them.

    In each language installed on the day they were counted; who reads in another one
    gets the nearest. Nobody types them.
    """

    _name = "qualiopi.publication.line"
    _description = "Published figures"
    _order = "publication_id, sequence, id"
    _check_company_auto = True

    publication_id = fields.Many2one(
        "qualiopi.publication", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="publication_id.company_id", store=True, index=True
    )
    state = fields.Selection(related="publication_id.state")
    sequence = fields.Integer()
    kind = fields.Selection(
        [
            ("company", "All programmes"),
            ("category", "Category"),
            ("program", "Programme"),
        ],
        required=True,
    )
    category_id = fields.Many2one("qualiopi.category", index="btree_not_null")
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    titles = fields.Json("Names by Language", required=True)
    name = fields.Char(compute="_compute_name")
    learners = fields.Integer(help="Who began, in the sessions counted.")
    sessions = fields.Integer(help="Sessions that ended in the period.")
    rates = fields.Json("Figures by Language", required=True)
    summary = fields.Text("In Short", compute="_compute_summary")
    offered = fields.Boolean(
        help="On the day of the count: validated, and not retired."
    )
    shown = fields.Boolean(
        default=True,
        help="Only the figures of programmes that are no longer offered can be left "
        "out: an indicator that is not published is missing.",
    )

    @api.depends_context("lang")
    @api.depends("titles")
    def _compute_name(self):
        for line in self:
            line.name = line._read(line.titles)

    @api.depends_context("lang")
    @api.depends("rates")
    def _compute_summary(self):
        for line in self:
            line.summary = "\n".join(
                self.env._(
                    "%(rate)s: %(figure)s",
                    rate=rate["label"],
                    figure=rate["value"] or rate["counts"] or rate["note"],
                )
                for rate in line._read(line.rates) or ()
            )

    @api.model
    def _read(self, texts):
        """:param texts: by language
        :return: those of the reader's language, or of the nearest one kept
        """
        texts = texts or {}
        wanted = self.env.lang or "en_US"
        return texts.get(wanted) or texts.get("fr_FR") or next(iter(texts.values()), "")

    def write(self, vals):
        if vals.keys() - {"shown"}:
            raise UserError(
                self.env._(
                    "Figures are counted, not typed. Correct the records, then use "
                    "“Count Again” on the results proposed."
                )
            )
        self.publication_id._check_open()
        if not vals.get("shown", True):
            self._check_may_be_left_out()
        return super().write(vals)

    def _check_may_be_left_out(self):
        kept = self.filtered(lambda line: line.kind != "program" or line.offered)
        if kept:
            raise UserError(
                self.env._(
                    "The figures of “%(name)s” cannot be left out: indicator 2 wants "
                    "the results of what the company offers published. Only programmes "
                    "that are retired or not validated can be left out.",
                    name=kept[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.publication_id._check_open()

    def _discard(self):
        """Remove what is about to be counted again."""
        # sudo: qualiopi.publication.line - nobody deletes figures by hand
        self.sudo().unlink()

    def _figures(self):
        """:return: what is read of it, in the reader's language; empty for none"""
        return {
            "learners": self.learners,
            "sessions": self.sessions,
            "headcount": self.env._(
                "Learners: %(learners)s. Sessions: %(sessions)s.",
                learners=self.learners,
                sessions=self.sessions,
            ),
            "rates": self._read(self.rates) or [],
        }

    def _values(self):
        """:return: its name, what is read of it, and the schemes that publish others:
        that of the category, and the programme's own
        """
        program = self.program_id
        schemes = self.env["qualiopi.program"]
        figures = self._figures()
        return figures | {
            "name": self.name,
            "code": self.category_id.code or "",
            "scheme": schemes._category_scheme(self.category_id.code),
            "own_scheme": program._own_scheme() if program else None,
            "program": program.id,
            "url": "",
            "empty": all(rate["state"] == "no_data" for rate in figures["rates"]),
            "by_code": {rate["code"]: rate for rate in figures["rates"]},
        }
