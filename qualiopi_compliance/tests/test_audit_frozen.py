from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_common import AuditCase
from .finding_common import TODAY

# Something of each part that is typed, and what is typed instead.
TYPED = {
    "qualiopi.audit.item": {"note": "Else"},
    "qualiopi.audit.agenda": {"place": "Else"},
    "qualiopi.audit.attendee": {"name": "Else"},
    "qualiopi.audit.interview": {"note": "Else"},
    "qualiopi.audit.question": {"answer": "Else"},
    "qualiopi.audit.observation": {"name": "Else"},
    "qualiopi.audit.document": {"initials": "E."},
    "qualiopi.audit.request": {"answer": "Else"},
    "qualiopi.audit.sample": {"name": "Else"},
    "qualiopi.audit.sample.file": {"note": "Else"},
    "qualiopi.finding": {"proof": "Else"},
}
LISTS = {
    "item_ids": "qualiopi.audit.item",
    "agenda_ids": "qualiopi.audit.agenda",
    "attendee_ids": "qualiopi.audit.attendee",
    "interview_ids": "qualiopi.audit.interview",
    "observation_ids": "qualiopi.audit.observation",
    "document_ids": "qualiopi.audit.document",
    "request_ids": "qualiopi.audit.request",
    "sample_ids": "qualiopi.audit.sample",
    "finding_ids": "qualiopi.finding",
}


@tagged("post_install", "-at_install")
class TestFrozen(AuditCase):
    """Nothing of a closed audit changes, whoever asks and however."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids = [Command.link(cls.company.id)]
        cls.people = {
            "manager": cls.manager,
            "internal_auditor": cls.internal_auditor,
            "admin": cls.admin,
        }

        # one audit for all of these tests: none of them can change it
        with cls.on(TODAY):
            maker = cls()
            cls.audit = maker.full_audit()
            maker.add_sample()
            cls.file = maker.add_file(cls.audit.observation_ids)
            files = cls.env["ir.attachment"].with_user(cls.manager)
            cls.shown = files.create({"name": "a", "raw": b"a"})
            cls.audit.request_ids.attachment_ids = cls.shown
            # listed here, tied to another record
            cls.lent = maker.add_file(cls.anna, "lent.pdf")
            cls.audit.request_ids.sudo().attachment_ids |= cls.lent
            cls.early = maker.add_file(cls.audit, "plan.pdf")
            maker.close(cls.audit)

    def add_sample(self):
        event = self.env["event.event"].create(
            {
                "name": "March",
                "company_id": self.company.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-06 16:00:00",
            }
        )
        sample = self.add("sample", self.audit, files="session", method="chosen")
        sample.file_ids = [Command.create({"event_id": event.id})]
        sample.action_draw()

    def everybody(self, record):
        """:return: pairs of a name and the record as that one has it"""
        context = {"allowed_company_ids": self.company.ids}
        found = [
            (name, record.with_user(user).with_context(**context))
            for name, user in self.people.items()
        ]
        return [*found, ("superuser", record.with_user(self.env.user).sudo())]

    def refuse(self, what, action, *args):
        """``action`` is refused in clear words and leaves nothing behind."""
        with self.subTest(what=what), self.assertRefused("is closed", UserError):
            action(*args)
            self.env.flush_all()

    def test_every_kind_of_part_is_tried(self):
        self.assertEqual(set(self.parts(self.audit)), set(TYPED))

    def test_parts_are_not_written(self):
        for model, part in self.parts(self.audit).items():
            for who, record in self.everybody(part):
                self.refuse((who, model), record.write, TYPED[model])

    def test_parts_are_not_deleted(self):
        for model, part in self.parts(self.audit).items():
            for who, record in self.everybody(part):
                self.refuse((who, model), record.unlink)

    def test_parts_are_not_duplicated(self):
        for model, part in self.parts(self.audit).items():
            if model == "qualiopi.audit.item":
                continue
            for who, record in self.everybody(part):
                self.refuse((who, model), record.copy)

    def test_parts_are_not_added(self):
        values = {
            "qualiopi.audit.item": {"indicator_id": self.indicator(1).id},
            "qualiopi.audit.agenda": {
                "start": f"{TODAY} 18:00:00",
                "stop": f"{TODAY} 19:00:00",
            },
            "qualiopi.audit.attendee": {"name": "Else"},
            "qualiopi.audit.interview": {"name": "Else"},
            "qualiopi.audit.observation": {"name": "Else"},
            "qualiopi.audit.document": {"name": "Else"},
            "qualiopi.audit.request": {"name": "Else"},
            "qualiopi.audit.sample": {"name": "Else"},
            "qualiopi.finding": {"name": "Else", "requirement": "other"},
        }
        for model, vals in values.items():
            for who, record in self.everybody(self.env[model]):
                self.refuse(
                    (who, model), record.create, {"audit_id": self.audit.id, **vals}
                )
        question = {"interview_id": self.audit.interview_ids.id, "name": "Else"}
        for who, record in self.everybody(self.env["qualiopi.audit.question"]):
            self.refuse(who, record.create, question)

    def test_parts_are_not_moved_into_it(self):
        other = self.full_audit()
        for model, part in self.parts(other).items():
            if model in ("qualiopi.audit.item", "qualiopi.audit.question"):
                continue
            for who, record in self.everybody(part):
                self.refuse((who, model), record.write, {"audit_id": self.audit.id})
        question = other.interview_ids.question_ids
        for who, record in self.everybody(question):
            self.refuse(
                who, record.write, {"interview_id": self.audit.interview_ids.id}
            )

    def test_the_audit_is_not_written(self):
        changes = (
            {"place": "Else"},
            {"opening_note": "<p>Else</p>"},
            {"closing_note": "<p>Else</p>"},
            {"date_end": "2026-11-30"},
            {"auditor_ids": [Command.clear()]},
            {"user_id": False},
            {"hour_end": 18},
            {"notified_on": TODAY, "place": "Else"},
        )
        for vals in changes:
            for who, record in self.everybody(self.audit):
                self.refuse((who, list(vals)), record.write, vals)

    def test_the_audit_is_neither_deleted_nor_opened_again(self):
        for who, record in self.everybody(self.audit):
            self.refuse(who, record.unlink)
            self.refuse(who, record.action_cancel)
            self.refuse(who, record.action_compute_scope)
            self.refuse(who, record.action_propose_plan)
            self.refuse(who, record.action_read_records)
            record.action_back_to_planned()
            self.assertEqual(record.state, "closed")
            with self.assertRefused("open already", UserError):
                record.action_open_audit()

    def test_lists_in_its_form_reach_nothing(self):
        for name, model in LISTS.items():
            part = self.audit[name][:1]
            commands = (
                Command.update(part.id, TYPED[model]),
                Command.delete(part.id),
                Command.clear(),
                Command.create(TYPED[model]),
            )
            for command in commands:
                for who, record in self.everybody(self.audit):
                    self.refuse(
                        (who, name, command[0]), record.write, {name: [command]}
                    )

    def test_its_cycle_reaches_nothing(self):
        audit = self.closed_audit("initial", TODAY)
        for command in (
            Command.update(audit.id, {"place": "Else"}),
            Command.delete(audit.id),
            Command.unlink(audit.id),
        ):
            self.refuse(command[0], self.cycle.write, {"audit_ids": [command]})

    def test_rpc_is_refused_too(self):
        part = self.audit.document_ids
        context = {"context": {"allowed_company_ids": self.company.ids}}
        calls = (
            (self.audit, "write", [self.audit.ids, {"place": "Else"}]),
            (self.audit, "web_save", [self.audit.ids, {"place": "Else"}]),
            (self.audit, "unlink", [self.audit.ids]),
            (part, "write", [part.ids, {"initials": "E."}]),
            (part, "web_save", [part.ids, {"initials": "E."}]),
            (part, "unlink", [part.ids]),
            (part, "copy", [part.ids]),
        )
        for name, user in self.people.items():
            for records, method, args in calls:
                kwargs = dict(context)
                if method == "web_save":
                    kwargs["specification"] = {}
                model = records.browse().with_user(user)
                self.refuse((name, method), call_kw, model, method, args, kwargs)

    def test_imports_are_refused(self):
        rows = (
            (self.audit, "place"),
            (self.audit.document_ids, "initials"),
            (self.audit.request_ids, "answer"),
            (self.audit.finding_ids, "proof"),
        )
        for name, user in self.people.items():
            for record, field in rows:
                found = (
                    record.browse()
                    .with_user(user)
                    .load([".id", field], [[str(record.id), "E."]])
                )
                with self.subTest(who=name, model=record._name):
                    self.assertFalse(found["ids"])
                    self.assertIn("is closed", str(found["messages"]))
                    record.invalidate_recordset()
                    self.assertNotEqual(record[field], "E.")

    def test_files_are_kept(self):
        for file in (self.file, self.shown, self.lent, self.early):
            for who, record in self.everybody(file):
                if file == self.lent and who in ("manager", "internal_auditor"):
                    # not theirs to change in any case
                    continue
                self.refuse((who, file.name), record.write, {"raw": b"other"})
                self.refuse((who, file.name), record.write, {"name": "other"})
                self.refuse((who, file.name), record.write, {"res_id": 0})
                self.refuse((who, file.name), record.unlink)

    def test_files_are_not_slipped_in(self):
        part = self.audit.observation_ids
        for who, record in self.everybody(self.env["ir.attachment"]):
            values = {"name": "late", "raw": b"late", "res_model": part._name}
            self.refuse(who, record.create, {**values, "res_id": part.id})
            loose = record.create({"name": "late", "raw": b"late"})
            self.refuse(who, loose.write, {"res_model": part._name, "res_id": part.id})

    def test_the_certifiers_report_is_added_later(self):
        with self.on("2026-12-01"):
            report = self.add_file(self.audit, "report.pdf")
            report.name = "Report.pdf"
            self.audit.message_post(body="Received", attachment_ids=report.ids)
        report.unlink()

    def test_what_comes_from_the_certifier_is_written_later(self):
        audit = self.closed_audit("initial", TODAY, findings=[(4, "major")])
        audit.write({"notified_on": "2026-11-24"})
        audit.write({"decided_on": "2026-11-25"})
        audit.active = False
        self.assertEqual(str(audit.decided_on), "2026-11-25")

    def test_people_and_sites_of_it_are_kept(self):
        for record in (self.auditor, self.anna):
            case = self.subTest(name=record.name)
            with case, self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                record.unlink()

    def test_the_checklist_is_frozen(self):
        line = self.item(self.audit, 1).line_id
        for who, record in self.everybody(line):
            self.refuse(who, record.write, {"conclusion": "<p>Else</p>"})
        for who, record in self.everybody(self.audit.checklist_id):
            self.refuse(who, record.write, {"date": "2026-11-01"})
            self.refuse(who, record.unlink)
            self.refuse(who, record.action_read_records)


@tagged("post_install", "-at_install")
class TestFrozenWords(AuditCase):
    """What is worked out when it is read stays as it was read on that day."""

    def test_what_the_records_said(self):
        audit = self.new_audit("mock", TODAY)
        item = self.item(audit, 26)
        decisive = item.line_id.computed_facts["decided_by"]
        check = self.env["qualiopi.check"].browse(decisive)
        said = item.computed_reason
        self.assertTrue(said)
        self.close(audit)
        check.name = "Another name"
        self.forget()
        self.assertEqual(item.computed_reason, said)
        with self.on("2029-01-01"):
            self.assertEqual(item.computed_reason, said)

    def test_a_document_added_on_the_day_counts(self):
        audit = self.new_audit("mock", TODAY)
        item = self.item(audit, 26)
        self.assertFalse(item.evidence_ids)
        evidence = self.new_evidence(indicator_ids=self.indicator(26).ids)
        self.forget()
        self.assertFalse(item.evidence_ids)
        evidence.action_submit()
        evidence.action_validate()
        self.forget()
        self.assertEqual(item.evidence_ids, evidence)
        self.assertEqual(item.evidence_count, 1)

    def test_documents_that_held_on_that_day(self):
        held = self.new_evidence(indicator_ids=self.indicator(26).ids)
        over = self.new_evidence(
            indicator_ids=self.indicator(26).ids,
            effective_on="2025-01-01",
            valid_until="2026-11-22",
        )
        (held | over).action_submit()
        (held | over).action_validate()
        audit = self.new_audit("mock", TODAY)
        item = self.item(audit, 26)
        self.assertEqual(item.evidence_ids, held)
        self.close(audit)
        with self.on("2026-12-01"):
            later = self.new_evidence(
                indicator_ids=self.indicator(26).ids, effective_on=TODAY
            )
            later.action_submit()
            later.action_validate()
            self.forget()
            self.assertEqual(item.evidence_ids, held)
            self.assertEqual(item.evidence_count, 1)
            held.indicator_ids = self.indicator(1)
            self.forget()
            self.assertEqual(item.evidence_ids, held)
            held.indicator_ids = self.indicator(26)
            domain = item.action_open_evidence()["domain"]
            self.assertEqual(self.env["qualiopi.evidence"].search(domain), held)
        with self.assertRefused("which is closed", UserError):
            held.unlink()

    def test_records_are_read_a_last_time(self):
        audit = self.new_audit("mock", TODAY)
        line = self.item(audit, 26).line_id
        before = line.missing_count
        self.company.qualiopi_disability_contact_id = self.anna
        self.assertEqual(line.missing_count, before)
        self.close(audit)
        self.assertLess(line.missing_count, before)
        self.assertEqual(audit.checklist_id.state, "closed")

    def test_in_each_language(self):
        french = self.french()
        audit = self.new_audit("mock", TODAY)
        item = self.item(audit, 26)
        said = item.with_context(**french).computed_reason
        self.close(audit)
        self.assertEqual(item.with_context(**french).computed_reason, said)
        self.assertEqual(set(item.line_id.frozen_words), {"en_US", "fr_FR"})
