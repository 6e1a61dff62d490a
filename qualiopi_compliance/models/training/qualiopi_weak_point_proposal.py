from odoo import api, models
from odoo.fields import Domain

from ...rules.periods import Period


class QualiopiWeakPoint(models.Model):
    """Finding weak points in the results of a period, each once.

    A question under the company's threshold, over enough answers; a tag that comes
    back often enough. A subject is not proposed again for a period that lies mostly
    in one for which it was.
    """

    _inherit = "qualiopi.weak.point"

    @api.model
    def _propose(self, company, first, last, programs=None):
        """:param programs: look at each of them, by default at all of them together
        :return: the weak points that were not known yet
        """
        period = Period(first, last)
        candidates = [
            *self._weak_questions(company, period, programs),
            *self._frequent_tags(company, period, programs),
        ]
        known = self._known(company, period)
        owners = {program.id: program.user_id.id for program in programs or ()}
        # sudo: qualiopi.weak.point - the figures are found, nobody types them
        return self.sudo().create(
            [
                {
                    **values,
                    "company_id": company.id,
                    "first": first,
                    "last": last,
                    "automatic": True,
                    "user_id": owners.get(values["program_id"], False),
                }
                for values in candidates
                if self._subject(values) not in known
            ]
        )

    @api.model
    def _subject(self, values):
        return (
            values["kind"],
            values["program_id"] or False,
            values.get("question_id") or False,
            values.get("tag_id") or False,
        )

    @api.model
    def _known(self, company, period):
        """:return: subjects already proposed for a period this one lies mostly in"""
        earlier = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("first", "<=", period.last)
            & Domain("last", ">=", period.first)
        )
        return {
            (point.kind, point.program_id.id, point.question_id.id, point.tag_id.id)
            for point in earlier
            if period.lies_mostly_in(Period(point.first, point.last))
        }

    @api.model
    def _weak_questions(self, company, period, programs):
        threshold = company.qualiopi_weak_below
        number = self.env["qualiopi.rates"]._decimal
        asked = self.env["qualiopi.survey.analysis"]._questions(
            company, period.first, period.last, programs, apart=programs is not None
        )
        return [
            {
                "kind": "question",
                "question_id": row.question.id,
                "program_id": row.program,
                "value": round(row.result.mean, 1),
                "threshold": threshold,
                "sample": row.result.answers,
                "name": self.env._(
                    "“%(question)s” (%(survey)s)",
                    question=row.question.title,
                    survey=row.question.survey_id.title,
                ),
                "found": self.env._(
                    "Mean of %(mean)s %% of the scale over %(answers)s answers, below "
                    "the %(threshold)s %% chosen",
                    mean=number(row.result.mean),
                    answers=row.result.answers,
                    threshold=number(threshold),
                ),
            }
            for row in asked
            if row.result.is_weak(threshold, company.qualiopi_sample_minimum)
        ]

    @api.model
    def _frequent_tags(self, company, period, programs):
        threshold = company.qualiopi_tag_alert
        counts = self.env["qualiopi.survey.analysis"]._tags(
            company,
            period.first,
            period.last,
            programs,
            apart=programs is not None,
        )
        # sudo: qualiopi.verbatim.tag - its name, for whoever looks for weak points
        tags = self.env["qualiopi.verbatim.tag"].sudo()
        return [
            {
                "kind": "tag",
                "tag_id": tag,
                "program_id": program,
                "value": count,
                "threshold": threshold,
                "sample": count,
                "name": self.env._(
                    "Remarks about “%(tag)s”", tag=tags.browse(tag).name
                ),
                "found": self.env._(
                    "%(count)s remarks in the period, an alert from %(threshold)s on",
                    count=count,
                    threshold=threshold,
                ),
            }
            for (program, tag), count in sorted(
                counts.items(), key=lambda item: -item[1]
            )
            if count >= threshold
        ]
