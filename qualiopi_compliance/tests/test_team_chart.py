from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .team_common import TODAY, YESTERDAY, TeamCase


@tagged("post_install", "-at_install")
class TestChart(TeamCase):
    """The chart shows each fact once, from where it stands."""

    def gaps(self):
        return self.chart().filtered(lambda row: row.source == "gap")

    def test_what_nobody_holds_is_shown_with_what_to_do(self):
        self.assertEqual(
            self.gaps().mapped("function"),
            [
                "quality",
                "teaching",
                "disability",
                "administration",
                "logistics",
                "sales",
            ],
        )
        for row in self.gaps():
            self.assertTrue(row.detail)
            self.assertEqual(row.display_name, "Nobody")

    def test_apprenticeship_asks_for_mobility_and_a_council(self):
        before = set(self.gaps().mapped("function"))
        self.declare(self.company, "CFA")
        after = set(self.gaps().mapped("function"))
        self.assertEqual(after - before, {"mobility", "council"})

    def test_nothing_is_asked_of_a_company_without_category(self):
        self.assertFalse(self.chart(self.other_company))

    def test_a_category_given_up_asks_for_nothing(self):
        declared = self.declare(self.company, "CFA")
        declared.active = False
        self.assertNotIn("mobility", self.gaps().mapped("function"))

    def test_contacts_come_from_the_companys_sheet(self):
        self.company.qualiopi_quality_contact_id = self.anna
        [row] = self.chart().filtered(lambda row: row.function == "quality")
        self.assertEqual(row.source, "contact")
        self.assertEqual(row.partner_id, self.anna)
        self.assertEqual((row.email, row.phone), ("anna@example.com", "0102"))

    def test_teaching_referents_come_from_the_programmes(self):
        first = self.add_program(name="One", referent_id=self.anna.id)
        self.add_program(name="Two", referent_id=self.anna.id)
        self.add_program(name="Three", referent_id=self.bruno.id)
        retired = self.add_program(name="Four", referent_id=self.chloe.id)
        retired.action_retire()
        rows = self.chart().filtered(lambda row: row.function == "teaching")
        details = {row.partner_id.name: row.detail for row in rows}
        self.assertEqual(
            details,
            {
                "Anna Petit": "Teaching referent: One, Two",
                "Bruno Roy": "Teaching referent: Three",
            },
        )
        first.referent_id = False
        rows = self.chart().filtered(lambda row: row.partner_id == self.anna)
        self.assertEqual(rows.detail, "Teaching referent: Two")

    def test_trainers_come_from_their_files(self):
        programs = self.add_program(name="One") | self.add_program(name="Two")
        trainer = self.new_trainer(self.anna, program_ids=programs.ids)
        self.new_trainer(self.bruno, state="draft")
        [row] = self.chart().filtered(lambda row: row.function == "trainer")
        self.assertEqual(row.partner_id, self.anna)
        self.assertEqual(row.detail, "Subcontractor\nOne, Two")
        trainer.program_ids |= self.add_program(name="Three")
        self.assertEqual(self.holders("trainer"), ["Anna Petit"])
        self.assertEqual(row.detail, "Subcontractor\n3 programmes")
        trainer.action_suspend()
        self.assertEqual(self.holders("trainer"), [])

    def test_roles_fill_the_gaps_on_their_days(self):
        self.new_role("sales", self.anna, since="2026-01-01", until="2026-12-31")
        self.assertEqual(self.holders("sales"), ["Anna Petit"])
        self.assertEqual(self.holders("sales", "2026-12-31"), ["Anna Petit"])
        self.assertEqual(self.holders("sales", "2027-01-01"), ["Nobody"])
        self.new_role("sales", self.bruno, since="2026-12-01")
        self.assertEqual(self.holders("sales"), ["Anna Petit"])
        self.assertCountEqual(
            self.holders("sales", "2026-12-05"), ["Anna Petit", "Bruno Roy"]
        )
        self.assertEqual(self.holders("sales", "2027-01-01"), ["Bruno Roy"])

    def test_an_archived_role_holds_nothing(self):
        self.new_role("sales", self.anna).action_archive()
        self.assertEqual(self.holders("sales"), ["Nobody"])

    def test_one_person_may_do_everything(self):
        """A sole trader holds all functions himself (guide V9, indicator 18)."""
        for function in ("administration", "logistics", "sales", "teaching"):
            self.new_role(function, self.anna)
        self.company.qualiopi_quality_contact_id = self.anna
        self.company.qualiopi_disability_contact_id = self.anna
        self.assertFalse(self.gaps())

    def test_the_order_is_that_of_the_chart(self):
        self.new_role("sales", self.anna)
        self.new_role("management", self.bruno)
        self.new_trainer(self.chloe)
        rows = self.chart()
        self.assertEqual(rows.mapped("rank"), sorted(rows.mapped("rank")))
        groups = self.env["qualiopi.team.person"].formatted_read_group(
            [("company_id", "=", self.company.id)], ["function"], ["__count"]
        )
        self.assertEqual(groups[0]["__count"], 1)
        expanded = self.env["qualiopi.team.person"]._expand_functions(
            [group["function"] for group in groups], []
        )
        self.assertEqual(expanded[0], "management")
        self.assertEqual(expanded[-1], "sales")

    def test_rows_keep_their_identity(self):
        self.declare(self.company, "CFA")
        self.company.qualiopi_quality_contact_id = self.anna
        self.add_program(referent_id=self.anna.id)
        self.new_trainer(self.anna)
        self.new_role("sales", self.anna)
        rows = self.env["qualiopi.team.person"].search([])
        self.assertEqual(len(rows), len(set(rows.ids)))
        self.assertEqual(
            set(rows.mapped("source")), {"contact", "program", "trainer", "role", "gap"}
        )

    def test_who_is_archived_shows(self):
        self.new_role("sales", self.chloe)
        self.chloe.active = False
        [row] = self.chart().filtered(lambda row: row.function == "sales")
        self.assertFalse(row.person_active)
        self.assertEqual(row.display_name, "Chloé Vidal")

    def test_missions_to_be_written(self):
        self.company.qualiopi_quality_contact_id = self.anna
        role = self.new_role("sales", self.bruno, missions="Sells")
        rows = self.env["qualiopi.team.person"]
        domain = [("company_id", "=", self.company.id)]
        found = rows.search([*domain, ("incomplete", "=", True)])
        self.assertEqual(found.partner_id, self.anna)
        self.assertIn(
            role.partner_id,
            rows.search([*domain, ("incomplete", "=", False)]).partner_id,
        )
        role.missions = False
        self.forget()
        found = rows.search([*domain, ("incomplete", "=", True)])
        self.assertEqual(found.partner_id, self.anna | self.bruno)
        self.assertEqual(found.filtered("incomplete"), found)

    def test_reading_takes_as_many_queries_for_many_people(self):
        def read():
            self.forget()
            before = self.env.cr.sql_log_count
            rows = self.env["qualiopi.team.person"].search(
                [("company_id", "=", self.company.id)]
            )
            rows.mapped(lambda row: (row.detail, row.display_name, row.email))
            return self.env.cr.sql_log_count - before

        def add(count):
            people = self.env["res.partner"].create(
                [{"name": f"Person {number}"} for number in range(count)]
            )
            for partner in people:
                program = self.add_program(referent_id=partner.id)
                self.new_trainer(partner, program_ids=program.ids)
                self.new_role("sales", partner, missions="Sells")

        add(2)
        few = read()
        add(15)
        self.assertLessEqual(read(), few)


@tagged("post_install", "-at_install")
class TestRole(TeamCase):
    """Roles complete the company's contacts and never contradict them."""

    def test_a_role_completes_the_contact(self):
        self.company.qualiopi_disability_contact_id = self.anna
        role = self.new_role(
            "disability",
            self.anna,
            missions="Receives and directs",
            deputy_id=self.bruno.id,
            since="2026-03-01",
        )
        [row] = self.chart().filtered(lambda row: row.function == "disability")
        self.assertEqual((row.source, row.role_id), ("contact", role))
        self.assertEqual(row.detail, "Receives and directs")
        self.assertEqual(row.deputy_id, self.bruno)

    def test_the_first_one_named_becomes_the_contact(self):
        self.new_role("mobility", self.anna)
        self.assertEqual(self.company.qualiopi_mobility_contact_id, self.anna)
        self.new_role("mobility", self.bruno)
        self.assertEqual(self.company.qualiopi_mobility_contact_id, self.anna)
        self.assertEqual(self.holders("mobility"), ["Anna Petit", "Bruno Roy"])

    def test_a_role_that_is_over_names_nobody(self):
        self.new_role("mobility", self.anna, until=YESTERDAY)
        self.assertFalse(self.company.qualiopi_mobility_contact_id)

    def test_the_role_of_the_former_contact_ends(self):
        role = self.new_role("quality", self.anna, since="2026-01-05")
        company = self.company.with_user(self.manager)
        company.qualiopi_quality_contact_id = self.bruno
        self.assertEqual(str(role.until), YESTERDAY)
        self.assertEqual(self.holders("quality"), ["Bruno Roy"])
        self.assertEqual(self.holders("quality", YESTERDAY)[-1], "Anna Petit")

    def test_a_role_begun_today_ends_no_earlier(self):
        role = self.new_role("quality", self.anna, since=TODAY)
        self.company.qualiopi_quality_contact_id = False
        self.assertEqual(str(role.until), TODAY)

    def test_a_former_contact_comes_back(self):
        self.new_role("quality", self.anna, missions="Old")
        self.company.qualiopi_quality_contact_id = self.bruno
        self.company.qualiopi_quality_contact_id = self.anna
        [row] = self.chart().filtered(lambda row: row.function == "quality")
        self.assertEqual((row.partner_id, row.missions), (self.anna, False))

    def test_another_person_in_the_role_is_another_contact(self):
        role = self.new_role("quality", self.anna)
        role.partner_id = self.bruno
        self.assertEqual(self.company.qualiopi_quality_contact_id, self.bruno)
        self.assertFalse(role.until)

    def test_roles_of_others_do_not_move_the_contact(self):
        self.new_role("quality", self.anna)
        other = self.new_role("quality", self.bruno)
        other.partner_id = self.chloe
        other.until = TODAY
        self.assertEqual(self.company.qualiopi_quality_contact_id, self.anna)

    def test_the_contacts_role_is_not_ended_by_hand(self):
        role = self.new_role("quality", self.anna)
        with self.assertRefused("Organisation sheet"):
            role.until = TODAY

    def test_dates_the_wrong_way_round(self):
        with self.assertRefused("before it begins"):
            self.new_role("sales", self.anna, since=TODAY, until=YESTERDAY)

    def test_archived_people_are_refused(self):
        self.chloe.active = False
        for vals in (
            {"partner_id": self.chloe.id},
            {"partner_id": self.anna.id, "deputy_id": self.chloe.id},
        ):
            with self.assertRefused("archived"):
                self.roles.create({"function": "sales", **vals})

    def test_nobody_is_his_own_deputy(self):
        with self.assertRefused("stand in for himself"):
            self.new_role("sales", self.anna, deputy_id=self.anna.id)

    @mute_logger("odoo.sql_db")
    def test_one_role_for_each_contact(self):
        self.new_role("quality", self.anna)
        with self.assertRaises(IntegrityError):
            self.new_role("quality", self.anna)

    def test_the_title_names_the_role(self):
        role = self.new_role("sales", self.anna)
        self.assertEqual(role.display_name, "Anna Petit – Sales")
        role.name = "Account manager"
        self.assertEqual(role.display_name, "Anna Petit – Account manager")


@tagged("post_install", "-at_install")
class TestOpenedFromTheChart(TeamCase):
    def row(self, source):
        rows = self.chart().filtered(lambda row: row.source == source)
        return rows[:1].with_user(self.manager)

    def test_each_row_opens_where_it_is_changed(self):
        self.company.qualiopi_quality_contact_id = self.anna
        program = self.add_program(referent_id=self.anna.id)
        trainer = self.new_trainer(self.anna)
        role = self.new_role("sales", self.anna)
        action = self.row("contact").action_open_source()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.company", self.company.id)
        )
        action = self.row("program").action_open_source()
        programs = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(programs, program)
        action = self.row("trainer").action_open_source()
        self.assertEqual(action["res_id"], trainer.id)
        action = self.row("role").action_open_source()
        self.assertEqual(action["res_id"], role.id)

    def test_a_gap_opens_what_fills_it(self):
        rows = {row.function: row for row in self.chart()}
        action = rows["quality"].action_open_source()
        self.assertEqual(action["res_model"], "res.company")
        action = rows["sales"].action_open_source()
        self.assertEqual(action["context"]["default_function"], "sales")

    def test_the_contacts_missions_open_a_role(self):
        self.company.qualiopi_quality_contact_id = self.anna
        action = self.row("contact").action_complete()
        self.assertEqual(action["context"]["default_partner_id"], self.anna.id)
        role = self.new_role("quality", self.anna)
        for name in ("action_complete", "action_open_source"):
            action = getattr(self.row("contact"), name)()
            self.assertEqual(action["res_id"], role.id)

    def test_printing_needs_somebody(self):
        persons = self.env["qualiopi.team.person"]
        action = persons.with_user(self.contributor).action_print_chart()
        self.assertEqual(action["report_name"], "qualiopi_compliance.team_chart")
        with self.assertRefused("nobody to print", UserError):
            persons.with_user(self.other_manager).action_print_chart()
        with self.assertRaises(AccessError):
            persons.with_user(self.plain).action_print_chart()
