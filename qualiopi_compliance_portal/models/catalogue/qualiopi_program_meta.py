from textwrap import shorten

from odoo import models
from odoo.tools.json import scriptsafe

DESCRIPTION_LETTERS = 160


class QualiopiProgram(models.Model):
    """What search engines and social networks are told of a page by default.

    Taken from the validated version, as the page itself: what is being revised is
    nobody's business yet.
    """

    _inherit = "qualiopi.program"

    def _default_website_meta(self):
        values = super()._default_website_meta()
        content = self.current_version_id._read_content()
        website = self.env["website"].get_current_website()
        title = f"{content.get('name') or ''} | {website.name}"
        description = self._meta_description(content)
        opengraph, twitter = values["default_opengraph"], values["default_twitter"]
        opengraph |= {"og:title": title, "og:description": description}
        twitter |= {"twitter:title": title, "twitter:description": description}
        if image := self._cover_image():
            opengraph["og:image"] = twitter["twitter:image"] = image
        return values | {"default_meta_description": description}

    def _meta_description(self, content):
        """:return: duration, arrangement and price, then what one learns"""
        facts = [
            self._duration_text(content),
            content.get("teaching_mode"),
            self._price_text(content),
        ]
        start = ", ".join(fact for fact in facts if fact)
        objectives = " ; ".join(content.get("objectives") or ())
        text = ". ".join(part for part in (start, objectives) if part)
        return shorten(text, DESCRIPTION_LETTERS, placeholder="…")

    def _cover_image(self):
        """:return: address of the image chosen for the top of the page, if any"""
        properties = scriptsafe.loads(self.cover_properties or "{}")
        image = properties.get("background-image") or "none"
        if image == "none":
            return ""
        return image.removeprefix("url(").removesuffix(")").strip("'\"")
