from odoo import api, models

from ...rules.reasons import Reason


class QualiopiReason(models.AbstractModel):
    """Puts the reasons given by the rules into the reader's language.

    The rules know no language: they return a code and values, which is also
    what is stored, so that a frozen line is still read in anybody's language.
    """

    _name = "qualiopi.reason"
    _description = "Reasons of the rules in words"

    @api.model
    def _text(self, reason):
        """:param reason: :class:`Reason`
        :return: one sentence
        """
        return self.env._(reason.template, **reason.values)

    @api.model
    def _texts(self, stored):
        """:param stored: list of dictionaries as written by ``Reason.as_dict``"""
        return [self._text(Reason.from_dict(values)) for values in stored]
