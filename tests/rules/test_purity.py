"""The rules load without Odoo, and their texts reach Odoo's translators."""

import ast
import sys
from pathlib import Path

import pytest
from rules import reasons

PACKAGE = Path(reasons.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_imports_are_relative_or_standard(path):
    for node in ast.walk(tree_of(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names, name


def test_every_reason_is_marked_for_translation():
    # Odoo extracts literals from calls by name: a text built otherwise is lost.
    marked = {
        ast.literal_eval(node.args[0])
        for node in ast.walk(tree_of(PACKAGE / "reasons.py"))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_lt"
    }
    assert marked == set(reasons.REASONS.values())
