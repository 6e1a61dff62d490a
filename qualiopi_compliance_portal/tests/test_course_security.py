from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon
from odoo.addons.qualiopi_compliance.tests.views_common import ViewsMixin

from .elearning_common import ElearningCase, ElearningMixin

PORTAL = "qualiopi_compliance_portal."
VIEWS = {
    "slide.channel": ("list", "kanban", "form"),
    "slide.channel.partner": ("list", "kanban", "form"),
}


class PageCase(QualiopiCommon, HttpCase):
    """A programme alone: what :class:`SessionCase` calls session is another thing
    to a browser.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["qualiopi.program"].create(
            {
                "name": "Spreadsheets",
                "company_id": cls.company.id,
                "category_id": cls.category("AFC").id,
            }
        )


@tagged("post_install", "-at_install")
class TestCourseSecurity(ElearningCase, ViewsMixin):
    """Who reads and writes what, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        with cls.on("2026-05-05"):
            cls.tick(cls.alice, cls.lesson)
        cls.follow_up = cls.check_with(cls.alice)

    def may(self, user, record):
        """:return: letters of what the user may do with a record"""
        record = record.with_user(user)
        self.env.invalidate_all()
        return "".join(
            letter
            for letter, operation in (("r", "read"), ("w", "write"), ("u", "unlink"))
            if record.has_access(operation)
        )

    def test_memberships(self):
        for user, expected in (
            (self.manager, "rw"),
            (self.internal_auditor, "r"),
            # core: officers change what belongs to courses they are responsible for
            (self.officer, "r"),
            (self.contributor, ""),
            (self.event_user, ""),
            (self.plain, ""),
            (self.portal, ""),
            (self.public, ""),
            (self.other_manager, ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.may(user, self.alice), expected)

    def test_contents_followed(self):
        trace = self.trace(self.alice, self.lesson)
        for user, expected in (
            (self.manager, "r"),
            (self.internal_auditor, "r"),
            (self.contributor, ""),
            (self.plain, ""),
            (self.portal, ""),
            (self.other_manager, ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.may(user, trace), expected)

    def test_follow_ups(self):
        [learner] = self.new_learners(self.session, 1)
        of_session = self.env["qualiopi.follow.up"].create(
            {"registration_id": learner.id, "kind": "call", "note": "Hello"}
        )
        for user, online, session in (
            (self.manager, "rwu", "rwu"),
            (self.internal_auditor, "r", "r"),
            (self.officer, "r", ""),
            (self.event_user, "", "rwu"),
            (self.desk, "", "rwu"),
            (self.contributor, "", ""),
            (self.plain, "", ""),
            (self.portal, "", ""),
            (self.other_manager, "", ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.may(user, self.follow_up), online)
                self.assertEqual(self.may(user, of_session), session)

    def test_courses(self):
        draft = self.new_course("Not ready", self.program, is_published=False)
        for user, published, unpublished in (
            (self.manager, "rw", "rw"),
            (self.internal_auditor, "r", "r"),
            (self.contributor, "r", ""),
            (self.plain, "r", ""),
            (self.portal, "r", ""),
            (self.public, "r", ""),
            # a published course is public; nobody else changes it
            (self.other_manager, "r", ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.may(user, self.course), published)
                self.assertEqual(self.may(user, draft), unpublished)

    def test_visitors_do_not_learn_the_programme(self):
        for user in (self.portal, self.public):
            course = self.course.with_user(user)
            for name in (
                "qualiopi_program_id",
                "qualiopi_version_id",
                "qualiopi_company_id",
                "qualiopi_warning",
            ):
                with (
                    self.subTest(user=user.login, field=name),
                    self.assertRaises(AccessError),
                ):
                    course.read([name])

    def test_the_note_on_an_adjustment_is_for_the_referent(self):
        self.alice.qualiopi_adjustment_note = "A larger screen"
        for user in (self.manager, self.internal_auditor, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.alice.with_user(user).read(["qualiopi_adjustment_note"])

    def test_views_open(self):
        for user in (self.manager, self.internal_auditor):
            for model, kinds in VIEWS.items():
                records = self.alice if "partner" in model else self.course
                for kind in kinds:
                    name = model.replace(".", "_")
                    view = self.env.ref(f"{PORTAL}{name}_view_{kind}_qualiopi")
                    with self.subTest(user=user.login, model=model, kind=kind):
                        self.env.invalidate_all()
                        [row] = self.open_view(records.with_user(user), kind, view.id)
                        self.assertTrue(row)

    def test_filters(self):
        Member = self.env["slide.channel.partner"].with_user(self.internal_auditor)
        view = self.env.ref(f"{PORTAL}slide_channel_partner_view_search_qualiopi")
        self.open_view(Member, "search", view.id)

    def test_a_manager_keeps_the_file(self):
        alice = self.alice.with_user(self.manager)
        alice.write(
            {
                "qualiopi_need_on": "2026-05-04",
                "qualiopi_follow_up_ids": [(0, 0, {"kind": "call", "note": "Fine"})],
            }
        )
        self.assertEqual(len(alice.qualiopi_follow_up_ids), 2)
        self.course.with_user(self.manager).qualiopi_program_id = False
        with self.assertRaises(AccessError):
            self.alice.with_user(self.internal_auditor).qualiopi_need_on = False

    def test_the_responsible_of_a_course_keeps_its_files(self):
        self.course.user_id = self.officer
        self.assertEqual(self.may(self.officer, self.alice), "rwu")
        self.assertEqual(self.may(self.officer, self.follow_up), "rwu")

    def test_a_manager_who_is_an_officer_too_loses_nothing(self):
        self.manager.group_ids += self.env.ref(
            "website_slides.group_website_slides_officer"
        )
        self.assertEqual(self.may(self.manager, self.alice), "rw")
        self.assertEqual(self.may(self.manager, self.course), "rw")
        self.assertEqual(self.may(self.manager, self.follow_up), "rwu")

    def test_a_manager_of_the_other_company_finds_none(self):
        Member = self.env["slide.channel.partner"].with_user(self.other_manager)
        self.assertFalse(Member.search([("channel_id", "=", self.course.id)]))
        self.course.is_published = False
        found = self.env["slide.channel"].with_user(self.other_manager)
        self.assertFalse(found.search([("id", "=", self.course.id)]))


@tagged("post_install", "-at_install")
class TestCoursePage(ElearningMixin, PageCase):
    """Core's pages go on working for learners and visitors."""

    def test_a_learner_works_on_his_course(self):
        member = self.enrol(self.portal.partner_id)
        self.authenticate("q_portal", "q_portal")
        url = f"/slides/slide/{self.env['ir.http']._slug(self.lesson)}"
        self.assertEqual(self.url_open(url).status_code, 200)
        self.assertTrue(self.trace(member, self.lesson).qualiopi_last_on)
        answer = self.quiz.question_ids.answer_ids.filtered("is_correct")
        sent = self.url_open(
            "/slides/slide/quiz/submit",
            json={"params": {"slide_id": self.quiz.id, "answer_ids": answer.ids}},
        ).json()
        self.assertTrue(sent["result"]["completed"])
        self.env.invalidate_all()
        self.assertTrue(self.trace(member, self.quiz).qualiopi_handed_in_on)
        self.assertEqual(member.qualiopi_handed_in, 1)

    def test_a_visitor_reads_the_course(self):
        page = self.url_open(f"/slides/{self.env['ir.http']._slug(self.course)}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Spreadsheets online", page.text)
        self.assertNotIn("qualiopi", page.text.split("<main>")[-1].lower())
