"""Translation files: are they complete, and bringing them up to date.

Run by itself with the Python that has polib:
    python po_files.py check|merge NEW_TEMPLATE ADDON_FOLDER ODOO_FR_PO...
`check` prints what is missing; `merge` rewrites the template and adds its new terms
to fr.po, keeping what is translated and dropping what the addon no longer says. Terms
that Odoo's own files have already translated ("Created by") are taken from there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

SHOWN = 10
HEADER_DATES = ("POT-Creation-Date", "PO-Revision-Date")


def check(template: polib.POFile, addon: Path, odoo: list[str]) -> list[str]:
    """Sentences about what fr.po and the template lack."""
    name = addon.name
    current = addon / "i18n" / f"{name}.pot"
    french = addon / "i18n" / "fr.po"
    if not french.is_file():
        return [f"{name}/i18n/fr.po is missing"]
    translations = polib.pofile(str(french))
    wanted = {entry.msgid for entry in template}
    by_source = {entry.msgid: entry for entry in translations if not entry.obsolete}
    problems = []
    for text, entries in (
        ("not in fr.po", [m for m in wanted if m not in by_source]),
        ("not translated", [m for m, e in by_source.items() if not e.msgstr]),
        ("fuzzy", [m for m, e in by_source.items() if e.fuzzy]),
        ("no longer used", [m for m in by_source if m not in wanted]),
        ("obsolete", [e.msgid for e in translations.obsolete_entries()]),
    ):
        problems += describe(f"{name}/i18n/fr.po", text, entries)
    if not current.is_file() or terms(polib.pofile(str(current))) != terms(template):
        problems.append(f"{name}/i18n/{name}.pot is not up to date")
    return problems


def describe(file: str, what: str, terms: list[str]) -> list[str]:
    lines = [f"{file}: {what}: {term!r}" for term in sorted(terms)[:SHOWN]]
    if len(terms) > SHOWN:
        lines.append(f"{file}: {what}: {len(terms) - SHOWN} more")
    return lines


def terms(file: polib.POFile) -> set[str]:
    return {entry.msgid for entry in file}


def merge(template: polib.POFile, addon: Path, odoo: list[str]) -> list[str]:
    """Write the template and fr.po anew; say how many terms remain to translate."""
    folder = addon / "i18n"
    folder.mkdir(exist_ok=True)
    template.sort(key=lambda entry: (entry.msgid, entry.occurrences))
    path = folder / f"{addon.name}.pot"
    if not path.is_file() or str(_undated(polib.pofile(str(path)))) != str(
        _undated(template)
    ):
        template.save(str(path))
    french_path = folder / "fr.po"
    if french_path.is_file():
        french = polib.pofile(str(french_path))
    else:
        french = polib.POFile()
        french.metadata = {**template.metadata, "Language": "fr"}
        french.metadata["Plural-Forms"] = "nplurals=2; plural=(n > 1);"
    known = {
        entry.msgid: entry for entry in french if entry.msgstr and not entry.obsolete
    }
    memory = {**odoo_translations(odoo), **known}
    french[:] = [_translated(entry, memory.get(entry.msgid)) for entry in template]
    french.save(str(french_path))
    left = sum(1 for entry in french if not entry.msgstr or entry.fuzzy)
    dropped = len(known.keys() - terms(template))
    return [
        f"{addon.name}: {len(french)} terms, {left} to translate in i18n/fr.po, "
        f"{dropped} no longer used and removed"
    ]


def odoo_translations(files: list[str]) -> dict[str, polib.POEntry]:
    """What Odoo's French files say, the first one that has a term winning."""
    memory: dict[str, polib.POEntry] = {}
    for file in files:
        for entry in polib.pofile(file).translated_entries():
            plain = polib.POEntry(msgid=entry.msgid, msgstr=entry.msgstr)
            memory.setdefault(entry.msgid, plain)
    return memory


def _translated(entry: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    """A term of the template with the translation we know."""
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=known.msgstr if known else "",
        comment=entry.comment,
        tcomment=known.tcomment if known else "",
        occurrences=entry.occurrences,
        flags=known.flags if known else entry.flags,
    )


def _undated(file: polib.POFile) -> polib.POFile:
    """Without the dates of the header, which alone are no change."""
    for name in HEADER_DATES:
        file.metadata.pop(name, None)
    return file


def main(action: str, template: str, addon: str, *odoo: str) -> int:
    work = {"check": check, "merge": merge}[action]
    lines = work(polib.pofile(template), Path(addon), list(odoo))
    print("\n".join(lines))
    return 1 if lines and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
