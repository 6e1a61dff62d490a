"""The linter loads without Odoo, and its texts reach Odoo's translators."""

import ast
import sys
from pathlib import Path

import linter
import pytest
from linter.defect import RULES
from linter.places import PLACES

PACKAGE = Path(linter.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_imports_are_relative_or_standard(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names, name


def test_every_text_is_marked_for_translation():
    marked = {
        ast.literal_eval(node.args[0])
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_lt"
    }
    texts = set(PLACES.values())
    for rule in RULES.values():
        texts |= {rule.label, rule.remedy, rule.source}
    assert marked == texts
