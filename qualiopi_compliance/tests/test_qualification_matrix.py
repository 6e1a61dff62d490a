from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .trainer_common import TrainerCase

SCREEN = "odoo.addons.qualiopi_compliance.models.trainers.qualiopi_trainer_matrix"
LAST_DAY = "2026-06-30"
AFTER = "2026-07-01"
# the company announces an end 90 days ahead
ANNOUNCED = "2026-04-01"
BEFORE = "2026-03-31"


class MatrixCase(TrainerCase):
    """A programme that requires a title, and pivot tables as an expert."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.require(cls.program, cls.pivot, cls.expert)
        cls.on_title, cls.on_pivot = cls.program.skill_ids.sorted("id")
        cls.trainers = cls.outsider | cls.insider

    def matrix(self, day, trainers=None, programs=None, **options):
        self.forget()
        return self.env["qualiopi.qualification.matrix"]._matrix(
            date.fromisoformat(day),
            self.program if programs is None else programs,
            self.trainers if trainers is None else trainers,
            **options,
        )

    def cells(self, day, trainer, **options):
        """:return: (state, until, level held) for the title and for pivot tables"""
        matrix = self.matrix(day, **options)
        [row] = [row for row in matrix["trainers"] if row["id"] == trainer.id]
        return [
            (cell["state"], cell["until"], cell["level"])
            for cell in (
                row["cells"].get(requirement.id)
                for requirement in (self.on_title, self.on_pivot)
            )
            if cell
        ]


@tagged("post_install", "-at_install")
class TestMatrix(MatrixCase):
    def test_columns_say_what_is_required(self):
        [column] = self.matrix(BEFORE)["programs"]
        self.assertEqual(column["name"], "Spreadsheets")
        self.assertEqual(
            [(asked["skill"], asked["level"]) for asked in column["requirements"]],
            [("Trainer title", ""), ("Pivot tables", "Expert")],
        )

    def test_around_the_end_of_a_validity(self):
        for trainer in self.trainers:
            self.hold(trainer, self.title, "2024-01-01", LAST_DAY)
            for day, state in (
                ("2023-12-31", "missing"),
                ("2024-01-01", "held"),
                (BEFORE, "held"),
                (ANNOUNCED, "expiring"),
                (LAST_DAY, "expiring"),
                (AFTER, "expired"),
                ("2030-01-01", "expired"),
            ):
                until = "" if state == "missing" else LAST_DAY
                level = "Granted" if state in ("held", "expiring") else ""
                with self.subTest(trainer=trainer.name, day=day):
                    self.assertEqual(
                        self.cells(day, trainer),
                        [(state, until, level), ("missing", "", "")],
                    )

    def test_without_end_nothing_expires(self):
        for trainer in self.trainers:
            self.hold(trainer, self.title)
            with self.subTest(trainer=trainer.name):
                self.assertEqual(
                    self.cells("2040-01-01", trainer)[0], ("held", "", "Granted")
                )

    def test_a_level_below_is_not_enough_and_is_shown(self):
        for trainer in self.trainers:
            self.hold(trainer, self.pivot, level=self.beginner)
            with self.subTest(trainer=trainer.name):
                self.assertEqual(
                    self.cells(BEFORE, trainer)[1], ("missing", "", "Beginner")
                )
        self.outsider.skill_ids.skill_level_id = self.expert
        self.assertEqual(self.cells(BEFORE, self.outsider)[1], ("held", "", "Expert"))

    def test_how_long_ahead_is_a_rule_of_the_company(self):
        self.hold(self.outsider, self.title, "2024-01-01", LAST_DAY)
        self.company.qualiopi_expiry_days = 0
        self.assertEqual(self.cells("2026-06-29", self.outsider)[0][0], "held")
        self.assertEqual(self.cells(LAST_DAY, self.outsider)[0][0], "expiring")

    def test_what_he_may_not_teach_is_empty_unless_everyone_is_judged(self):
        self.hold(self.outsider, self.title)
        self.outsider.program_ids = False
        self.assertEqual(self.cells(BEFORE, self.outsider), [])
        self.assertEqual(
            self.cells(BEFORE, self.outsider, everyone=True),
            [("held", "", "Granted"), ("missing", "", "")],
        )

    def test_nobody_is_judged_for_programmes_of_another_company(self):
        foreign = self.new_program(name="Elsewhere", company_id=self.other_company.id)
        asked = self.require(foreign, self.title)
        matrix = self.matrix(BEFORE, programs=self.program | foreign, everyone=True)
        for row in matrix["trainers"]:
            self.assertNotIn(asked.id, row["cells"])
            self.assertIn(self.on_title.id, row["cells"])

    def test_a_programme_that_requires_nothing_is_named_apart(self):
        plain = self.new_program(name="Welcome")
        matrix = self.matrix(BEFORE, programs=self.program | plain)
        self.assertEqual([row["id"] for row in matrix["programs"]], self.program.ids)
        self.assertEqual(
            matrix["without_skills"], [{"id": plain.id, "name": "Welcome"}]
        )

    def test_without_names(self):
        matrix = self.matrix(BEFORE, anonymous=True)
        self.assertEqual(
            [row["name"] for row in matrix["trainers"]], ["Trainer 1", "Trainer 2"]
        )
        self.assertNotIn("Nadia", str(matrix))
        self.assertNotIn("Marc", str(matrix))
        # in the order of their files: the alphabet would tell who is who
        self.assertEqual(
            [row["id"] for row in matrix["trainers"]], self.trainers.sorted("id").ids
        )


@tagged("post_install", "-at_install")
class TestMatrixScreen(MatrixCase):
    """What the screen asks for, with the rights of its reader."""

    def screen(self, user=None, **options):
        trainers = self.env["qualiopi.trainer"].with_user(user or self.manager)
        return trainers.qualification_matrix(**options)

    def names(self, **options):
        return [row["name"] for row in self.screen(**options)["trainers"]]

    def test_everybody_who_has_not_left_on_the_day(self):
        with self.on("2026-06-01"):
            self.outsider.action_leave()
        self.assertEqual(self.names(day="2026-06-02"), ["Marc Employee"])
        self.assertEqual(
            self.names(day="2026-06-01"), ["Marc Employee", "Nadia Outsider"]
        )

    def test_today_unless_told_otherwise(self):
        with self.on("2026-06-01"):
            screen = self.screen()
        self.assertEqual((screen["day"], screen["today"]), ("2026-06-01",) * 2)

    def test_what_is_no_date_is_refused_in_words(self):
        for day in ("tomorrow", "2026-02-30", 5):
            with self.subTest(day=day), self.assertRefused("is no date", UserError):
                self.screen(day=day)

    def test_search(self):
        self.assertEqual(self.names(search="nadia"), ["Nadia Outsider"])

    def test_only_gaps(self):
        for skill in (self.title, self.pivot):
            self.hold(self.insider, skill, "2024-01-01", LAST_DAY)
        for only, day, names in (
            ("gaps", BEFORE, ["Nadia Outsider"]),
            ("gaps", LAST_DAY, ["Nadia Outsider"]),
            ("soon", BEFORE, ["Nadia Outsider"]),
            ("soon", LAST_DAY, ["Marc Employee", "Nadia Outsider"]),
            ("gaps", AFTER, ["Marc Employee", "Nadia Outsider"]),
        ):
            with self.subTest(only=only, day=day):
                self.assertEqual(self.names(only=only, day=day), names)

    def test_gaps_are_those_of_his_own_programmes(self):
        self.outsider.program_ids = False
        self.assertEqual(self.names(only="gaps", everyone=True), ["Marc Employee"])

    def test_who_could_replace_somebody(self):
        self.hold(self.outsider, self.title, "2024-01-01", LAST_DAY)
        self.hold(self.outsider, self.pivot)
        self.hold(self.insider, self.title)
        self.outsider.program_ids = False
        for everyone, day, names in (
            (False, BEFORE, []),
            (True, BEFORE, ["Nadia Outsider"]),
            (True, LAST_DAY, ["Nadia Outsider"]),
            (True, AFTER, []),
        ):
            with self.subTest(everyone=everyone, day=day):
                self.assertEqual(
                    self.names(
                        only="full",
                        everyone=everyone,
                        day=day,
                        program_ids=self.program.ids,
                    ),
                    names,
                )

    def test_pages(self):
        for only in ("", "gaps"):
            pages = [
                self.screen(only=only, offset=offset, limit=1) for offset in (0, 1, 2)
            ]
            with self.subTest(only=only):
                self.assertEqual(
                    [[row["name"] for row in page["trainers"]] for page in pages],
                    [["Marc Employee"], ["Nadia Outsider"], []],
                )
                self.assertEqual([page["total"] for page in pages], [2, 2, 2])

    def test_fewer_trainers_where_there_are_many_columns(self):
        self.assertEqual(self.screen()["limit"], 80)
        with patch(f"{SCREEN}.CELLS_OF_PAGE", 60):
            # two columns
            self.assertEqual(self.screen()["limit"], 30)
        with patch(f"{SCREEN}.CELLS_OF_PAGE", 10):
            self.assertEqual(self.screen()["limit"], 20)
            self.assertEqual(self.screen(limit=5)["limit"], 5)

    def test_columns_chosen(self):
        other = self.new_program(name="First aid")
        self.require(other, self.first_aid)
        self.insider.program_ids = [Command.link(other.id)]
        screen = self.screen(program_ids=other.ids)
        self.assertEqual([row["name"] for row in screen["programs"]], ["First aid"])
        self.assertEqual([row["name"] for row in screen["trainers"]], ["Marc Employee"])
        self.assertEqual(
            self.names(program_ids=other.ids, everyone=True),
            ["Marc Employee", "Nadia Outsider"],
        )

    def test_retired_programmes_are_no_columns(self):
        self.program.sudo().action_retire()
        self.assertEqual(self.screen()["programs"], [])

    def test_readers_without_rights_on_human_resources(self):
        self.hold(self.insider, self.title)
        for user in (
            self.manager,
            self.internal_auditor,
            self.contributor,
            self.event_user,
            self.desk,
        ):
            with self.subTest(user=user.login):
                self.assertFalse(user.has_group("hr.group_hr_user"))
                [row] = self.screen(user=user, search="Marc")["trainers"]
                self.assertEqual(row["cells"][self.on_title.id]["state"], "held")

    def test_others_see_nothing(self):
        for user in (self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.screen(user=user)
        screen = self.screen(user=self.other_manager)
        self.assertEqual((screen["trainers"], screen["programs"]), ([], []))
        # asking for what is of another company gives no more
        screen = self.screen(user=self.other_manager, program_ids=self.program.ids)
        self.assertEqual((screen["trainers"], screen["programs"]), ([], []))


@tagged("post_install", "-at_install")
class TestMatrixQueries(MatrixCase):
    def plant(self, trainers, programs):
        """:return: as many trainers, who may teach as many programmes"""
        planted = self.env["qualiopi.program"].create(
            [
                {
                    "name": f"Programme {number}",
                    "company_id": self.company.id,
                    "category_id": self.category("AFC").id,
                    "skill_ids": [
                        Command.create({"skill_id": skill.id, "skill_level_id": level})
                        for skill, level in (
                            (self.title, False),
                            (self.pivot, self.expert.id),
                        )
                    ],
                }
                for number in range(programs)
            ]
        )
        people = self.env["qualiopi.trainer"]
        for number in range(trainers):
            trainer = self.new_trainer(
                f"Person {number:03}", program_ids=[Command.set(planted.ids)]
            )
            self.hold(trainer, self.title)
            people |= trainer
        return people, planted

    def test_the_number_of_queries_is_fixed(self):
        # what is asked once for all: groups, rules, selections
        self.matrix(BEFORE)
        counts = []
        for size in ((3, 3), (30, 20)):
            people, planted = self.plant(*size)
            counts.append(
                self.queries(
                    lambda people=people, planted=planted: self.matrix(
                        BEFORE, people, planted, everyone=True
                    )
                )
            )
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 20)

    def test_the_screen_too(self):
        trainers = self.env["qualiopi.trainer"].with_user(self.manager)

        def screen():
            trainers.qualification_matrix(only="gaps", everyone=True)

        screen()
        before = self.queries(screen)
        self.plant(20, 10)
        self.assertLessEqual(self.queries(screen), before)
