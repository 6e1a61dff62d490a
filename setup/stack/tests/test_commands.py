import argparse

import pytest

from stack import addons, command_test
from stack.addons import Addon, content_hash, dependencies, groups_of
from stack.command_run import port_number
from stack.command_test import (
    chosen_paths,
    pure_addons,
    split_paths,
    stops_at_failure,
    verdict,
)
from stack.console import Problem
from stack.manifests import manifest_problems
from stack.test_counts import Counts, closing_line

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


@pytest.mark.parametrize("folder", ["views", "templates"])
def test_forgotten_page_is_found(addon, folder):
    (addon.path / folder).mkdir(exist_ok=True)
    (addon.path / folder / "b.xml").touch()
    [problem] = manifest_problems(addon)
    assert f"{folder}/b.xml is not listed" in problem


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A base addon, a site above it, one beside them, and a test addon."""
    monkeypatch.setattr(addons, "REPOSITORY", tmp_path)
    monkeypatch.setattr(addons, "TESTS", tmp_path / "tests")
    for path, depends in (
        ("base_one", ["mail"]),
        ("one_site", ["base_one", "website"]),
        ("other", ["web"]),
        ("tests/test_all", ["one_site"]),
    ):
        (tmp_path / path / "tests").mkdir(parents=True)
        write_manifest(tmp_path / path, depends=depends)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(found):
    return [addon.name for addon in found]


@pytest.mark.usefixtures("repository")
def test_what_others_build_on_is_tested_without_them():
    alone, rest = groups_of(addons.all_addons())
    assert names(alone.tested) == names(alone.installed) == ["base_one"]
    assert dependencies(list(alone.installed)) == ["mail"]
    assert names(rest.tested) == ["one_site", "other", "test_all"]
    assert names(rest.installed) == ["base_one", "one_site", "other", "test_all"]
    assert dependencies(list(rest.installed)) == ["mail", "web", "website"]


def test_test_addon_alone_makes_no_second_database(repository):
    write_manifest(repository / "one_site", depends=["website"])
    write_manifest(repository / "tests" / "test_all", depends=["base_one"])
    [group] = groups_of(addons.all_addons())
    assert names(group.tested) == ["base_one", "one_site", "other", "test_all"]


def chosen(*paths):
    found = chosen_paths(groups_of(addons.all_addons()), list(paths))
    return {group.name: words for group, words in found}


BASE, REST = "base_one", "one_site, other, test_all"


def test_without_paths_every_group_is_tested(repository):
    assert chosen() == {
        BASE: [str(repository / "base_one/tests")],
        REST: [
            str(repository / folder / "tests")
            for folder in ("one_site", "other", "tests/test_all")
        ],
    }


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("base_one/tests/test_a.py::TestA::test_one", BASE),
        ("base_one", BASE),
        ("one_site/tests", REST),
        ("tests/test_all", REST),
    ],
)
@pytest.mark.usefixtures("repository")
def test_path_is_tested_on_the_database_of_its_addon(path, group):
    assert chosen(path) == {group: [path]}


def test_folder_above_the_addons_is_shared_out(repository):
    assert chosen(".").keys() == {BASE, REST}
    assert chosen("tests") == {REST: [str(repository / "tests/test_all/tests")]}


@pytest.mark.usefixtures("repository")
def test_paths_of_several_addons_are_told_apart():
    found = chosen("one_site/tests/test_b.py", "base_one/tests/test_a.py")
    assert found == {
        BASE: ["base_one/tests/test_a.py"],
        REST: ["one_site/tests/test_b.py"],
    }


def test_packages_without_odoo_are_found(repository):
    (repository / "base_one" / "rules").mkdir()
    (repository / "one_site" / "linter").mkdir()
    assert pure_addons(addons.shipped_addons()) == [
        repository / "base_one",
        repository / "one_site",
    ]


@pytest.mark.parametrize(
    ("words", "stops"),
    [(["-x"], True), (["--maxfail=2"], True), (["-k", "word"], False), ([], False)],
)
def test_first_failure_stops_the_later_runs_when_asked(words, stops):
    assert stops_at_failure(words) is stops


REPORT = """<testsuites><testsuite tests="6">
<testcase classname="A" name="test_one"/>
<testcase classname="A" name="test_one"><failure message="in a subtest"/></testcase>
<testcase classname="A" name="test_two"/>
<testcase classname="A" name="test_two"/>
<testcase classname="B" name="test_one"><skipped/></testcase>
<testcase classname="B" name="test_two"><error/></testcase>
</testsuite></testsuites>"""


def test_runs_are_closed_by_one_line(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    counts = Counts.read(report)
    assert counts == Counts(failed=1, passed=1, skipped=1, errors=1)
    line = closing_line([counts, Counts(passed=4)], 1, 61.5)
    assert line.strip("=") == " 1 failed, 5 passed, 1 skipped, 1 error in 61.50s "


def test_run_that_broke_is_not_closed_as_passed(tmp_path):
    assert Counts.read(tmp_path / "none.xml") == Counts()
    assert "not all could be run" in closing_line([Counts(passed=4)], 3, 1)
    assert closing_line([Counts(passed=4)], 0, 1).strip("=") == " 4 passed in 1.00s "
