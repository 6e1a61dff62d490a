import time
from secrets import token_hex

from psycopg2.errors import UniqueViolation
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import mute_logger
from odoo.tools.misc import hash_sign, hmac, verify_hash_signed

from ..models.catalogue.request_form import RequestForm

SCOPE = "qualiopi-request"
# A page left open longer is sent again, with all that was typed.
OPEN_HOURS = 24
# Nobody fills in the form faster; filled in by a browser, it is sent again.
LEAST_SECONDS = 3
# Bytes of a whole form: no file gets near the database.
MOST_BYTES = 128 * 1024
# Hidden from people; whoever fills it in reads the page as a robot does.
TRAP = "fax_number"
ASKED = "qualiopi_request"
# Seconds after which there is room again at the latest.
HOUR = 3600


class RequestController(http.Controller):
    """The form that asks for a place, a quote or an adjustment.

    It makes a request that a person answers: nobody is enrolled or charged by it.
    Works without JavaScript; whatever goes wrong, all that was typed comes back.
    """

    @http.route(
        "/formations/<string:slug>/demande",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def request_form(self, slug, kind="", session="", **kwargs):
        program = self._program(slug)
        address = f"{program.website_url}/demande"
        if program.website_url != f"/formations/{slug}":
            return request.redirect_query(
                address, {"kind": kind, "session": session}, code=301
            )
        form = self._form(program, self._preset(kind, session))
        notice = ""
        if session and session not in dict(form.choices["session"]):
            form.typed["session"] = ""
            notice = request.env._(
                "The session that you chose can no longer be asked for. Choose another "
                "one below, or tell us when you are free."
            )
        return self._show(program, form, self._token(program), notice=notice)

    @http.route(
        "/formations/<string:slug>/demande",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MOST_BYTES,
    )
    def request_send(self, slug, **sent):
        program = self._program(slug)
        form = self._form(program, sent)
        token = sent.get("token")
        nonce, warning = self._read_token(program, token)
        if not nonce:
            token = self._token(program)
        right = form.check()
        warning = warning or self._refused(sent)
        if warning or not right:
            return self._show(program, form, token, warning=warning, status=422)
        asked = hmac(request.env(su=True), SCOPE, [nonce, *sorted(form.typed.items())])
        if not self._known(asked):
            if not self._allowed(form.values["email"], asked):
                return self._too_many(program, form, token)
            self._make(program, form, asked)
        request.session[ASKED] = {"program": program.id, "email": form.values["email"]}
        return request.redirect(f"{program.website_url}/demande/merci", code=303)

    @http.route(
        "/formations/<string:slug>/demande/merci",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def request_thanks(self, slug, **kwargs):
        program = self._program(slug)
        asked = request.session.get(ASKED) or {}
        if asked.get("program") != program.id:
            return request.redirect(f"{program.website_url}/demande")
        return request.render(
            "qualiopi_compliance_portal.request_thanks",
            {"page": self._page(program), "email": asked.get("email")},
        )

    # What the form is about

    def _program(self, slug):
        """:raise NotFound: when there is nothing that this visitor may see"""
        program = request.env["qualiopi.program"]._find_public(request.website, slug)
        if not program:
            raise NotFound
        return program

    def _page(self, program):
        content = program.current_version_id._read_content()
        return program._card_values(content) | {"company": program._page_company()}

    def _choices(self, program):
        """:return: name -> pairs of a value and its label"""
        events = request.env["event.event"]
        sessions = events._qualiopi_public_sessions(request.website, program)
        # sudo: crm.lead - the words that can be chosen
        leads = request.env["crm.lead"].sudo()
        return {
            "kind": self._kinds(),
            "session": [
                (str(row["id"]), self._session_label(row))
                for row in sessions.get(program.id, ())
            ],
            "funding": leads._fields["qualiopi_funding"]._description_selection(
                leads.env
            ),
            "adjustment": self._answers(),
        }

    # brackets around a text and its translation would have both translated

    def _kinds(self):
        kinds = {
            "place": request.env._("Ask for a place"),
            "quote": request.env._("Ask for a quote"),
            "adjustment": request.env._("Ask about an adjustment"),
        }
        return list(kinds.items())

    def _answers(self):
        answers = {"yes": request.env._("Yes"), "no": request.env._("No")}
        return list(answers.items())

    def _session_label(self, row):
        place = request.env._("online") if row["online"] else row["place"]
        label = ", ".join(filter(None, (row["days_text"], place)))
        if not row["full"]:
            return label
        return request.env._("%(session)s (full: waiting list)", session=label)

    def _form(self, program, sent):
        return RequestForm(
            request.env,
            sent,
            self._choices(program),
            request.env["qualiopi.framework"]._today(),
        )

    def _preset(self, kind, session):
        """:return: what the page that leads here says, and who is logged in"""
        values = {
            "kind": kind if kind in dict(self._kinds()) else "place",
            "learners": "1",
        }
        if kind == "adjustment":
            values["adjustment"] = "yes"
        if isinstance(session, str):
            values["session"] = session
        user = request.env.user
        if not user._is_public():
            # sudo: res.partner - the visitor's own
            partner = user.partner_id.sudo()
            values |= {
                "contact_name": partner.name or "",
                "email": partner.email_normalized or "",
                "phone": partner.phone or "",
                "organisation": partner.commercial_company_name or "",
            }
        return values

    # What keeps robots out

    def _token(self, program):
        return hash_sign(
            request.env(su=True),
            SCOPE,
            [program.id, token_hex(16), int(time.time())],
            expiration_hours=OPEN_HOURS,
        )

    def _read_token(self, program, token):
        """:return: what is unique of the form sent, "" when it is not one of ours;
        and what to tell who sent it
        """
        again = request.env._(
            "This page was open for too long: check what you typed, then send it again."
        )
        try:
            signed = verify_hash_signed(request.env(su=True), SCOPE, token or "")
        except ValueError:
            signed = None
        if not signed or signed[0] != program.id:
            return "", again
        if time.time() - signed[2] < LEAST_SECONDS:
            return signed[1], request.env._(
                "That was very fast: check what you typed, then send it again."
            )
        return signed[1], ""

    def _refused(self, sent):
        """:return: why the form as a whole is not taken, "" when it is"""
        if request.httprequest.files:
            return request.env._(
                "No file can be sent with this form: send it without, then give us the "
                "file when we answer."
            )
        if sent.get(TRAP):
            return request.env._(
                "A field that stays empty was filled in: check what you typed, then "
                "send it again."
            )
        try:
            request.env["ir.http"]._verify_request_recaptcha_token(SCOPE)
        except UserError as error:
            return str(error)
        return ""

    def _known(self, asked):
        """:return: whether this very form has made its request already"""
        # sudo: crm.lead - whether it exists
        leads = request.env["crm.lead"].sudo().with_context(active_test=False)
        return bool(leads.search_count([("qualiopi_request_token", "=", asked)]))

    def _allowed(self, email, asked):
        return request.env["qualiopi.request.count"]._allow(
            request.website, self._address(), email, asked
        )

    def _address(self):
        return request.httprequest.remote_addr

    def _make(self, program, form, asked):
        values = {**form.values, "lang": request.env.lang}
        try:
            with mute_logger("odoo.sql_db"), request.env.cr.savepoint():
                request.env["crm.lead"]._qualiopi_request(
                    program, values, request, token=asked, page=program.website_url
                )
        except UniqueViolation as error:
            if error.diag.constraint_name != "crm_lead_qualiopi_request_token_uniq":
                raise
            # sent twice at the same moment: the other one has made it

    # What is shown

    def _too_many(self, program, form, token):
        warning = request.env._(
            "Too many requests were sent from your network, or with this e-mail "
            "address, within an hour: nothing was sent this time. What you typed is "
            "still below: send it again later, or call us."
        )
        response = self._show(program, form, token, warning=warning, status=429)
        response.headers["Retry-After"] = str(HOUR)
        return response

    def _show(self, program, form, token, notice="", warning="", status=200):
        values = {
            "page": self._page(program),
            "typed": form.typed,
            "errors": form.errors,
            "problems": form.problems(),
            "choices": form.choices,
            "token": token,
            "trap": TRAP,
            "captcha": SCOPE,
            "notice": notice,
            "warning": warning,
            "privacy_url": self._privacy_url(),
            "today": form.today.isoformat(),
        }
        response = request.render("qualiopi_compliance_portal.request_form", values)
        response.status_code = status
        # what was typed is nobody else's to read
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def _privacy_url(self):
        """:return: address of the privacy policy, "" when there is none"""
        # sudo: website.page - whether it is published
        pages = request.env["website.page"].sudo()
        domain = [
            ("url", "=", "/privacy"),
            ("website_published", "=", True),
            ("website_id", "in", (False, request.website.id)),
        ]
        return "/privacy" if pages.search_count(domain, limit=1) else ""
