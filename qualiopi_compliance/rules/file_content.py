"""What may be filed as evidence: told by the content of a file, not by its name.

An auditor opens these files, and so do people who did not send them: programs, and
pages that run something when they are opened, are refused whatever they are called.
What is named like a well-known format must be of that format: a scan that cannot be
opened on the day of the audit proves nothing.
"""

from __future__ import annotations

import re
from typing import Final, Literal

__all__ = ["HEAD_SIZE", "Problem", "file_problem", "stem"]

Problem = Literal["empty", "program", "page", "script", "mismatch"]

HEAD_SIZE: Final = 4096
"""How many of the first bytes of a file are enough to judge it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROGRAMS: Final = _words(
    "apk app appx bin cab com cpl dll dmg exe gadget jar lnk msc msi msix pif reg scf "
    "scr sys url"
)
_SCRIPTS: Final = _words(
    "bash bat cgi cmd hta inf js jse mjs php pl ps1 psm1 py pyc rb sh vb vbe vbs ws "
    "wsc wsf wsh"
)
_PAGES: Final = _words("htm html mht mhtml shtml svg svgz swf xht xhtml")

_PROGRAM_HEADS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_PAGE_TAGS: Final = re.compile(
    r"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|!doctype\s+svg)\b"
)
_SCRIPT_HEADS: Final = ("#!", "<?php", "<%")

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TIFF: Final = (b"II*\x00", b"MM\x00*")
# Of each format the beginnings that its own programs write, old and new: Office also
# writes a protected document as OLE, and gives text in RTF the name of a document.
_BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tif": _TIFF,
    "tiff": _TIFF,
    "webp": (b"RIFF",),
    "zip": _ZIP,
    "rtf": (b"{\\rtf",),
    "doc": (_OLE, b"{\\rtf", *_ZIP),
    "xls": (_OLE, *_ZIP),
    "ppt": (_OLE, *_ZIP),
    **dict.fromkeys(("docx", "xlsx", "pptx", "docm", "xlsm"), (*_ZIP, _OLE)),
    **dict.fromkeys(("odt", "ods", "odp"), _ZIP),
}
# Readers accept a PDF whose header comes a little later.
_PDF_WITHIN: Final = 1024


def stem(name: str) -> str:
    """:return: the name of a file without its extension, as a title"""
    head, dot, tail = name.rpartition(".")
    return head.strip() if dot and head.strip() and " " not in tail else name.strip()


def _extension(name: str) -> str:
    # spaces and dots at the end are dropped by some systems
    return name.rstrip(" .").rpartition(".")[2].lower() if "." in name else ""


def _text(head: bytes) -> str:
    """:return: the beginning as text, lower case, without what may come before"""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return text.lstrip(" \t\r\n\f\x00").lower()


def _markup_problem(head: bytes) -> Problem | None:
    text = _text(head)
    if text.startswith(_SCRIPT_HEADS):
        return "script"
    if text.startswith("<") and _PAGE_TAGS.search(text):
        return "page"
    return None


def file_problem(name: str, head: bytes, size: int) -> Problem | None:
    """:param head: its first :data:`HEAD_SIZE` bytes
    :param size: of the whole file, in bytes
    :return: why it cannot be evidence, ``None`` when it can
    """
    if not size or not head:
        return "empty"
    extension = _extension(name)
    if extension in _PROGRAMS or head.startswith(_PROGRAM_HEADS):
        return "program"
    if extension in _SCRIPTS:
        return "script"
    if extension in _PAGES:
        return "page"
    if problem := _markup_problem(head):
        return problem
    if extension == "pdf":
        return None if b"%PDF" in head[:_PDF_WITHIN] else "mismatch"
    beginnings = _BEGINNINGS.get(extension)
    return "mismatch" if beginnings and not head.startswith(beginnings) else None
