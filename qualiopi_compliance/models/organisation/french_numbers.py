"""Checks of the numbers a French training company is known by.

They return ``True`` or ``False``; the models turn that into a sentence.
"""

import re

from stdnum import util
from stdnum.fr import siren, siret

# An earlier year of activity can only be a slip of the keyboard.
FIRST_YEAR = 1970
_NDA = re.compile(r"\d{11}")


def compact(number):
    """:return: the number without the spaces, dots and dashes people type in it"""
    return util.clean(number or "", " .-").strip()


def is_nda(number):
    """Declaration of activity (NDA): eleven digits, no check digit is published."""
    return bool(_NDA.fullmatch(number))


def is_siren(number):
    """SIREN of a company: nine digits, the last one a check digit."""
    return siren.is_valid(number)


def is_siret(number):
    """SIRET of an establishment: a SIREN and five digits, with its own check."""
    return siret.is_valid(number)


def is_year(text, this_year):
    """A year of activity of a training company, as four digits.

    :param this_year: the latest one that makes sense
    """
    return bool(re.fullmatch(r"\d{4}", text)) and FIRST_YEAR <= int(text) <= this_year
