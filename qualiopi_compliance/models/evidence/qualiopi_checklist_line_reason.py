from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...rules.evidence_status import part_status, worst
from .qualiopi_checklist_line_evidence import as_part


class QualiopiChecklistLine(models.Model):
    """Why an indicator stands where it stands, in one sentence, and what to do next.

    Said in the reader's language from what was counted. Once the checklist is closed
    the words themselves are kept, in each language of the database: checks may be
    called otherwise later.
    """

    _inherit = "qualiopi.checklist.line"

    computed_reason = fields.Text("Why", compute="_compute_computed_reason")
    next_step = fields.Text(compute="_compute_computed_reason")
    counted_checks = fields.Html(
        "What Was Counted", compute="_compute_counted_checks", sanitize=False
    )
    frozen_words = fields.Json(readonly=True, copy=False)

    @api.depends_context("lang")
    @api.depends(
        "computed_facts",
        "computed_on",
        "reviewed_on",
        "applicability",
        "frozen_words",
    )
    def _compute_computed_reason(self):
        checks = self._checks_by_id()
        for line in self:
            if line.applicability == "not_applicable":
                line.computed_reason = line.next_step = ""
            elif line.frozen_words:
                words = line._words()
                line.computed_reason = words["reason"]
                line.next_step = words["next_step"]
            else:
                line.computed_reason, line.next_step = line._reason(checks)

    @api.depends_context("lang")
    @api.depends("computed_facts", "applicability", "frozen_words")
    def _compute_counted_checks(self):
        for line in self:
            figures = line._figures() if line.applicability != "not_applicable" else []
            line.counted_checks = figures and self.env["ir.qweb"]._render(
                "qualiopi_compliance.checklist_line_checks",
                {"figures": figures, "labels": line.checklist_id._status_labels()},
            )

    def _checks_by_id(self):
        """:return: the checks counted on these lines that are still there, by id"""
        ids = {row["code"] for line in self for row in line._counted()}
        # sudo: qualiopi.check - the words of a shared reference
        return {
            check.id: check
            for check in self.env["qualiopi.check"].sudo().browse(ids).exists()
        }

    def _words(self):
        """:return: what was said when the checklist was closed, for this reader"""
        kept = self.frozen_words
        return kept.get(self.env.lang) or kept.get("en_US") or next(iter(kept.values()))

    def _freeze_words(self):
        """Keep what is said in each language of the database."""
        for line in self:
            line.frozen_words = {
                code: line.with_context(lang=code)._spoken()
                for code, _name in self.env["res.lang"].get_installed()
            }

    def _spoken(self):
        self.ensure_one()
        return {
            "reason": self.computed_reason or "",
            "next_step": self.next_step or "",
            "checks": {str(row["code"]): row["name"] for row in self._figures()},
        }

    def _figures(self):
        """:return: what each check counted, with its name and what it says

        :rtype: list[dict]
        """
        self.ensure_one()
        names = self._words()["checks"] if self.frozen_words else {}
        checks = self._checks_by_id()
        figures = []
        for row in self._counted():
            check = checks.get(row["code"])
            figures.append(
                row
                | {
                    "name": names.get(str(row["code"]))
                    or (check.name if check else self._gone()),
                    "missing": self._lacks(row),
                    "status": part_status(as_part(row)),
                }
            )
        return figures

    def _gone(self):
        return self.env._("A check that was deleted")

    # In one sentence

    def _reason(self, checks):
        """:param checks: id -> check
        :return: why, in a sentence, and what to do next
        """
        self.ensure_one()
        if not self.computed_on:
            return self.env._("The records have not been read yet."), ""
        facts = self.computed_facts or {}
        decisive = self._row(facts.get("decided_by"))
        if facts.get("review"):
            reason, step = self._reason_of_review()
        elif decisive:
            reason, step = self._reason_of_check(checks, decisive)
        else:
            return self._reason_of_nothing()
        gap = self._worst_gap()
        said = decisive and self._lacks(decisive)
        if self.computed_status != "demonstrated" and gap and not said:
            # not assessed as yet, and something is known to be missing all the same
            known, step = self._reason_of_check(checks, gap)
            reason = f"{reason} {known}"
        return reason, step

    def _row(self, code):
        return next((row for row in self._counted() if row["code"] == code), None)

    @api.model
    def _lacks(self, row):
        return row["population"] - row["satisfied"]

    def _worst_gap(self):
        """:return: the first of the checks that stand worst because of a gap"""
        gaps = [row for row in self._counted() if self._lacks(row)]
        statuses = [part_status(as_part(row)) for row in gaps]
        return gaps[statuses.index(worst(statuses))] if gaps else None

    def _reason_of_nothing(self):
        return (
            self.env._("No check says anything of this indicator."),
            self.env._(
                "Switch a check on again under Configuration, Checks, or conclude "
                "yourself."
            ),
        )

    def _reason_of_check(self, checks, row):
        check = checks.get(row["code"])
        values = {
            "check": check.name if check else self._gone(),
            "population": row["population"],
            "satisfied": row["satisfied"],
            "missing": self._lacks(row),
            "soon": row["soon"],
        }
        if row["failure"]:
            reason = self.env._("%(check)s: it could not be counted.", **values)
            return reason, row["failure"]
        if not row["population"]:
            reason = self.env._("%(check)s: no record to look at yet.", **values)
        elif values["missing"]:
            reason = self.env._(
                "%(check)s: %(satisfied)s of %(population)s, %(missing)s missing.",
                **values,
            )
        elif row["soon"]:
            reason = self.env._(
                "%(check)s: %(satisfied)s of %(population)s, of which %(soon)s run "
                "out before long.",
                **values,
            )
        else:
            reason = self.env._("%(check)s: %(satisfied)s of %(population)s.", **values)
            return reason, ""
        return reason, (check.remediation if check else "") or ""

    def _reason_of_review(self):
        note = self.review_note or ""
        review = self._review(self.computed_on)
        if review == "none":
            return self.env._("Nobody has reviewed it yet."), note
        day = format_date(self.env, self.reviewed_on)
        if review == "valid":
            return self.env._("Reviewed on %(day)s.", day=day), ""
        return self.env._("Last reviewed on %(day)s: too long ago.", day=day), note
