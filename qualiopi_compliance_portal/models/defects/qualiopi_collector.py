from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.qualiopi_compliance.models.evidence.collector import Measure


class QualiopiCollector(models.AbstractModel):
    """Whether each programme on offer has its page, and what those pages lack.

    Counted from what the last reading of each page found; results published and how
    recent they are is another question (see ``company.results``).
    """

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            self._with_pages(source) if source.name == "program" else source
            for source in super()._sources(reading)
        ]

    @api.model
    def _with_pages(self, source):
        shown = SQL("subject.offered AND subject.on_website")
        certified = SQL("%s AND subject.certifying", shown)
        measures = {
            # a company that has no website here publishes elsewhere
            "program.page": Measure(
                SQL("subject.offered AND subject.has_website"),
                SQL("subject.on_website"),
            ),
            "program.page_1": self._page_measure(shown, 1),
            "program.page_2": self._page_measure(shown, 2),
            "program.page_3": self._page_measure(certified, 3),
        }
        return replace(
            source,
            rows=self._page_rows(source.rows),
            measures={**source.measures, **measures},
        )

    @api.model
    def _page_measure(self, population, number):
        gaps, defects = (
            SQL.identifier("subject", f"{name}_{number}")
            for name in ("gaps", "defects")
        )
        return Measure(
            population,
            SQL("subject.page_read AND %s = 0", gaps),
            SQL("%s > 0", defects),
        )

    @api.model
    def _page_rows(self, rows):
        counts = SQL(", ").join(
            SQL(
                "COALESCE(lack.%(name)s, 0) AS %(name)s",
                name=SQL.identifier(f"{kind}_{number}"),
            )
            for kind in ("gaps", "defects")
            for number in (1, 2, 3)
        )
        sums = SQL(", ").join(
            SQL(
                "count(*) FILTER (WHERE indicator.number = %s%s) AS %s",
                number,
                SQL(" AND defect.gap") if kind == "gaps" else SQL(),
                SQL.identifier(f"{kind}_{number}"),
            )
            for kind in ("gaps", "defects")
            for number in (1, 2, 3)
        )
        return SQL(
            """
            SELECT subject.*, %(counts)s,
                page.page_read_on IS NOT NULL AS page_read,
                COALESCE(page.is_published, FALSE) AS on_website,
                EXISTS (
                    SELECT 1 FROM website WHERE website.company_id = subject.company_id
                ) AS has_website
            FROM (%(rows)s) subject
            JOIN qualiopi_program page ON page.id = subject.id
            LEFT JOIN (
                SELECT defect.program_id, %(sums)s
                FROM qualiopi_page_defect defect
                JOIN qualiopi_indicator indicator ON indicator.id = defect.indicator_id
                GROUP BY 1
            ) lack ON lack.program_id = subject.id
            """,
            counts=counts,
            sums=sums,
            rows=rows,
        )
