from odoo import api, models

SUFFIXES = ("_fr", "_en")


class QualiopiBilingualMixin(models.AbstractModel):
    """Official texts kept as one plain field per language.

    Odoo's translated fields cannot be corrected by an update of the module
    once installed, and a wrong word in a legal text must be. The fields end in
    ``_fr`` and ``_en``; French readers get the French text, everybody else the
    English one, and whichever exists where the other is empty.

    A model lists its texts in ``_bilingual_texts`` and declares for each, say
    ``note``: ``note_fr``, ``note_en``, and ``note`` with
    ``compute="_compute_texts"``.
    """

    _name = "qualiopi.bilingual.mixin"
    _description = "Official texts in French and English"

    _bilingual_texts = ()

    @api.depends_context("lang")
    @api.depends(
        lambda self: [
            f"{name}{suffix}" for name in self._bilingual_texts for suffix in SUFFIXES
        ]
    )
    def _compute_texts(self):
        for record in self:
            for name in self._bilingual_texts:
                record[name] = record._bilingual(name)

    @api.model
    def _bilingual_suffixes(self):
        """:return: the two field suffixes, the reader's own language first."""
        french = (self.env.lang or "").startswith("fr")
        return SUFFIXES if french else SUFFIXES[::-1]

    def _bilingual(self, name):
        """:param name: field name without its language suffix
        :return: the text for the current reader, ``""`` when there is none
        """
        self.ensure_one()
        first, second = self._bilingual_suffixes()
        return self[name + first] or self[name + second] or ""

    @api.model
    def _search_bilingual(self, name, operator, value):
        """Search a computed text in both languages at once."""
        if operator in ("not in", "not ilike", "not like", "not =like", "not =ilike"):
            return NotImplemented
        return ["|", (f"{name}_fr", operator, value), (f"{name}_en", operator, value)]

    @api.model
    def _search_name(self, operator, value):
        return self._search_bilingual("name", operator, value)
