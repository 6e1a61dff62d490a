"""Numbers of queries, asked the way the web client asks."""

import logging
from contextlib import contextmanager

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import QualiopiCommon

_logger = logging.getLogger(__name__)

FORM_BUDGET = 15
TO_MANY = ("one2many", "many2many")


def read_specification(views, model, arch):
    """What the web client asks ``web_read`` for a view, see ``getFieldsSpec``.

    :param views: answer of ``get_views``
    :param model: name of the model of the view
    :param arch: root element of the view
    :return: specification for ``web_read``
    """
    fields = views["models"][model]["fields"]
    specification = {}
    for node in arch.iter("field"):
        if (
            next((up for up in node.iterancestors() if up.tag == "field"), None)
            in (
                None,
                arch,
            )
            and node is not arch
        ):
            name = node.get("name")
            specification[name] = _field_specification(views, fields[name], node)
    return specification


def _field_specification(views, field, node):
    invisible = node.get("invisible") in ("1", "True")
    if field["type"] == "many2one":
        return {"fields": {} if invisible else {"display_name": {}}}
    if field["type"] not in TO_MANY or invisible:
        return {}
    inner = next(iter(node.xpath("./list | ./kanban")), None)
    if inner is None:
        # a widget without a view of its own, such as tags
        return {"fields": {"display_name": {}}}
    fields = views["models"][field["relation"]]["fields"]
    return {
        "fields": {
            sub.get("name"): _field_specification(views, fields[sub.get("name")], sub)
            for sub in inner.iter("field")
        },
        "limit": int(inner.get("limit") or 40),
    }


def view_specification(records, view_type):
    """:return: arch and specification of the view that a user of ``records`` gets"""
    views = records.get_views([(False, view_type)])
    arch = etree.fromstring(views["views"][view_type]["arch"])
    return arch, read_specification(views, records._name, arch)


@tagged("post_install", "-at_install")
class TestPerformance(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.self_assessment(cls.company).with_user(cls.manager)
        cls.checklist.line_ids.write(
            {"declared_status": "demonstrated", "difference_reason": "Shown on paper"}
        )

    @contextmanager
    def counted(self):
        """Count queries from a cold record cache; ``.number`` after the block."""
        counter = type("Counter", (), {"number": None})()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        yield counter
        counter.number = self.env.cr.sql_log_count - before

    def queries(self, function):
        """:return: number of queries of ``function`` once the registry is warm"""
        self.forget()
        function()
        with self.counted() as counter:
            function()
        return counter.number

    def form_queries(self, record):
        _arch, specification = view_specification(record, "form")
        return self.queries(lambda: record.web_read(specification))

    def list_queries(self, model, domain, view_type="list"):
        _arch, specification = view_specification(model, view_type)
        return self.queries(
            lambda: model.web_search_read(domain, specification, limit=80)
        )

    def kanban_queries(self, lines, domain):
        """Columns, cards and progress bars as the kanban loads them."""
        arch, specification = view_specification(lines, "kanban")
        bar = arch.find("progressbar")
        options = {"field": bar.get("field"), "colors": safe_eval(bar.get("colors"))}

        def load():
            lines.with_context(read_group_expand=True).web_read_group(
                domain,
                ["criterion_id"],
                auto_unfold=True,
                unfold_read_specification=specification,
            )
            lines.read_progress_bar(domain, "criterion_id", options)

        return self.queries(load)

    def fill(self, checklist):
        """Write much, add owners and documents."""
        for line in checklist.line_ids:
            line.sudo().write(
                {
                    "conclusion": f"<p>{'Long text. ' * 2000}</p>",
                    "user_id": self.contributor.id,
                }
            )
            for number in range(3):
                self.drop(line, f"{number}.txt")

    def test_specification_holds_what_the_form_shows(self):
        _arch, specification = view_specification(self.checklist, "form")
        lines = specification["line_ids"]
        self.assertEqual(lines["limit"], 40)
        self.assertIn("status", lines["fields"])
        self.assertNotIn("assessed_on", specification)
        self.assertEqual(
            specification["framework_id"], {"fields": {"display_name": {}}}
        )

    def test_checklist_form(self):
        number = self.form_queries(self.checklist)
        _logger.info("Checklist form: %s queries", number)
        self.assertGreater(number, 0)
        self.assertLessEqual(number, FORM_BUDGET)

    def test_living_checklist_form(self):
        living = self.living(self.company).with_user(self.manager)
        number = self.form_queries(living)
        _logger.info("Living checklist form: %s queries", number)
        self.assertLessEqual(number, FORM_BUDGET)

    def test_checklist_form_of_the_other_roles(self):
        for user in (self.contributor, self.internal_auditor):
            with self.subTest(user=user.login):
                number = self.form_queries(self.checklist.with_user(user))
                self.assertLessEqual(number, FORM_BUDGET)

    def test_checklist_form_does_not_grow(self):
        before = self.form_queries(self.checklist)
        self.fill(self.checklist)
        for day in range(1, 6):
            self.self_assessment(self.company, f"2026-12-0{day}")
        after = self.form_queries(self.checklist)
        # owners are read where there are some: one more model, whatever their number
        self.assertLessEqual(after, FORM_BUDGET)
        self.checklist.line_ids[:5].sudo().user_id = self.manager
        self.assertEqual(self.form_queries(self.checklist), after)
        self.assertLessEqual(after - before, 2)

    def test_list_of_checklists_does_not_grow(self):
        model = self.checklist.browse()
        domain = [("company_id", "=", self.company.id)]
        before = self.list_queries(model, domain)
        for day in range(1, 7):
            self.self_assessment(self.company, f"2026-12-0{day}")
        after = self.list_queries(model, domain)
        _logger.info("List of checklists: %s queries", after)
        self.assertLessEqual(after, before)

    def test_line_form(self):
        self.fill(self.checklist)
        number = self.form_queries(self.line(self.checklist, 4))
        _logger.info("Line form: %s queries", number)
        self.assertLessEqual(number, FORM_BUDGET + 5)

    def test_list_of_lines(self):
        self.fill(self.checklist)
        lines = self.checklist.line_ids.browse()
        few = self.list_queries(
            lines, [("checklist_id", "=", self.checklist.id), ("number", "<", 4)]
        )
        many = self.list_queries(lines, [("checklist_id", "=", self.checklist.id)])
        _logger.info("List of lines: %s queries", many)
        self.assertLessEqual(many, few)

    def test_kanban_of_one_company_and_of_several(self):
        one = [("checklist_id", "=", self.living(self.company).id)]
        lines = self.checklist.line_ids.browse()
        alone = self.kanban_queries(lines, one)
        companies = self.company
        for number in range(4):
            company = self.new_company(f"Organisme {number}")
            self.declare(company, "BC")
            companies |= company
        self.manager.company_ids = companies
        together = self.kanban_queries(
            lines.with_context(allowed_company_ids=companies.ids),
            [("checklist_kind", "=", "living")],
        )
        _logger.info("Kanban: %s queries, five companies %s", alone, together)
        self.assertLessEqual(together, alone)

    def test_refresh_of_several_companies_is_linear(self):
        """Twice as many companies cost at most twice as many queries, plus a few."""
        companies = self.env["res.company"].create(
            [{"name": f"Organisme {number}"} for number in range(4)]
        )
        one = self.queries(companies[:1]._qualiopi_refresh_checklists)
        four = self.queries(companies._qualiopi_refresh_checklists)
        _logger.info("Refresh of a checklist: %s queries, of four %s", one, four)
        self.assertLessEqual(four, 4 * one)
