from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .session_common import FIRST, SessionCase

PIECES = (
    "qualiopi.attendance",
    "qualiopi.outcome",
    "qualiopi.follow.up",
    "qualiopi.learner.document",
)
# what an internal auditor must be able to open to read a session and its learners
CORE = (
    "event.event",
    "event.registration",
    "event.stage",
    "event.tag",
    "event.event.ticket",
    "event.slot",
    "event.type",
    "event.question",
    "event.question.answer",
    "event.registration.answer",
    "event.mail",
    "event.mail.registration",
)


@tagged("post_install", "-at_install")
class TestTrainingSecurity(SessionCase):
    """Who reads and writes sessions and learner files, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.learner] = cls.new_learners(cls.session, 1)
        identity = {"registration_id": cls.learner.id}
        cls.pieces = {
            "qualiopi.attendance": {
                **identity,
                "date": FIRST,
                "period": "am",
                "state": "present",
            },
            "qualiopi.outcome": {
                **identity,
                "objective_id": cls.program.objective_ids.id,
                "result": "reached",
                "assessed_on": FIRST,
            },
            "qualiopi.follow.up": {**identity, "kind": "call", "note": "Called"},
            "qualiopi.learner.document": {**identity, "name": "House rules"},
        }
        cls.samples = {
            model: cls.env[model].create(vals) for model, vals in cls.pieces.items()
        }
        cls.half_day = cls.env["qualiopi.half.day"].create(
            {"event_id": cls.session.id, "date": FIRST, "period": "am"}
        )
        cls.other_desk = new_test_user(
            cls.env,
            "q_other_desk",
            "event.group_event_registration_desk",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )

    def rights(self, user, model):
        """:return: the operations the user has on a model, as letters"""
        return "".join(
            letter
            for letter, operation in zip(
                "rwcu", ("read", "write", "create", "unlink"), strict=True
            )
            if self.env[model].with_user(user).has_access(operation)
        )

    def test_rights_on_the_pieces_of_a_file(self):
        expected = {
            self.manager: "rwcu",
            self.event_user: "rwcu",
            self.desk: "rwcu",
            self.internal_auditor: "r",
            self.contributor: "",
            self.plain: "",
            self.portal: "",
        }
        for model in PIECES:
            for user, rights in expected.items():
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self.rights(user, model), rights)

    def test_rights_on_half_days(self):
        expected = {
            self.manager: "rwcu",
            self.event_user: "rwcu",
            self.desk: "r",
            self.internal_auditor: "r",
            self.contributor: "",
            self.plain: "",
            self.portal: "",
        }
        for user, rights in expected.items():
            with self.subTest(user=user.login):
                self.assertEqual(self.rights(user, "qualiopi.half.day"), rights)

    def test_internal_auditor_reads_sessions_and_writes_none(self):
        for model in CORE:
            with self.subTest(model=model):
                self.assertEqual(self.rights(self.internal_auditor, model), "r")

    def test_internal_auditor_opens_the_views_of_ours(self):
        views = {
            "event.registration": [
                (
                    self.env.ref(
                        "qualiopi_compliance.event_registration_view_form_qualiopi"
                    ).id,
                    "form",
                )
            ],
        }
        for model, wanted in views.items():
            record = self.learner.with_user(self.internal_auditor)
            arch = self.env[model].with_user(self.internal_auditor).get_views(wanted)
            names = arch["models"][model]["fields"]
            record.read(
                [name for name in names if record._fields[name].type != "properties"]
            )

    def test_the_other_company_sees_none_of_it(self):
        records = [*self.samples.values(), self.half_day]
        for record in records:
            outsider = record.with_user(self.other_desk)
            with self.subTest(model=record._name):
                self.assertFalse(outsider.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    outsider.read(["display_name"])

    def test_adjustments_are_for_the_disability_referent(self):
        self.learner.sudo().qualiopi_adjustment_note = "Large print"
        for user in (self.manager, self.event_user, self.desk):
            learner = self.learner.with_user(user)
            with self.subTest(user=user.login):
                self.assertNotIn(
                    "qualiopi_adjustment_note", learner.fields_get(attributes=["type"])
                )
                with self.assertRaises(AccessError):
                    learner.read(["qualiopi_adjustment_note"])
        self.desk.sudo().group_ids += self.env.ref(
            "qualiopi_compliance.group_qualiopi_disability_referent"
        )
        [values] = self.learner.with_user(self.desk).read(["qualiopi_adjustment_note"])
        self.assertEqual(values["qualiopi_adjustment_note"], "Large print")

    def test_desk_records_and_manager_has_no_more_than_training(self):
        attendance = self.env["qualiopi.attendance"].with_user(self.desk)
        attendance.create(
            {
                "registration_id": self.learner.id,
                "date": FIRST,
                "period": "pm",
                "state": "absent",
            }
        )
        self.assertFalse(self.manager.has_group("hr.group_hr_user"))
