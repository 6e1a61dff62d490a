from odoo.tests import tagged

from odoo.addons.http_routing.tests.common import MockRequest

from .page_common import CATALOGUE, PageCase


@tagged("post_install", "-at_install")
class TestCatalogue(PageCase):
    """Programmes found, filtered and shown page by page."""

    def test_card(self):
        self.coming(seats_limited=True, seats_max=4)
        (card,) = self.get(CATALOGUE).xpath("//article")
        text = self.text(card)
        for words in (
            "Tableur",
            "Construire un tableau croisé",
            "14 hours",
            "In person",
            "900.00",
            "4 places left",
        ):
            self.assertIn(words, text)
        self.assertEqual(card.xpath(".//a/@href"), [self.program.website_url])

    def test_only_what_is_published(self):
        self.new_program(name="Brouillon")
        hidden = self.new_program(name="Cachée")
        hidden.action_validate()
        gone = self.publish(self.new_program(name="Retirée"))
        gone.action_retire()
        self.assertEqual(self.titles(), ["Tableur"])

    def test_nothing_published(self):
        self.program.is_published = False
        page = self.get(CATALOGUE)
        self.assertIn("No programme is published yet", self.main(page))
        self.assertFalse(page.xpath("//main//form"))
        self.assertFalse(page.xpath("//main//a[contains(@href, '/odoo/')]"))
        self.authenticate("q_manager", "q_manager")
        page = self.get(CATALOGUE)
        self.assertTrue(page.xpath("//main//a[contains(@href, '/odoo/')]"))

    def test_nothing_found(self):
        page = self.get(f"{CATALOGUE}?search=introuvable")
        self.assertIn("No programme answers to all of this", self.main(page))
        self.assertEqual(
            page.xpath("//input[@name='search']/@value")[-1:], ["introuvable"]
        )

    def test_search(self):
        self.publish(self.new_program(name="Gérer un dépôt", audience="Magasiniers"))
        for words in ("depot", "DÉPÔT", "magasin+gerer"):
            self.assertEqual(
                self.titles(f"{CATALOGUE}?search={words}"), ["Gérer un dépôt"]
            )
        for words in ("100%25", "_", "' or 1=1", "(" * 500):
            self.assertEqual(self.titles(f"{CATALOGUE}?search={words}"), [], words)
        self.assertEqual(len(self.titles(f"{CATALOGUE}?search=%00")), 2)

    def test_filters(self):
        self.publish(self.new_certifying(name="Développeur", price=6000))
        long = self.new_program(
            "BC", name="Bilan", duration_hours=24, price=1800, teaching_mode="distance"
        )
        self.publish(long)
        lyon = self.env["res.partner"].create({"name": "Salle", "city": "Lyon"})
        self.coming(days=20, address_id=lyon.id)
        self.coming(days=120, program=long)
        for asked, found in (
            ("category=BC", ["Bilan"]),
            ("mode=distance", ["Bilan"]),
            ("certifying=yes", ["Développeur"]),
            ("certifying=no", ["Bilan", "Tableur"]),
            ("place=Lyon", ["Tableur"]),
            ("duration=week&category=BC", ["Bilan"]),
            ("price=1500", ["Tableur"]),
            ("price=more", ["Développeur"]),
            ("within=1", ["Tableur"]),
            ("within=6", ["Bilan", "Tableur"]),
            ("order=price", ["Tableur", "Bilan", "Développeur"]),
            ("order=date", ["Tableur", "Bilan", "Développeur"]),
            ("category=BC&certifying=yes", []),
        ):
            self.assertEqual(self.titles(f"{CATALOGUE}?{asked}"), found, asked)

    def test_garbage(self):
        for asked in (
            "category=XYZ",
            "mode=%27",
            "price=-1",
            "within=9999999999999999999",
            "duration=%00",
            "place=nulle+part",
            "certifying=maybe",
            "order=id;drop",
            "unknown=1&category=AFC&category=BC",
            "search=" + "x+" * 300,
        ):
            self.assertIn(self.titles(f"{CATALOGUE}?{asked}"), (["Tableur"], []), asked)

    def test_chosen_filters_can_be_removed(self):
        self.publish(self.new_program("BC", name="Bilan"))
        page = self.get(f"{CATALOGUE}?category=BC&search=bilan")
        links = page.xpath("//main//li/a[contains(., 'Remove the filter')]")
        self.assertEqual(
            [link.get("href") for link in links],
            [f"{CATALOGUE}?search=bilan", f"{CATALOGUE}?category=BC"],
        )
        self.assertEqual(
            page.xpath("//select[@name='category']/option[@selected]/@value"), ["BC"]
        )

    def test_pages(self):
        for number in range(14):
            self.publish(self.new_program(name=f"Formation {number:02}"))
        first = self.get(f"{CATALOGUE}?category=AFC")
        self.assertEqual(len(first.xpath("//article")), 12)
        self.assertFalse(first.xpath("//main//nav//a[@href='#']"))
        self.coming()
        self.publish(self.new_program("BC", name="Bilan"))
        first = self.get(f"{CATALOGUE}?category=AFC")
        self.assertIn(
            f"{CATALOGUE}/page/2?category=AFC", first.xpath("//main//nav//a/@href")
        )
        second = self.get(f"{CATALOGUE}/page/2?category=AFC")
        self.assertEqual(len(second.xpath("//article")), 3)
        positions = self.data(second)["ItemList"]["itemListElement"]
        self.assertEqual(positions[0]["position"], 13)
        for wrong in ("0", "-3", "99", "abc", "9" * 30):
            response = self.url_open(f"{CATALOGUE}/page/{wrong}?category=AFC")
            self.assertEqual(response.status_code, 200, wrong)
            self.assertIn("category=AFC", response.url)

    def test_search_engines(self):
        page = self.get(CATALOGUE)
        self.assertFalse(page.xpath("//meta[@name='robots']"))
        self.publish(self.new_program("BC", name="Bilan"))
        filtered = self.get(f"{CATALOGUE}?category=BC")
        self.assertEqual(
            filtered.xpath("//meta[@name='robots']/@content"), ["noindex,follow"]
        )
        (canonical,) = filtered.xpath("//link[@rel='canonical']/@href")
        self.assertTrue(canonical.endswith(CATALOGUE))

    def test_labels(self):
        page = self.get(CATALOGUE)
        fields = page.xpath("//main//form//*[self::select or self::input]/@id")
        self.assertTrue(fields)
        for name in fields:
            self.assertTrue(page.xpath(f"//main//form//label[@for='{name}']"), name)

    def test_websites_and_companies(self):
        second = self.env["website"].create(
            {"name": "Second", "company_id": self.company.id}
        )
        elsewhere = self.publish(self.new_program(name="Ailleurs"))
        elsewhere.website_id = second
        self.assertEqual(self.titles(), ["Tableur"])
        self.assertEqual(
            [card["name"] for card in self.program._catalogue(second, {})["cards"]],
            ["Ailleurs", "Tableur"],
        )
        third = self.env["website"].create(
            {"name": "Troisième", "company_id": self.other_company.id}
        )
        self.assertEqual(self.program._catalogue(third, {})["cards"], [])
        with self.assertRefused("Troisième"):
            elsewhere.website_id = third

    def test_french(self):
        self.program.action_revise()
        self.program.update_field_translations(
            "name", {"fr_FR": "Tableur", "en_US": "Spreadsheets"}
        )
        self.program.action_validate()
        self.assertEqual(self.titles(), ["Spreadsheets"])
        self.assertEqual(self.titles(f"/fr{CATALOGUE}"), ["Tableur"])

    def test_block_of_the_website_builder(self):
        self.new_program(name="Brouillon")
        block = self.env.ref("qualiopi_compliance_portal.snippet_filter_programs")
        template = (
            "qualiopi_compliance_portal.dynamic_filter_template_qualiopi_program_card"
        )

        def shown(**asked):
            asked = {
                "filter_id": block.id,
                "template_key": template,
                "limit": 3,
            } | asked
            answer = self.make_jsonrpc_request("/website/snippet/filters", asked)
            return "".join(answer)

        self.assertIn("Tableur", shown())
        self.assertNotIn("Brouillon", shown())
        hidden = self.new_program(name="Cachée")
        for key in (hidden.id, self.program.id):
            one = {"limit": 1, "res_model": "qualiopi.program", "res_id": key}
            self.assertEqual(shown(**one), "")
        self.program.is_published = False
        self.assertNotIn("Tableur", shown())

    def test_search_box_of_the_website(self):
        self.publish(self.new_program(name="Gérer un dépôt"))
        self.program.action_revise()
        self.program.name = "Zzyzxwq"

        def found(term):
            answer = self.make_jsonrpc_request(
                "/website/snippet/autocomplete",
                {
                    "search_type": "all",
                    "term": term,
                    "options": {
                        "allowFuzzy": True,
                        "displayDescription": True,
                        "displayDetail": True,
                        "displayExtraLink": True,
                        "displayExtraDetail": True,
                        "displayImage": True,
                    },
                },
            )
            urls = [row.get("website_url") for row in answer["results"]]
            return [url for url in urls if "/formations/" in str(url)]

        self.assertEqual(len(found("depot")), 1)
        self.assertIn(self.program.website_url, found("tableur"))
        self.assertEqual(found("zzyzxwq"), [])
        self.program.is_published = False
        self.assertNotIn(self.program.website_url, found("tableur"))

    def test_suggested_pages(self):
        with MockRequest(self.env, website=self.website):
            urls = [row[1] for row in self.website.get_suggested_controllers()]
        self.assertIn(CATALOGUE, [url.removeprefix("/fr") for url in urls])

    def test_menus(self):
        page = self.get("/")
        self.assertTrue(page.xpath("//header//a[@href='/formations']"))
