from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .cpd_common import CpdCase


@tagged("post_install", "-at_install")
class TestCpdReading(CpdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.new_line()
        cls.activity = cls.new_activity(cls.insider, name="Book", kind="reading")
        cls.learner = cls.attend(cls.insider)
        cls.mine = cls.attend(cls.own)

    def row(self, source, user=None, trainer=None):
        rows = self.ledger(trainer or self.insider, user)
        return rows.filtered(lambda row: row.source == source)

    def specification(self, records):
        return {
            name: (
                {"fields": {"display_name": {}}}
                if records._fields[name].relational
                else {}
            )
            for name, field in records._fields.items()
            if field.store or name == "display_name"
        }

    def test_all_columns_without_rights_on_human_resources(self):
        for user in (self.manager, self.internal_auditor, self.contributor):
            rows = self.env["qualiopi.cpd.ledger"].with_user(user)
            specification = self.specification(rows)
            self.assertIn("resume_line_id", specification)
            self.forget()
            found = rows.web_search_read([], specification)
            with self.subTest(user=user.login):
                self.assertEqual(found["length"], 1 if user == self.contributor else 4)

    def test_each_sees_his_own(self):
        self.assertEqual(self.ledger(user=self.contributor).trainer_id, self.own)
        other = self.row("session").with_user(self.contributor)
        for call in (
            lambda: other.read(["name"]),
            other.action_open,
            other.action_add,
        ):
            with self.assertRaises(AccessError):
                call()
        for user in (self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ledger(user=user)
        self.assertFalse(self.ledger(user=self.other_manager))

    def test_groups_and_totals(self):
        self.forget()
        groups = (
            self.env["qualiopi.cpd.ledger"]
            .with_user(self.manager)
            .formatted_read_group(
                [("trainer_id", "=", self.insider.id)],
                ["date:year", "kind"],
                ["counted_hours:sum", "__count"],
            )
        )
        totals = {group["kind"]: group["counted_hours:sum"] for group in groups}
        self.assertEqual(totals, {"course": 49, "reading": 0})

    def test_source_opens_with_the_rights_of_the_reader(self):
        for source, record in (
            ("activity", self.activity),
            ("session", self.session),
            ("resume", self.line),
        ):
            for user in (self.manager, self.internal_auditor):
                action = self.row(source, user).action_open()
                with self.subTest(source=source, user=user.login):
                    self.assertEqual(action["res_model"], record._name)
                    self.assertEqual(action["res_id"], record.id)
                    self.assertTrue(record.with_user(user).has_access("read"))

    def test_line_of_a_resume_opens_in_a_view_of_ours(self):
        action = self.row("resume", self.manager).action_open()
        [[view_id, view_type]] = action["views"]
        line = self.line.with_user(self.manager)
        names = self.form_fields(line, view_id, view_type)
        self.assertIn("duration", names)
        [values] = line.web_read({name: {} for name in names})
        self.assertEqual(values["duration"], 14)

    def test_trainer_is_told_who_keeps_the_session(self):
        row = self.row("session", self.contributor, self.own)
        with self.assertRefused("those who plan sessions", UserError):
            row.action_open()

    def test_adding_to_a_session_or_a_line(self):
        for source, user, trainer in (
            ("resume", self.manager, self.insider),
            ("session", self.manager, self.insider),
            ("session", self.contributor, self.own),
        ):
            row = self.row(source, user, trainer)
            hours, name = row.hours, row.name
            action = row.action_add()
            model = self.env["qualiopi.cpd.activity"].with_user(user)
            form = Form(model.with_context(**action["context"]))
            form.practice_change = "Tests are shorter"
            activity = form.save()
            with self.subTest(source=source, user=user.login):
                self.assertEqual(activity.state, "done")
                self.assertEqual((activity.hours, activity.name), (hours, name))
                rows = self.ledger(trainer)
                self.assertIn(activity, rows.activity_id)
                self.assertNotIn(source, rows.mapped("source"))

    def test_adding_to_an_activity_opens_it(self):
        action = self.row("activity", self.manager).action_add()
        self.assertEqual(action["res_id"], self.activity.id)

    def test_changes_show_without_being_told(self):
        self.env["qualiopi.cpd.ledger"].search([])
        self.activity.name = "Another book"
        self.assertTrue(
            self.env["qualiopi.cpd.ledger"].search([("name", "=", "Another book")])
        )


@tagged("post_install", "-at_install")
class TestCpdTrainersFile(CpdCase):
    def test_hours_of_the_year_and_last_day(self):
        self.new_activity(state="done", date="2026-01-01", hours=1.5)
        self.new_activity(state="done", date="2025-12-31", name="Last year")
        self.new_activity(date="2026-06-30", name="Planned")
        rejected = self.new_activity(state="done", date="2026-06-01", name="No")
        rejected.write({"state": "rejected", "rejection_reason": "No"})
        self.forget()
        self.assertEqual(self.outsider.cpd_hours, 1.5)
        self.assertEqual(str(self.outsider.cpd_last_on), "2026-01-01")

    def test_nothing_for_three_years(self):
        trainers = self.env["qualiopi.trainer"].with_user(self.internal_auditor)
        mine = [("company_id", "=", self.company.id)]
        everybody = self.outsider | self.insider | self.own
        activity = self.new_activity(state="done")
        for day, idle in (("2023-06-15", False), ("2023-06-14", True)):
            activity.date = day
            self.forget()
            for trainer in everybody:
                expected = trainer != self.outsider or idle
                with self.subTest(day=day, trainer=trainer.name):
                    self.assertEqual(trainer.cpd_idle, expected)
            found = trainers.search(mine + [("cpd_idle", "=", True)])
            self.assertEqual(self.outsider in found, idle)
            self.assertIn(self.insider, found)
            busy = trainers.search(mine + [("cpd_idle", "!=", True)])
            self.assertEqual(found | busy, trainers.search(mine))
            self.assertFalse(found & busy)

    def test_colleagues_files_keep_it_to_themselves(self):
        self.new_activity(state="done")
        self.new_activity(self.own, state="done", hours=3)
        self.forget()
        own = self.own.with_user(self.contributor)
        other = self.outsider.with_user(self.contributor)
        self.assertTrue(own.cpd_readable)
        self.assertEqual(own.cpd_hours, 3)
        self.assertEqual(len(own.cpd_ledger_ids), 1)
        self.assertFalse(other.cpd_readable)
        self.assertFalse(other.cpd_hours)
        self.assertFalse(other.cpd_ledger_ids)
        self.assertTrue(self.outsider.with_user(self.internal_auditor).cpd_readable)

    def test_who_plans_sessions_sees_none_of_it(self):
        fields = self.outsider.with_user(self.event_user).fields_get()
        self.assertFalse({name for name in fields if name.startswith("cpd_")})

    def test_buttons(self):
        self.new_activity(state="done")
        action = self.outsider.with_user(self.manager).action_open_cpd()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]).trainer_id,
            self.outsider,
        )
        action = self.outsider.with_user(self.manager).action_plan_cpd()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(form.trainer_id, self.outsider)
