from odoo.fields import Command, Date
from odoo.tests import new_test_user

from odoo.addons.qualiopi_compliance.tests.collector_common import CollectorCase
from odoo.addons.qualiopi_compliance.tests.session_common import SessionCase

# The learners joined in May, and the tests look at them in the middle of June.
JOINED = "2026-05-04"
TODAY = "2026-06-15"


class ElearningMixin:
    """A course of two contents, the second with a question, and two learners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env,
            "q_officer",
            "website_slides.group_website_slides_officer",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.course = cls.new_course("Spreadsheets online", cls.program)
        cls.lesson, cls.quiz = cls.course.slide_ids
        with cls.on(JOINED):
            cls.alice = cls.join("Alice Petit")
            cls.bruno = cls.join("Bruno Roy")

    @classmethod
    def date(cls, day):
        return Date.to_date(day)

    @classmethod
    def new_course(cls, name, program=None, **vals):
        return cls.env["slide.channel"].create(
            {
                "name": name,
                "enroll": "invite",
                "is_published": True,
                "user_id": cls.env.ref("base.user_admin").id,
                "qualiopi_program_id": program.id if program else False,
                "slide_ids": [
                    Command.create(
                        {
                            "name": "Lesson",
                            "slide_category": "article",
                            "is_published": True,
                            "completion_time": 1.5,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Quiz",
                            "slide_category": "quiz",
                            "is_published": True,
                            "completion_time": 0.25,
                            "question_ids": [
                                Command.create(
                                    {
                                        "question": "What is a pivot table?",
                                        "answer_ids": [
                                            Command.create(
                                                {
                                                    "text_value": "A summary",
                                                    "is_correct": True,
                                                }
                                            ),
                                            Command.create({"text_value": "A chart"}),
                                        ],
                                    }
                                )
                            ],
                        }
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def join(cls, name, course=None, status="joined", **vals):
        """:return: the membership of somebody new"""
        partner = cls.env["res.partner"].create(
            {"name": name, "email": f"{name.split()[0].lower()}@example.com"}
        )
        return cls.enrol(partner, course, status, **vals)

    @classmethod
    def enrol(cls, partner, course=None, status="joined", **vals):
        course = course or cls.course
        course._action_add_members(partner, member_status=status)
        member = cls.env["slide.channel.partner"].search(
            [("channel_id", "=", course.id), ("partner_id", "=", partner.id)]
        )
        member.write(vals)
        return member

    @classmethod
    def view_content(cls, member, slide, answered=False):
        """The learner opens a content, and sends his answers if he ``answered``."""
        slide._action_set_viewed(member.partner_id, quiz_attempts_inc=answered)

    @classmethod
    def tick(cls, member, *slides):
        for slide in slides:
            cls.view_content(member, slide)
            cls.trace(member, slide).completed = True

    @classmethod
    def finish(cls, member, answered=True):
        """Complete the course, with or without answering its quiz."""
        lesson, quiz = member.channel_id.slide_ids
        cls.tick(member, lesson)
        if answered:
            cls.view_content(member, quiz, answered=True)
        cls.tick(member, quiz)

    @classmethod
    def trace(cls, member, slide):
        return cls.env["slide.slide.partner"].search(
            [
                ("slide_id", "=", slide.id),
                ("partner_id", "=", member.partner_id.id),
            ]
        )

    @classmethod
    def check_with(cls, member, kind="distance", **vals):
        return cls.env["qualiopi.follow.up"].create(
            {"member_id": member.id, "kind": kind, "note": "By telephone", **vals}
        )


class ElearningCase(ElearningMixin, SessionCase):
    """It is 15 June 2026, unless a test says otherwise."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))


class ElearningCollectorCase(ElearningMixin, CollectorCase):
    """The same, for those who count."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))
