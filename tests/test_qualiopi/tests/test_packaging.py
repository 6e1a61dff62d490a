"""What the addon ships is whole: files, views, menus, words."""

import ast
import re
from pathlib import Path

from lxml import etree

from odoo.fields import Domain
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.safe_eval import safe_eval
from odoo.tools.translate import PoFileReader

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon
from odoo.addons.qualiopi_compliance.tests.test_performance import (
    view_specification,
)

ADDONS = ("qualiopi_compliance",)
KEYS = {
    "application",
    "assets",
    "author",
    "auto_install",
    "category",
    "data",
    "demo",
    "depends",
    "development_status",
    "excludes",
    "external_dependencies",
    "images",
    "installable",
    "license",
    "maintainers",
    "name",
    "post_init_hook",
    "pre_init_hook",
    "summary",
    "uninstall_hook",
    "version",
    "website",
}
DATA_FOLDERS = ("data", "demo", "report", "security", "views", "wizards")
# Only the certifier decides; “non-conformité” is the law's own word.
FORBIDDEN = re.compile(
    r"(?<!non-)(?<!non )\bconformes?\b|\bcompliant\b|(?<!non-)\bconformité du\b",
    re.IGNORECASE,
)
ATTRIBUTES = ("string", "title", "help", "placeholder", "confirm", "aria-label")


def folder(addon):
    return Path(file_path(addon))


@tagged("post_install", "-at_install")
class TestFiles(TransactionCase):
    def test_manifest_keys_are_known(self):
        for addon in (*ADDONS, "test_qualiopi"):
            text = (folder(addon) / "__manifest__.py").read_text(encoding="utf-8")
            self.assertEqual(set(ast.literal_eval(text)) - KEYS, set(), addon)

    def test_every_file_of_the_manifest_exists(self):
        for addon in ADDONS:
            manifest = Manifest.for_addon(addon)
            names = [*manifest["data"], *manifest["demo"]]
            self.assertEqual(len(names), len(set(names)), "a file stands there twice")
            missing = [name for name in names if not (folder(addon) / name).is_file()]
            self.assertFalse(missing)

    def test_every_file_is_in_the_manifest(self):
        for addon in ADDONS:
            manifest = Manifest.for_addon(addon)
            root = folder(addon)
            found = {
                str(path.relative_to(root))
                for name in DATA_FOLDERS
                for path in (root / name).rglob("*")
                if path.suffix in (".xml", ".csv")
            }
            self.assertTrue(found)
            self.assertEqual(found, set(manifest["data"]) | set(manifest["demo"]))

    def test_demo_stays_out_of_the_data(self):
        for addon in ADDONS:
            manifest = Manifest.for_addon(addon)
            self.assertFalse([n for n in manifest["data"] if n.startswith("demo/")])
            self.assertFalse([n for n in manifest["demo"] if n[:5] != "demo/"])

    def test_every_asset_exists(self):
        for addon in (*ADDONS, "test_qualiopi"):
            for patterns in Manifest.for_addon(addon)["assets"].values():
                for pattern in patterns:
                    first, _slash, rest = pattern.partition("/")
                    self.assertTrue(list(folder(first).glob(rest)), pattern)

    def test_python_modules_are_imported(self):
        """A file that no ``__init__`` names is dead, or a test that never runs."""
        for addon in (*ADDONS, "test_qualiopi"):
            files = [
                path
                for path in folder(addon).rglob("*.py")
                if "migrations" not in path.parts  # Odoo runs these by their version
            ]
            named = {
                name
                for path in files
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom)
                for name in [
                    *(node.module or "").split("."),
                    *(alias.name for alias in node.names),
                ]
            }
            unnamed = {path.stem for path in files} - named
            self.assertEqual(unnamed, {"__init__", "__manifest__"}, addon)


@tagged("post_install", "-at_install")
class TestViews(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC")
        cls.self_assessment(cls.company)
        cls.actions = cls.env["ir.actions.act_window"].search(
            [("id", "in", cls.ours("ir.actions.act_window"))]
        )

    @classmethod
    def ours(cls, model):
        """:return: ids of the records of that model that our addons ship"""
        data = cls.env["ir.model.data"].search(
            [("model", "=", model), ("module", "in", ADDONS)]
        )
        return data.mapped("res_id")

    def model_of(self, action, user=None):
        return self.env[action.res_model].with_user(user or self.manager)

    def values(self, user=None):
        user = user or self.manager
        return {
            "uid": user.id,
            "active_id": False,
            "active_ids": [],
            "allowed_company_ids": user.company_ids.ids,
        }

    def test_every_menu_leads_somewhere(self):
        root = self.env.ref("qualiopi_compliance.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        self.assertGreater(len(menus), 10)
        for menu in menus:
            with self.subTest(menu=menu.complete_name):
                self.assertTrue(menu.action or menu.child_id)

    def test_every_window_opens(self):
        self.assertGreater(len(self.actions), 8)
        for action in self.actions:
            model = self.model_of(action)
            if not model.has_access("read"):
                continue
            kinds = action.view_mode.split(",")
            with self.subTest(action=action.name):
                views = model.get_views(
                    [*action.views, (action.search_view_id.id, "search")]
                )
                self.assertLessEqual({*kinds, "search"}, set(views["views"]))
                domain = safe_eval(action.domain or "[]", self.values())
                context = safe_eval(action.context or "{}", self.values())
                model.with_context(**context).search_count(domain)

    def test_records_are_shown(self):
        """What the web client asks of the first record of each window."""
        for action in self.actions:
            model = self.model_of(action)
            for kind in {"list", "kanban", "form"} & set(action.view_mode.split(",")):
                if not model.has_access("read") or model._transient:
                    continue
                with self.subTest(action=action.name, kind=kind):
                    _arch, specification = view_specification(model, kind)
                    model.web_search_read([], specification, limit=3)

    def search_views(self):
        """:return: model and arch of the search views behind our windows

        A window of ours on a model of core without a view of ours shows core's.
        """
        wanted = {
            (action.res_model, action.search_view_id.id)
            for action in self.actions
            if action.search_view_id or action.res_model.startswith("qualiopi.")
        }
        for model_name, view_id in sorted(wanted):
            model = self.env[model_name].with_user(self.manager)
            if model.has_access("read") and not model._transient:
                views = model.get_views([(view_id, "search")])["views"]
                yield model, etree.fromstring(views["search"]["arch"])

    def test_filters_and_groupings_work(self):
        for model, arch in self.search_views():
            for node in arch.iter("filter"):
                with self.subTest(model=model._name, filter=node.get("name")):
                    self.check_filter(model, node)

    def check_filter(self, model, node):
        self.assertTrue(node.get("name"))
        if node.get("domain"):
            model.search_count(Domain(safe_eval(node.get("domain"), self.values())))
        context = safe_eval(node.get("context") or "{}", self.values())
        if group_by := context.get("group_by"):
            name, _colon, granularity = group_by.partition(":")
            dated = model._fields[name].type in ("date", "datetime")
            if dated and not granularity:
                group_by += ":month"  # what the web client adds
            model.formatted_read_group([], [group_by], ["__count"])
        if node.get("date"):
            model.formatted_read_group([], [f"{node.get('date')}:month"], ["__count"])

    def test_search_fields_can_be_searched(self):
        for model, arch in self.search_views():
            for node in arch.iter("field"):
                name = node.get("name")
                with self.subTest(model=model._name, field=name):
                    number = model._fields[name].type == "integer"
                    operator, value = ("=", 1) if number else ("ilike", "a")
                    if node.get("filter_domain"):
                        domain = safe_eval(node.get("filter_domain"), {"self": "a"})
                    else:
                        domain = [(name, node.get("operator") or operator, value)]
                    model.search_count(domain)


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def check(self, where, text):
        found = FORBIDDEN.search(text or "")
        self.assertIsNone(found, f"{where}: {text}")

    def test_the_rule_itself(self):
        for bad in ("Vous êtes conforme", "conformité du centre", "compliant"):
            self.assertTrue(FORBIDDEN.search(bad), bad)
        for good in ("Non-conformité", "non conforme", "qualiopi_compliance"):
            self.assertFalse(FORBIDDEN.search(good), good)

    def test_views_never_say_compliant(self):
        for addon in ADDONS:
            for name in ("views", "wizards"):
                for path in (folder(addon) / name).rglob("*.xml"):
                    tree = etree.parse(str(path))
                    for node in tree.iter(etree.Element):
                        texts = [node.text, node.tail]
                        texts += [node.get(attribute) for attribute in ATTRIBUTES]
                        for text in texts:
                            self.check(path.name, text)

    def test_fields_never_say_compliant(self):
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.model.fields"), ("module", "in", ADDONS)]
        )
        self.assertGreater(len(ours), 100)
        for lang in ("en_US", "fr_FR"):
            fields = self.env["ir.model.fields"].with_context(lang=lang)
            for field in fields.browse(ours.mapped("res_id")):
                where = f"{field.model}.{field.name}"
                self.check(where, field.field_description)
                self.check(where, field.help)
                for selection in field.selection_ids:
                    self.check(where, selection.name)

    def test_translations_never_say_compliant(self):
        for addon in ADDONS:
            terms = list(PoFileReader(str(folder(addon) / "i18n" / "fr.po")))
            self.assertGreater(len(terms), 100)
            for term in terms:
                self.check(term["src"], term["src"])
                self.check(term["src"], term["value"])
