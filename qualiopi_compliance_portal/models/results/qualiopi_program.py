from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.qualiopi_compliance.rules.rates import INSERJEUNES

SCHEME_FIELDS = {"scheme_name", "scheme_url"}


class QualiopiProgram(models.Model):
    """Results of a programme on its page, and the scheme that publishes others."""

    _inherit = "qualiopi.program"

    scheme_name = fields.Char(
        "Scheme That Publishes Results",
        tracking=True,
        help="An existing scheme that publishes results of this programme (indicator 2 "
        "accepts them). For apprenticeship, InserJeunes is named where this is empty.",
    )
    scheme_url = fields.Char(
        "Address of the Scheme", tracking=True, help="Beginning with https://"
    )

    @api.model
    def _management_fields(self):
        return super()._management_fields() | SCHEME_FIELDS

    @api.constrains("scheme_name", "scheme_url")
    def _check_scheme(self):
        for program in self:
            name, url = program.scheme_name, program.scheme_url
            if url and not self._is_web_address(url):
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not the address of a web page: begin it with "
                        "https://",
                        url=url,
                    )
                )
            if bool(name) != bool(url):
                raise ValidationError(
                    self.env._(
                        "Give both the name of the scheme and its address, or neither."
                    )
                )

    @api.model
    def _is_web_address(self, url):
        try:
            parts = urlsplit(url)
            # a port that is none is only found out when it is read
            return bool(
                parts.scheme in ("http", "https")
                and parts.hostname
                and parts.port != 0
                and not any(sign.isspace() for sign in url)
            )
        except ValueError:
            return False

    def _page_scheme(self):
        """:return: the existing scheme that publishes results of this programme: its
        name, its address and what it publishes, ``None`` where there is none
        """
        self.ensure_one()
        return self._own_scheme() or self._category_scheme(self.category_id.code)

    def _own_scheme(self):
        self.ensure_one()
        if not self.scheme_url:
            return None
        return {
            "name": self.scheme_name,
            "url": self.scheme_url,
            "what": self.env._("Results published by an existing scheme:"),
        }

    @api.model
    def _category_scheme(self, code):
        """:return: where the official figures of a category of actions are"""
        if code != "CFA":
            return None
        return {
            "name": "InserJeunes",
            "url": INSERJEUNES,
            # art. L. 6111-8 of the Labour Code
            "what": self.env._(
                "Apprenticeship: the official indicators (award, further study, "
                "interruption, employment, added value, contract termination) are "
                "computed by the ministries and published on:"
            ),
        }

    def _page_results(self):
        """What the page shows of the results of this programme.

        Read where they were published; nothing is counted. Called with superuser
        rights on a programme that the visitor may see.

        :return: the dates (see ``qualiopi.publication._dates_values``), ``learners``,
            ``sessions``, ``headcount``, ``rates`` and ``scheme``; without dates and
            rates where only a scheme publishes them; ``None`` where there is nothing
        """
        self.ensure_one()
        # sudo: qualiopi.publication.line - published figures of what the visitor sees
        line = (
            self.env["qualiopi.publication.line"]
            .sudo()
            .search(
                [
                    ("program_id", "=", self.id),
                    ("shown", "=", True),
                    ("publication_id.state", "=", "published"),
                ],
                limit=1,
            )
        )
        scheme = self._page_scheme()
        if not (line or scheme):
            return None
        return (
            line.publication_id._dates_values()
            | line._figures()
            | {"scheme": scheme, "caption": self.env._("Results of this programme")}
        )
