from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .cpd_common import TODAY, CpdCase

TOMORROW = "2026-06-16"


@tagged("post_install", "-at_install")
class TestCpdLife(CpdCase):
    def test_planned_done_validated(self):
        activity = self.new_activity()
        activity.with_user(self.manager).action_done()
        self.assertEqual(activity.state, "done")
        self.assertFalse(activity.assessed_on)
        activity.with_user(self.manager).action_validate()
        self.assertEqual(activity.state, "validated")
        self.assertEqual(activity.assessed_by_id, self.manager)
        self.assertEqual(str(activity.assessed_on), TODAY)

    def test_planned_is_not_validated(self):
        activity = self.new_activity()
        with self.assertRefused("to be done first", UserError):
            activity.action_validate()
        with self.assertRefused("to be done first", UserError):
            activity.state = "validated"

    def test_rejection_asks_for_its_reason(self):
        activities = self.new_activity(state="done") | self.new_activity(name="Other")
        action = activities.with_user(self.manager).action_reject()
        wizard = Form(
            self.env["qualiopi.cpd.rejection"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        wizard.reason = "No certificate of attendance"
        wizard.save().action_confirm()
        self.assertEqual(activities.mapped("state"), ["rejected"] * 2)
        for activity in activities:
            self.assertEqual(activity.rejection_reason, "No certificate of attendance")
            self.assertEqual(activity.assessed_by_id, self.manager)

    def test_rejection_without_a_reason_is_refused(self):
        activity = self.new_activity(state="done")
        for reason in (False, "", "   "):
            with self.subTest(reason=reason), self.assertRefused("Write why"):
                activity.write({"state": "rejected", "rejection_reason": reason})

    def test_reopened_it_is_to_be_judged_anew(self):
        for state, again in (("done", "done"), ("planned", "planned")):
            activity = self.new_activity(
                state=state, date="2026-05-11" if state == "done" else TOMORROW
            )
            activity.write({"state": "rejected", "rejection_reason": "Off topic"})
            activity.with_user(self.manager).action_reopen()
            with self.subTest(state=state):
                self.assertEqual(activity.state, again)
                self.assertFalse(activity.rejection_reason)
                self.assertFalse(activity.assessed_by_id)
                self.assertFalse(activity.assessed_on)

    def test_what_was_judged_stays_as_it_is(self):
        judged = self.new_activity(state="validated")
        for user in (self.env.user, self.manager):
            for vals in (
                {"hours": 8},
                {"practice_change": "Something else"},
                {"proof_url": "https://example.com"},
                {"attachment_ids": [Command.create({"name": "late.txt"})]},
                {"state": "rejected", "rejection_reason": "After all"},
            ):
                case = self.subTest(user=user.login, **vals)
                with case, self.assertRefused("stays as it was judged", UserError):
                    judged.with_user(user).write(vals)
        judged.with_user(self.manager).write({"state": "done", "hours": 8})
        self.assertEqual((judged.state, judged.hours), ("done", 8))

    def test_trainers_status_may_change_all_the_same(self):
        judged = self.new_activity(state="validated")
        self.outsider.kind = "umbrella"
        self.forget()
        self.assertEqual(judged.trainer_kind, "umbrella")

    def test_only_plans_are_deleted(self):
        done = self.new_activity(state="done")
        judged = self.new_activity(state="validated")
        for activity in (done, judged):
            with self.assertRefused("part of the history", UserError):
                activity.unlink()
        done.action_plan()
        done.unlink()
        self.assertFalse(done.exists())

    def test_file_of_who_learnt_is_kept(self):
        trainer = self.new_trainer("Learnt Once")
        activity = self.new_activity(trainer)
        with self.assertRefused("part of the history", UserError):
            trainer.unlink()
        activity.unlink()
        trainer.unlink()

    def test_session_or_line_may_go_the_activity_stays(self):
        line = self.new_line()
        session = self.new_session()
        activity = self.new_activity(
            self.insider, resume_line_id=line.id, event_id=session.id
        )
        line.unlink()
        session.unlink()
        self.assertTrue(activity.exists())


@tagged("post_install", "-at_install")
class TestCpdWhoKeepsIt(CpdCase):
    def test_trainer_keeps_his_own_record(self):
        activity = self.new_activity(self.own, self.contributor)
        activity.write({"hours": 6.5, "practice_change": "More group work"})
        activity.action_done()
        activity.action_plan()
        activity.action_done()
        self.assertEqual(activity.state, "done")

    def test_trainer_never_judges(self):
        activity = self.new_activity(self.own, self.contributor, state="done")
        words = "Only a quality manager"
        with self.assertRefused(words, AccessError):
            activity.action_validate()
        with self.assertRefused(words, AccessError):
            activity.action_reject()
        for vals in (
            {"state": "validated"},
            {"state": "rejected", "rejection_reason": "Mine"},
            {"rejection_reason": "Mine"},
        ):
            with self.subTest(**vals), self.assertRefused(words, AccessError):
                activity.write(vals)
            case = self.subTest(create=True, **vals)
            with case, self.assertRefused(words, AccessError):
                self.new_activity(self.own, self.contributor, **vals)

    def test_nobody_writes_who_judged_and_when(self):
        activity = self.new_activity(self.own, state="done")
        for user in (self.contributor, self.manager):
            for vals in (
                {"assessed_on": "2025-01-01"},
                {"assessed_by_id": self.manager.id},
            ):
                with self.subTest(user=user.login, **vals):
                    with self.assertRefused("recorded by itself", AccessError):
                        activity.with_user(user).write(vals)
                    with self.assertRefused("recorded by itself", AccessError):
                        self.new_activity(self.own, user, **vals)

    def test_trainer_does_not_correct_what_was_judged(self):
        activity = self.new_activity(self.own, state="validated")
        mine = activity.with_user(self.contributor)
        with self.assertRefused("Have a quality manager reopen it", UserError):
            mine.hours = 12
        with self.assertRefused("Only a quality manager", AccessError):
            mine.state = "done"
        with self.assertRefused("Only a quality manager", AccessError):
            mine.action_reopen()
        with self.assertRaises(AccessError):
            mine.unlink()
        self.assertEqual(mine.read(["state"])[0]["state"], "validated")

    def test_rejected_trainer_may_answer(self):
        activity = self.new_activity(self.own, state="done")
        activity.write({"state": "rejected", "rejection_reason": "No proof"})
        mine = activity.with_user(self.contributor)
        mine.message_post(body="Here it is")
        self.assertIn("Here it is", mine.message_ids[0].body)

    def test_trainer_sees_nothing_of_others(self):
        theirs = self.new_activity()
        activities = self.env["qualiopi.cpd.activity"].with_user(self.contributor)
        self.assertFalse(activities.search([("id", "=", theirs.id)]))
        for call in (
            lambda record: record.read(["name"]),
            lambda record: record.web_read({"display_name": {}}),
            lambda record: record.write({"hours": 1}),
            lambda record: record.action_done(),
            lambda record: record.unlink(),
        ):
            with self.assertRaises(AccessError):
                call(theirs.with_user(self.contributor))

    def test_trainer_records_nothing_for_others(self):
        with self.assertRaises(AccessError):
            self.new_activity(self.outsider, self.contributor)
        activity = self.new_activity(self.own, self.contributor)
        with self.assertRaises(AccessError):
            activity.trainer_id = self.outsider

    def test_internal_auditor_reads_all_and_judges_nothing(self):
        theirs = self.new_activity(state="done").with_user(self.internal_auditor)
        self.assertTrue(theirs.read(["name"]))
        for button in ("action_validate", "action_reject", "action_plan"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(theirs, button)()

    def test_proof_is_read_by_who_reads_the_activity(self):
        proof = (
            self.env["ir.attachment"]
            .with_user(self.contributor)
            .create(
                {
                    "name": "proof.txt",
                    "raw": b"present",
                    "res_model": "qualiopi.cpd.activity",
                }
            )
        )
        activity = self.new_activity(
            self.own, self.contributor, attachment_ids=[Command.link(proof.id)]
        )
        self.assertEqual(proof.res_id, activity.id)
        self.assertEqual(proof.with_user(self.manager).raw, b"present")
        self.assertTrue(proof.with_user(self.internal_auditor).has_access("read"))
        stranger = self.new_user("q_contributor_2", "contributor")
        self.assertFalse(proof.with_user(stranger).has_access("read"))

    def test_proof_of_what_was_judged_is_not_deleted_by_its_trainer(self):
        activity = self.new_activity(
            self.own,
            self.contributor,
            state="done",
            attachment_ids=[Command.create({"name": "proof.txt", "raw": b"x"})],
        )
        proof = activity.attachment_ids
        activity.with_user(self.manager).action_validate()
        with self.assertRaises(AccessError):
            proof.with_user(self.contributor).unlink()
