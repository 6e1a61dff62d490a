"""Where a page stands on the website."""

from __future__ import annotations

from collections.abc import Sequence


def breadcrumb(steps: Sequence[tuple[str, str]], base: str) -> dict:
    """Source: schema.org ``BreadcrumbList``.

    :param steps: name and address of each page, from the first one to this one
    :param base: address of the website, which those of the pages are relative to
    """
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": f"{base}{address}",
            }
            for position, (name, address) in enumerate(steps, 1)
        ],
    }
