"""What a manifest must and must not say, beyond what pylint-odoo checks."""

from __future__ import annotations

import re

from .addons import Addon

VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
MANDATORY = ("name", "version", "author", "license", "depends")
# What Odoo 19 assumes where a manifest is silent: repeating it is noise.
DEFAULTS = {
    "application": False,
    "assets": {},
    "auto_install": False,
    "category": "Uncategorized",
    "countries": [],
    "data": [],
    "demo": [],
    "external_dependencies": {},
    "installable": True,
    "images": [],
    "post_init_hook": "",
    "post_load": "",
    "pre_init_hook": "",
    "sequence": 100,
    "summary": "",
    "uninstall_hook": "",
    "website": "",
}
# Known to OCA's tools and to whoever reads the addon.
KNOWN = {*MANDATORY, *DEFAULTS, "development_status", "maintainers"}
FRAGMENTS = ("DESCRIPTION", "USAGE")
# Folders whose XML and CSV files Odoo loads only if the manifest lists them.
LOADED = ("data", "demo", "report", "security", "templates", "views", "wizards")


def manifest_problems(addon: Addon) -> list[str]:
    """Sentences about what is wrong with an addon's manifest; none if it is right."""
    manifest = addon.manifest
    found = [f"{key} is missing" for key in MANDATORY if key not in manifest]
    found += [f"{key} is not a key Odoo knows" for key in manifest.keys() - KNOWN]
    found += [
        f"{key} only repeats Odoo's default"
        for key, default in DEFAULTS.items()
        if key in manifest and manifest[key] == default
    ]
    if not VERSION.fullmatch(str(manifest.get("version", ""))):
        found.append("version must be 19.0.x.y.z")
    if manifest.get("license") != "LGPL-3":
        found.append("license must be LGPL-3")
    found += [f"{name} is not listed" for name in forgotten_files(addon)]
    if addon.shipped:
        found += missing_fragments(addon)
    return [f"{addon.name}/__manifest__.py: {what}" for what in sorted(found)]


def forgotten_files(addon: Addon) -> list[str]:
    listed = {*addon.manifest.get("data", []), *addon.manifest.get("demo", [])}
    there = (
        path.relative_to(addon.path).as_posix()
        for folder in LOADED
        for path in (addon.path / folder).rglob("*")
        if path.suffix in (".xml", ".csv")
    )
    return sorted(set(there) - listed)


def missing_fragments(addon: Addon) -> list[str]:
    return [
        f"readme/{name}.md is missing"
        for name in FRAGMENTS
        if not (addon.path / "readme" / f"{name}.md").is_file()
    ]
