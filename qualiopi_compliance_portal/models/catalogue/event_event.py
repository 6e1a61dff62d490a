from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

# All that an announced session is made of, to read it at once.
SESSION_FIELDS = [
    "name",
    "address_id",
    "date_begin",
    "date_end",
    "date_tz",
    "seats_limited",
    "seats_max",
    "is_multi_slots",
    "qualiopi_program_id",
    # its address is made of it
    "seo_name",
]


class EventEvent(models.Model):
    """The sessions that a programme's page announces."""

    _inherit = "event.event"

    @api.model
    def _qualiopi_public_domain(self, website, programs):
        """:return: sessions of these programmes that visitors may ask a place in"""
        return (
            Domain("qualiopi_program_id", "in", programs.ids)
            & Domain("date_begin", ">", fields.Datetime.now())
            & Domain("kanban_state", "!=", "cancel")
            & Domain("is_published", "=", True)
            & Domain("website_visibility", "=", "public")
            & Domain("website_id", "in", (False, website.id))
            # what is delivered for a principal is his to announce
            & Domain("qualiopi_principal_id", "=", False)
        )

    @api.model
    def _qualiopi_public_sessions(self, website, programs):
        """:return: id of the programme -> its next sessions, as plain values"""
        # sudo: event.event - published sessions, found by strict conditions
        events = self.sudo().search_fetch(
            self._qualiopi_public_domain(website, programs),
            SESSION_FIELDS,
            order="date_begin, id",
        )
        rows = {}
        for event in events:
            rows.setdefault(event.qualiopi_program_id.id, []).append(
                event._qualiopi_session_values()
            )
        return rows

    def _qualiopi_session_values(self):
        self.ensure_one()
        begin, end = self._qualiopi_days()
        seats = max(self.seats_available, 0) if self.seats_limited else None
        return {
            "id": self.id,
            "name": self.name,
            "begin": begin,
            "end": end,
            "days_text": self._qualiopi_days_text(begin, end),
            "place": self.address_id.city or self.address_id.name or "",
            "online": not self.address_id,
            "seats": seats,
            "full": seats == 0,
            "url": self.website_url,
            "request_url": (
                f"{self.qualiopi_program_id.website_url}/demande?session={self.id}"
            ),
        }

    @api.model
    def _qualiopi_days_text(self, begin, end):
        first = self._qualiopi_day_text(begin)
        if begin == end:
            return first
        return self.env._(
            "from %(first)s to %(last)s",
            first=first,
            last=self._qualiopi_day_text(end),
        )

    @api.model
    def _qualiopi_day_text(self, day):
        text = format_date(self.env, day, date_format="d MMMM y")
        # the first of a month is an ordinal in French
        first = day.day == 1 and (self.env.lang or "").startswith("fr")
        return f"1er{text[1:]}" if first else text

    def _qualiopi_offer(self):
        """What the page of a session says in place of core's registration.

        :return: ``request_url`` and ``url`` (of the programme's page; both empty when
            it is not published on this website), ``open`` (whether a place can still
            be asked for), ``cancelled``, ``seats``, ``full`` and ``company``; ``None``
            for an event of no programme
        """
        self.ensure_one()
        # sudo: event.event - plain values of a session that the visitor may see
        event = self.sudo()
        if not event.qualiopi_program_id:
            return None
        program = event._qualiopi_public_program()
        session = event._qualiopi_session_values()
        cancelled = event.kanban_state == "cancel"
        return {
            "url": program.website_url if program else "",
            "request_url": f"{session['request_url']}&kind=place" if program else "",
            "open": not event.is_finished and not cancelled,
            "cancelled": cancelled,
            "seats": session["seats"],
            "full": session["full"],
            "company": event.qualiopi_program_id._page_company(),
        }

    def _qualiopi_public_program(self):
        """:return: its programme, empty where visitors of the website do not see it"""
        website = self.env["website"].get_current_website()
        program = self.qualiopi_program_id
        return program.filtered_domain(program._public_domain(website))

    def _qualiopi_program_page(self):
        """:return: the plain values of its programme's page, if visitors may see it"""
        # sudo: event.event - published programme of a session that the visitor sees
        program = self.sudo()._qualiopi_public_program()
        return program._page() if program else None
