from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .check_common import CheckCase

COLLECTOR = "odoo.addons.qualiopi_compliance.models.evidence.qualiopi_collector"


@tagged("post_install", "-at_install")
class TestFilters(CheckCase):
    """Checks made of two filters: what they count, and for whom."""

    def test_counts_what_the_filters_say(self):
        check = self.new_check()
        self.spoil(4)
        self.assertEqual(self.counted(check), (10, 6, ""))

    def test_only_records_of_the_company(self):
        theirs = self.new_event(company_id=self.other_company.id, name="Elsewhere")
        nobodys = self.new_event(name="Nobody's")
        self.env.cr.execute(
            "UPDATE event_event SET company_id = NULL WHERE id = %s", nobodys.ids
        )
        check = self.new_check(population_domain="[]")
        self.assertEqual(self.counted(check), (10, 10, ""))
        everything = self.env["event.event"].search([])
        self.assertLess(10, len(everything))
        self.assertIn(theirs, everything)

    def test_a_check_on_companies_counts_its_own_only(self):
        check = self.new_check(
            model="res.company", population_domain="[]", satisfied_domain="[]"
        )
        self.assertEqual(self.counted(check), (1, 1, ""))

    def test_a_check_of_one_company_is_not_asked_of_another(self):
        check = self.new_check()
        self.declare(self.other_company, "AFC")
        self.assertIsNone(self.counted(check, company=self.other_company))

    def test_archived_records_are_left_out_as_in_the_preview(self):
        check = self.new_check()
        self.sessions[:2].active = False
        self.assertEqual(self.counted(check), (8, 8, ""))

    def test_the_window_looks_at_the_day(self):
        check = self.new_check(date_field="date_end", window="months", months=1)
        self.assertEqual(self.counted(check), (0, 0, ""), "they ended in March")
        check.months = 2
        self.assertEqual(self.counted(check), (10, 10, ""))
        check.write({"months": 1, "window": "always"})
        self.assertEqual(self.counted(check), (10, 10, ""))

    def test_the_day_is_that_of_paris(self):
        # half past midnight on the first of March, in Paris
        self.sessions[0].write(
            {"date_begin": "2026-02-28 20:00:00", "date_end": "2026-02-28 23:30:00"}
        )
        check = self.new_check(
            date_field="date_end",
            window="months",
            months=1,
            population_domain=f"[('id', '=', {self.sessions[0].id})]",
        )
        with self.on("2026-04-01", self.company):
            self.assertEqual(self.counted(check), (1, 1, ""))
        with self.on("2026-04-02", self.company):
            self.assertEqual(self.counted(check), (0, 0, ""))

    def test_nothing_is_said_of_a_day_gone_by(self):
        """The filters look at records as they are, not as they were."""
        check = self.new_check()
        self.assertIsNone(self.counted(check, day="2026-04-14"))

    def test_whoever_sets_it_up_needs_no_right_to_count(self):
        check = self.new_check(user=self.manager)
        self.assertEqual(self.counted(check.with_user(self.contributor)), (10, 10, ""))
        self.assertFalse(self.contributor.has_group("event.group_event_user"))


@tagged("post_install", "-at_install")
class TestBadFilters(CheckCase):
    """What is wrong is said in words when it is set up."""

    def test_refused(self):
        for vals, message in (
            ({"model": False}, "choose the records"),
            ({"population_domain": "[('name', '='"}, "“Looked At”.*not a filter"),
            ({"population_domain": "name = 1"}, "not a filter"),
            ({"satisfied_domain": "[('name', '=', uid)]"}, "not a filter"),
            ({"satisfied_domain": "[(1, 2)]"}, "“As They Should Be”.*not a filter"),
            ({"satisfied_domain": "[('nowhere', '=', 1)]"}, "no field “nowhere”"),
            ({"satisfied_domain": "[('user_id.moon', '=', 1)]"}, "cannot be read"),
            ({"satisfied_domain": "[('name', 'resembles', 1)]"}, "cannot be read"),
            ({"satisfied_domain": "[('seats_max', '=', 'x')]"}, "database says|read"),
            ({"date_field": "nowhere"}, "“nowhere” is not a stored date"),
            ({"date_field": "name"}, "“name” is not a stored date"),
            ({"model": "ir.cron"}, "does not say which company"),
            ({"model": "qualiopi.checklist.close"}, "does not say which company"),
            ({"model": "no.such.model"}, "no records called “no.such.model”"),
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRefused(message),
            ):
                self.new_check(**vals)
        self.assertFalse(self.checks.search([("kind", "=", "domain")]))

    def test_a_model_that_he_may_not_read(self):
        vals = {"model": "hr.leave" if "hr.leave" in self.env else "hr.employee"}
        vals |= {"population_domain": "[]", "satisfied_domain": "[]"}
        self.assertFalse(self.manager.has_group("hr.group_hr_user"))
        with self.assertRefused("you may not read all that it looks at"):
            self.new_check(user=self.manager, **vals)
        self.assertTrue(self.new_check(**vals), "somebody who may sets it up")

    def test_a_field_that_he_may_not_read(self):
        """Counting it would tell him what it holds."""
        domain = "[('user_id.employee_ids.birthday', '>', '1990-01-01')]"
        with self.assertRefused("you may not read all that it looks at"):
            self.new_check(user=self.manager, satisfied_domain=domain)

    def test_changing_it_is_checked_as_well(self):
        check = self.new_check(user=self.manager)
        with self.assertRefused("no field “nowhere”"):
            check.satisfied_domain = "[('nowhere', '=', 1)]"
        with self.assertRefused("does not say which company"):
            check.model = "ir.cron"

    def test_choosing_other_records_empties_the_filters(self):
        check = self.new_check()
        check.model = "crm.lead"
        check._onchange_model()
        self.assertEqual(check.population_domain, "[]")
        self.assertEqual(check.satisfied_domain, "[]")


@tagged("post_install", "-at_install")
class TestFiltersThatBreak(CheckCase):
    """Right when they were set up, broken later: the result says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what fails is said in the company's language
        cls.both_languages()
        cls.company.partner_id.lang = "en_US"
        cls.sound = cls.new_check(name="Sound")
        cls.broken = cls.new_check(name="Broken")

    def break_it(self, **vals):
        for name, value in vals.items():
            self.env.cr.execute(
                f"UPDATE qualiopi_check SET {name} = %s WHERE id = %s",
                (value, self.broken.id),
            )
        self.forget()

    def check_said(self, message):
        """The other is counted, this one says what is wrong, and so does the line."""
        living = self.read()
        self.assertEqual(self.result(self.sound).status, "demonstrated")
        failed = self.result(self.broken)
        self.assertIn(message, failed.failure)
        self.assertEqual(failed.status, "not_assessed")
        line = self.line(living, 9)
        self.assertEqual(line.computed_status, "not_assessed")
        self.assertEqual(line.computed_reason, "Broken: it could not be counted.")
        self.assertIn(message, line.next_step)

    def test_the_records_are_gone(self):
        self.break_it(model="gone.model")
        self.check_said("are no longer there. Was an addon uninstalled?")
        self.assertTrue(self.broken.exists())
        self.assertTrue(self.broken.with_user(self.manager).read())
        self.assertEqual(self.broken.model_label, "gone.model")

    def test_a_field_is_gone(self):
        self.break_it(satisfied_domain="[('nowhere', '=', 1)]")
        self.check_said("there is no field “nowhere”")

    def test_the_day_is_gone(self):
        self.break_it(date_field="nowhere")
        self.check_said("“nowhere” is not a stored date")

    def test_it_no_longer_parses(self):
        self.break_it(population_domain="[('name',")
        self.check_said("it is not a filter")

    def test_a_count_that_an_addon_no_longer_makes(self):
        self.break_it(kind="collector", measure="learner.moon", source="learner")
        self.check_said("makes no count called “learner.moon”")
        self.break_it(source=None)
        self.check_said("makes no count called “learner.moon”")

    def test_the_database_refuses(self):
        self.break_it(satisfied_domain="[('user_id.login', '=', 'x')]")
        source = type(self.broken)._filter_source

        def division(check, company):
            made = source(check, company)
            if check != self.broken:
                return made
            measure = made.measures["filters"]
            wrong = type(measure)(measure.population, self.wrong())
            return type(made)(
                made.name, made.model, made.rows, {"filters": wrong}, made.links
            )

        self.patch(type(self.broken), "_filter_source", division)
        with mute_logger("odoo.sql_db", COLLECTOR):
            self.check_said("could not be counted. The database says: division by zero")

    def test_the_database_refuses_one_of_many_of_the_same_records(self):
        """Those that are read in one statement with it are counted all the same."""
        good = self.ship("session_trainer")
        bad = self.ship("session_version")
        collector = type(self.env["qualiopi.collector"])
        measures = collector._session_measures

        def division(model, day):
            made = measures(model, day)
            measure = made["session.version"]
            return made | {
                "session.version": type(measure)(measure.population, self.wrong())
            }

        self.patch(collector, "_session_measures", division)
        with mute_logger("odoo.sql_db", COLLECTOR):
            self.read()
        self.assertIn("division by zero", self.result(bad).failure)
        self.assertFalse(self.result(good).failure)
        self.assertEqual(self.result(good).population, 10)

    @staticmethod
    def wrong():
        return SQL("(1 / (subject.id - subject.id)) = 1")

    def test_whoever_may_not_read_the_records_is_shown_none(self):
        self.spoil(3)
        self.read()
        Subject = self.env["qualiopi.check.subject"].with_context(
            qualiopi_checks=self.sound.ids, allowed_company_ids=self.company.ids
        )
        domain = [("check_id", "=", self.sound.id)]
        self.assertEqual(len(Subject.with_user(self.manager).search(domain)), 10)
        self.assertFalse(Subject.with_user(self.contributor).search(domain))
        self.assertEqual(self.result(self.sound).with_user(self.contributor).missing, 3)
        with self.assertRaises(AccessError):
            self.result(self.sound).with_user(self.other_manager).read(["missing"])
