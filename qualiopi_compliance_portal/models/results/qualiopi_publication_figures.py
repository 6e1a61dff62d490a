from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.qualiopi_compliance.rules.rates import Tally

from .kept_back import Figure, also_kept_back

# What a visitor reads of a rate. Causes of dropping out are not among them: they would
# say of one or two people why they left.
PUBLIC = ("code", "label", "state", "value", "counts", "note", "population", "method")
ANONYMOUS = "satisfaction"


@dataclass(frozen=True)
class Counted:
    """What lines are made of.

    :param found: kind of population -> id -> its results
    :param kept: (kind, id) of those whose satisfaction would tell that of others
    :param methods: language -> code of the rate -> how it is computed
    """

    found: Mapping[str, Mapping[int, Any]]
    kept: frozenset[tuple[str, int]]
    methods: Mapping[str, Mapping[str, str]]


class QualiopiPublication(models.Model):
    """What is counted for a publication: the company, its categories, its programmes.

    The number of queries depends neither on the learners nor on the programmes.
    """

    _inherit = "qualiopi.publication"

    def _count(self):
        """Count again what is proposed; what was left out stays left out."""
        today = self.env["qualiopi.framework"]._today()
        for publication in self:
            lines = publication.line_ids
            left_out = set(lines.filtered(lambda line: not line.shown).program_id.ids)
            asked = set(lines.program_id.ids)
            lines._discard()
            rows = publication._line_values()
            for row in rows:
                if row["program_id"] in asked and not row["offered"]:
                    row["shown"] = row["program_id"] not in left_out
            # sudo: qualiopi.publication.line - nobody types figures
            self.env["qualiopi.publication.line"].sudo().create(rows)
            publication._set(computed_on=today)

    def _line_values(self):
        """:return: values of the lines, in the order in which they are read"""
        self.ensure_one()
        company = self.company_id.sudo()
        programs = self._counted_programs()
        found = {
            by: self.env["qualiopi.rates"]._rates(company, self.first, self.last, by)
            for by in ("company", "category", "program")
        }
        found["program"] = self._with_nothing(programs, programs, found["program"])
        categories = programs.category_id.sorted()
        found["category"] = self._with_nothing(categories, programs, found["category"])
        counted = Counted(
            found,
            self._also_kept_back(programs, found),
            self._by_lang(lambda env: env["qualiopi.rate.method"]._texts(company)),
        )
        keys = [("company", company)]
        for category in categories:
            keys.append(("category", category))
            keys += [
                ("program", program)
                for program in programs
                if program.category_id == category
            ]
        return [
            {"sequence": number, **self._values_of(kind, record, counted)}
            for number, (kind, record) in enumerate(keys)
        ]

    def _counted_programs(self):
        """:return: the programmes offered, and others with sessions in the period"""
        Program = self.env["qualiopi.program"]
        # sudo: qualiopi.program - figures of all of them, whoever counts
        programs = Program.sudo().with_context(active_test=False)
        counted = self.env["qualiopi.rates"]._tallies(
            self.company_id, self.first, self.last, "program"
        )
        found = programs.search(
            Domain("company_id", "=", self.company_id.id)
            & (self._offered_domain() | Domain("id", "in", list(counted)))
        )
        return found.sorted(lambda row: (row.name or "", row.id))

    @api.model
    def _offered_domain(self):
        """:return: the programmes whose results the public is told"""
        return (
            Domain("active", "=", True)
            & Domain("state", "!=", "retired")
            & Domain("current_version_id", "!=", False)
        )

    def _with_nothing(self, records, programs, found):
        """:param records: these programmes, or their categories
        :return: id -> results, also for those that nothing was counted of
        """
        minimum = self.company_id.sudo().qualiopi_sample_minimum
        results = {}
        for record in records:
            own = [row for row in programs if record in (row, row.category_id)]
            kind = Tally(
                categories=frozenset(row.category_id.code for row in own),
                certifying=any(row.certifying for row in own),
            )
            nothing = self.env["qualiopi.rates"]._compare(kind, Tally(), minimum)
            results[record.id] = found.get(record.id, nothing)
        return results

    def _also_kept_back(self, programs, found):
        """:return: (kind, id) of those whose satisfaction would tell that of others"""
        figures = {
            by: {key: self._figure_of(results) for key, results in found[by].items()}
            for by in ("category", "program")
        }
        by_category = {
            category.id: {
                row.id: figures["program"][row.id]
                for row in programs
                if row.category_id == category
            }
            for category in programs.category_id
        }
        categories, others = also_kept_back(figures["category"], by_category)
        return frozenset(
            [("category", key) for key in categories]
            + [("program", key) for key in others]
        )

    @api.model
    def _figure_of(self, results):
        for row in results.rates:
            if row.now.definition.code == ANONYMOUS:
                return Figure(row.now.denominator, row.now.state == "kept_back")
        return Figure(0)

    def _values_of(self, kind, record, counted):
        results = counted.found[kind][record.id]
        program = record if kind == "program" else self.env["qualiopi.program"]
        category = record if kind == "category" else program.category_id
        offered = kind != "program" or self._is_offered(program)
        kept = (kind, record.id) in counted.kept
        return {
            "publication_id": self.id,
            "kind": kind,
            "program_id": program.id,
            "category_id": category.id,
            "titles": self._by_lang(lambda env: self._title(kind, record, env)),
            "learners": results.now.counts.started,
            "sessions": results.now.counts.sessions,
            "rates": self._by_lang(
                lambda env: self._in_words(
                    env, results, counted.methods[env.lang], kept
                )
            ),
            "offered": offered,
            "shown": offered,
        }

    @api.model
    def _is_offered(self, program):
        return bool(program.filtered_domain(self._offered_domain()))

    def _by_lang(self, say):
        """:return: language -> what is said in it"""
        return {
            code: say(self.with_context(lang=code).env)
            for code, _name in self.env["res.lang"].get_installed()
        }

    @api.model
    def _title(self, kind, record, env):
        if kind == "company":
            return env._("All programmes")
        record = record.with_env(record.env(context=env.context))
        if kind == "program" and record.current_version_id:
            return record.current_version_id._read_content()["name"]
        return record.name

    def _in_words(self, env, results, methods, kept):
        """:param kept: whether the satisfaction is kept back for the sake of others
        :return: the rates in words, only what the public reads
        """
        rows = []
        for row in env["qualiopi.rates"]._shown(self.company_id, results, methods):
            said = {name: row[name] for name in PUBLIC}
            if said["state"] == "no_data":
                said["note"] = env._("No data yet")
            elif kept and said["code"] == ANONYMOUS:
                said |= self._kept_back_words(env, results)
            rows.append(said)
        return rows

    @api.model
    def _kept_back_words(self, env, results):
        return {
            "state": "kept_back",
            "value": "",
            "counts": env._(
                "%(count)s answered", count=self._figure_of(results).people
            ),
            "note": env._(
                "Kept back: with the totals it would tell what a few anonymous answers "
                "said"
            ),
        }
