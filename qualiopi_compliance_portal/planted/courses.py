"""Courses of the planted company: learner files that lack nothing, or one thing."""

from odoo.fields import Command

from odoo.addons.qualiopi_compliance.planted import Gap

# gaps are planted in place: there is nothing to return
# pylint: disable=missing-return


class Course:
    """A course of one lesson and one quiz, which delivers a programme of the company.

    :param world: the planted company
    """

    def __init__(self, world):
        self.world = world
        self.program = next(
            program
            for program in world.programs.values()
            if program.category_id.code == "AFC"
            and not program.certifying
            and program.state == "validated"
        )
        question = {
            "question": "Que montre un tableau croisé ?",
            "answer_ids": [
                Command.create({"text_value": "Une synthèse", "is_correct": True}),
                Command.create({"text_value": "Un graphique"}),
            ],
        }
        contents = (
            {"name": "Leçon", "slide_category": "article", "completion_time": 2},
            {
                "name": "Quiz",
                "slide_category": "quiz",
                "completion_time": 0.5,
                "question_ids": [Command.create(question)],
            },
        )
        self.channel = world.env["slide.channel"].create(
            {
                "name": "Tableaux croisés en ligne",
                "enroll": "invite",
                "is_published": True,
                "user_id": world.manager.id,
                "qualiopi_program_id": self.program.id,
                "slide_ids": [
                    Command.create({"is_published": True, **vals}) for vals in contents
                ],
            }
        )

    def join(self, days, status="joined", **vals):
        """A learner whose file lacks nothing.

        :param days: on which he joined
        """
        world = self.world
        partner = world.partner(world.learner_name())
        self.channel._action_add_members(partner, member_status=status)
        member = world.env["slide.channel.partner"].search(
            [
                ("channel_id", "=", self.channel.id),
                ("partner_id", "=", partner.id),
            ]
        )
        member.write(
            {
                "qualiopi_joined_on": world.on(days),
                "qualiopi_funding": "skills_plan",
                "qualiopi_need_on": world.on(days - 15),
                "qualiopi_entry_on": world.on(days - 10),
                "qualiopi_adjustment": "no",
                "qualiopi_contract_on": world.on(days - 5),
                **vals,
            }
        )
        return member

    def work(self, member, days, contents=None, handed_in=True):
        """The learner completes contents on a day: all of them by default."""
        day = self.world.on(days)
        self.world.env["slide.slide.partner"].create(
            [
                {
                    "slide_id": slide.id,
                    "partner_id": member.partner_id.id,
                    "completed": True,
                    "qualiopi_completed_on": day,
                    "qualiopi_last_on": day,
                    "qualiopi_handed_in_on": (
                        day if handed_in and slide._qualiopi_is_activity() else False
                    ),
                }
                for slide in contents or self.channel.slide_ids
            ]
        )
        if member.member_status == "completed":
            member.qualiopi_completed_on = day

    def follow_up(self, member, kind, days):
        return self.world.env["qualiopi.follow.up"].create(
            {
                "member_id": member.id,
                "kind": kind,
                "date": self.world.on(days),
                "note": "Échange noté au dossier.",
            }
        )


def make_courses(world):
    """:return: the course, with a learner who finished it and one who is at work"""
    course = Course(world)
    course.work(course.join(-40), -12)
    busy = course.join(-10)
    course.work(busy, -2, course.channel.slide_ids[0])
    course.follow_up(busy, "call", -1)
    left = course.join(
        -30,
        qualiopi_dropped_on=world.on(-20),
        qualiopi_drop_out_reason="Nouvel emploi",
    )
    course.work(left, -25, course.channel.slide_ids[0])
    # none of them has a file
    course.join(-60, "invited")
    course.join(-60, qualiopi_need_on=False).active = False
    return course


class CourseGap(Gap):
    """A file of the course that loses one thing."""

    joined = -40
    lost = {}
    found = {}

    def __init__(self, world, course):
        super().__init__(world)
        self.course = course

    def plant(self):
        self.record = self.course.join(self.joined)
        self.course.work(self.record, -12)
        self.record.write(self.lost)

    def repair(self):
        self.record.write(self.found)


class OnlineNeed(CourseGap):
    checks = ("member.need",)
    lost = {"qualiopi_need_on": False}

    def repair(self):
        self.record.qualiopi_need_on = self.world.on(-2)


class OnlineEntry(CourseGap):
    checks = ("member.entry",)
    lost = {"qualiopi_entry_on": False}

    def repair(self):
        self.record.qualiopi_entry_on = self.world.on(-2)


class OnlineAdjustment(CourseGap):
    checks = ("member.adjustment",)
    lost = {"qualiopi_adjustment": False}
    found = {"qualiopi_adjustment": "no"}


class OnlineContract(CourseGap):
    checks = ("member.contract",)
    lost = {"qualiopi_contract_on": False}

    def repair(self):
        self.record.qualiopi_contract_on = self.world.on(-2)


class OnlineAdaptation(CourseGap):
    checks = ("member.adaptation",)
    lost = {"qualiopi_adjustment": "yes"}

    def repair(self):
        self.course.follow_up(self.record, "adaptation", -2)


class Ticked(CourseGap):
    """Everything ticked, nothing handed in: the exam does not show the course."""

    checks = ("member.followed",)
    framework = "rnq-2026"

    def plant(self):
        self.record = self.course.join(self.joined, qualiopi_exam_result="obtained")
        self.course.work(self.record, -12, handed_in=False)

    def repair(self):
        self.course.follow_up(self.record, "distance", -2)


class NotAssessed(CourseGap):
    """Somebody checked that it is followed, and nothing was assessed."""

    checks = ("member.outcome",)
    found = {"qualiopi_exam_result": "obtained"}

    def plant(self):
        self.record = self.course.join(self.joined)
        self.course.work(self.record, -12, handed_in=False)
        self.course.follow_up(self.record, "distance", -11)


class Silent(CourseGap):
    checks = ("member.silence",)

    def plant(self):
        self.record = self.course.join(self.joined)

    def repair(self):
        self.course.follow_up(self.record, "call", -1)


class FallingSilent(Silent):
    """A month after he joined."""

    joined = -20
    since = 10


class LeftWithoutReason(CourseGap):
    checks = ("member.drop_out",)
    found = {"qualiopi_drop_out_reason": "Raisons personnelles"}

    def plant(self):
        self.record = self.course.join(
            self.joined, qualiopi_dropped_on=self.world.on(-30)
        )


COURSE_GAPS = (
    OnlineNeed,
    OnlineEntry,
    OnlineAdjustment,
    OnlineContract,
    OnlineAdaptation,
    Ticked,
    NotAssessed,
    Silent,
    FallingSilent,
    LeftWithoutReason,
)
