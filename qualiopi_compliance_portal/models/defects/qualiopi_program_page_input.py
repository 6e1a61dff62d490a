import logging

from lxml import etree

from odoo import api, fields, models

from odoo.addons.qualiopi_compliance.models.evidence.qualiopi_collector_learner import (
    DAYS_LEFT,
)

from ...linter import Certification, Page, Rate
from .page_reading import images_of, text_of, tree

_logger = logging.getLogger(__name__)

PAGE = "qualiopi_compliance_portal.program"
SHEET = "qualiopi_compliance.training_program_sheet"
LAYOUT = "website.layout"


class QualiopiProgram(models.Model):
    """What the linter reads of a programme: its version, its page, its PDF sheet."""

    _inherit = "qualiopi.program"

    def _linted_page(self, due):
        """:param due: whether results can be expected of it
        :return: :class:`Page`, in the language and for the website that show it
        """
        self.ensure_one()
        program = self._as_shown()
        content = program.current_version_id._read_content()
        values = program._page()
        results = values.get("results") or {}
        root = program._rendered_page(values)
        return Page(
            name=values["name"],
            category=values["category_code"],
            certifying=values["certifying"],
            recognised=program._counts_as_certifying(),
            texts=program._linted_texts(content, values),
            certification=program._linted_dates(content),
            results_due=due,
            rates=self._linted_rates(results),
            updating=bool(results.get("updating")),
            scheme=(results.get("scheme") or {}).get("name") or "",
            page_text=None if root is None else text_of(root),
            sheet_text=program._rendered_sheet(),
            images=images_of(root),
            lang=program.env.lang or "fr_FR",
        )

    def _as_shown(self):
        """:return: the same programme for the website of its page, in French if that
        website or the database speaks it: the law wants its items said, and the words
        of claims are known, in French
        """
        self.ensure_one()
        website = self.website_id or self.env["website"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        known = website.language_ids.mapped("code") or [
            code for code, _name in self.env["res.lang"].get_installed()
        ]
        lang = website.default_lang_id.code or known[0]
        return self.with_company(self.company_id).with_context(
            website_id=website.id or None,
            lang="fr_FR" if "fr_FR" in known else lang,
        )

    def _linted_texts(self, content, values):
        """:return: code of an item -> its words, as the page writes them"""
        texts = {row["code"]: tuple(row["lines"]) for row in self._sheet_rows(content)}
        own = {
            "certification_title": content.get("certification_title"),
            "certification_code": content.get("certification_code"),
            "duration": values["duration_text"],
        }
        texts |= {code: text or "" for code, text in own.items()}
        texts["teaching_arrangements"] = tuple(
            self._lines(
                content.get("teaching_mode"), content.get("teaching_arrangements")
            )
        )
        # the arrangement alone (“In person”) says nothing of how it is taught
        if not content.get("teaching_arrangements"):
            texts["teaching_arrangements"] = ()
        texts["price"] = tuple(self._lines(values["price_text"], values["price_note"]))
        if not content.get("certifying"):
            texts["certification_title"] = ""
        return texts

    @api.model
    def _linted_dates(self, content):
        if not content.get("certifying"):
            return None
        day = fields.Date.to_date
        return Certification(
            day(content.get("certification_from")),
            day(content.get("certification_until")),
            day(content.get("authorisation_from")),
            day(content.get("authorisation_until")),
        )

    @api.model
    def _linted_rates(self, results):
        """:return: the rates published, as the visitor reads them"""
        return tuple(
            Rate(
                rate["code"],
                rate.get("label") or "",
                rate.get("value") or "",
                rate.get("counts") or "",
                results.get("period") or "",
                results.get("published_on") or None,
                rate.get("method") or "",
                rate.get("state") == "small",
                rate.get("state") in ("no_data", "kept_back"),
            )
            for rate in results.get("rates") or ()
        )

    def _rendered_page(self, values):
        """The page as visitors see it, with what the website editor changed, without
        header and footer: those are about the company, not about one course.

        :return: its tree, ``None`` where it cannot be rendered
        """
        view = self.env["ir.ui.view"].sudo()._get_template_view(PAGE)
        arch = etree.fromstring(etree.tostring(view._get_combined_arch()))
        for node in arch.iter("t"):
            if node.get("t-call") == LAYOUT:
                del node.attrib["t-call"]
        arch.attrib.pop("t-name", None)
        shown = {
            "page": values,
            "texts": {row["code"]: row["lines"] for row in values["rows"]},
            "main_object": self,
            "can_print": True,
            "website": self.env["website"].get_current_website(),
        }
        return self._rendered(arch, shown)

    def _rendered_sheet(self):
        """:return: the words of the PDF sheet, ``None`` where it cannot be printed"""
        report = self.env["report.qualiopi_compliance.training_program_sheet"]
        version = self.current_version_id
        root = self._rendered(SHEET, report._get_report_values(version.ids))
        return None if root is None else text_of(root)

    def _rendered(self, template, values):
        """A page that cannot be rendered must not keep the others from being read: it
        is judged by its version alone.
        """
        try:
            with self.env.cr.savepoint():
                qweb = self.env["ir.qweb"].with_context(inherit_branding=False)
                return tree(str(qweb._render(template, values)))
        except Exception:
            _logger.exception("Cannot render what visitors see of %s", self)
            return None

    def _with_results_due(self, day):
        """:return: those of these programmes that have sessions over for long enough
        for results to be published
        """
        # sudo: event.event - whether there are any, whoever asks
        events = self.env["event.event"].sudo()
        rows = events._read_group(
            [
                ("qualiopi_program_id", "in", self.ids),
                ("kanban_state", "!=", "cancel"),
                ("qualiopi_principal_id", "=", False),
                ("date_end", "<", fields.Date.subtract(day, days=DAYS_LEFT)),
                ("registration_ids.state", "in", ("open", "done")),
            ],
            ["qualiopi_program_id"],
        )
        return self.browse(program.id for (program,) in rows)
