from markupsafe import Markup

from odoo import api, models
from odoo.tools.misc import format_date

# All that a visitor decides of a request; nothing else is ever taken from a form.
FROM_FORM = {
    "kind": "qualiopi_request_kind",
    "contact_name": "contact_name",
    "email": "email_from",
    "phone": "phone",
    "organisation": "partner_name",
    "session": "qualiopi_event_id",
    "learners": "qualiopi_learner_count",
    "wished_from": "qualiopi_wished_from",
    "wished_until": "qualiopi_wished_until",
    "funding": "qualiopi_funding",
    "need": "qualiopi_need",
    "adjustment": "qualiopi_adjustment",
}
# Of the title of a request, which also holds who makes it.
TITLE = 120


class CrmLead(models.Model):
    """How a request comes from the website: never an enrolment, never a payment."""

    _inherit = "crm.lead"

    @api.model
    def _qualiopi_request(self, program, values, request, **extra):
        """Make the request that somebody typed.

        :param program: with superuser rights, published
        :param values: what :class:`RequestForm` understood
        :param request: the HTTP request, for its website, its user and its visitor
        :param extra: ``token`` of the form and ``page``, address that it was sent from
        :return: the request, with superuser rights
        """
        website, user = request.website, request.env.user
        # sudo: crm.lead - visitors have no rights on requests: what they decide of
        # it is a closed list
        leads = self.sudo().with_context(
            mail_create_nosubscribe=True, lang=self._qualiopi_staff_lang(program)
        )
        vals = leads._qualiopi_request_vals(program, values, website) | {
            "qualiopi_request_token": extra["token"],
            "qualiopi_page_url": extra["page"],
        }
        vals |= leads._qualiopi_handled_by(program.company_id, request)
        partner = leads._qualiopi_own_partner(user, vals)
        if partner:
            vals["partner_id"] = partner.id
        lead = leads.create(vals)
        lead._qualiopi_note_visitor(request)
        lead._qualiopi_remind_request()
        return lead

    @api.model
    def _qualiopi_staff_lang(self, program):
        return program.company_id._qualiopi_lang(program.user_id)

    @api.model
    def _qualiopi_request_vals(self, program, values, website):
        today = self.env["qualiopi.framework"]._today()
        vals = {
            field: values[name] or False
            for name, field in FROM_FORM.items()
            if name in values
        }
        vals |= {
            "name": self._qualiopi_request_name(program, values),
            "description": self._qualiopi_request_text(program, values),
            "company_id": program.company_id.id,
            "qualiopi_program_id": program.id,
            "qualiopi_requested_on": today,
            "qualiopi_website_id": website.id,
            "qualiopi_agreed_on": today,
            # the context holds the language of the staff
            "lang_id": self.env["res.lang"]._get_data(code=values.get("lang")).id,
        }
        if values.get("adjustment_note"):
            vals["qualiopi_adjustment_note"] = values["adjustment_note"]
            vals["qualiopi_adjustment_consent_on"] = today
        return vals

    @api.model
    def _qualiopi_request_name(self, program, values):
        title = program.current_version_id._read_content().get("name") or program.name
        return f"{title[:TITLE]} – {values['contact_name']}"

    @api.model
    def _qualiopi_request_text(self, program, values):
        """:return: what was asked, as it was typed; nothing of an adjustment, which
        not everybody may read
        """
        rows = [
            Markup("<li>%s</li>")
            % self.env._("%(label)s: %(value)s", label=label, value=value)
            for label, value in self._qualiopi_request_rows(program, values)
            if value
        ]
        head = self.env._("Asked on the website:")
        need = Markup("<br/>").join(values["need"].split("\n"))
        return Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            head,
            Markup("").join(rows),
            need,
        )

    @api.model
    def _qualiopi_request_rows(self, program, values):
        """:return: pairs of a label and a text"""

        def chosen(name, value):
            field = self._fields[name]
            return dict(field._description_selection(self.env)).get(value)

        def label(name):
            return self._fields[name]._description_string(self.env)

        session = self.env["event.event"].browse(values["session"] or [])
        first, last = values["wished_from"], values["wished_until"]
        days = [format_date(self.env, day) for day in (first, last) if day]
        kind = chosen("qualiopi_request_kind", values["kind"])
        funding = chosen("qualiopi_funding", values["funding"])
        return [
            (label("qualiopi_request_kind"), kind),
            (label("qualiopi_program_id"), program.name),
            (label("qualiopi_event_id"), session.name),
            (label("qualiopi_learner_count"), str(values["learners"])),
            (label("qualiopi_wished_from"), " – ".join(days)),
            (label("partner_name"), values["organisation"]),
            (label("qualiopi_funding"), funding),
        ]

    @api.model
    def _qualiopi_handled_by(self, company, request):
        """:return: team, salesperson, medium and type, as the contact form of the
        website gives them, unless they cannot be of the programme's company
        """
        vals = self.website_form_input_filter(request, {})
        user = self.env["res.users"].browse(vals["user_id"] or [])
        team = self.env["crm.team"].browse(vals["team_id"] or [])
        nobody = self.env["res.partner"]
        if not self._qualiopi_may_belong_to(company, user, team, nobody):
            vals |= {"user_id": False, "team_id": False}
        return vals

    @api.model
    def _qualiopi_own_partner(self, user, vals):
        """:return: the contact of who is logged in, if the address typed is his; his
        own card is not rewritten by a form
        """
        partner = user.partner_id
        nobody = partner.browse()
        # sudo: res.users - the visitor's own
        if user.sudo()._is_public() or partner.email_normalized != vals["email_from"]:
            return nobody
        typed = self._phone_format(number=vals["phone"]) if vals["phone"] else False
        known = partner._phone_format(fname="phone") or partner.phone
        if typed and known and known not in (typed, vals["phone"]):
            return nobody
        company = self.env["res.company"].browse(vals["company_id"])
        owner = self.env["res.users"].browse(vals["user_id"] or [])
        team = self.env["crm.team"].browse(vals["team_id"] or [])
        fits = self._qualiopi_may_belong_to(company, owner, team, partner)
        return partner if fits else nobody

    def _qualiopi_note_visitor(self, request):
        """Link the pages that the same visitor has read, where they are recorded."""
        visitor = self.env["website.visitor"]._get_visitor_from_request()
        if visitor:
            # sudo: website.visitor - the visitor's own
            visitor.sudo().lead_ids = [(4, self.id)]

    def _qualiopi_remind_request(self):
        """Somebody answers: the responsible of the programme, or the company's; the
        disability referent hears of an adjustment.
        """
        company = self.company_id
        answers = self._qualiopi_first_reader(
            self.qualiopi_program_id.user_id,
            self.user_id,
            company._qualiopi_quality_user(),
        )
        self._qualiopi_ask(
            answers,
            lambda env: env._("Answer the request from the website"),
            lambda env: env._(
                "Ask for the need before a contract or an agreement is sent. Nothing "
                "was booked or charged."
            ),
        )
        contact = company.qualiopi_disability_contact_id
        referent = self._qualiopi_first_reader(*contact.user_ids)
        if self.qualiopi_adjustment == "yes" and referent:
            self._qualiopi_ask(
                referent,
                lambda env: env._("An adjustment is asked for"),
                lambda env: env._("Agree on it before the contract or agreement."),
            )

    def _qualiopi_ask(self, user, summary, note):
        """Make an activity, in the language of who is to do it."""
        reader = self.with_context(lang=self.company_id._qualiopi_lang(user))
        reader.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.env["qualiopi.framework"]._today(),
            summary=summary(reader.env),
            note=note(reader.env),
            user_id=user.id,
        )

    def _qualiopi_first_reader(self, *users):
        """:return: the first of these who may read this request, if any"""
        self.ensure_one()
        company = self.company_id
        for user in users:
            if (
                user.active
                and not user.share
                and company in user.company_ids
                and self.with_user(user)
                .with_context(allowed_company_ids=company.ids)
                .has_access("read")
            ):
                return user
        return self.env["res.users"]
