from odoo import api, fields, models
from odoo.tools.misc import format_date

CONTENT = "qualiopi_compliance_portal.results_content"
CHANGES = "qualiopi_compliance_portal.publication_changes"


class QualiopiPublication(models.Model):
    """What pages show of a publication, as plain values; its preview for staff."""

    _inherit = "qualiopi.publication"

    preview_html = fields.Html(
        "Preview", compute="_compute_preview_html", sanitize=False
    )
    changes_html = fields.Html(
        "Compared with the Results Published Before",
        compute="_compute_changes_html",
        sanitize=False,
    )

    waiting = fields.Boolean(
        compute="_compute_waiting", help="Other results are proposed in its place."
    )

    def _compute_waiting(self):
        for publication in self:
            proposed = self._proposed(publication.company_id)
            publication.waiting = bool(proposed) and proposed != publication

    @api.depends_context("lang")
    @api.depends("line_ids.shown", "line_ids.rates", "state")
    def _compute_preview_html(self):
        render = self.env["ir.qweb"]._render
        for publication in self:
            publication.preview_html = publication.line_ids and render(
                CONTENT, {"results": publication._page_values()}
            )

    @api.depends_context("lang")
    @api.depends("line_ids.shown", "line_ids.rates", "state")
    def _compute_changes_html(self):
        render = self.env["ir.qweb"]._render
        for publication in self:
            before = publication._to_compare_with()
            publication.changes_html = render(
                CHANGES,
                {
                    "before": before and before._compared_text(),
                    "rows": publication._changes(before) if before else [],
                },
            )

    def _to_compare_with(self):
        """:return: what was published before it, or is in force while it is proposed"""
        self.ensure_one()
        if self.state != "proposed":
            return self.previous_id
        return self._in_force(self.company_id)

    def _compared_text(self):
        return self.env._(
            "Compared with %(period)s, published on %(day)s. What is the same is not "
            "listed.",
            period=self.display_name,
            day=format_date(self.env, self.published_on),
        )

    def _changes(self, before):
        """:return: for each figure that differs, its population, rate, former and new
        value; populations that come or go are said in one row
        """
        then, now = before._by_population(), self._by_population()
        rows = []
        for key in [*then, *(key for key in now if key not in then)]:
            old, new = then.get(key), now.get(key)
            if old and new:
                rows += self._changed_rates(new["name"], old["rates"], new["rates"])
            else:
                rows.append(self._changed_population(old, new))
        return rows

    def _changed_rates(self, name, old, new):
        rows = []
        for code in [*new, *(code for code in old if code not in new)]:
            then, now = self._said(old.get(code)), self._said(new.get(code))
            if then != now:
                label = (new.get(code) or old.get(code))["label"]
                rows.append({"name": name, "rate": label, "then": then, "now": now})
        return rows

    def _changed_population(self, old, new):
        published, absent = self.env._("Published"), self.env._("Not published")
        return {
            "name": (new or old)["name"],
            "rate": self.env._("All of its rates"),
            "then": published if old else absent,
            "now": published if new else absent,
        }

    def _by_population(self):
        """:return: population -> its name, and its rates by code, for those shown"""
        return {
            (line.kind, line.category_id.id, line.program_id.id): {
                "name": line.name,
                "rates": {rate["code"]: rate for rate in line._read(line.rates)},
            }
            for line in self.line_ids
            if line.shown
        }

    def _said(self, rate):
        """:return: a figure as it is read, and that it was not published"""
        if not rate:
            return self.env._("Not published")
        said = (rate["value"], rate["counts"], rate["note"])
        return ", ".join(filter(None, said))

    def _dates_values(self):
        """:return: of when the figures are, in words and as dates; empty for none"""
        today = self.env["qualiopi.framework"]._today()
        first, last, published = (
            day and self._day_in_words(day)
            for day in (self.first, self.last, self.published_on)
        )
        words = {"first": first, "last": last, "published": published}
        late = bool(self) and self._is_late(today)
        return {
            "first": self.first or None,
            "last": self.last or None,
            "period": self.env._("%(first)s – %(last)s", **words) if first else "",
            "published_on": self.published_on or None,
            "published_text": published or "",
            "dates_text": self._dates_text(words) if first else "",
            "updating": late,
            "updating_text": self.env._(
                "These figures are older than we promise: they are being updated."
            )
            if late
            else "",
        }

    @api.model
    def _day_in_words(self, day):
        words = format_date(self.env, day, date_format="d MMMM y")
        # the first of a month is an ordinal in French
        first = day.day == 1 and (self.env.lang or "").startswith("fr")
        return f"1er{words[1:]}" if first else words

    def _dates_text(self, words):
        if not words["published"]:
            return self.env._(
                "Sessions that ended from %(first)s to %(last)s. Not published yet.",
                **words,
            )
        return self.env._(
            "Sessions that ended from %(first)s to %(last)s. Published on "
            "%(published)s.",
            **words,
        )

    def _page_values(self):
        """All that the results page shows of it, whoever reads: see
        ``res.company._qualiopi_published_results``.
        """
        lines = self.line_ids.filtered("shown")
        dates = self._dates_values()
        values = {line: line._values() for line in lines}
        for line in lines:
            values[line]["caption"] = self.env._(
                "%(name)s, %(period)s", name=line.name, period=dates["period"]
            )
        [whole] = [line for line in lines if line.kind == "company"]
        categories = []
        for line in lines:
            if line.kind != "category":
                continue
            programs = [
                values[row]
                for row in lines
                if row.kind == "program" and row.category_id == line.category_id
            ]
            total = values[line] | {"name": self.env._("The whole category")}
            categories.append(
                values[line] | {"programs": programs, "rows": [total, *programs]}
            )
        return dates | values[whole] | {"categories": categories}

    def action_open_page(self):
        """Open the results page of the website."""
        self.ensure_one()
        self.check_access("read")
        website = self.env["website"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        base = website.get_base_url() if website else ""
        return {
            "type": "ir.actions.act_url",
            "url": f"{base}/formations/resultats",
            "target": "new",
        }

    def action_open_waiting(self):
        """Open the results proposed in place of these."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self._proposed(self.company_id).id,
            "view_mode": "form",
            "name": self.env._("Results Proposed"),
        }
