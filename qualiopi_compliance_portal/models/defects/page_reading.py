"""A rendered page or sheet as plain text, and its images."""

import re

from lxml import etree, html

from ...linter import Image

# What nobody reads.
UNREAD = ("script", "style", "template", "noscript", "svg")
BLOCKS = re.compile(
    "address|article|aside|blockquote|br|caption|d[dlt]|details|div|fieldset|"
    "figcaption|figure|footer|form|h[1-6r]|header|li|main|nav|[ou]l|option|p|pre|"
    "section|summary|table|t(?:body|d|foot|h|head|r)"
)
# A class that hides, unless another one shows again on wider screens.
HIDDEN = "d-none"
SHOWN_AGAIN = re.compile(r"\bd-(?:sm|md|lg|xl|xxl)-(?!none)\w+")
BACKGROUND = re.compile(r"url\(\s*['\"]?([^'\")]+)")


def tree(markup):
    """:param markup: HTML, as a text
    :return: its tree without what nobody reads, ``None`` where there is nothing
    """
    if not markup.strip():
        return None
    root = html.fromstring(markup)
    for node in list(root.iter()):
        if node is not root and (_unread(node) or _hidden(node)):
            node.drop_tree()
    return root


def text_of(root):
    """:return: the words of a tree, a line for each block"""
    if root is None:
        return ""
    parts = []
    _collect(root, parts)
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line) for line in "".join(parts).split("\n"))
    return "\n".join(line.strip() for line in lines if line.strip())


def images_of(root):
    """:return: the images of a tree, those in the background too
    :rtype: tuple[Image, ...]
    """
    if root is None:
        return ()
    found = [
        Image(node.get("src") or "", node.get("alt") or "") for node in root.iter("img")
    ]
    for node in root.iter():
        style = node.get("style") if isinstance(node.tag, str) else ""
        found += [Image(url) for url in BACKGROUND.findall(style or "")]
    return tuple(found)


def _unread(node):
    return not isinstance(node.tag, str) or node.tag in UNREAD


def _hidden(node):
    if not isinstance(node, etree.ElementBase):
        return False
    classes = node.get("class") or ""
    return HIDDEN in classes.split() and not SHOWN_AGAIN.search(classes)


def _collect(node, parts):
    block = BLOCKS.fullmatch(node.tag)
    # words of the source that are broken by its lines are not broken on screen
    parts.append(("\n" if block else "") + (node.text or "").replace("\n", " "))
    for child in node:
        _collect(child, parts)
        parts.append((child.tail or "").replace("\n", " "))
    if block:
        parts.append("\n")
