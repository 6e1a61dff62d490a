from odoo.fields import Command
from odoo.tests import Form, tagged

from .evidence_common import EvidenceCase
from .views_common import ViewsMixin

VIEWS = {
    "qualiopi.evidence": ("list", "kanban", "form", "search", "pivot", "activity"),
    "qualiopi.document.type": ("list", "kanban", "form", "search"),
    "qualiopi.learner.document": ("list", "kanban", "search"),
}


@tagged("post_install", "-at_install")
class TestEvidenceViews(ViewsMixin, EvidenceCase):
    """Each view as each role opens it, with what it may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.new_valid(name="Rules")
        cls.given = cls.env["qualiopi.learner.document"].create(
            [
                {"evidence_id": cls.rules.id, "registration_id": cls.alice.id},
                {
                    "evidence_id": cls.rules.id,
                    "partner_id": cls.trainer.partner_id.id,
                },
            ]
        )
        cls.newer = cls.new_valid(name="Rules 2", previous_id=cls.rules.id)
        cls.documents = (
            cls.rules
            | cls.newer
            | cls.new_evidence("cv")
            | cls.new_evidence("need_analysis", cls.alice)
            | cls.new_evidence("session_report")
        )
        cls.gone = cls.new_valid("convocation", cls.bruno)
        cls.bruno.unlink()
        cls.documents |= cls.gone

    def readable(self, records, user):
        return records.with_user(user)._filtered_access("read")

    def test_of_documents(self):
        for user in (
            self.manager,
            self.internal_auditor,
            self.contributor,
            self.event_user,
        ):
            mine = self.readable(self.documents, user)
            self.assertTrue(mine)
            for view in VIEWS["qualiopi.evidence"]:
                self.forget()
                with self.subTest(user=user.login, view=view):
                    self.assertIsNotNone(self.open_view(mine, view))

    def test_of_types_and_of_what_was_given(self):
        for user in (self.manager, self.internal_auditor, self.event_user):
            for model in ("qualiopi.document.type", "qualiopi.learner.document"):
                mine = self.env[model].with_user(user).search([], limit=20)
                self.assertTrue(mine)
                for view in VIEWS[model]:
                    self.forget()
                    with self.subTest(user=user.login, model=model, view=view):
                        self.assertIsNotNone(self.open_view(mine, view))

    def test_of_the_records_that_documents_are_about(self):
        forms = {
            "learner": self.env.ref(
                "qualiopi_compliance.event_registration_view_form_qualiopi"
            ).id,
        }
        shown = {
            self.manager: {"session", "learner", "trainer", "program", "site"},
            self.internal_auditor: {"session", "learner", "trainer", "program"},
            self.event_user: {"session", "learner", "trainer", "program"},
        }
        for user, scopes in shown.items():
            for scope in scopes:
                record = self.holders[scope].with_user(user)
                arch = self.view(record, "form", forms.get(scope))
                with self.subTest(user=user.login, scope=scope):
                    self.assertTrue(
                        arch.xpath("//widget[@name='qualiopi_evidence_drop']")
                    )
                    self.assertTrue(
                        arch.xpath("//button[@name='action_qualiopi_documents']")
                    )

    def test_the_desk_has_neither_zone_nor_button(self):
        arch = self.view(self.session.with_user(self.desk), "form")
        self.assertFalse(arch.xpath("//widget[@name='qualiopi_evidence_drop']"))
        self.assertFalse(arch.xpath("//button[@name='action_qualiopi_documents']"))
        arch = self.view(
            self.alice.with_user(self.desk),
            "form",
            self.env.ref(
                "qualiopi_compliance.event_registration_view_form_qualiopi"
            ).id,
        )
        self.assertFalse(arch.xpath("//field[@name='evidence_id']"))
        self.open_view(
            self.alice.with_user(self.desk),
            "form",
            self.env.ref(
                "qualiopi_compliance.event_registration_view_form_qualiopi"
            ).id,
        )

    def test_contributors_see_nothing_of_learners(self):
        arch = self.view(self.rules.with_user(self.contributor), "form")
        self.assertFalse(arch.xpath("//field[@name='given_ids']"))
        self.assertFalse(arch.xpath("//button[@name='action_give']"))
        self.assertFalse(arch.xpath("//button[@name='action_validate']"))

    def test_the_filters_find_what_they_say(self):
        mine = self.documents.with_user(self.manager)
        found = self.open_view(mine, "search")
        self.assertIn(self.rules, found["superseded"])
        self.assertIn(self.newer, found["current"])
        self.assertIn(self.gone, found["gone"])
        self.assertNotIn(self.rules, found["gone"])
        self.assertIn(self.documents[2], found["drafts"])
        self.assertIn(self.documents[2], found["staff"])

    def test_filled_in_by_hand(self):
        form = Form(self.env["qualiopi.evidence"].with_user(self.contributor))
        form.type_id = self.kind("welcome_booklet")
        self.assertEqual(form.name, "Welcome booklet")
        form.effective_on = "2026-02-01"
        self.assertEqual(str(form.valid_until), "2027-02-01")
        form.attachment_ids.add(self.new_file(user=self.contributor))
        evidence = form.save()
        self.assertEqual(evidence.indicator_ids.mapped("number"), [9, 15])
        evidence.action_submit()
        self.assertFalse(evidence.may_edit)

    def test_validated_it_is_read_only(self):
        with self.assertRaises(AssertionError), Form(self.newer) as form:
            form.name = "Other"
        with Form(self.newer) as form:
            form.note = "See page 2"
        self.assertEqual(self.newer.note, "See page 2")

    def test_the_list_does_not_ask_more_for_more_documents(self):
        def load(records):
            arch = self.view(records, "list")
            specification = self.specification(records, arch)
            return self.queries(lambda: records.web_read(specification))

        few = self.new_many(2)
        many = self.new_many(20)
        load(few)
        self.assertLessEqual(load(many), load(few))

    def new_many(self, count):
        return (
            self.env["qualiopi.evidence"]
            .create(
                [
                    {
                        "name": f"Document {number}",
                        "company_id": self.company.id,
                        "type_id": self.kind("house_rules").id,
                        "url": "https://example.com",
                        "indicator_ids": [
                            Command.set(self.kind("house_rules").indicator_ids.ids)
                        ],
                    }
                    for number in range(count)
                ]
            )
            .with_user(self.manager)
        )
