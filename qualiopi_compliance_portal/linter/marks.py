"""Marking of texts for translation, without Odoo."""


def _lt(text: str) -> str:
    """Mark a text of this package for translation; it comes back unchanged.

    Odoo fills its ``.pot`` from calls *named* ``_lt`` in the Python files of the
    addon. The text is translated when shown, with ``env._(text)``.

    :param text: a literal
    """
    return text
