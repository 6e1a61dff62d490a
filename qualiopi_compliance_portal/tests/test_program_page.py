from datetime import date
from itertools import pairwise
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .page_common import PageCase

NOT_FOUND = "This programme is not in our catalogue"
SCRIPT = "</script><script>alert('x')</script>"


@tagged("post_install", "-at_install")
class TestProgramPage(PageCase):
    """What the page of a programme tells a prospect, and to whom it is shown."""

    def assertNotFound(self, url):
        page = self.get(url, 404)
        self.assertIn(NOT_FOUND, self.main(page))
        self.assertTrue(page.xpath("//main//a[contains(@href, '/formations')]"))

    # What it says

    def test_items_of_indicator_1_in_order(self):
        (column,) = self.page().xpath("//main//div[contains(@class, 'col-lg-8')]")
        text = self.text(column)
        places = [
            text.index(words)
            for words in (
                "Who it is for Salariés",
                "What you will be able to do Construire un tableau croisé",
                "Prerequisites None",
                "Duration and arrangement 14 hours",
                "Next sessions",
                "Price and funding",
                "Funding OPCO",
                "How to get a place Entretien",
                "Time to get a place Deux semaines",
                "Methods Études de cas",
                "Assessment Cas pratique",
                "What you hold in the end",
                "Results",
                "Accessibility for people with disabilities Salle accessible",
                "Contact Claire Morel",
                "(version 1)",
            )
        ]
        self.assertEqual(places, sorted(places))

    def test_version_only(self):
        self.program.action_revise()
        self.program.write({"name": "Secret", "audience": "Nouveau public"})
        self.program.objective_ids.name = "Autre objectif"
        source = self.url_open(self.program.website_url).text
        for words in ("Secret", "Nouveau public", "Autre objectif"):
            self.assertNotIn(words, source)
        self.assertIn("Tableur", source)
        self.program.action_validate()
        page = self.page()
        self.assertEqual(self.text(page.xpath("//h1")[0]), "Secret")
        self.assertIn("(version 2)", self.main(page))

    def test_languages(self):
        self.program.action_revise()
        self.program.update_field_translations(
            "audience", {"fr_FR": "Salariés", "en_US": "Employees"}
        )
        self.program.action_validate()
        self.assertIn("Employees", self.main(self.page()))
        french = self.main(self.get(f"/fr{self.program.website_url}"))
        self.assertIn("Salariés", french)
        self.assertNotIn("Employees", french)

    def test_sessions(self):
        self.coming(
            days=10, name="Libre", seats_limited=True, seats_max=4, address_id=False
        )
        self.coming(days=-10, name="Passée")
        self.coming(days=20, name="Cachée", is_published=False)
        self.coming(days=20, name="Sur lien", website_visibility="link")
        self.coming(days=20, name="Annulée", kanban_state="cancel")
        self.coming(days=20, name="Sous-traitée", qualiopi_principal_id=self.contact.id)
        (session,) = self.page().xpath("//*[@data-session]")
        text = self.text(session)
        self.assertIn("4 places left", text)
        self.assertIn("Online", text)
        (link,) = session.xpath(".//a")
        self.assertIn("/demande?session=", link.get("href"))
        self.assertIn("&kind=place", link.get("href"))

    def test_full_session(self):
        event = self.coming(seats_limited=True, seats_max=1)
        values = event._qualiopi_session_values()
        self.assertFalse(values["full"])
        patched = patch.object(
            type(event),
            "_qualiopi_session_values",
            lambda event: values | {"seats": 0, "full": True},
        )
        with patched:
            (session,) = self.page().xpath("//*[@data-session]")
        self.assertIn("full", self.text(session))
        self.assertIn("Join the waiting list", self.text(session))

    def test_days_in_french(self):
        events = self.env["event.event"].with_context(lang="fr_FR")
        first, last = date(2027, 2, 1), date(2027, 5, 28)
        self.assertIn("1er février 2027", events._qualiopi_days_text(first, last))
        self.assertEqual(events._qualiopi_days_text(last, last), "28 mai 2027")

    def test_no_session_no_price_no_result(self):
        bare = self.new_program(
            name="Sur mesure", price=0, price_note="Sur devis, selon l'effectif"
        )
        text = self.main(self.page(self.publish(bare)))
        self.assertIn("No date is set at present", text)
        self.assertIn("Sur devis, selon l'effectif", text)
        self.assertIn("No figures", text)

    def test_certification(self):
        certifying = self.publish(self.new_certifying(name="Développeur"))
        page = self.page(certifying)
        (block,) = page.xpath("//*[@data-item='certification']")
        text = self.text(block)
        for words in (
            "Concepteur web",
            "Ministère du travail",
            "01/15/2024",
            "Trois blocs",
            "Aucune",
            "Licence",
            "Agence web",
            "Award and presentation rates No figures yet",
        ):
            self.assertIn(words, text)
        (link,) = block.xpath(".//a")
        self.assertEqual(
            link.get("href"), "https://www.francecompetences.fr/recherche/rncp/37948/"
        )

    def test_vae_and_bc(self):
        vae = self.new_certifying(
            "VAE",
            name="VAE",
            vae_demands="Un dossier et un jury",
            vae_feasibility="Avis sous deux mois",
        )
        text = self.main(self.page(self.publish(vae)))
        self.assertIn("What the process asks of you Un dossier et un jury", text)
        self.assertIn("How your application is examined Avis sous deux mois", text)
        bc = self.publish(self.new_program("BC", name="Bilan"))
        self.assertNotIn("The certification", self.main(self.page(bc)))

    def test_disability_contact(self):
        self.company.qualiopi_disability_contact_id = self.contact
        (block,) = self.page().xpath("//*[@data-item='accessibility']")
        self.assertIn("Claire Morel", self.text(block))
        self.assertTrue(block.xpath(".//a[contains(@href, 'kind=adjustment')]"))

    def test_requests_not_enrolments(self):
        page = self.page()
        url = f"{self.program.website_url}/demande"
        for kind in ("place", "quote", "adjustment"):
            self.assertTrue(page.xpath(f"//main//a[@href='{url}?kind={kind}']"), kind)
        self.assertFalse(page.xpath("//main//form"))

    def test_scripts_are_words(self):
        program = self.new_program(
            name=f"Titre {SCRIPT}", audience=SCRIPT, methods=SCRIPT, contact_id=False
        )
        program.contact_id = self.env["res.partner"].create({"name": SCRIPT})
        program.objective_ids.name = f"Savoir {SCRIPT}"
        self.publish(program)
        response = self.url_open(program.website_url)
        self.assertNotIn("<script>alert", response.text)
        page = self.page(program)
        self.assertIn(SCRIPT, self.data(page)["Course"]["name"])

    def test_forty_objectives_and_right_to_left(self):
        program = self.new_program(
            name="דקדוק", objective_ids=[Command.clear()], audience="ع" * 400
        )
        program.objective_ids = [
            Command.create({"name": f"Savoir {number}"}) for number in range(40)
        ]
        page = self.page(self.publish(program))
        (block,) = page.xpath("//*[@data-item='objectives']")
        self.assertEqual(len(block.xpath(".//li")), 40)
        self.assertEqual(page.xpath("//h1/@dir"), ["auto"])

    def test_never_the_logo(self):
        source = self.url_open(self.program.website_url).text.lower()
        main = source[source.index("<main") : source.index("</main")]
        self.assertNotIn("qualiopi.png", main)
        self.assertNotIn("<img", main)

    def test_headings_and_landmarks(self):
        page = self.page()
        self.assertEqual(len(page.xpath("//h1")), 1)
        levels = [
            int(each.tag[1])
            for each in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")
        ]
        self.assertTrue(all(b - a <= 1 for a, b in pairwise(levels)))
        self.assertTrue(
            page.xpath("//main//nav[@aria-label]//ol/li[@aria-current='page']")
        )

    # Search engines

    def test_meta(self):
        page = self.page()
        self.assertEqual(
            page.xpath("//title/text()")[0], f"Tableur | {self.website.name}"
        )
        (description,) = page.xpath("//meta[@name='description']/@content")
        self.assertIn("14 hours", description)
        self.assertIn("Construire un tableau croisé", description)
        self.assertTrue(page.xpath("//meta[@property='og:image']/@content"))
        self.assertFalse(page.xpath("//meta[@name='robots']"))
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        self.assertTrue(canonical.endswith(self.program.website_url))

    def test_structured_data(self):
        self.coming(seats_limited=True, seats_max=4)
        data = self.data(self.page())
        course = data["Course"]
        self.assertEqual(course["name"], "Tableur")
        self.assertEqual(course["provider"]["name"], "Formation Lumière")
        self.assertEqual(course["offers"][0]["price"], "900")
        self.assertEqual(course["hasCourseInstance"][0]["courseWorkload"], "PT14H")
        steps = data["BreadcrumbList"]["itemListElement"]
        self.assertEqual([step["position"] for step in steps], [1, 2, 3])

    def test_sitemap(self):
        draft = self.new_program(name="Brouillon")
        self.env["ir.attachment"].search([("url", "=like", "/sitemap%")]).unlink()
        sitemap = self.url_open("/sitemap.xml").text
        self.assertIn(f"{self.program.website_url}<", sitemap)
        self.assertIn("/formations<", sitemap)
        self.assertNotIn(f"-{draft.id}<", sitemap)

    # Who sees it

    def test_not_found(self):
        self.assertNotFound("/formations/rien-du-tout")
        self.assertNotFound("/formations/tableur-999999999999999999999999")
        self.assertNotFound("/formations/-1")
        self.assertNotFound("/formations/%00")

    def test_unpublished_retired_archived(self):
        url = self.program.website_url
        self.program.is_published = False
        self.assertNotFound(url)
        self.program.is_published = True
        self.program.active = False
        self.assertNotFound(url)
        self.program.active = True
        self.get(url)
        self.program.action_retire()
        self.assertNotFound(url)

    def test_other_company_and_website(self):
        theirs = self.program.with_user(self.other_manager).create(
            self.sheet(name="Ailleurs", company_id=self.other_company.id)
            | {"contact_id": False}
        )
        theirs = theirs.with_env(self.env)
        theirs.contact_id = self.env["res.partner"].create({"name": "Ada"})
        self.publish(theirs)
        self.assertNotFound(theirs.website_url)
        second = self.env["website"].create(
            {"name": "Second", "company_id": self.company.id}
        )
        self.program.website_id = second
        self.assertNotFound(self.program.website_url)
        self.program.website_id = self.website
        self.page()

    def test_right_address(self):
        wrong = f"/formations/ancien-titre-{self.program.id}"
        response = self.url_open(wrong, allow_redirects=False)
        self.assertEqual(response.status_code, 301)
        self.assertTrue(response.headers["Location"].endswith(self.program.website_url))

    def test_preview(self):
        self.program.is_published = False
        users = self.portal | self.plain | self.other_manager | self.manager
        users.lang = "en_US"
        url = f"{self.program.website_url}?preview=1"
        self.assertNotFound(url)
        self.authenticate("q_portal", "q_portal")
        self.assertNotFound(url)
        self.authenticate("q_plain", "q_plain")
        self.assertNotFound(url)
        self.authenticate("q_other", "q_other")
        self.assertNotFound(url)
        self.authenticate("q_manager", "q_manager")
        page = self.get(url)
        self.assertIn("Preview", self.main(page))
        self.assertEqual(page.xpath("//meta[@name='robots']/@content"), ["noindex"])
        self.assertNotFound(self.program.website_url)

    # The sheet as a file

    def test_sheet(self):
        url = f"{self.program.website_url}/fiche.pdf"
        kinds = type(self.env["ir.actions.report"])
        state = patch.object(kinds, "get_wkhtmltopdf_state", lambda self: "ok")
        made = []

        def render(report, ref, ids, **kwargs):
            made.append((ids, report.env.lang, report.env.uid))
            return b"%PDF-1.4 sheet", "pdf"

        with state, patch.object(kinds, "_render_qweb_pdf", render):
            for _time in range(2):
                response = self.url_open(url)
                self.assertEqual(response.content, b"%PDF-1.4 sheet")
            self.assertEqual(response.headers["X-Robots-Tag"], "noindex")
            self.assertEqual(len(made), 1)
            self.program.is_published = False
            self.assertNotFound(url)
            self.program.is_published = True
            self.url_open(f"/fr{url}")
            self.assertEqual([lang for _ids, lang, _uid in made], ["en_US", "fr_FR"])
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "qualiopi.program.version"),
                ("mimetype", "like", "pdf"),
            ]
        )
        mine = files.filtered(lambda file: file.raw == b"%PDF-1.4 sheet")
        self.assertEqual(len(mine), 2)
        self.assertFalse(any(mine.mapped("public")))
        self.assertEqual(self.url_open(f"/web/content/{mine[0].id}").status_code, 404)

    def test_sheet_of_server_that_cannot_print(self):
        kinds = type(self.env["ir.actions.report"])
        state = patch.object(kinds, "get_wkhtmltopdf_state", lambda self: "install")
        with state:
            self.assertFalse(self.page().xpath("//a[contains(@href, 'fiche.pdf')]"))
            self.assertNotFound(f"{self.program.website_url}/fiche.pdf")
