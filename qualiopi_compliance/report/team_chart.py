from odoo import api, models
from odoo.tools import split_every

# People in one function beyond which its box takes the whole width.
MANY = 4


class TeamChart(models.AbstractModel):
    """The functional organisation chart of a company, as of today (indicator 18).

    Whichever of its rows is printed, the whole chart is.
    """

    _name = "report.qualiopi_compliance.team_chart"
    _description = "Organisation chart"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.team.person"
    _evidence_type = "organisation_chart"
    _evidence_complete = True
    _evidence_when_shown = True

    @api.model
    def _title(self):
        return self.env._("Functional organisation chart")

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _units(self, records):
        return [records._on(self._today(), company) for company in records.company_id]

    @api.model
    def _check(self, units):
        """What is missing shows in the chart itself."""

    @api.model
    def _evidence_records(self, unit):
        return unit.company_id

    @api.model
    def _evidence_key(self, unit):
        return unit.company_id

    @api.model
    def _values(self, unit):
        labels = dict(unit._fields["function"]._description_selection(self.env))
        boxes = [
            {
                "label": labels[function],
                "people": [self._box_of(row) for row in rows],
                "wide": len(rows) > MANY,
            }
            for function, rows in unit.grouped("function").items()
        ]
        return {"lines": self._lines(boxes)}

    @api.model
    def _box_of(self, row):
        partner = row.partner_id
        return {
            "name": partner.name or self.env._("Nobody yet"),
            "nobody": not partner,
            "contact": " – ".join(
                part for part in (partner.phone, partner.email) if part
            ),
            "detail": row.detail if partner else "",
            "deputy": row.deputy_id
            and self.env._("Deputy: %(name)s", name=row.deputy_id.name),
            "since": row.since
            and partner
            and self.env._("Since %(day)s", day=self._date(row.since)),
        }

    @api.model
    def _lines(self, boxes):
        """:return: the boxes two by two, then those that take the whole width"""
        narrow = [box for box in boxes if not box["wide"]]
        wide = [[box] for box in boxes if box["wide"]]
        return [*split_every(2, narrow, list), *wide]
