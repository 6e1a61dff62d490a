"""A page of the catalogue, as the list of what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def item_list(cards: Sequence[Mapping], base: str, first: int = 1) -> dict:
    """Source: schema.org ``ItemList``, in the short form: details are on each page.

    :param cards: what the page shows of each programme, in order
    :param base: address of the website, which those of the pages are relative to
    :param first: position of the first one in the whole catalogue
    """
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": card["name"],
                "url": f"{base}{card['url']}",
            }
            for position, card in enumerate(cards, first)
        ],
    }
