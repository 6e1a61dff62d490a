from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .common import NDA
from .team_common import TeamCase


@tagged("post_install", "-at_install")
class TestTeamDocuments(TeamCase):
    """What is printed for the auditor and for the meeting room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def text(self, report, records, user=None):
        """:return: the words of a document, one space between them"""
        records = records.with_user(user or self.manager)
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.manager)
            ._render_qweb_html(f"qualiopi_compliance.{report}", records.ids)
        )
        page = html.fromstring(content)
        for style in page.xpath("//style"):
            style.drop_tree()
        return " ".join(page.text_content().split())

    def test_chart(self):
        self.company.write(
            {"qualiopi_nda": NDA, "qualiopi_quality_contact_id": self.anna.id}
        )
        self.new_role(
            "sales",
            self.bruno,
            name="Account manager",
            missions="Answers requests",
            deputy_id=self.chloe.id,
        )
        self.new_role("sales", self.chloe, name="Gone", until="2026-10-31")
        text = self.text("team_chart", self.chart()[:1], self.contributor)
        for words in (
            "Formation Lumière",
            "November 23, 2026",
            "Quality Anna Petit 0102 – anna@example.com",
            "Sales Bruno Roy",
            "Account manager Answers requests Deputy: Chloé Vidal",
            "Disability Nobody yet",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Gone", text)
        self.assertNotIn("Organisation sheet", text)

    def test_chart_of_one_company(self):
        self.declare(self.other_company, "AFC")
        self.other_company.qualiopi_quality_contact_id = self.chloe
        self.assertNotIn("Chloé", self.text("team_chart", self.chart()[:1]))

    def test_a_long_list_comes_last_on_the_whole_width(self):
        for number in range(6):
            partner = self.env["res.partner"].create({"name": f"Trainer {number}"})
            self.new_trainer(partner)
        report = self.env["report.qualiopi_compliance.team_chart"]
        lines = report._values(self.chart())["lines"]
        [box] = lines[-1]
        self.assertEqual((box["label"], box["wide"]), ("Trainers", True))
        self.assertEqual(len(box["people"]), 6)
        self.assertFalse(any(box["wide"] for line in lines[:-1] for box in line))
        self.assertEqual(max(map(len, lines)), 2)

    def test_agenda_with_a_sheet_to_sign(self):
        meeting = self.new_meeting(
            self.anna,
            start="2026-12-01 09:00:00",
            agenda="<p>Rooms</p>",
            notes="<p>No</p>",
        )
        self.manager.tz = "Europe/Paris"
        text = self.text("team_meeting", meeting)
        self.assertIn("Agenda and attendance sheet Spring", text)
        self.assertIn("December 1, 2026, 10:00 AM", text)
        self.assertIn("Name Capacity Signature Anna Petit Staff", text)
        self.assertIn("Agenda Rooms", text)
        self.assertNotIn("What was said", text)

    def test_minutes(self):
        meeting = self.new_meeting(
            notes="<p>We planned</p>",
            decisions="<p>Buy chairs</p>",
            participant_ids=[
                Command.create({"partner_id": self.anna.id, "status": "present"}),
                Command.create({"partner_id": self.bruno.id, "status": "excused"}),
            ],
        )
        meeting.action_hold()
        text = self.text("team_meeting", meeting)
        self.assertIn("Minutes of the meeting Spring", text)
        self.assertIn("Anna Petit Staff Present Bruno Roy Staff Excused", text)
        self.assertIn("What was said We planned Decisions Buy chairs", text)
        self.assertNotIn("Signature", text)

    def test_several_at_once(self):
        meetings = self.new_meeting(self.anna) | self.new_meeting(
            self.bruno, name="Summer"
        )
        text = self.text("team_meeting", meetings)
        self.assertIn("Spring", text)
        self.assertIn("Summer", text)

    def test_the_button_prints_it(self):
        meeting = self.new_meeting(self.anna)
        action = meeting.action_print()
        self.assertEqual(action["report_name"], "qualiopi_compliance.team_meeting")
