from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

# What the sheet says in words of its own, in the order a reader wants it; the other
# rows are made of several fields: see ``_sheet_composed``.
SHEET_ROWS = (
    "objectives",
    "audience",
    "prerequisites",
    "recognition",
    "duration",
    "teaching_arrangements",
    "methods",
    "resources",
    "assessment",
    "access_arrangements",
    "access_time",
    "price",
    "funding_arrangements",
    "accessibility",
    "contact",
    "referent",
    "vae_demands",
    "vae_feasibility",
    "certification_title",
    "certifier",
    "certification_from",
    "certification_blocks",
    "equivalences",
    "onward_paths",
    "openings",
    "authorisation_scope",
)


class QualiopiProgram(models.Model):
    """The content of the sheet as plain values, and how it is read and printed."""

    _inherit = "qualiopi.program"

    competency_table = fields.Html(compute="_compute_competency_table", sanitize=False)

    @api.depends_context("lang")
    @api.depends(
        "sequence_ids.name",
        "sequence_ids.sequence",
        "competency_ids.name",
        "competency_ids.block",
        "competency_ids.sequence",
        "competency_ids.sequence_ids",
    )
    def _compute_competency_table(self):
        for program in self:
            program.competency_table = self.env["ir.qweb"]._render(
                "qualiopi_compliance.program_competency_table",
                {
                    "content": {
                        "lesson_plan": [row._content() for row in program.sequence_ids],
                        "competencies": program._competencies_content(),
                    }
                },
            )

    def _sheet_content(self):
        """What the sheet says, in the language of the context.

        :return: plain values only: they are kept as they are in a version
        :rtype: dict
        """
        self.ensure_one()
        texts = {
            item.code: self[item.code] or ""
            for item in self._asked_items()
            if item.code in self._fields
            and self._fields[item.code].type in ("char", "text")
        }
        return (
            texts
            | self._delivery_content()
            | self._certification_content()
            | {
                "name": self.name,
                "category": self.category_id.display_name,
                "category_code": self.category_id.code,
                "prerequisites": self._prerequisites_content(),
                "objectives": self.objective_ids.mapped("name"),
                "price": self.price,
                "currency": self.currency_id.name,
                "price_note": self.price_note or "",
                "contact": self._contact_line(self.contact_id),
                "referent": self._contact_line(self.referent_id),
                "lesson_plan": [row._content() for row in self.sequence_ids],
            }
        )

    def _prerequisites_content(self):
        """:return: what is required, that nothing is, or nothing where not stated"""
        if self.prerequisites_kind == "none":
            return self.env._("None")
        return self.prerequisites or "" if self.prerequisites_kind == "stated" else ""

    def _delivery_content(self):
        return {
            "duration_hours": self.duration_hours,
            "duration_days": self.duration_days,
            "teaching_mode": self._selection_label("teaching_mode"),
            "teaching_mode_code": self.teaching_mode,
            "distance_hours": self.distance_hours,
            "resources": self.resources or "",
            "recognition": self._selection_label("recognition"),
            "recognition_note": self.recognition_note or "",
        }

    def _certification_content(self):
        """:return: what the sheet says of the certification, if it leads to one"""
        if not self.certifying:
            return {"certifying": False, "competencies": []}
        dates = (
            "certification_from",
            "certification_until",
            "authorisation_from",
            "authorisation_until",
        )
        return {
            "certifying": True,
            "authorisation_scope": self._selection_label("authorisation_scope"),
            "competencies": self._competencies_content(),
        } | {name: fields.Date.to_string(self[name]) or "" for name in dates}

    def _competencies_content(self):
        # lines being edited have no id of their own yet
        positions = {
            row._origin.id or row.id: place
            for place, row in enumerate(self.sequence_ids)
        }
        return [row._content(positions) for row in self.competency_ids]

    def _selection_label(self, name):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    @api.model
    def _contact_line(self, contact):
        return " – ".join(
            part for part in (contact.name, contact.email, contact.phone) if part
        )

    @api.model
    def _sheet_rows(self, content):
        """How a sheet is read: on screen, on paper, in any version.

        :param content: a dictionary made by :meth:`_sheet_content`
        :return: label and lines of each row that says something
        :rtype: list[dict]
        """
        composed = self._sheet_composed(content)
        labels = {
            "duration": self.env._("Duration"),
            "objectives": self._label("objective_ids"),
            "prerequisites": self._label("prerequisites_kind"),
            "contact": self._label("contact_id"),
            "referent": self._label("referent_id"),
            "certification_title": self.env._("Certification"),
            "certification_from": self.env._("Registered"),
            "authorisation_scope": self.env._("Authorised To"),
        }
        rows = (
            {
                "code": code,
                "label": labels.get(code) or self._label(code),
                "lines": composed.get(code) or self._lines(content.get(code)),
            }
            for code in SHEET_ROWS
        )
        return [row for row in rows if row["lines"]]

    @api.model
    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    @api.model
    def _lines(self, *values):
        """:return: the values that say something, as a list of texts"""
        flat = (
            line
            for value in values
            for line in (value if isinstance(value, list) else [value])
        )
        return [line for line in flat if line]

    @api.model
    def _sheet_composed(self, content):
        """:return: rows of the sheet that are made of several values"""
        return {
            "recognition": self._lines(
                content.get("recognition"), content.get("recognition_note")
            ),
            "duration": self._lines(self._duration_text(content)),
            "teaching_arrangements": self._lines(
                self._mode_text(content), content.get("teaching_arrangements")
            ),
            "price": self._lines(self._price_text(content), content.get("price_note")),
            "certification_title": self._lines(
                " – ".join(
                    self._lines(
                        content.get("certification_code"),
                        content.get("certification_title"),
                    )
                )
            ),
            "certification_from": self._lines(
                self._period_text(content, "certification")
            ),
            "authorisation_scope": self._lines(
                content.get("authorisation_scope"),
                self._period_text(content, "authorisation"),
            ),
        }

    @api.model
    def _number_text(self, value):
        """:return: a number as the reader writes it, without useless zeros"""
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)

    @api.model
    def _duration_text(self, content):
        hours, days = content.get("duration_hours"), content.get("duration_days")
        parts = []
        if hours:
            parts.append(self.env._("%(hours)s hours", hours=self._number_text(hours)))
        if days:
            parts.append(self.env._("%(days)s days", days=self._number_text(days)))
        return ", ".join(parts)

    @api.model
    def _mode_text(self, content):
        mode, hours = content.get("teaching_mode"), content.get("distance_hours")
        if mode and hours:
            return self.env._(
                "%(arrangement)s, %(hours)s hours of it at a distance",
                arrangement=mode,
                hours=self._number_text(hours),
            )
        return mode

    @api.model
    def _price_text(self, content):
        price, code = content.get("price"), content.get("currency")
        if not price:
            return ""
        currency = self.env["res.currency"].with_context(active_test=False)
        known = currency.search([("name", "=", code)], limit=1)
        return formatLang(self.env, price, currency_obj=known) if known else str(price)

    @api.model
    def _period_text(self, content, kind):
        start, end = (
            format_date(self.env, content.get(f"{kind}_{edge}") or False)
            for edge in ("from", "until")
        )
        if start and end:
            return self.env._("from %(start)s to %(end)s", start=start, end=end)
        return start and self.env._("since %(start)s", start=start)
