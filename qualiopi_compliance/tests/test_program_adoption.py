from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.wizards.event_names import name_key

from .program_common import BEFORE, DAY, ProgramCase


class AdoptionCase(ProgramCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["event.event"].search([]).active = False
        cls.env["event.type"].search([]).event_type_mail_ids.unlink()
        cls.afc = cls.category("AFC")
        cls.template = cls.env["event.type"].create({"name": "Excel"})

    def wizard(self, **vals):
        wizards = self.env["qualiopi.program.adoption"].with_user(self.manager)
        wizard = wizards.create({"category_id": self.afc.id, **vals})
        # what is proposed is worked out at once, as between two calls of a client
        self.env.flush_all()
        return wizard

    def line(self, wizard, name):
        return wizard.line_ids.filtered(lambda line: line.name == name)

    def adopt(self, **vals):
        """Do all that is proposed.

        :return: the programmes concerned
        """
        return self.done(self.wizard(**vals).action_adopt())

    def done(self, action):
        return self.env["qualiopi.program"].search(action["domain"])


@tagged("post_install", "-at_install")
class TestProgramAdoption(AdoptionCase):
    def test_events_are_grouped_by_template_else_by_name(self):
        first = self.new_event("Excel de mars", event_type_id=self.template.id)
        second = self.new_event("Tout autre nom", event_type_id=self.template.id)
        third = self.new_event("Anglais – session 1")
        fourth = self.new_event("ANGLAIS - session 2")
        wizard = self.wizard()
        self.assertEqual(self.line(wizard, "Excel").event_ids, first | second)
        self.assertEqual(
            self.line(wizard, "ANGLAIS - session 2").event_ids, third | fourth
        )

    def test_events_are_grouped_by_name_when_templates_are_broad(self):
        self.new_event("Excel", event_type_id=self.template.id)
        self.new_event("Word", event_type_id=self.template.id)
        wizard = self.wizard(grouping="name")
        self.assertEqual(wizard.line_ids.mapped("name"), ["Excel", "Word"])
        wizard.action_regroup()
        self.assertEqual(wizard.line_ids.mapped("name"), ["Excel"])
        wizard.action_regroup()
        self.assertEqual(wizard.line_ids.mapped("name"), ["Excel", "Word"])

    def test_nothing_is_done_before_it_is_asked(self):
        event = self.new_event("Anglais")
        before = self.env["qualiopi.program"].search_count([])
        wizard = self.wizard()
        line = self.line(wizard, "Anglais")
        self.assertTrue(line.selected)
        self.assertIn("Anglais", line.event_names)
        self.assertEqual(line.proposal, "Make a draft; sessions to attach: 1")
        self.assertEqual(
            wizard.summary, "Programmes to make: 1. Sessions to attach: 1."
        )
        self.assertEqual(self.env["qualiopi.program"].search_count([]), before)
        self.assertFalse(event.qualiopi_program_id)

    def test_makes_drafts_that_guess_nothing(self):
        event = self.new_event("Anglais")
        program = self.adopt()
        self.assertEqual(program.name, "Anglais")
        self.assertEqual(program.state, "draft")
        self.assertEqual(program.company_id, self.company)
        self.assertEqual(program.category_id, self.afc)
        self.assertEqual(program.session_ids, event)
        self.assertEqual(program.duration_hours, 8)
        for name in ("prerequisites_kind", "recognition", "audience", "price"):
            self.assertFalse(program[name])
        self.assertIn("audience", self.missing(program))

    def test_only_ticked_lines_and_chosen_events(self):
        kept = self.new_event("Anglais")
        removed = self.new_event("Anglais")
        concert = self.new_event("Concert")
        wizard = self.wizard()
        self.line(wizard, "Concert").selected = False
        self.line(wizard, "Anglais").event_ids -= removed
        self.assertEqual(self.done(wizard.action_adopt()).session_ids, kept)
        self.assertFalse((removed | concert).qualiopi_program_id)

    def test_running_again_attaches_only_what_came_since(self):
        self.new_event("Anglais")
        self.new_event("Cours", event_type_id=self.template.id)
        programs = self.adopt()
        self.assertEqual(len(programs), 2)
        self.assertFalse(self.wizard().line_ids.filtered("selected"))
        new = self.new_event("anglais - session 7")
        wizard = self.wizard()
        line = wizard.line_ids.filtered("selected")
        self.assertEqual(line.program_id.name, "Anglais")
        self.assertEqual(line.proposal, "Attach to “Anglais”; sessions: 1")
        self.assertEqual(self.done(wizard.action_adopt()), new.qualiopi_program_id)
        self.assertLess(new.qualiopi_program_id, programs)
        self.assertEqual(
            self.env["qualiopi.program"].search_count(
                [("company_id", "=", self.company.id), ("origin_name", "!=", False)]
            ),
            1,
        )

    def test_pushing_twice_does_it_once(self):
        self.new_event("Anglais")
        wizard, stale = self.wizard(), self.wizard()
        programs = self.done(wizard.action_adopt())
        self.assertEqual(self.done(wizard.action_adopt()), programs)
        self.assertEqual(self.done(stale.action_adopt()), programs)

    def test_template_is_recognised_under_another_name(self):
        self.new_event("Cours", event_type_id=self.template.id)
        program = self.adopt()
        program.name = "Excel avancé"
        self.template.name = "Tableur"
        new = self.new_event("Cours", event_type_id=self.template.id)
        self.adopt()
        self.assertEqual(new.qualiopi_program_id, program)

    def test_events_attached_by_hand_show_the_way(self):
        self.new_event("Anglais", qualiopi_program_id=self.program.id)
        self.new_event("Anglais")
        line = self.wizard().line_ids.filtered("selected")
        self.assertEqual(line.program_id, self.program)

    def test_existing_programme_can_be_chosen(self):
        event = self.new_event("Anglais")
        wizard = self.wizard(category_id=False)
        self.line(wizard, "Anglais").program_id = self.program
        self.assertEqual(self.done(wizard.action_adopt()), self.program)
        self.assertEqual(event.qualiopi_program_id, self.program)
        self.assertEqual(self.program.origin_name, "anglais")

    def test_template_without_event_is_proposed_unticked(self):
        wizard = self.wizard()
        line = self.line(wizard, "Excel")
        self.assertFalse(line.selected)
        line.selected = True
        program = self.done(wizard.action_adopt())
        self.assertEqual(program.origin_type_id, self.template)
        self.assertFalse(program.session_ids)
        self.assertFalse(self.line(self.wizard(), "Excel"))
        self.assertEqual(self.done(wizard.action_adopt()), program)

    def test_template_with_programme_in_company_only(self):
        wizard = self.wizard()
        self.line(wizard, "Excel").selected = True
        wizard.action_adopt()
        others = self.env["qualiopi.program.adoption"].with_user(self.other_manager)
        self.assertTrue(self.line(others.create({}), "Excel"))

    def test_retired_programme_blocks_its_line_and_says_so(self):
        self.new_event("Anglais")
        program = self.adopt()
        program.action_retire()
        event = self.new_event("Anglais")
        wizard = self.wizard()
        line = self.line(wizard, "Anglais")
        self.assertTrue(line.blocked)
        self.assertFalse(line.selected)
        self.assertIn("retired", line.proposal)
        line.selected = True
        with self.assertRaisesRegex(UserError, "retired"):
            wizard.action_adopt()
        line.program_id = False
        new = self.done(wizard.action_adopt())
        self.assertNotEqual(new, program)
        self.assertEqual(event.qualiopi_program_id, new)
        # the one that takes sessions is found the next time
        self.new_event("Anglais")
        self.assertEqual(self.line(self.wizard(), "Anglais").program_id, new)

    def test_archived_programme_blocks_its_line(self):
        self.new_event("Anglais")
        self.adopt().active = False
        self.new_event("Anglais")
        self.assertTrue(self.line(self.wizard(), "Anglais").blocked)

    def test_category_must_be_chosen(self):
        self.new_event("Anglais")
        wizard = self.wizard(category_id=False)
        with self.assertRaisesRegex(UserError, "category of: Anglais"):
            wizard.action_adopt()
        wizard.category_id = self.afc
        self.assertEqual(wizard.line_ids.filtered("selected").category_id, self.afc)
        wizard.action_adopt()

    def test_nothing_ticked_is_refused(self):
        with self.assertRaisesRegex(UserError, "Tick"):
            self.wizard().action_adopt()


@tagged("post_install", "-at_install")
class TestProgramAdoptionEvents(AdoptionCase):
    def test_events_without_company_are_listed(self):
        event = self.new_event("Anglais", company_id=False)
        wizard = self.wizard()
        self.assertEqual(wizard.homeless_event_ids, event)
        self.assertFalse(self.line(wizard, "Anglais"))

    def test_events_of_other_companies_and_cancelled_are_left_alone(self):
        other = self.new_event(
            "Anglais", company_id=self.other_company.id, user_id=False
        )
        cancelled = self.new_event("Anglais", kanban_state="cancel")
        wizard = self.wizard()
        self.assertFalse(self.line(wizard, "Anglais"))
        self.assertFalse((other | cancelled).qualiopi_program_id)

    def test_event_that_changed_since_is_left_alone(self):
        event = self.new_event("Anglais")
        other = self.new_event("Anglais")
        wizard = self.wizard()
        event.qualiopi_program_id = self.program
        wizard.action_adopt()
        self.assertEqual(event.qualiopi_program_id, self.program)
        self.assertNotEqual(other.qualiopi_program_id, self.program)
        self.assertTrue(other.qualiopi_program_id)

    def test_registrations_and_dates_stay_as_they_are(self):
        event = self.new_event("Anglais", day="2026-11-02")
        registrations = self.env["event.registration"].create(
            [
                {"event_id": event.id, "name": state, "state": state}
                for state in ("draft", "open", "done", "cancel")
            ]
        )
        fields = ["state", "name", "date_closed"]
        before = registrations.read(fields)
        dates = event.read(["date_begin", "date_end", "stage_id", "kanban_state"])
        self.adopt()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(registrations.read(fields), before)
        self.assertEqual(
            event.read(["date_begin", "date_end", "stage_id", "kanban_state"]), dates
        )
        self.assertTrue(event.qualiopi_program_id)
        for registration in registrations:
            self.assertEqual(
                registration.qualiopi_program_id, event.qualiopi_program_id
            )

    def test_sessions_follow_the_version_of_their_day(self):
        with self.on(BEFORE):
            self.program.action_validate()
        first = self.program.current_version_id
        with self.on(DAY):
            self.program.action_revise()
            self.program.action_validate()
        second = self.program.current_version_id
        self.new_event("Anglais", qualiopi_program_id=self.program.id)
        days = {
            "2026-10-05": first.browse(),
            "2026-11-02": first,
            "2026-11-20": first,
            "2026-12-07": second,
        }
        events = {day: self.new_event("Anglais", day=day) for day in days}
        self.adopt()
        for day, version in days.items():
            with self.subTest(day=day):
                self.assertEqual(events[day].qualiopi_version_id, version)

    def test_duration_is_the_usual_one(self):
        cases = {
            # one day: its hours; several: its working days
            (("2026-12-07", None),): (8, 0),
            (("2026-12-07", "2026-12-09"),): (0, 3),
            # Friday to Tuesday
            (("2026-12-04", "2026-12-08"),): (0, 3),
            # a weekend is worked when there is nothing else
            (("2026-12-05", "2026-12-06"),): (0, 2),
            (
                ("2026-12-07", None),
                ("2026-12-07", "2026-12-08"),
                ("2027-01-04", "2027-01-05"),
            ): (0, 2),
            # as often the one as the other: the latest
            (("2026-12-07", "2026-12-08"), ("2027-01-04", None)): (8, 0),
        }
        for number, (days, expected) in enumerate(cases.items()):
            name = f"Cours numéro {'abcdef'[number]}"
            for first, last in days:
                self.new_event(name, day=first, last=last)
            line = self.line(self.wizard(), name)
            with self.subTest(days=days):
                self.assertEqual((line.duration_hours, line.duration_days), expected)

    def test_evening_after_midnight_is_not_two_days(self):
        self.new_event(
            "Veillée",
            date_begin="2026-12-07 20:00:00",
            date_end="2026-12-07 23:30:00",
        )
        self.assertEqual(self.line(self.wizard(), "Veillée").duration_hours, 3.5)

    def test_number_of_queries_does_not_grow_with_the_events(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard = self.wizard()
            self.assertTrue(wizard.line_ids.mapped("proposal"))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.new_event("Anglais")
        count()
        few = count()
        for _each in range(20):
            self.new_event("Anglais")
        self.assertLessEqual(count(), few)


@tagged("post_install", "-at_install")
class TestEventNames(AdoptionCase):
    def test_same_programme(self):
        for name in (
            "Anglais avancé",
            "  ANGLAIS   avancé ",
            "Anglais avancé – mars 2026",
            "Anglais avancé (12/03/2026)",
            "Anglais avancé 2026-03-12",
            "Anglais avancé – session 3",
            "Anglais avancé, Session n° 12",
            "Anglais avancé - 12 février 2026",
            "Anglais avancé (copie)",
        ):
            with self.subTest(name=name):
                self.assertEqual(name_key(name), "anglais avance")

    def test_different_programmes(self):
        names = (
            "Excel 2019",
            "Excel 2021",
            "Excel niveau 1",
            "Excel niveau 2",
            "C",
            "C++",
            "C#",
        )
        self.assertEqual(len({name_key(name) for name in names}), len(names))

    def test_name_that_only_says_when_keeps_something(self):
        for name in ("Mars 2026", "12/03/2026", "???", "Session 3"):
            with self.subTest(name=name):
                self.assertTrue(name_key(name))
