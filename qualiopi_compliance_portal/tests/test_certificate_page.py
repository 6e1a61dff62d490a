from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.tests.cycle_common import LAST_DAY

from .certificate_common import CertificateCase, image

MENTION = (
    "La certification qualité a été délivrée au titre de la ou des catégories "
    "d'actions suivantes : "
)
AFC, BC, VAE = (
    "actions de formation",
    "bilans de compétences",
    "actions permettant de valider les acquis de l'expérience",
)


def words(node):
    return " ".join(node.text_content().split())


@tagged("post_install", "-at_install")
class TestCertificatePage(CertificateCase):
    """What the page claims on a day, and what it no longer claims."""

    def tree(self, **kwargs):
        return html.fromstring(self.get(**kwargs).text)

    def mentions(self, tree):
        return [
            words(node)
            for node in tree.xpath("//*[@id='wrap']//*[@lang='fr']")
            if words(node).startswith("La certification")
        ]

    # What is shown

    def test_valid_certificate_says_all_there_is(self):
        self.lyon.partner_id = self.env["res.partner"].create(
            {"name": "Lyon", "city": "Villeurbanne"}
        )
        cycle = self.shown()
        tree = self.tree()
        [card] = tree.xpath("//article")
        for said in ("C-1", "Bureau Zibeline", "March 12, 2026", "March 11, 2029"):
            self.assertIn(said, words(card))
        self.assertIn("Lyon, Villeurbanne", words(card))
        self.assertIn("Paris", words(card))
        [copy] = card.xpath(".//a/@href")
        self.assertEqual(copy, f"/qualiopi/certificat/{cycle.id}")
        self.assertEqual(self.mentions(tree), [MENTION + BC])
        [canonical] = tree.xpath("//link[@rel='canonical']/@href")
        self.assertTrue(canonical.endswith("/qualiopi"))
        self.assertFalse(tree.xpath("//meta[@name='robots']"))

    def test_closed_site_is_not_named(self):
        self.shown()
        self.lyon.closed_on = "2026-11-22"
        [card] = self.tree().xpath("//article")
        self.assertNotIn("Lyon", words(card))
        self.assertIn("Paris", words(card))

    def test_logo_has_its_text_and_the_mention_beside(self):
        self.shown()
        [figure] = self.tree().xpath("//figure")
        [logo] = figure.xpath(".//img")
        self.assertEqual(logo.get("src"), "/qualiopi/logo")
        self.assertIn("processus certifié", logo.get("alt"))
        [caption] = figure.xpath("./figcaption")
        self.assertEqual(words(caption), MENTION + BC)
        # its proportions are its own
        self.assertIn("h-auto", logo.get("class"))

    def test_logo_is_given_byte_for_byte(self):
        self.shown()
        answer = self.get("/qualiopi/logo")
        self.assertEqual(answer.content, self.logo)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("no-cache", answer.headers["Cache-Control"])

    def test_without_logo_the_mention_stays(self):
        self.shown()
        self.company.qualiopi_logo = False
        tree = self.tree()
        self.assertFalse(tree.xpath("//img[contains(@src, '/qualiopi')]"))
        self.assertEqual(self.mentions(tree), [MENTION + BC])
        self.assertEqual(self.get("/qualiopi/logo").status_code, 404)

    def test_logo_never_stands_without_the_mention(self):
        cycle = self.shown()
        cycle.category_ids = [Command.clear()]
        tree = self.tree()
        self.assertFalse(tree.xpath("//figure"))
        self.assertEqual(self.get("/qualiopi/logo").status_code, 404)

    def test_several_categories_are_all_in_the_mention(self):
        cycle = self.shown()
        cycle.category_ids = self.category("VAE") | self.category("AFC")
        self.assertEqual(self.mentions(self.tree()), [f"{MENTION}{AFC}, {VAE}"])

    def test_extension_is_in_the_mention_at_once(self):
        cycle = self.shown()
        cycle.category_ids += self.category("AFC")
        self.assertEqual(self.mentions(self.tree()), [f"{MENTION}{AFC}, {BC}"])

    def test_certificates_at_the_same_time_share_the_logo(self):
        self.shown()
        self.shown(number="C-2", code="AFC", first="2026-06-01")
        tree = html.fromstring(self.assertClaimed("C-1", "C-2").text)
        self.assertEqual(len(tree.xpath("//figure")), 1)
        self.assertEqual(
            sorted(self.mentions(tree)),
            sorted([f"{MENTION}{AFC}, {BC}", MENTION + AFC, MENTION + BC]),
        )

    def test_mention_is_french_in_every_language(self):
        self.shown()
        # only the pages of the website's own domain name the other languages
        self.env["ir.config_parameter"].set_param("web.base.url", self.base_url())
        alternates = self.tree().xpath("//link[@rel='alternate'][@hreflang]/@href")
        french = f"/{self.lang_fr.url_code}/qualiopi"
        self.assertIn(french, [url.removeprefix(self.base_url()) for url in alternates])
        for path in ("/qualiopi", french):
            with self.subTest(path=path):
                tree = html.fromstring(self.get(path).text)
                self.assertEqual(self.mentions(tree), [MENTION + BC])

    def test_declaration_number_only_as_the_law_words_it(self):
        self.shown()
        number = self.company.qualiopi_nda
        said = (
            f"Enregistrée sous le numéro {number}. Cet enregistrement ne vaut pas "
            "agrément de l'Etat."
        )
        [wrap] = self.tree().xpath("//*[@id='wrap']")
        self.assertIn(said, words(wrap))
        self.assertEqual(words(wrap).count(number), 1)
        self.company.qualiopi_nda = False
        [wrap] = self.tree().xpath("//*[@id='wrap']")
        self.assertNotIn("Enregistrée", words(wrap))

    def test_copy_is_told_by_its_content(self):
        for content, mimetype in (
            (image("PNG"), "image/png"),
            (image("JPEG"), "image/jpeg"),
        ):
            cycle = self.shown(content, "certificat.pdf", code="VAE", number="C-3")
            answer = self.get(f"/qualiopi/certificat/{cycle.id}")
            self.assertEqual(answer.content, content)
            self.assertEqual(answer.headers["Content-Type"], mimetype)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            cycle.action_archive()

    def test_copy_replaced_by_a_page_is_not_given(self):
        cycle = self.shown()
        cycle.website_copy_id.raw = b"<html><script>alert(1)</script></html>"
        self.assertEqual(self.get(f"/qualiopi/certificat/{cycle.id}").status_code, 404)
        self.assertFalse(self.tree().xpath("//article//a"))

    # What is no longer claimed

    def test_no_certificate(self):
        self.assertNothingClaimed()

    def test_way_out_of_an_empty_page(self):
        tree = html.fromstring(self.assertNothingClaimed().text)
        [way] = tree.xpath("//*[@id='wrap']//a/@href")
        self.assertEqual(way, "/formations")

    def test_insider_is_told_why_nobody_else(self):
        why = "Visitors do not read this paragraph"
        self.assertNotIn(why, self.get().text)
        self.manager.password = self.manager.login
        self.authenticate(self.manager.login, self.manager.login)
        self.assertIn(why, self.get().text)

    def test_last_day_ends_at_midnight_in_paris(self):
        cycle = self.shown()
        # 23:59 in Paris
        self.assertClaimed("C-1", instant=f"{LAST_DAY} 22:59:00")
        # 00:30 of the next day in Paris, the same day still in UTC
        self.assertNothingClaimed(cycle, f"{LAST_DAY} 23:30:00")

    def test_first_day_begins_at_midnight_in_paris(self):
        cycle = self.shown()
        self.assertNothingClaimed(cycle, "2026-03-11 22:59:00")
        # 00:30 of the first day in Paris, the day before in UTC
        self.assertClaimed("C-1", instant="2026-03-11 23:30:00")

    def test_suspended_then_reinstated(self):
        cycle = self.shown()
        self.decide(cycle, "suspended", "2026-11-20")
        self.assertNothingClaimed(cycle)
        self.decide(cycle, "certified", "2026-11-23")
        self.assertClaimed("C-1")

    def test_withdrawn(self):
        cycle = self.shown()
        self.decide(cycle, "withdrawn", "2026-11-20")
        self.assertNothingClaimed(cycle)

    def test_transferred_is_claimed_by_the_new_certifier_only(self):
        cycle = self.shown()
        cycle.write(
            {"transferred_on": "2026-11-20", "transferred_to_id": self.certifier.id}
        )
        self.assertNothingClaimed(cycle)
        self.shown(number="C-2", first="2026-11-20", transfer_of_id=cycle.id)
        self.assertClaimed("C-2")

    def test_days_without_a_decision_claim_nothing(self):
        cycle = self.shown()
        for stage in ("initial_audit", "corrections", "refused", "suspended"):
            cycle._set_stage(stage)
            with self.subTest(stage=stage):
                self.assertNothingClaimed(cycle)

    def test_archived_by_mistake_claims_nothing(self):
        cycle = self.shown()
        cycle.action_archive()
        self.assertNothingClaimed(cycle)

    def test_other_company_claims_nothing(self):
        cycle = self.shown()
        self.website.company_id = self.other_company
        self.assertNothingClaimed(cycle)

    def test_address_with_nonsense(self):
        self.shown()
        for path in ("certificat/0", "certificat/999999999", "certificat/x", "x"):
            with self.subTest(path=path):
                self.assertEqual(self.get(f"/qualiopi/{path}").status_code, 404)
        self.assertEqual(self.get("/qualiopi?x=<script>").status_code, 200)
