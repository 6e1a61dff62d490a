from odoo import models
from odoo.tools import groupby
from odoo.tools.misc import format_date

from ..rules.periods import Period
from ..rules.rates import KEPT_BACK, RATES

# More would not be read; the lists and the pivot show all of them.
MOST_REMARKS = 200


class QualiopiResult(models.TransientModel):
    """What the results page says, in the reader's language."""

    _inherit = "qualiopi.result"

    def _page(self):
        """:return: all that the templates show"""
        self.ensure_one()
        period = self._period()
        problem = self._problem(period)
        if problem:
            return {"problem": problem}
        programs, events = self._population()
        before = self._session_before() if events is not None else None
        rates = self.env["qualiopi.rates"]
        everything = rates._rates(
            self.company_id,
            period.first,
            period.last,
            programs=programs,
            events=events,
            before=before,
        )
        results = everything[self.company_id.id]
        return {
            "problem": "",
            "company": self.company_id,
            "scope": self._scope_name(),
            "period": rates._period_text(period),
            "before": self._before_text(period, before),
            "counted_on": format_date(
                self.env, self.env["qualiopi.framework"]._today(), date_format="long"
            ),
            "not_over": self._not_over(),
            "heads": self._heads(results.now),
            "empty": not any(row.now.denominator for row in results.rates),
            "rates": rates._shown(self.company_id, results),
            "promised": self.program_ids.access_time
            if self.scope == "program" and len(self.program_ids) == 1
            else "",
            "official": rates._official_note(results),
            "groups": self._groups(period, programs),
            "surveys": self._surveys(period, programs, events),
            "points": self._points(programs, events),
            "tags": self._tag_counts(period, programs, events),
        }

    def _problem(self, period):
        """:return: why nothing can be counted yet, in words"""
        if not period:
            return self.env._(
                "Choose a first and a last day, in that order: the results of those "
                "days will show here."
            )
        if not self._is_chosen():
            return {
                "category": self.env._("Choose a category to see its results."),
                "program": self.env._("Choose one or more programmes."),
                "session": self.env._("Choose a session to see its results."),
            }[self.scope]
        return ""

    def _scope_name(self):
        if self.scope == "program":
            return ", ".join(self.program_ids.mapped("name"))
        if self.scope == "session":
            return self.event_id.name
        if self.scope == "category":
            return self.category_id.display_name
        return self.env._("All programmes")

    def _not_over(self):
        """:return: that a session is not over, and when its results are counted"""
        if self.scope != "session":
            return ""
        last = self.event_id._qualiopi_days()[1]
        if last <= self.env["qualiopi.framework"]._today():
            return ""
        return self.env._(
            "This session ends on %(day)s: its results are counted from then on.",
            day=format_date(self.env, last),
        )

    def _session_before(self):
        """A session is compared with the one before it of its programme.

        :return: arguments for the rates, see ``qualiopi.rates``
        """
        event = self.event_id._origin
        # sudo: event.event - only its figures, beside those of a session one may read
        earlier = (
            self.env["event.event"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("qualiopi_program_id", "=", event.qualiopi_program_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("date_end", "<", event.date_end),
                    ("id", "!=", event.id),
                    ("kanban_state", "!=", "cancel"),
                ],
                order="date_end desc, id desc",
                limit=1,
            )
        )
        if not earlier:
            return {"events": earlier}
        first, last = earlier._qualiopi_days()
        return {"events": earlier, "first": first, "last": last}

    def _before_text(self, period, before):
        rates = self.env["qualiopi.rates"]
        if before is None:
            return self.env._(
                "compared with %(period)s", period=rates._period_text(period.before())
            )
        if not before["events"]:
            return self.env._("no earlier session of this programme to compare with")
        return self.env._(
            "compared with the session before, %(period)s",
            period=rates._period_text(Period(before["first"], before["last"])),
        )

    def _heads(self, tally):
        """:return: how many they are, in words"""
        counts = tally.counts
        return [
            self.env._("Sessions: %(count)s", count=counts.sessions),
            self.env._("Learners who began: %(count)s", count=counts.started),
            self.env._(
                "Learners who followed to the end: %(count)s", count=counts.finished
            ),
        ]

    def _groups(self, period, programs):
        """:return: the same rates told apart, one row for each group"""
        if not self.breakdown or self.scope == "session":
            return {}
        rates = self.env["qualiopi.rates"]
        results = rates._rates(
            self.company_id,
            period.first,
            period.last,
            by=self.breakdown,
            programs=programs,
        )
        model = {"category": "qualiopi.category", "program": "qualiopi.program"}
        # sudo: qualiopi.program - the name beside its figures
        records = self.env[model[self.breakdown]].sudo().browse(results)
        rows = [
            {
                "name": record.display_name,
                "learners": results[record.id].now.counts.started,
                "rates": {
                    row["code"]: row
                    for row in rates._shown(self.company_id, results[record.id])
                },
            }
            for record in records.sorted("display_name")
            if results[record.id].now.counts.started
            or any(row.now.denominator for row in results[record.id].rates)
        ]
        known = {code for line in rows for code in line["rates"]}
        columns = {
            definition.code: self.env._(definition.label)
            for definition in RATES
            if definition.code in known
        }
        return {"columns": columns, "rows": rows}

    def _surveys(self, period, programs, events):
        """:return: results per question, by survey"""
        asked = self.env["qualiopi.survey.analysis"]._questions(
            self.company_id,
            period.first,
            period.last,
            programs,
            events,
            named=self.may_read_answers,
        )
        return [
            {
                "title": survey.title,
                "anonymous": survey.qualiopi_anonymous,
                "questions": [self._question(row) for row in rows],
            }
            for survey, rows in groupby(asked, lambda row: row.question.survey_id)
        ]

    def _question(self, asked):
        result, rates = asked.result, self.env["qualiopi.rates"]
        weak = result.is_weak(
            self.company_id.qualiopi_weak_below, self.company_id.qualiopi_sample_minimum
        )
        small = 0 < result.answers < self.company_id.qualiopi_sample_minimum
        return {
            "title": asked.question.title,
            "row": asked.row.value,
            "answers": result.answers,
            "kept_back": result.kept_back
            and self.env._(
                "Kept back: fewer than %(count)s answers would tell who said what.",
                count=KEPT_BACK,
            ),
            "mean": None
            if result.mean is None or result.kept_back
            else self.env._("%(share)s %%", share=rates._decimal(result.mean)),
            "width": round(result.mean or 0),
            "small": small and not result.kept_back,
            "weak": weak,
            "values": self._distribution(result),
        }

    def _distribution(self, result):
        """:return: who gave which answer, in words, nothing where that is kept back"""
        if result.kept_back or result.kind not in ("scale", "choice"):
            return ""
        return " · ".join(
            f"{value if result.kind == 'scale' else value.value}: {count}"
            for value, count, _share in result.distribution()
        )

    def _points(self, programs, events):
        """:return: weak points of the period, with what was decided"""
        points = self.env["qualiopi.weak.point"]
        if not points.has_access("read"):
            return []
        if events is not None:
            programs = events.qualiopi_program_id
        domain = [("company_id", "=", self.company_id.id)]
        if programs is not None:
            domain.append(("program_id", "in", programs.ids))
        states = dict(points._fields["state"]._description_selection(self.env))
        return [
            {
                "name": point.name,
                "program": point.program_id.name,
                "found": point.found,
                "state": states[point.state],
                "who": point.user_id.name if point.state == "noted" else "",
                "what": {"noted": point.action, "dismissed": point.reason}.get(
                    point.state
                ),
                "by": format_date(self.env, point.deadline)
                if point.state == "noted" and point.deadline
                else "",
            }
            for point in points.search([*domain, *self._overlap()], order="state, id")
        ]

    def _tag_counts(self, period, programs, events):
        """:return: how often each tag was given, the most frequent first"""
        counts = self.env["qualiopi.survey.analysis"]._tags(
            self.company_id, period.first, period.last, programs, events
        )
        # sudo: qualiopi.verbatim.tag - a name beside a number
        tags = self.env["qualiopi.verbatim.tag"].sudo()
        return [
            {"name": tags.browse(tag).name, "count": count}
            for (_program, tag), count in sorted(
                counts.items(), key=lambda item: (-item[1], item[0][1])
            )
        ]

    def _remarks(self):
        """Remarks by tag, without who wrote them; of complaints only how many.

        :return: nothing for somebody who may not read answers
        """
        lines = self.env["survey.user_input.line"]
        if not self.may_read_answers or not self._period():
            return {"tags": [], "complaints": 0}
        found = lines.search(
            [*self._remarks_domain(), ("qualiopi_measure", "=", "verbatim")],
            limit=MOST_REMARKS,
        )
        complaints = lines.search_count(
            [*self._remarks_domain(), ("qualiopi_measure", "=", "complaint")]
        )
        tags = found.qualiopi_tag_ids.sorted("name")
        rows = [
            {
                "tag": tag.name,
                "texts": [
                    line.qualiopi_text for line in found if tag in line.qualiopi_tag_ids
                ],
            }
            for tag in tags
        ]
        loose = found.filtered(lambda line: not line.qualiopi_tag_ids)
        if loose:
            rows.append(
                {
                    "tag": self.env._("Without a tag"),
                    "texts": loose.mapped("qualiopi_text"),
                }
            )
        return {"tags": rows, "complaints": complaints}
