from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools.json import scriptsafe
from odoo.tools.translate import LazyTranslate

from ..structured_data import breadcrumb, course, item_list

_lt = LazyTranslate(__name__)

CATALOGUE = "/formations"
FILTERS = (
    "search",
    "category",
    "mode",
    "certifying",
    "place",
    "duration",
    "price",
    "within",
    "order",
)


def sitemap_catalogue(env, rule, qs):
    """The catalogue and the page of each programme published on this website."""
    website = env["website"].get_current_website()
    Program = env["qualiopi.program"].sudo()
    if not qs or qs.lower() in CATALOGUE:
        yield {"loc": CATALOGUE}
    for program in Program.search(Program._public_domain(website)):
        loc = program.website_url
        if not qs or qs.lower() in loc:
            yield {"loc": loc, "lastmod": program.current_version_id.validated_on}


class CatalogueController(http.Controller):
    """The catalogue and the pages of programmes.

    Everything is read with superuser rights by methods that return plain values of
    what is published: visitors have no rights on programmes.
    """

    # a number of page that is none is the first one, not an error
    @http.route(
        [CATALOGUE, f"{CATALOGUE}/page/<string:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=sitemap_catalogue,
        list_as_website_content=_lt("Programmes"),
    )
    def catalogue(self, page="1", **asked):
        asked = {name: asked[name] for name in FILTERS if asked.get(name)}
        number = int(page) if page.isdecimal() and len(page) < 10 else 1
        programs = request.env["qualiopi.program"]
        values = programs._catalogue(request.website, asked, number)
        values["pager"] = request.website.pager(
            url=CATALOGUE,
            url_args=values["chosen"],
            total=values["total"],
            page=values["page"],
            step=values["step"],
        )
        if page != str(values["page"]):
            return request.redirect(values["pager"]["page"]["url"])
        values |= programs._catalogue_texts(values)
        first = (values["page"] - 1) * values["step"] + 1
        values["structured_data"] = self._script(
            breadcrumb(self._steps(), self._base()),
            item_list(values["cards"], self._base(), first),
        )
        return request.render("qualiopi_compliance_portal.catalogue", values)

    @http.route(
        f"{CATALOGUE}/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def program(self, slug, preview=None, **kwargs):
        program = self._shown(slug, preview)
        if not program:
            return self._not_found()
        if program.website_url != f"{CATALOGUE}/{slug}":
            args = "?preview=1" if preview else ""
            return request.redirect(program.website_url + args, code=301)
        page = program._page()
        return request.render(
            "qualiopi_compliance_portal.program",
            {
                "page": page,
                "texts": {row["code"]: row["lines"] for row in page["rows"]},
                "main_object": program,
                "additional_title": page["name"],
                "preview": bool(preview),
                "structured_data": self._program_data(page),
                "can_print": program._can_print_sheet(),
            },
        )

    @http.route(
        f"{CATALOGUE}/<string:slug>/fiche.pdf",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def program_sheet(self, slug, preview=None, **kwargs):
        program = self._shown(slug, preview)
        if not program or not program._can_print_sheet():
            return self._not_found()
        name, content = program._public_sheet()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name, "inline")),
                ("X-Robots-Tag", "noindex"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _program(self, slug):
        """:raise NotFound: when there is nothing that this visitor may see"""
        program = request.env["qualiopi.program"]._find_public(request.website, slug)
        if not program:
            raise NotFound
        return program

    def _shown(self, slug, preview=None):
        """:param preview: whether somebody of the staff asks to see it beforehand
        :return: the programme that this visitor may see, empty for none
        """
        programs = request.env["qualiopi.program"]
        program = programs._find_public(request.website, slug)
        if not program and preview:
            program = programs._find_preview(slug)
        return program

    def _not_found(self):
        """Our own page: it leads on, to the catalogue."""
        return request.render("qualiopi_compliance_portal.not_found", {}, status=404)

    def _program_data(self, page):
        base = self._base()
        steps = [*self._steps(), (page["name"], page["url"])]
        lang = request.website.default_lang_id.code.partition("_")[0]
        return self._script(course(page, base, lang), breadcrumb(steps, base))

    def _steps(self):
        return [
            (request.env._("Home"), "/"),
            (request.env._("Programmes"), CATALOGUE),
        ]

    def _base(self):
        """:return: address of the website in the language of the visitor"""
        lang = request.env["ir.http"]._url_for("/").rstrip("/")
        return request.website.get_base_url().rstrip("/") + lang

    def _script(self, *data):
        # what scripts must not contain is escaped by scriptsafe
        return Markup(scriptsafe.dumps(list(data), ensure_ascii=False))
