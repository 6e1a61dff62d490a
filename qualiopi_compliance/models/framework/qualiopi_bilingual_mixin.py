from odoo import api, models


class QualiopiBilingualMixin(models.AbstractModel):
    """Official texts kept as one plain field per language.

    Odoo's translated fields cannot be corrected by an update of the module
    once installed, and a wrong word in a legal text must be. The fields end in
    ``_fr`` and ``_en``; French readers get the French text, everybody else the
    English one, and whichever exists where the other is empty.
    """

    _name = "qualiopi.bilingual.mixin"
    _description = "Official texts in French and English"

    @api.model
    def _bilingual_suffixes(self):
        """:return: the two field suffixes, the reader's own language first."""
        french = (self.env.lang or "").startswith("fr")
        return ("_fr", "_en") if french else ("_en", "_fr")

    def _bilingual(self, name):
        """:param name: field name without its language suffix
        :return: the text for the current reader, ``""`` when there is none
        """
        self.ensure_one()
        first, second = self._bilingual_suffixes()
        return self[name + first] or self[name + second] or ""

    def _set_bilingual(self, *names):
        """Fill each computed field ``name`` from its two language fields."""
        for record in self:
            for name in names:
                record[name] = record._bilingual(name)

    @api.model
    def _search_bilingual(self, name, operator, value):
        """Search a computed text in both languages at once."""
        if operator in ("not in", "not ilike", "not like", "not =like", "not =ilike"):
            return NotImplemented
        return ["|", (f"{name}_fr", operator, value), (f"{name}_en", operator, value)]
