import re

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .audit_common import MONDAY, AuditCase
from .finding_common import INITIAL, TODAY

# A word that only a certifier may use, on its own.
VERDICT = re.compile(
    r"(?<!non-)(?<!non )\b(conforme|compliant|conformity)\b", re.IGNORECASE
)


@tagged("post_install", "-at_install")
class TestAuditPapers(AuditCase):
    """Opening and closing minutes, and a sheet for each person to meet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.tz = "Europe/Paris"

    def page(self, report, audit, user=None, **context):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.manager)
            .with_context(**context)
            ._render_qweb_html(f"qualiopi_compliance.{report}", audit.ids)
        )
        page = html.fromstring(content)
        for style in page.xpath("//style"):
            style.drop_tree()
        return page

    def text(self, report, audit, user=None, **context):
        """:return: the words of a paper, one space between them"""
        page = self.page(report, audit, user, **context)
        return " ".join(page.text_content().split())

    def values(self, report, audit):
        """:return: what the template of a paper shows"""
        model = self.env[f"report.qualiopi_compliance.{report}"].with_user(self.manager)
        return model._get_report_values(audit.ids)["docs"]

    def initial(self, **vals):
        return self.new_audit(
            "initial",
            INITIAL,
            opened=False,
            auditor_ids=[Command.set(self.auditor.ids)],
            place="12 rue des Lilas",
            **vals,
        )

    # Opening

    def opening(self):
        audit = self.initial()
        self.add_line(audit, self.anna, kind="opening", hour=8, number=1)
        self.add_line(audit, self.bruno, hour=9, number=9, note="Bring the sheets")
        audit.opening_note = "<p>Confidential</p>"
        audit.action_open_audit()
        return audit

    def test_opening_says_what_the_audit_is(self):
        audit = self.opening()
        [values] = self.values("audit_opening", audit)
        expected = {
            "document_title": "Minutes of the opening meeting",
            "kind": "Initial audit",
            "rehearsal": False,
            "period": "on March 3, 2025",
            "hours": "from 09:00 to 17:00",
            "mode": "On site",
            "place": "12 rue des Lilas",
            "certifier": "Certif",
            "auditors": "Hélène Marchand",
            "categories": self.category("AFC").display_name,
            "asked_count": len(self.asked(audit)),
        }
        self.assertEqual({name: values[name] for name in expected}, expected)
        self.assertIn("rnq-2019", values["framework"])
        numbers = ", ".join(dict(values["criteria"]).values()).split(", ")
        self.assertEqual(set(map(int, numbers)), self.asked(audit))

    def test_opening_says_who_is_there_and_the_plan(self):
        audit = self.opening()
        [values] = self.values("audit_opening", audit)
        self.assertEqual(
            [(row["name"], row["function"]) for row in values["people"]],
            [("Hélène Marchand", "Auditor"), ("Anna Petit", "Quality")],
        )
        self.assertEqual(
            [
                (row["from"], row["to"], row["topic"], row["people"])
                for row in values["plan"]
            ],
            [
                ("09:00", "10:00", "Opening meeting", "Anna Petit"),
                ("10:00", "11:00", "Indicator 9", "Bruno Roy"),
            ],
        )
        text = self.text("audit_opening", audit)
        for words in (
            "Formation Lumière",
            "12 rue des Lilas",
            "Bring the sheets",
            "What was said Confidential",
            "Name Function Signature Hélène Marchand Auditor Anna Petit Quality",
        ):
            self.assertIn(words, text)

    def test_opening_of_a_rehearsal(self):
        audit = self.new_audit("mock", TODAY, stands_for="surveillance")
        text = self.text("audit_opening", audit)
        self.assertIn("no certifier decides on it", text)
        self.assertIn("display of the certificate is checked", text)
        self.assertIn("To be settled with the auditor: 12", text)
        self.assertNotIn("Certifier Certif", text)

    # Closing

    def closing(self):
        audit = self.initial()
        audit.action_open_audit()
        self.find(audit, 4, "major", name="Needs not analysed", proof="Three files")
        self.find(audit, 1, "minor", name="Prices missing")
        self.find(audit, 9, "strong", name="Fine booklet")
        self.find(
            audit,
            10,
            "major",
            name="No adaptation",
            lifted_on_the_day=True,
            lifting_note="Shown at 15:00",
        )
        self.item(audit, 18).action_not_looked()
        self.add("document", audit, name="Sheet")
        audit.closing_note = "<p>Thank you</p>"
        return audit

    def test_closing_draft(self):
        audit = self.closing()
        [values] = self.values("audit_closing", audit)
        self.assertTrue(values["draft"])
        self.assertFalse(values["next"])
        text = self.text("audit_closing", audit)
        self.assertIn("Draft: the audit is not closed", text)
        self.assertIn("Still to be decided: indicators 2, 5", text)

    def test_closing(self):
        audit = self.close(self.closing())
        [values] = self.values("audit_closing", audit)
        self.assertFalse(values["draft"])
        self.assertEqual(
            [
                (gravity, [row["name"] for row in rows])
                for gravity, rows in values["findings"]
            ],
            [
                ("Major non-conformity", ["Needs not analysed", "No adaptation"]),
                ("Minor non-conformity", ["Prices missing"]),
                ("Strong point", ["Fine booklet"]),
            ],
        )
        self.assertEqual(values["found"], "1, 4, 9, 10")
        self.assertEqual(values["not_looked"], "18")
        self.assertNotIn("18", values["seen"].split(", "))
        self.assertEqual(values["document_count"], 1)
        self.assertEqual(values["closed_on"], "March 3, 2025")
        self.assertEqual(len(values["delays"]), 2)
        self.assertIn("within 3 months", values["delays"][0])
        self.assertIn("within 6 months", values["delays"][1])
        self.assertIn("art. 5", values["delays_source"])
        self.assertTrue(values["next"])
        text = self.text("audit_closing", audit)
        for words in (
            "Major non-conformity 4.",
            "Needs not analysed Three files",
            "Lifted on the day: Shown at 15:00",
            "What was said Thank you",
            "Hélène Marchand Auditor",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Draft", text)

    def test_closing_minutes_say_the_same_later(self):
        audit = self.close(self.closing())
        [before] = self.values("audit_closing", audit)
        audit.write({"notified_on": "2025-03-10"})
        nc = self.nc(audit, 4)
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        audit.decided_on = "2025-06-20"
        with self.on("2028-01-01"):
            [after] = self.values("audit_closing", audit)
        for name in ("next", "delays", "findings", "people", "closed_on", "seen"):
            with self.subTest(name=name):
                self.assertEqual(after[name], before[name])

    def test_a_rehearsal_has_no_delays(self):
        audit = self.new_audit("mock", TODAY)
        self.find(audit, 4, "major")
        self.close(audit)
        [values] = self.values("audit_closing", audit)
        self.assertFalse(values["delays"])
        self.assertTrue(values["next"])

    def test_nothing_found(self):
        audit = self.new_audit("mock", TODAY)
        self.close(audit)
        self.assertIn("No finding was written", self.text("audit_closing", audit))

    def test_samples_are_told(self):
        audit = self.new_audit("mock", TODAY)
        event = self.env["event.event"].create(
            {
                "name": "March",
                "company_id": self.company.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-06 16:00:00",
            }
        )
        sample = self.add(
            "sample",
            audit,
            name="Spring",
            files="session",
            method="random",
            size=1,
            seed=42,
            domain=str([("id", "=", event.id)]),
            population="All of March",
        )
        sample.action_draw()
        text = self.text("audit_closing", audit)
        self.assertIn("Spring 1 of 1 (At random, seed 42) All of March", text)

    # Interview sheets

    def test_a_sheet_for_each_person(self):
        self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.bruno.id,
                "company_id": self.company.id,
                "kind": "subcontractor",
                "state": "active",
            }
        )
        audit = self.new_mock(MONDAY)
        self.add_line(audit, self.anna, self.bruno, number=22, name="Skills")
        self.add_line(audit, self.anna, hour=11, number=23)
        anna, bruno = self.values("audit_interview_sheet", audit)
        self.assertEqual((anna["person"], bruno["person"]), ("Anna Petit", "Bruno Roy"))
        self.assertEqual(bruno["function"], "Trainers")
        self.assertEqual(
            [(row["from"], row["topic"]) for row in anna["plan"]],
            [("10:00", "Skills"), ("12:00", "Indicator 23")],
        )
        self.assertEqual(len(bruno["plan"]), 1)
        asked = {
            who["person"]: " ".join(
                text for _head, rows in who["groups"] for text in rows
            )
            for who in (anna, bruno)
        }
        self.assertIn("keep up your skills", asked["Bruno Roy"])
        self.assertNotIn("keep up your skills", asked["Anna Petit"])
        self.assertIn("change in the law", asked["Anna Petit"])
        self.assertNotIn("change in the law", asked["Bruno Roy"])
        self.assertIn("22. ", " ".join(heading for heading, _rows in bruno["groups"]))
        page = self.page("audit_interview_sheet", audit)
        self.assertEqual(len(page.xpath("//div[contains(@class, 'td-page')]")), 2)
        self.assertIn("December 7, 2026", page.text_content())

    def test_prepared_questions_are_those_of_the_sheet(self):
        audit = self.new_mock(MONDAY)
        self.add_line(audit, self.anna, number=22)
        audit.action_prepare_interviews()
        audit.interview_ids.question_ids = [
            Command.clear(),
            Command.create({"name": "And the team?"}),
        ]
        [sheet] = self.values("audit_interview_sheet", audit)
        self.assertEqual(sheet["groups"], [("To begin with", ["And the team?"])])

    def test_who_leads_the_audit_gets_no_sheet(self):
        audit = self.new_mock(MONDAY)
        audit.auditor_ids = self.bruno
        self.add_line(audit, self.anna, self.bruno, number=22)
        [sheet] = self.values("audit_interview_sheet", audit)
        self.assertEqual(sheet["person"], "Anna Petit")

    def test_nobody_to_meet(self):
        audit = self.new_mock(MONDAY)
        with self.assertRefused("names nobody to meet", UserError):
            self.values("audit_interview_sheet", audit)

    def test_in_french(self):
        french = self.french()
        audit = self.new_mock(MONDAY)
        self.add_line(audit, self.anna, number=22)
        page = self.page("audit_interview_sheet", audit, **french)
        self.assertIn("7 décembre 2026", page.text_content())

    # What they have in common

    def test_never_a_verdict_of_ours_nor_the_mark(self):
        audit = self.close(self.closing())
        self.company.logo = False
        for report in ("audit_opening", "audit_closing"):
            page = self.page(report, audit)
            with self.subTest(report=report):
                self.assertFalse(VERDICT.search(page.text_content()))
                self.assertFalse(page.xpath("//img"))
                self.assertNotIn("Qualiopi", page.text_content())
        self.assertTrue(VERDICT.search("L'organisme est conforme."))
        self.assertFalse(VERDICT.search("Major non-conformity"))

    def test_buttons(self):
        audit = self.full_audit()
        for name, report in (
            ("action_print_opening", "audit_opening"),
            ("action_print_closing", "audit_closing"),
            ("action_print_interviews", "audit_interview_sheet"),
        ):
            action = getattr(audit.with_user(self.internal_auditor), name)()
            with self.subTest(name=name):
                self.assertEqual(action["report_name"], f"qualiopi_compliance.{report}")
                text = self.text(report, audit, self.internal_auditor)
                self.assertIn("Formation Lumière", text)

    def test_others_print_nothing(self):
        audit = self.full_audit()
        for user in (self.contributor, self.plain, self.portal, self.other_manager):
            for report in ("audit_opening", "audit_closing", "audit_interview_sheet"):
                case = self.subTest(user=user.login, report=report)
                with case, self.assertRaises(AccessError):
                    self.text(report, audit, user)
