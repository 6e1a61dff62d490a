from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.qualiopi_compliance.models.evidence.collector import Measure


class QualiopiCollector(models.AbstractModel):
    """Whether a company publishes results, and as often as it promises."""

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            self._with_publications(source, reading)
            if source.name == "company"
            else source
            for source in super()._sources(reading)
        ]

    @api.model
    def _with_publications(self, source, reading):
        """Asked of companies that offer something: a programme validated by then."""
        return replace(
            source,
            rows=self._publication_rows(source.rows, reading),
            measures={
                **source.measures,
                "company.results": Measure(
                    SQL("subject.offers"),
                    SQL("subject.results_due >= %s", reading.day),
                    SQL("subject.results_due <= %s", reading.horizon),
                ),
            },
        )

    @api.model
    def _publication_rows(self, rows, reading):
        return SQL(
            """
            SELECT subject.*, COALESCE(offer.offers, FALSE) AS offers,
                publication.results_due
            FROM (%(rows)s) subject
            LEFT JOIN (
                SELECT program.company_id, TRUE AS offers
                FROM qualiopi_program program
                JOIN qualiopi_program_version version
                    ON version.program_id = program.id
                WHERE program.active AND version.validated_on <= %(day)s
                    AND (program.state != 'retired' OR program.retired_on > %(day)s)
                GROUP BY 1
            ) offer ON offer.company_id = subject.id
            LEFT JOIN (
                SELECT publication.company_id,
                    (max(publication.published_on)
                        + make_interval(months => company.qualiopi_publication_months)
                    )::date AS results_due
                FROM qualiopi_publication publication
                JOIN res_company company ON company.id = publication.company_id
                WHERE publication.published_on <= %(day)s
                GROUP BY 1, company.qualiopi_publication_months
            ) publication ON publication.company_id = subject.id
            """,
            rows=rows,
            day=reading.day,
        )
