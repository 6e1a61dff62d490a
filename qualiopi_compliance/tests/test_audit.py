from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .audit_common import MONDAY, AuditCase
from .finding_common import INITIAL, SURVEILLANCE, TODAY


@tagged("post_install", "-at_install")
class TestAuditPlanned(AuditCase):
    """An audit before its opening meeting."""

    def plan(self, kind, day=MONDAY, **vals):
        """:return: an audit of which only that much is said"""
        return self.env["qualiopi.audit"].create(
            {"company_id": self.company.id, "kind": kind, "date_begin": day, **vals}
        )

    def test_its_cycle_is_proposed(self):
        self.assertEqual(self.plan("initial").certification_id, self.cycle)
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        later = self.new_cycle(previous_id=self.cycle.id)
        kinds = {
            "surveillance": self.cycle,
            "follow_up": self.cycle,
            "renewal": later,
            "mock": later.browse(),
        }
        for kind, cycle in kinds.items():
            with self.subTest(kind=kind):
                self.assertEqual(self.plan(kind).certification_id, cycle)

    def test_one_by_the_certifier_has_a_cycle(self):
        with self.assertRefused("belongs to a cycle", ValidationError):
            self.plan("initial", company_id=self.other_company.id)

    def test_it_is_found_by_what_the_reader_sees(self):
        initial, mock = self.plan("initial"), self.plan("mock", "2027-01-04")
        french = self.french()
        for text, context, expected in (
            ("initial", {}, initial),
            ("MOCK", {}, mock),
            ("2027", {}, mock),
            ("audit of", {}, initial | mock),
            ("nothing", {}, mock.browse()),
            ("04/01/2027", french, mock),
        ):
            with self.subTest(text=text):
                found = self.env["qualiopi.audit"].with_context(**context)
                found = found.search(
                    [
                        ("display_name", "ilike", text),
                        ("id", "in", (initial | mock).ids),
                    ]
                )
                self.assertEqual(found, expected)
        found = self.env["qualiopi.audit"].search(
            [("display_name", "=", mock.display_name)]
        )
        self.assertIn(mock, found)

    def test_its_scope_is_known_at_once(self):
        audit = self.new_mock()
        self.assertEqual(len(audit.item_ids), 33)
        self.assertEqual(self.asked(audit, "unsettled"), {12})
        self.assertIn(1, self.asked(audit))
        self.assertNotIn(29, self.asked(audit))
        self.assertIn("every applicable", self.item(audit, 1).reason_text)
        self.assertFalse(audit.checklist_id)
        self.assertTrue(self.item(audit, 1).statement)

    def test_it_lasts_as_long_when_it_is_moved(self):
        audit = self.new_mock(MONDAY, date_end="2026-12-08")
        audit.date_begin = "2026-12-14"
        self.assertEqual(str(audit.date_end), "2026-12-15")
        audit.date_begin = "2026-12-01"
        self.assertEqual(str(audit.date_end), "2026-12-02")
        with Form(audit) as form:
            form.date_begin = "2026-12-21"
            self.assertEqual(str(form.date_end), "2026-12-22")

    def test_it_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new_mock(MONDAY, date_end="2026-12-01")

    def test_hours_of_one_day(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new_mock(hour_begin=17, hour_end=9)

    def test_what_was_chosen_by_hand_stays(self):
        audit = self.new_mock(MONDAY)
        self.item(audit, 9).asked = "no"
        self.assertTrue(self.item(audit, 9).chosen)
        audit.date_begin = "2026-12-08"
        audit.action_compute_scope()
        self.assertEqual(self.item(audit, 9).asked, "no")
        self.assertEqual(self.item(audit, 1).asked, "yes")
        self.assertFalse(self.item(audit, 1).chosen)

    def test_nothing_is_decided_before_it_begins(self):
        audit = self.new_mock(MONDAY)
        with self.assertRefused("open it first", UserError):
            self.item(audit, 1).action_seen()

    def test_it_stays_with_its_company(self):
        audit = self.new_mock()
        audit.company_id = self.company
        with self.assertRefused("stays with its company", UserError):
            audit.company_id = self.other_company

    def test_an_extension_names_its_categories(self):
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        with self.assertRefused("names the new categories"):
            self.new_audit("extension", MONDAY, opened=False)
        with self.assertRefused("names the new categories"):
            self.new_audit(
                "surveillance",
                MONDAY,
                opened=False,
                category_ids=self.category("BC").ids,
            )

    def test_nothing_is_known_before_the_first_framework(self):
        with self.assertRefused("choose a later date"):
            self.new_mock("2015-01-01")

    def test_states_are_not_typed(self):
        audit = self.new_mock()
        for vals in (
            {"state": "closed"},
            {"state": "running"},
            {"closed_on": TODAY},
            {"checklist_id": False},
        ):
            for someone in (audit, audit.sudo()):
                with self.subTest(vals=vals), self.assertRefused("buttons", UserError):
                    someone.write(vals)
        with self.assertRefused("buttons", UserError):
            self.new_mock(state="closed")

    def test_a_planned_one_is_deleted_with_its_parts(self):
        audit = self.new_mock()
        line = self.add_line(audit, self.anna)
        items = audit.item_ids
        audit.unlink()
        self.assertFalse(line.exists() or items.exists())

    def test_unusual_days_are_warned_about(self):
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        early = self.new_audit("surveillance", "2026-05-31", opened=False)
        self.assertIn("outside the time", early.warning_text)
        self.assertIn("month 22 after", str(early.window_text))
        self.assertIn("art. 2", str(early.window_text))
        for day in ("2026-06-01", "2027-02-01"):
            early.date_begin = day
            with self.subTest(day=day):
                self.assertFalse(early.warning_text)
        early.date_begin = "2027-02-02"
        self.assertIn("outside the time", early.warning_text)
        early.action_cancel()
        self.assertFalse(early.warning_text)

    def test_a_renewal_leaves_time_for_corrections(self):
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        following = self.new_cycle(previous_id=self.cycle.id)
        renewal = self.new_audit(
            "renewal", "2027-11-30", opened=False, certification_id=following.id
        )
        self.assertFalse(renewal.warning_text)
        self.assertTrue(renewal.window_text)
        renewal.date_begin = "2027-12-15"
        self.assertIn("outside the time", renewal.warning_text)

    def test_a_new_category_is_declared_first(self):
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        audit = self.new_audit(
            "extension", MONDAY, opened=False, category_ids=self.category("BC").ids
        )
        self.assertIn("Declare", audit.warning_text)
        self.declare(self.company, "BC")
        self.forget()
        self.assertFalse(audit.warning_text)


@tagged("post_install", "-at_install")
class TestAuditLife(AuditCase):
    """Opened, called off, closed."""

    def test_opening_makes_the_checklist_of_the_day(self):
        audit = self.new_mock()
        audit.action_open_audit()
        self.assertEqual(audit.state, "running")
        self.assertTrue(audit.opened_on)
        checklist = audit.checklist_id
        self.assertEqual((checklist.kind, str(checklist.date)), ("mock_audit", TODAY))
        self.assertEqual(self.item(audit, 1).line_id, self.line(checklist, 1))
        self.assertEqual(len(audit.item_ids), 33)
        with self.assertRefused("open already", UserError):
            audit.action_open_audit()

    def test_one_by_the_certifier_has_its_own_kind_of_checklist(self):
        self.assertEqual(self.new_audit().checklist_id.kind, "audit")

    def test_what_the_checklist_was_made_from_stays(self):
        audit = self.new_audit("mock", TODAY)
        for vals in (
            {"date_begin": MONDAY},
            {"kind": "internal"},
            {"certification_id": self.cycle.id},
        ):
            with self.subTest(vals=vals), self.assertRefused("has begun", UserError):
                audit.write(vals)
        audit.write({"date_begin": TODAY, "kind": "mock", "place": "Here"})

    def test_called_off_and_planned_again(self):
        audit = self.new_audit("mock", TODAY)
        self.item(audit, 1).note = "Seen"
        checklist = audit.checklist_id
        audit.action_cancel()
        self.assertEqual(audit.state, "cancelled")
        audit.action_back_to_planned()
        audit.action_open_audit()
        self.assertEqual(audit.checklist_id, checklist)
        self.assertEqual(self.item(audit, 1).note, "Seen")

    def test_planned_again_for_another_day_it_follows_the_law_of_that_day(self):
        audit = self.new_audit("mock", "2026-10-31")
        self.assertEqual(len(audit.item_ids), 32)
        former = audit.checklist_id
        audit.action_cancel()
        audit.action_back_to_planned()
        audit.date_begin = TODAY
        audit.action_open_audit()
        self.assertFalse(former.exists())
        self.assertEqual(audit.checklist_id.framework_id, self.framework(2026))
        self.assertEqual(len(audit.item_ids), 33)
        self.assertEqual(self.item(audit, 1).line_id, self.line(audit.checklist_id, 1))

    def test_opened_before_its_day(self):
        audit = self.new_audit("mock", MONDAY)
        self.assertIn("before its first day", audit.warning_text)

    def test_undecided_indicators_are_named(self):
        audit = self.new_audit("mock", TODAY)
        audit.item_ids.filtered(lambda item: item.number not in (4, 12)).action_seen()
        for action in ("action_close", "action_ask_close"):
            case = self.subTest(action=action)
            with case, self.assertRefused(r": 4, 12\.", UserError):
                getattr(audit, action)()
        self.item(audit, 12).action_not_looked()
        self.item(audit, 4).decision = "finding"
        with self.assertRefused(r": 4\.", UserError):
            audit.action_close()
        self.find(audit, 4, "remark")
        audit.action_close()
        self.assertEqual(audit.state, "closed")

    def test_the_last_look(self):
        audit = self.new_audit("mock", TODAY)
        self.find(audit, 4, "major")
        audit._undecided()[:1].action_not_looked()
        self.add("request", audit, name="The sheets")
        audit._undecided().action_seen()
        action = audit.action_ask_close()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.finding_ids, audit.finding_ids)
        self.assertEqual(wizard.not_looked, "1")
        self.assertEqual(wizard.waiting_count, 1)
        self.assertFalse(wizard.without_closing)
        with self.assertRefused("Tick the box", UserError):
            wizard.action_confirm()
        wizard.understood = True
        wizard.action_confirm()
        self.assertEqual(audit.state, "closed")
        self.assertEqual(audit.closed_by_id, self.manager)

    def test_closing_day(self):
        audit = self.new_mock("2026-11-20", date_end="2026-11-21")
        audit.action_open_audit()
        self.close(audit)
        self.assertEqual(str(audit.closed_on), "2026-11-21")
        self.assertEqual(str(audit.closed_at.date()), TODAY)

    def test_only_what_is_open_is_closed(self):
        with self.assertRefused("is not open", UserError):
            self.new_mock().action_close()

    def test_one_with_findings_is_not_deleted(self):
        audit = self.new_audit("mock", TODAY)
        finding = self.find(audit, 4, "remark")
        with self.assertRefused("has findings", UserError):
            audit.unlink()
        finding.unlink()
        checklist = audit.checklist_id
        audit.unlink()
        self.assertFalse(checklist.exists())

    def test_notified_and_decided_come_afterwards(self):
        audit = self.closed_audit(findings=[(4, "major")])
        audit.write({"notified_on": "2025-03-10", "decided_on": "2025-04-01"})
        self.assertEqual(str(audit.nonconformity_ids.notified_on), "2025-03-10")
        with self.assertRefused("before the audit", ValidationError):
            audit.notified_on = "2025-03-02"

    def test_duplicating_plans_another_one(self):
        audit = self.full_audit()
        self.close(audit)
        again = audit.copy()
        self.assertEqual(again.state, "planned")
        self.assertEqual(again.auditor_ids, self.auditor)
        self.assertFalse(again.checklist_id or again.closed_by_id)
        self.assertFalse(again.finding_ids or again.document_ids or again.interview_ids)
        self.assertFalse(again.closed_on or again.closed_at or again.opened_on)
        self.assertEqual(set(again.item_ids.mapped("decision")), {"undecided"})
        again.action_open_audit()
        self.assertNotEqual(again.checklist_id, audit.checklist_id)

    def test_the_audit_before_is_found(self):
        first = self.closed_audit(day=INITIAL)
        self.cycle.write({"first_day": "2025-04-01", "number": "C 1"})
        audit = self.new_audit("surveillance", SURVEILLANCE, opened=False)
        self.assertEqual(audit.previous_id, first)
        self.assertFalse(first.previous_id)

    def test_internal_auditors_lead_their_own_audits_only(self):
        Audit = self.env["qualiopi.audit"].with_user(self.internal_auditor)
        values = {"company_id": self.company.id, "date_begin": TODAY}
        own = Audit.create({**values, "kind": "internal"})
        own.action_open_audit()
        own._undecided().action_seen()
        own.action_close()
        self.assertEqual(own.closed_by_id, self.internal_auditor)
        with self.assertRefused("planned by a quality manager", AccessError):
            Audit.create({**values, "kind": "initial"})
        another = Audit.create({**values, "kind": "mock"})
        with self.assertRefused("planned by a quality manager", AccessError):
            another.kind = "initial"
