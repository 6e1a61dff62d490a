from markupsafe import Markup

from odoo import api, models
from odoo.tools.misc import format_date

from ...rules.audit_words import Statement

CERTAINTY = {
    "C": "",
    "c": "qualiopi_secondary",
    "own": "qualiopi_own",
}


class QualiopiReason(models.AbstractModel):
    """Puts what the rules on audits say into the reader's language, with its source."""

    _inherit = "qualiopi.reason"

    @api.model
    def _say(self, statement):
        """:param statement: :class:`Statement`
        :return: one sentence
        """
        return statement.render(
            self.env._(statement.template),
            lambda day: format_date(self.env, day),
        )

    @api.model
    def _say_stored(self, stored, phrases):
        """:param stored: list of dictionaries as written by ``Statement.as_dict``"""
        return [self._say(Statement.from_dict(each, phrases)) for each in stored or ()]

    @api.model
    def _say_sourced(self, statements):
        """:return: a list of sentences, each with where it comes from"""
        rows = Markup().join(
            Markup('<li>%s <small class="text-muted %s">%s</small></li>')
            % (
                self._say(each),
                CERTAINTY[each.source.certainty],
                self._source_text(each.source),
            )
            for each in statements
        )
        return Markup("<ul>%s</ul>") % rows if rows else Markup()

    @api.model
    def _source_text(self, source):
        """:return: where a rule comes from; what is not official says so"""
        text = self.env._(source.text)
        if source.certainty == "c":
            return self.env._("secondary source: %(text)s", text=text)
        return text
