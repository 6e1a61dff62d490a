from datetime import date, timedelta
from urllib.parse import urlencode

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from odoo.addons.qualiopi_compliance.models.training.qualiopi_program import (
    TEACHING_MODES,
)

PER_PAGE = 12
# Most words that are looked for, and how long each may be: the rest is no search.
WORDS, LETTERS = 8, 40
# Bounds in hours and in euros: from (not included) - to (included).
DURATIONS = {
    "day": (0, 7),
    "week": (7, 35),
    "month": (35, 150),
    "long": (150, None),
}
PRICES = {
    "500": (0, 500),
    "1500": (500, 1500),
    "5000": (1500, 5000),
    "more": (5000, None),
}
WITHIN = {"1": 31, "3": 92, "6": 183}
ORDER = "page_title, id desc"
FACETS = ["program_id", "category_code", "mode_code", "certifying", "hours", "price"]
# What is not stated comes last.
LAST = float("inf")


class QualiopiProgram(models.Model):
    """The catalogue: programmes searched, filtered and shown page by page.

    Whatever a visitor sends, what is not understood is left out: the catalogue never
    fails.
    """

    _inherit = "qualiopi.program"

    @api.model
    def _catalogue(self, website, asked, page=1):
        """What a page of the catalogue shows.

        :param asked: what the visitor asks for, texts by name of the filter:
            ``search``, ``category``, ``mode``, ``certifying``, ``place``,
            ``duration``, ``price``, ``within`` (months), ``order``
        :param page: number of the page; the last one where there are fewer
        :return: ``cards`` (see :meth:`_card_values`, with ``next_session``),
            ``total``, ``page``, ``pages``, ``chosen`` (the filters understood) and
            ``options`` (what can be chosen)
        """
        # sudo: qualiopi.program - what is published, found by strict conditions
        published = self.sudo().search_fetch(
            self._public_domain(website), ["current_version_id"]
        )
        versions = published._catalogue_versions(Domain.TRUE)
        sessions = self.env["event.event"]._qualiopi_public_sessions(website, published)
        options = self._catalogue_options(versions, sessions)
        chosen = self._catalogue_chosen(asked, options)
        if chosen.keys() - {"order"}:
            versions = published._catalogue_versions(self._catalogue_domain(chosen))
        found = [
            version.program_id.id
            for version in self._catalogue_sorted(versions, sessions, chosen)
            if self._has_session(chosen, sessions.get(version.program_id.id, ()))
        ]
        pages = max(1, -(-len(found) // PER_PAGE))
        page = min(max(page, 1), pages)
        # browsed anew: what the others say is not read
        shown = self.sudo().browse(found[(page - 1) * PER_PAGE : page * PER_PAGE])
        return {
            "cards": [
                program._card_values(program.current_version_id._read_content())
                | {"next_session": next(iter(sessions.get(program.id, ())), None)}
                for program in shown
            ],
            "total": len(found),
            "published": bool(published),
            "page": page,
            "step": PER_PAGE,
            "pages": pages,
            "chosen": chosen,
            "options": options,
        }

    def _catalogue_versions(self, domain):
        """:return: current versions of these programmes, in order, without their
        content
        """
        # sudo: qualiopi.program.version - of what is published
        return (
            self.env["qualiopi.program.version"]
            .sudo()
            .search_fetch(
                Domain("id", "in", self.current_version_id.ids) & domain,
                FACETS,
                order=ORDER,
            )
        )

    @api.model
    def _catalogue_sorted(self, versions, sessions, chosen):
        order = chosen.get("order")
        if order == "date":
            # sessions come in the order of their dates
            begin = {key: rows[0]["begin"] for key, rows in sessions.items()}
            return versions.sorted(
                lambda version: begin.get(version.program_id.id, date.max)
            )
        if order in ("hours", "price"):
            return versions.sorted(lambda version: version[order] or LAST)
        return versions

    @api.model
    def _catalogue_options(self, versions, sessions):
        """:return: filter -> what can be chosen, pairs of a value and its label; only
        what leads to something
        """
        codes = set(versions.mapped("category_code"))
        # sudo: qualiopi.category - the names of what is published
        categories = self.env["qualiopi.category"].sudo()
        categories = categories.search([("code", "in", list(codes))])
        modes = dict(self._fields["teaching_mode"]._description_selection(self.env))
        held = set(versions.mapped("mode_code"))
        places = sorted(
            {row["place"] for rows in sessions.values() for row in rows if row["place"]}
        )
        return {
            "category": [(row.code, row.name) for row in categories],
            "mode": [
                (code, modes[code]) for code, _label in TEACHING_MODES if code in held
            ],
            "certifying": self._certifying_options(versions),
            "place": [(place, place) for place in places],
            "duration": self._duration_options(),
            "price": self._price_options(),
            "within": self._within_options() if sessions else [],
            "order": self._order_options(sessions),
        }

    @api.model
    def _catalogue_labels(self):
        """:return: filter -> its label"""
        return {
            "category": self.env._("Category"),
            "mode": self.env._("Arrangement"),
            "certifying": self.env._("Certification"),
            "place": self.env._("Place"),
            "duration": self.env._("Duration"),
            "price": self.env._("Price"),
            "within": self.env._("Next Session"),
            "order": self.env._("Sort By"),
        }

    @api.model
    def _catalogue_texts(self, values):
        """What the page says around the cards.

        :param values: made by :meth:`_catalogue`
        :return: ``filters`` (name, label, options and the one chosen) and ``tags``
            (each filter chosen, in words, with the arguments of the page without it)
        """
        labels, chosen = self._catalogue_labels(), values["chosen"]
        options = values["options"]
        return {
            "filters": [
                {
                    "name": name,
                    "label": label,
                    "options": options[name],
                    "value": chosen.get(name, ""),
                }
                for name, label in labels.items()
                if len(options[name]) > 1 or name in chosen
            ],
            "tags": [
                {
                    "label": labels.get(name) or self.env._("Search"),
                    "value": dict(options.get(name, ())).get(value, value),
                    "url": self._catalogue_url(
                        {key: kept for key, kept in chosen.items() if key != name}
                    ),
                }
                for name, value in chosen.items()
                if name != "order"
            ],
            "filtered": bool(chosen),
        }

    @api.model
    def _catalogue_url(self, chosen):
        return f"/formations?{urlencode(chosen)}" if chosen else "/formations"

    @api.model
    def _order_options(self, sessions):
        by_date = [("date", self.env._("Next session"))] if sessions else []
        return [
            ("title", self.env._("Title")),
            *by_date,
            ("hours", self.env._("Duration, shortest first")),
            ("price", self.env._("Price, lowest first")),
        ]

    @api.model
    def _certifying_options(self, versions):
        if not any(versions.mapped("certifying")):
            return []
        return [
            ("yes", self.env._("Leads to a certification")),
            ("no", self.env._("Does not lead to a certification")),
        ]

    @api.model
    def _duration_options(self):
        return [
            ("day", self.env._("Up to one day")),
            ("week", self.env._("Up to one week")),
            ("month", self.env._("Up to one month")),
            ("long", self.env._("Longer")),
        ]

    @api.model
    def _price_options(self):
        return [
            ("500", self.env._("Up to 500 €")),
            ("1500", self.env._("500 to 1,500 €")),
            ("5000", self.env._("1,500 to 5,000 €")),
            ("more", self.env._("Over 5,000 €")),
        ]

    @api.model
    def _within_options(self):
        return [
            ("1", self.env._("Within a month")),
            ("3", self.env._("Within three months")),
            ("6", self.env._("Within six months")),
        ]

    @api.model
    def _catalogue_chosen(self, asked, options):
        """:return: filter -> value, for those that are understood"""
        chosen = {
            name: asked[name]
            for name, rows in options.items()
            if asked.get(name) in dict(rows)
        }
        if chosen.get("order") == "title":
            del chosen["order"]
        words = " ".join(str(asked.get("search") or "").replace("\0", "").split())
        if words:
            chosen["search"] = words[: WORDS * LETTERS]
        return chosen

    @api.model
    def _catalogue_domain(self, chosen):
        """:return: the versions that are asked for"""
        domain = Domain.TRUE
        for code in ("category", "mode"):
            if code in chosen:
                domain &= Domain(f"{code}_code", "=", chosen[code])
        if "certifying" in chosen:
            domain &= Domain("certifying", "=", chosen["certifying"] == "yes")
        if "duration" in chosen:
            domain &= self._between("hours", DURATIONS[chosen["duration"]])
        if "price" in chosen:
            domain &= self._between("price", PRICES[chosen["price"]])
        plain = self.env["qualiopi.program.version"]._plain(chosen.get("search", ""))
        for word in plain.split()[:WORDS]:
            domain &= Domain("search_text", "like", escape_psql(word[:LETTERS]))
        return domain

    @api.model
    def _between(self, name, bounds):
        low, high = bounds
        domain = Domain(name, ">", low)
        return domain & Domain(name, "<=", high) if high else domain

    @api.model
    def _has_session(self, chosen, rows):
        """:return: whether one of these sessions is where and when it is asked for"""
        place, within = chosen.get("place"), WITHIN.get(chosen.get("within"))
        if not (place or within):
            return True
        today = self.env["qualiopi.framework"]._today()
        last = within and today + timedelta(days=within)
        return any(
            (not place or row["place"] == place) and (not last or row["begin"] <= last)
            for row in rows
        )
