from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

# Never for the public, published or not.
CLOSED = (
    "qualiopi.program",
    "qualiopi.program.version",
    "qualiopi.program.objective",
    "event.registration",
    "survey.survey",
    "survey.user_input",
    "crm.lead",
)
# Words that only an unpublished text, or a learner's file, holds.
DRAFT, PERSON, SECRET = "Zibeline-brouillon", "Zibeline-stagiaire", "Zibeline-fichier"


@tagged("post_install", "-at_install")
class TestLeaks(HttpCase, ProgramCase):
    """A published programme opens its page to the public, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.company_id = cls.company
        cls.program.action_validate()
        cls.program.is_published = True
        cls.event = cls.new_event(
            day="2030-01-07",
            qualiopi_program_id=cls.program.id,
            is_published=True,
        )
        cls.learner = cls.env["event.registration"].create(
            {"event_id": cls.event.id, "name": PERSON, "email": "z@example.com"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": PERSON,
                "qualiopi_program_id": cls.program.id,
                "company_id": cls.company.id,
                "type": "lead",
            }
        )
        survey = cls.env["survey.survey"].create({"title": PERSON})
        cls.answer = cls.env["survey.user_input"].create({"survey_id": survey.id})
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "a.txt",
                "raw": SECRET.encode(),
                "res_model": "qualiopi.program",
                "res_id": cls.program.id,
            }
        )
        # a next version is being written: none of it is on the page
        cls.program.with_user(cls.manager).action_revise()
        cls.program.with_user(cls.manager).write(
            {
                "name": DRAFT,
                "resources": DRAFT,
                "objective_ids": [Command.create({"name": DRAFT})],
            }
        )

    def records(self):
        return (
            self.program,
            self.program.current_version_id,
            self.program.objective_ids[:1],
            self.learner,
            self.answer.survey_id,
            self.answer,
            self.lead,
            self.event,
            self.file,
        )

    def get(self, path):
        quiet = ["odoo.http", "odoo.addons.base.models.ir_binary"]
        if path.startswith("/website/search"):
            # core's own page of search results has an attribute too many
            quiet.append("odoo.addons.base.models.ir_qweb")
        with mute_logger(*quiet):
            return self.url_open(path)

    def assertClosed(self, response):
        for word in (DRAFT, PERSON, SECRET):
            self.assertNotIn(word, response.text)

    def test_page_is_there(self):
        """Else nothing below says anything."""
        response = self.get(self.program.website_url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Tableur", response.text)
        self.assertClosed(response)

    def test_pages_show_the_version_only(self):
        page = self.program.website_url
        for path in (
            "/formations",
            f"/formations?search={DRAFT}",
            f"{page}/demande",
            f"{page}/fiche.pdf",
            f"{page}?version=2",
            "/formations/resultats",
            "/sitemap.xml",
            f"/website/search?search={DRAFT}",
            self.event.website_url,
        ):
            response = self.get(path)
            with self.subTest(path=path):
                self.assertLess(response.status_code, 500)
                text = response.text.replace(f'value="{DRAFT}"', "")
                text = text.replace(f"search={DRAFT}", "").replace(f"“{DRAFT}”", "")
                self.assertNotIn(PERSON, text)
                self.assertNotIn(SECRET, text)
                if DRAFT not in path:
                    self.assertNotIn(DRAFT, text)

    def test_binary_and_html_fields(self):
        """Through both routes that core opens for what is published."""
        for record in self.records():
            names = [
                name
                for name, field in record._fields.items()
                if field.type in ("binary", "image", "html", "text", "char", "json")
            ]
            self.assertTrue(names)
            for name in names:
                for route in ("content", "image"):
                    path = f"/web/{route}/{record._name}/{record.id}/{name}"
                    with self.subTest(path=path):
                        response = self.get(path)
                        self.assertLess(response.status_code, 500)
                        self.assertClosed(response)

    def test_no_field_is_returned(self):
        """Core returns whatever is published: we say no."""
        public = self.env.ref("base.public_user")
        program = self.program.with_user(public)
        for name in program._fields:
            self.assertFalse(program._can_return_content(name), name)

    def test_public_and_portal_read_nothing(self):
        for user in (self.env.ref("base.public_user"), self.portal):
            for model in CLOSED:
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_calls(self):
        """Every public method that a portal user could call on what is published."""
        self.authenticate("q_portal", "q_portal")
        for record in self.records()[:-2]:
            for method, arguments in (
                ("read", [record.ids]),
                ("web_search_read", [[], {"display_name": {}}]),
                ("search_read", [[]]),
                ("export_data", [record.ids, ["display_name"]]),
            ):
                with (
                    self.subTest(model=record._name, method=method),
                    mute_logger("odoo.http"),
                    self.assertRaises(JsonRpcException),
                ):
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/{record._name}/{method}",
                        {
                            "model": record._name,
                            "method": method,
                            "args": arguments,
                            "kwargs": {},
                        },
                    )

    def test_unpublished_is_not_found(self):
        path = self.program.website_url
        for vals in ({"is_published": False}, {"active": False}):
            self.program.write(vals)
            with self.subTest(vals=vals):
                for tail in ("", "/demande", "/fiche.pdf"):
                    response = self.get(path + tail)
                    self.assertEqual(response.status_code, 404, path + tail)
                    self.assertNotIn("Tableur", response.text)
            self.program.write({"is_published": True, "active": True})
