from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .trainer_common import TrainerCase


@tagged("post_install", "-at_install")
class TestTrainerSkill(TrainerCase):
    def test_validity_must_begin(self):
        skill = self.hold(self.outsider, self.title)
        with mute_logger("odoo.sql_db"), self.assertRefused("valid_from", Exception):
            skill.valid_from = False
            self.env.flush_all()

    def test_begins_today_unless_said_otherwise(self):
        with self.on("2026-05-04"):
            skill = self.env["qualiopi.trainer.skill"].create(
                {
                    "trainer_id": self.outsider.id,
                    "skill_type_id": self.certifications.id,
                    "skill_id": self.title.id,
                    "skill_level_id": self.granted.id,
                }
            )
        self.assertEqual(str(skill.valid_from), "2026-05-04")

    def test_ending_before_it_begins_is_refused(self):
        with self.assertRefused("before it begins"):
            self.hold(self.outsider, self.title, "2026-05-04", "2026-05-03")
        self.hold(self.outsider, self.title, "2026-05-04", "2026-05-04")

    def test_overlaps_are_refused(self):
        self.hold(self.outsider, self.title, "2024-01-01", "2024-12-31")
        for first, last in (
            ("2023-01-01", None),
            ("2023-01-01", "2024-01-01"),
            ("2024-03-01", "2024-03-31"),
            ("2024-12-31", "2025-12-31"),
        ):
            with self.subTest(first=first, last=last):
                with self.assertRefused("is already recorded for Nadia Outsider"):
                    self.hold(self.outsider, self.title, first, last)
        self.hold(self.outsider, self.title, "2025-01-01")
        with self.assertRefused("without end"):
            self.hold(self.outsider, self.title, "2026-01-01", "2026-12-31")

    def test_other_skills_and_other_people_do_not_overlap(self):
        self.hold(self.outsider, self.title)
        self.hold(self.outsider, self.first_aid)
        self.hold(self.new_trainer("Zoe"), self.title)

    def test_level_of_another_skill_is_refused(self):
        with self.assertRefused("“Expert” is no level of “Trainer title”"):
            self.hold(self.outsider, self.title, level=self.expert)
        with self.assertRefused("“Granted” is no level of “Pivot tables”"):
            self.require(self.program, self.pivot, self.granted)

    def test_skills_of_an_employee_are_those_of_human_resources(self):
        with self.assertRefused("enter them in human resources"):
            self.env["qualiopi.trainer.skill"].create(
                {
                    "trainer_id": self.insider.id,
                    "skill_type_id": self.certifications.id,
                    "skill_id": self.title.id,
                    "skill_level_id": self.granted.id,
                }
            )

    def test_skill_that_qualified_for_a_session_is_not_deleted(self):
        skill = self.hold(self.outsider, self.title)
        other = self.hold(self.outsider, self.first_aid)
        self.assign(self.outsider)
        with self.assertRefused("qualified Nadia Outsider for", UserError):
            skill.unlink()
        other.unlink()

    def test_skill_that_was_over_before_the_session_may_go(self):
        skill = self.hold(self.outsider, self.title, last="2026-03-01")
        self.assign(self.outsider)
        skill.unlink()

    def test_skills_levels_and_types_in_use_stay(self):
        self.hold(self.outsider, self.first_aid)
        self.require(self.program, self.pivot, self.expert)
        for record in (
            self.first_aid,
            self.title,
            self.granted,
            self.expert,
            self.certifications,
            self.office,
        ):
            with self.subTest(record=record.display_name):
                with self.assertRefused("cannot be deleted", UserError):
                    record.unlink()
        self.beginner.unlink()

    def test_requirement_once_per_programme(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused("skill_uniq", IntegrityError),
        ):
            self.require(self.program, self.title)

    def test_both_sources_are_read_alike(self):
        for trainer in (self.outsider, self.insider):
            self.hold(trainer, self.pivot, "2024-01-01", "2024-06-30", self.beginner)
            self.hold(trainer, self.pivot, "2024-07-01", None, self.expert)
        held = self.env["qualiopi.trainer.qualification"]._held(
            self.outsider | self.insider
        )
        self.assertEqual(len(held[self.outsider.id]), 2)
        self.assertEqual(
            sorted(held[self.outsider.id], key=str),
            sorted(held[self.insider.id], key=str),
        )

    def test_what_human_resources_enter_shows_at_once(self):
        self.hold(self.insider, self.title)
        self.forget()
        [row] = self.insider.qualification_ids
        self.assertEqual(row.skill_id, self.title)
        self.assertEqual(row.source, "employee")
        self.assertTrue(row.is_certification)

    def test_one_query_for_all(self):
        trainers = self.outsider | self.insider
        for trainer in trainers:
            self.hold(trainer, self.title)
        many = trainers | self.new_trainer("A") | self.new_trainer("B")
        Qualification = self.env["qualiopi.trainer.qualification"]
        self.assertEqual(self.queries(lambda: Qualification._held(many)), 1)
