from unittest.mock import patch

from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .publication_common import PublicationCase

URL = "/formations/resultats"


@tagged("post_install", "-at_install")
class TestPublicationPage(HttpCase, PublicationCase):
    """What visitors read: what was published, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        english = cls.env["res.lang"]._lang_get("en_US")
        french = cls.env["res.lang"]._lang_get("fr_FR")
        cls.website.write(
            {
                "company_id": cls.company.id,
                "default_lang_id": english.id,
                "language_ids": [(6, 0, (english | french).ids)],
            }
        )
        cls.company.write(
            {
                "email": "hello@lumiere.example",
                "phone": "04 00 00 00 00",
            }
        )
        # the sheet says little: it is the results that are read here
        cls.startClassPatcher(
            patch.object(type(cls.program), "_check_page", lambda programs: None)
        )
        cls.program.is_published = True

    def read(self, url=URL):  # pylint: disable=method-required-super
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.text)

    def words(self, page):
        return " ".join(page.xpath("//div[@id='wrap']")[0].text_content().split())

    def test_nothing_published_is_said_with_who_to_ask(self):
        self.new_results()
        words = self.words(self.read())
        self.assertIn("No figures are published yet", words)
        self.assertIn("every 12 months", words)
        self.assertIn("hello@lumiere.example", words)
        # what is proposed is nobody's business
        self.assertNotIn("80 %", words)

    def test_each_rate_with_headcount_period_date_and_method(self):
        self.published()
        page = self.read()
        words = self.words(page)
        for said in (
            "1 October 2025",
            "30 September 2026",
            "23 November 2026",
            "80 %",
            "4 of 5",
            "Learners: 6.",
            "divided by the learners asked",
            "No data yet",
        ):
            with self.subTest(said=said):
                self.assertIn(said, words)
        link = page.xpath("//table//a[text()='Spreadsheets']/@href")
        self.assertEqual(link, [self.program.website_url])
        self.assertNotIn("updated", words)

    def test_accessible_tables(self):
        self.published()
        page = self.read()
        tables = page.xpath("//div[@id='wrap']//table")
        self.assertEqual(len(tables), 2)
        for table in tables:
            self.assertTrue(table.xpath("./caption"))
            self.assertTrue(table.xpath(".//th[@scope='col']"))
            self.assertTrue(table.xpath(".//th[@scope='row']"))
        self.assertEqual(len(page.xpath("//h1")), 1)
        self.assertTrue(page.xpath("//h2"))
        self.assertFalse(page.xpath("//img[contains(@src, 'qualiopi')]"))
        self.assertTrue(page.xpath("//link[@rel='canonical']/@href")[0].endswith(URL))

    def test_older_than_promised_stays_and_says_so(self):
        self.published("2025-06-02")
        with self.on("2026-11-23"):
            results = self.company._qualiopi_published_results()
        self.assertTrue(results["updating"])
        self.assertIn("being updated", results["updating_text"])
        words = self.words(self.read())
        self.assertIn("being updated", words)
        self.assertIn("2 June 2025", words)

    def test_in_french(self):
        self.published()
        page = self.read(f"/fr{URL}")
        self.assertIn("4 sur 5", self.words(page))

    def test_a_new_language_of_the_visitor_is_that_of_the_day(self):
        self.published()
        line = self.program.with_context(lang="fr_FR")._page_results()
        self.assertEqual(line["period"], "1er octobre 2025 – 30 septembre 2026")

    def test_results_of_the_website_s_company_only(self):
        self.published()
        self.website.company_id = self.other_company
        words = self.words(self.read())
        self.assertIn("No figures are published yet", words)
        self.assertNotIn("Spreadsheets", words)

    def test_no_link_to_a_programme_that_is_not_published(self):
        self.published()
        self.program.is_published = False
        page = self.read()
        self.assertIn("Spreadsheets", self.words(page))
        self.assertFalse(page.xpath("//table//a[text()='Spreadsheets']"))

    def test_in_the_site_map(self):
        self.env["ir.attachment"].search([("url", "=like", "/sitemap%")]).unlink()
        self.assertIn(URL, self.url_open("/sitemap.xml").text)

    def test_garbage_changes_nothing(self):
        self.published()
        self.read(f"{URL}?page=-1&company=2&lang=<script>")
        self.assertEqual(self.url_open(f"{URL}/12").status_code, 404)

    def test_programme_page_reads_what_is_published(self):
        proposed = self.new_results()
        self.assertIsNone(self.program.sudo()._page_results())
        self.publish(proposed)
        found = self.program.sudo()._page_results()
        self.assertEqual(str(found["published_on"]), "2026-11-23")
        self.assertFalse(found["updating"])
        self.assertIsNone(found["scheme"])
        rates = {rate["code"]: rate for rate in found["rates"]}
        self.assertEqual(rates["satisfaction"]["value"], "80 %")
        self.assertEqual(
            set(rates["satisfaction"]),
            {
                "code",
                "label",
                "state",
                "value",
                "counts",
                "note",
                "population",
                "method",
            },
        )

    def test_neither_what_is_proposed_nor_what_was_replaced(self):
        self.published("2026-06-10", first="2025-01-01", last="2026-03-31")
        self.published("2026-11-23", first="2026-01-01", last="2026-09-30")
        self.new_results("2026-11-24", first="2026-02-01", last="2026-10-31")
        for found in (
            self.program.sudo()._page_results(),
            self.company._qualiopi_published_results(),
        ):
            self.assertEqual(str(found["first"]), "2026-01-01")

    def test_apprenticeship_links_to_inserjeunes(self):
        apprentices = self.new_program(
            name="Apprentices", category_id=self.category("CFA").id
        )
        self.new_version(apprentices)
        found = apprentices._page_results()
        self.assertEqual(found["scheme"]["name"], "InserJeunes")
        self.assertEqual(found["rates"], [])
        apprentices.is_published = True
        page = self.read()
        self.assertTrue(page.xpath("//a[contains(@href, 'inserjeunes.education')]"))
        self.published()
        page = self.read()
        self.assertTrue(page.xpath("//a[contains(@href, 'inserjeunes.education')]"))

    def test_scheme_of_a_programme(self):
        with self.assertRefused("not the address"):
            self.program.write(
                {"scheme_name": "Trap", "scheme_url": "javascript:alert(1)"}
            )
        for url in ("ftp://x.example", "https://", "www.example.com", "https://[", "x"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.program.write({"scheme_name": "Trap", "scheme_url": url})
        with self.assertRefused("both the name"):
            self.program.write({"scheme_name": "Alone"})
        self.program._set_state("validated")
        # it is not on the sheet: it may change
        self.program.write(
            {"scheme_name": "Anotéa", "scheme_url": "https://anotea.example/x"}
        )
        found = self.program._page_results()
        self.assertEqual(found["scheme"]["url"], "https://anotea.example/x")

    def test_nothing_is_counted_for_visitors(self):
        self.published()
        company = self.company.sudo()
        program = self.program.sudo()
        self.env.cr.execute("SELECT 1")
        asked = []
        execute = type(self.env.cr).execute

        def watch(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", watch)
        self.forget()
        company._qualiopi_published_results()
        program._page_results()
        self.assertTrue(asked)
        for table in ("event_registration", "survey_user_input", "event_event"):
            self.assertFalse([query for query in asked if table in query])

    def test_queries_do_not_grow_with_the_data(self):
        self.published()
        few = self.queries(self.company.sudo()._qualiopi_published_results)
        one = self.queries(self.program.sudo()._page_results)
        for number in range(10):
            program = self.new_program(name=f"Programme {number}")
            self.new_version(program)
            program.is_published = True
            session = self.new_session(qualiopi_program_id=program.id)
            self.give(session, self.new_learners(session, 2), (5, 4))
        self.published("2026-11-24")
        self.assertLessEqual(
            self.queries(self.company.sudo()._qualiopi_published_results), few
        )
        self.assertLessEqual(self.queries(self.program.sudo()._page_results), one)
        self.assertLessEqual(one, 6)
