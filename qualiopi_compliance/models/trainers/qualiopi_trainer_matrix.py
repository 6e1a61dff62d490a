from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

PAGE = 80
# More would be slow to show: with many columns a page has fewer trainers.
CELLS_OF_PAGE = 8000
LEAST_PAGE = 20
# What the reader may narrow the matrix to. The first two: states one of which he has
# in a programme he may teach. The last one: states of all his cells.
FILTERS = {
    "gaps": {"expired", "missing"},
    "soon": {"expiring", "expired", "missing"},
    "full": {"held", "expiring"},
}


class QualiopiTrainer(models.Model):
    """The trainers by what programmes require of them: one screen."""

    _inherit = "qualiopi.trainer"

    @api.model
    def qualification_matrix(
        self,
        day=None,
        program_ids=(),
        search="",
        only="",
        everyone=False,
        offset=0,
        limit=PAGE,
    ):
        """The screen of the qualification matrix, read with the reader's own rights.

        :param day: a date, today by default
        :param program_ids: columns, by default all programmes not retired
        :param search: part of the names of the trainers
        :param only: key of :data:`FILTERS`, empty for all trainers
        :param everyone: judge trainers for programmes they may not teach too
        :param limit: trainers at most; fewer where there are many columns
        :return: :meth:`qualiopi.qualification.matrix._matrix`, with ``total`` trainers
        """
        self.check_access("read")
        day = self._matrix_day(day)
        programs = self._matrix_programs(program_ids)
        trainers = self.search(
            self._matrix_domain(
                day, search, programs if program_ids else None, everyone
            )
        )
        limit = self._matrix_limit(programs, limit)
        page = slice(max(offset, 0), max(offset, 0) + limit)
        Matrix = self.env["qualiopi.qualification.matrix"]
        if only not in FILTERS:
            total = len(trainers)
            matrix = Matrix._matrix(day, programs, trainers[page], everyone=everyone)
        else:
            matrix = Matrix._matrix(day, programs, trainers, everyone=everyone)
            rows = self._matrix_rows(matrix, only)
            total = len(rows)
            matrix["trainers"] = rows[page]
        return matrix | {
            "total": total,
            "limit": limit,
            "today": str(self.env["qualiopi.framework"]._today()),
            "horizons": self._matrix_horizons(),
            "can_export": self.env["qualiopi.trainer.report"].has_access("create"),
        }

    @api.model
    def _matrix_rows(self, matrix, only):
        """:return: the rows that the filter leaves"""
        program_of = {
            asked["id"]: program["id"]
            for program in matrix["programs"]
            for asked in program["requirements"]
        }

        def kept(row):
            if only == "full":
                states = {cell["state"] for cell in row["cells"].values()}
                return states and states <= FILTERS[only]
            own = {
                cell["state"]
                for number, cell in row["cells"].items()
                if program_of[number] in row["programs"]
            }
            return own & FILTERS[only]

        return [row for row in matrix["trainers"] if kept(row)]

    @api.model
    def _matrix_limit(self, programs, limit):
        """:return: how many trainers a page has"""
        columns = self.env["qualiopi.program.skill"].search_count(
            [("program_id", "in", programs.ids)]
        )
        most = max(CELLS_OF_PAGE // max(columns, 1), LEAST_PAGE)
        return max(min(limit, most), 1)

    @api.model
    def _matrix_day(self, day):
        try:
            found = fields.Date.to_date(day) if day else None
        except (TypeError, ValueError):
            raise UserError(
                self.env._("“%(day)s” is no date: choose another day.", day=day)
            ) from None
        return found or self.env["qualiopi.framework"]._today()

    @api.model
    def _matrix_programs(self, program_ids):
        Program = self.env["qualiopi.program"]
        if program_ids:
            return Program.with_context(active_test=False).search(
                [("id", "in", program_ids)]
            )
        return Program.search([("state", "!=", "retired")])

    @api.model
    def _matrix_domain(self, day, search="", programs=None, everyone=False):
        """:return: the trainers who had not left on the day"""
        domain = Domain("state", "!=", "left") | Domain("left_on", ">=", day)
        if search:
            domain &= Domain("name", "ilike", search)
        if programs is not None and not everyone:
            domain &= Domain("program_ids", "in", programs.ids)
        return domain

    @api.model
    def _matrix_horizons(self):
        """:return: days ahead within which an end counts as near, of the companies"""
        return sorted(set(self.env.companies.mapped("qualiopi_expiry_days")))
