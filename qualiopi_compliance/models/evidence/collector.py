"""What a source of evidence is: rows of one kind of records, and what is asked of them.

A measure says, over the columns of its source, which rows it looks at and which of
them are as they should be. Counts, lists of gaps and the gaps of one record are all
made of these two conditions, so that they never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from odoo.tools import SQL

TRUE = SQL("TRUE")
FALSE = SQL("FALSE")
# The only measure of a source that an administrator made of two filters.
FILTERS = "filters"


@dataclass(frozen=True)
class Reading:
    """On which day, and for whom, the records are read.

    :param day: nothing later is seen
    :param horizon: what ends by then ends soon
    :param companies: ids
    :param since: name of a source -> nothing that was over before is asked about;
        sources without limit are left out
    :param learners: ids of the only learner files looked for, ``None`` for all: a
        source may leave out others, whoever asks does it anyway
    :param events: the same of sessions
    :param programs: the same of programmes
    """

    day: date
    horizon: date
    companies: tuple[int, ...]
    since: Mapping[str, date] = field(default_factory=dict)
    learners: tuple[int, ...] | None = None
    events: tuple[int, ...] | None = None
    programs: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Measure:
    """One question over the rows of a source.

    :param population: condition on ``subject``: whether the question is asked of it
    :param satisfied: condition on ``subject``: whether the answer is as it should be
    :param soon: condition on ``subject``: satisfied today, not for long
    :param fresh: the day of the proof, which must lie in the window of the check;
        ``None`` where the window is about the rows only
    :param over: the day on which what is asked about was over, which must lie in the
        window too; ``None`` where it is that of the row
    """

    population: SQL
    satisfied: SQL
    soon: SQL = FALSE
    fresh: SQL | None = None
    over: SQL | None = None


@dataclass(frozen=True)
class Source:
    """Records of one kind, one row each.

    ``rows`` has at least the columns ``id``, ``company_id``, ``day`` (on which it is
    over; NULL when it always counts), ``held`` and ``lasting`` (ids of the types of the
    documents that it has today, and still has before long).

    :param model: of which the rows are records
    :param rows: the query; its rows are called ``subject`` in all conditions
    :param measures: code -> measure
    :param links: field of ``qualiopi.check.subject`` -> column that fills it
    :param everyone: the rows of whom a document may be asked
    :param category: whether rows have a column ``category``, the code of a category
    :param principal: whether rows have the columns ``for_principal``, ``tasks``
        (whether those entrusted to us are written down) and ``entrusted`` (numbers of
        the indicators that the contract leaves to us, NULL when it does not say)
    :param conditions: what a document or an indicator may be limited to -> condition
    """

    name: str
    model: str
    rows: SQL
    measures: Mapping[str, Measure]
    links: Mapping[str, SQL]
    everyone: SQL = TRUE
    category: bool = False
    principal: bool = False
    conditions: Mapping[str, SQL] = field(default_factory=dict)

    def document(self, type_id, condition=None):
        """:param type_id: id of a type of document
        :param condition: key of :attr:`conditions` that limits of whom it is asked
        :return: the measure “has a valid document of this type”
        """
        asked = self.conditions.get(condition, TRUE) if condition else TRUE
        return Measure(
            SQL("(%s) AND (%s)", self.everyone, asked),
            SQL("%s = ANY(subject.held)", type_id),
            SQL("%s != ALL(COALESCE(subject.lasting, '{}'))", type_id),
        )


def any_of(conditions):
    """:return: one condition, met where one of these is; never met by none"""
    unique = list({_key(each): each for each in conditions}.values())
    return SQL("(%s)", SQL(" OR ").join(unique)) if unique else SQL("FALSE")


def _key(condition):
    return (condition.code, tuple(map(str, condition.params)))
