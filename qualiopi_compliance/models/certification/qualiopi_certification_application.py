from odoo import api, fields, models

from ...rules.cycle import PIECES


class QualiopiCertification(models.Model):
    """What is given to the certifier before the audit."""

    _inherit = "qualiopi.certification"

    pieces_left = fields.Integer(
        "Pieces Still to Give",
        compute="_compute_pieces_left",
        groups="qualiopi_compliance.group_qualiopi_internal_auditor",
    )

    @api.depends("piece_ids.given")
    def _compute_pieces_left(self):
        for cycle in self:
            cycle.pieces_left = len(cycle.piece_ids.filtered(lambda row: not row.given))

    def _list_pieces(self):
        """List everything that the certifier collects, nothing of it given yet."""
        self.env["qualiopi.certification.piece"].create(
            [
                {"certification_id": cycle.id, "code": code, "given": False}
                for cycle in self
                for code in PIECES
                if code not in cycle.piece_ids.mapped("code")
            ]
        )

    def _known_pieces(self):
        """:return: code of a piece -> what the records say of it, in short"""
        self.ensure_one()
        # sudo: res.company - facts of the company, for whoever prepares the audit
        company = self.company_id.sudo()
        categories = company.qualiopi_company_category_ids
        others = self._other_certificates()
        return {
            "identity": self._in_short(company.name, company.qualiopi_siren),
            "legal_status": self._in_short(
                company.partner_id.phone, company.partner_id.email
            ),
            "nda": company.qualiopi_nda or "",
            "categories": ", ".join(self.category_ids.mapped("name")),
            "activity": ", ".join(self._activity_facts(categories)),
            "sites": ", ".join(self.site_ids.mapped("name")),
            "other_certificates": ", ".join(each.name for each in others),
            "last_bpf": self._in_short(
                company.qualiopi_last_bpf_year,
                company.qualiopi_revenue
                and company.currency_id.format(company.qualiopi_revenue),
            ),
        }

    @api.model
    def _in_short(self, *parts):
        return " – ".join(str(part) for part in parts if part)

    @api.model
    def _activity_facts(self, categories):
        """:param categories: declared by the company
        :return: labels of what the order wants said of the activity, where it is so
        """
        names = (
            "distance",
            "training_at_work",
            "work_study",
            "certifying",
            "subcontracting_given",
        )
        labels = [
            categories._fields[name]._description_string(self.env)
            for name in names
            if any(categories.mapped(name))
        ]
        received = categories._fields["acting_as_subcontractor"]
        if any(
            row.acting_as_subcontractor not in (False, "never") for row in categories
        ):
            labels.append(received._description_string(self.env))
        return labels

    def action_give_all(self):
        """Tick off everything as given to the certifier today."""
        self.check_access("write")
        self.piece_ids.filtered(lambda piece: not piece.given).given = True

    def action_self_assess(self):
        """Open the self-assessment of this cycle, begun where there is none."""
        self.ensure_one()
        self.check_access("write")
        if not self.checklist_id:
            self.checklist_id = self.env["qualiopi.checklist"].create(
                {"kind": "self_assessment", "company_id": self.company_id.id}
            )
        return self.checklist_id.get_formview_action()
