import argparse

import pytest

from stack import command_test
from stack.addons import Addon, content_hash
from stack.command_run import port_number
from stack.command_test import split_paths, verdict
from stack.console import Problem
from stack.manifests import manifest_problems

GOOD = {
    "name": "A",
    "version": "19.0.1.0.0",
    "author": "B",
    "license": "LGPL-3",
    "depends": ["base"],
}


@pytest.fixture
def addon(tmp_path):
    folder = tmp_path / "addon"
    for name in ("models", "tests", "views", "readme"):
        (folder / name).mkdir(parents=True)
    for name in ("DESCRIPTION", "USAGE"):
        (folder / "readme" / f"{name}.md").touch()
    write_manifest(folder)
    return Addon(folder, shipped=True)


def write_manifest(folder, **changes):
    (folder / "__manifest__.py").write_text(repr({**GOOD, **changes}))


def test_paths_are_told_from_words(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "test_a.py").touch()
    (tmp_path / "addon").mkdir()
    monkeypatch.setattr(command_test, "PURE_FOLDERS", (rules,))
    arguments = ["-x", "rules/test_a.py::test_one", "addon", "-k", "addon"]
    assert split_paths(arguments) == (["rules/test_a.py::test_one"], ["addon"])


def test_missing_test_file_is_named():
    with pytest.raises(Problem, match="no test file nowhere/test_x.py"):
        split_paths(["nowhere/test_x.py::test_y"])


@pytest.mark.parametrize(
    ("codes", "code"), [([0, 0], 0), ([5, 0], 0), ([0, 1], 1), ([2, 1], 2), ([5, 1], 1)]
)
def test_first_failure_decides(codes, code):
    assert verdict(codes) == code


def test_nothing_having_run_is_a_failure():
    with pytest.raises(Problem, match="No test was run"):
        verdict([5, 5])


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "", "80.5"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        port_number(text)


def test_changed_test_needs_no_new_installation(addon):
    before = content_hash([addon])
    (addon.path / "tests" / "test_new.py").touch()
    (addon.path / "readme" / "USAGE.md").write_text("Use it.")
    assert content_hash([addon]) == before
    (addon.path / "models" / "new.py").touch()
    assert content_hash([addon]) != before


def test_broken_manifest_is_named(addon):
    (addon.path / "__manifest__.py").write_text("{'name': ")
    with pytest.raises(Problem, match="is not a manifest"):
        addon.manifest  # noqa: B018


def test_right_manifest_has_no_problem(addon):
    assert manifest_problems(addon) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": "1.0"}, "version must be"),
        ({"license": "AGPL-3"}, "license must be"),
        ({"instalable": True}, "instalable is not a key"),
        ({"sequence": 100}, "sequence only repeats"),
    ],
)
def test_wrong_manifest_is_told_why(addon, changes, said):
    write_manifest(addon.path, **changes)
    [problem] = manifest_problems(addon)
    assert said in problem


def test_forgotten_view_is_found(addon):
    (addon.path / "views" / "a_views.xml").touch()
    [problem] = manifest_problems(addon)
    assert "views/a_views.xml is not listed" in problem
