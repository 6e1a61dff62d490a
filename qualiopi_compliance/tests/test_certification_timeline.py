from lxml import html

from odoo.tests import tagged

from .cycle_common import CycleCase


@tagged("post_install", "-at_install")
class TestTimeline(CycleCase):
    def lines(self, cycle):
        """:return: list of (days, text) as they are read out"""
        self.forget()
        tree = html.fromstring(str(cycle.timeline))
        return [
            (
                tuple(node.get("datetime") for node in item.iter("time")),
                " ".join(item.text_content().split()),
            )
            for item in tree.xpath("//ol/li")
        ]

    def test_from_the_self_assessment_to_the_last_day_in_order(self):
        cycle = self.certified("2025-07-12", stage="surveillance")
        cycle.write(
            {
                "contract_signed_on": "2025-02-03",
                "sworn_on": "2025-02-03",
                "obtained_on": "2025-07-01",
                "checklist_id": self.closed(self.company, "2025-01-06").id,
            }
        )
        self.planned("surveillance", "2027-02-09", cycle)
        days = [days for days, _text in self.lines(cycle)]
        self.assertEqual(days, sorted(days))
        found = {text: days for days, text in self.lines(cycle)}
        shown = {
            text: days
            for text, days in found.items()
            if not text.startswith("11/23/2026 Self-assessment")
        }
        self.assertIn(("2025-02-03",), shown.values())
        for text, wanted in (
            ("Certification obtained", ("2025-07-01",)),
            ("Certificate valid from", ("2025-07-12",)),
            ("Surveillance window", ("2026-09-01", "2027-05-01")),
            ("Today", ("2026-11-23",)),
            ("Surveillance audit to come", ("2027-02-09",)),
            ("Renewal audit at the latest to come", ("2028-03-11",)),
            ("Certificate ends", ("2028-07-11",)),
        ):
            with self.subTest(text=text):
                [line] = [days for said, days in found.items() if said.endswith(text)]
                self.assertEqual(line, wanted)

    def test_today_is_marked_for_those_who_do_not_see_it(self):
        tree = html.fromstring(str(self.certified().timeline))
        [today] = tree.xpath("//li[@aria-current='date']")
        self.assertIn("Today", today.text_content())
        # the bar says nothing that the list does not say
        [bar] = tree.xpath("//div[contains(@class, 'o_qualiopi_bar')]")
        self.assertEqual(bar.get("aria-hidden"), "true")

    def test_bar_is_to_scale(self):
        cycle = self.certified("2025-07-12")
        bar = cycle._timeline_bar(
            cycle._moments(self.to_date("2026-11-23")), self.to_date("2026-11-23")
        )
        valid, window, renewal = bar["spans"]
        self.assertEqual((valid["left"], valid["width"]), (0, 100))
        self.assertEqual(renewal["left"] + renewal["width"], 100)
        # months 14 to 22 of 36
        self.assertAlmostEqual(window["left"], 100 * 14 / 36, delta=0.5)
        self.assertAlmostEqual(window["width"], 100 * 8 / 36, delta=0.5)
        self.assertAlmostEqual(bar["today"], 45.6, delta=0.1)

    def test_what_is_late_or_unusual_says_so(self):
        cycle = self.certified("2024-01-08", stage="renewal")
        self.over(self.planned("surveillance", "2025-12-01", cycle))
        text = "\n".join(text for _days, text in self.lines(cycle))
        self.assertIn("Surveillance audit outside its window", text)
        self.assertIn("Ask certifiers for offers late", text)

    def test_before_and_without_a_certificate(self):
        self.assertEqual(len(self.lines(self.cycle)), 1)
        self.cycle.contract_signed_on = "2026-12-01"
        [_today, contract] = self.lines(self.cycle)
        self.assertIn("Contract signed to come", contract[1])

    def test_contributors_read_it(self):
        cycle = self.certified()
        self.planned("surveillance", "2027-06-07", cycle)
        lines = self.lines(cycle.with_user(self.contributor))
        self.assertTrue(any("Surveillance audit" in text for _days, text in lines))
