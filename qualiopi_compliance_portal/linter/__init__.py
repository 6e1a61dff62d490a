"""What the public page of a programme lacks, or says and may not say.

Pure Python over plain values: no Odoo, relative imports only. :func:`read` takes one
page and gives its defects, each with the very words found and the remedy.
"""

from .defect import RULES, Defect, Rule
from .page import Certification, Image, Page, Rate, Session
from .reading import read

__all__ = [
    "RULES",
    "Certification",
    "Defect",
    "Image",
    "Page",
    "Rate",
    "Rule",
    "Session",
    "read",
]
