import pytest

from stack import odoo_source
from stack.console import Problem
from stack.odoo_source import choose_mirror, find_odoo, read_odoo, series_of

RELEASE = "version_info = ({}, 0, FINAL, 0, '')\n"


def make_odoo(folder, series="19, 0"):
    (folder / "odoo" / "addons").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(RELEASE.format(series))
    return folder


@pytest.mark.parametrize(
    ("text", "series"),
    [
        (RELEASE.format("19, 0"), "19.0"),
        (RELEASE.format("18, 0"), "18.0"),
        (RELEASE.format("'saas~19', 1"), "saas~19.1"),
        ("# nothing of the kind", ""),
    ],
)
def test_series_is_read_from_odoo_itself(text, series):
    assert series_of(text) == series


def test_checkout_has_addons_beside_and_within(tmp_path):
    make_odoo(tmp_path)
    (tmp_path / "addons").mkdir()
    assert read_odoo(tmp_path).addons == (
        tmp_path / "addons",
        tmp_path / "odoo" / "addons",
    )


def test_incomplete_copy_beside_is_not_used(tmp_path):
    make_odoo(tmp_path)
    (tmp_path / "addons").mkdir()
    (tmp_path / "odoo" / "addons" / "web").mkdir()
    assert read_odoo(tmp_path).addons == (tmp_path / "odoo" / "addons",)


def test_odoo_home_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(make_odoo(tmp_path)))
    assert find_odoo().import_folder == tmp_path


@pytest.mark.parametrize("series", ["18, 0", "'saas~19', 1", "20, 0"])
def test_another_version_is_refused(tmp_path, monkeypatch, series):
    monkeypatch.setenv("ODOO_HOME", str(make_odoo(tmp_path, series)))
    with pytest.raises(Problem, match=r"Odoo 19\.0 is needed; the one in .* is "):
        find_odoo()


def test_odoo_home_without_odoo_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Problem, match="where no Odoo is"):
        find_odoo()


def test_mirror_is_that_of_the_release_itself():
    listing = (
        "trixie-security main https://one.example/security/\n"
        "trixie contrib https://two.example/debian/\n"
        "trixie main https://three.example/debian/\n"
    )
    assert choose_mirror(listing, "trixie") == "https://three.example/debian/"
    with pytest.raises(Problem, match="no Debian mirror for bookworm"):
        choose_mirror(listing, "bookworm")


def test_only_debian_has_a_package_to_fetch(monkeypatch):
    monkeypatch.setattr(odoo_source, "os_release", lambda: {"ID": "fedora"})
    with pytest.raises(Problem, match="ODOO_HOME"):
        odoo_source._mirror()
