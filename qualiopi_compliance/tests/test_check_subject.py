from odoo.tests import tagged

from .common import DAY_2026
from .gap_common import GapCase

BITS = 32


@tagged("post_install", "-at_install")
class TestCheckSubject(GapCase):
    """The records behind the counts: which, what each lacks, what it is called."""

    def test_exactly_those_that_lack_it(self):
        self.assertEqual(
            self.missing(),
            [("learner.need", "Bruno Roy"), ("learner.contract", "Bruno Roy")],
        )
        good = self.rows(("satisfied", "=", True))
        self.assertEqual(good.registration_id, self.alice)
        self.assertEqual(good.check_id, self.need | self.contract)

    def test_repairing_one_clears_exactly_it(self):
        self.bruno.qualiopi_need_on = "2026-02-11"
        self.assertEqual(self.missing(), [("learner.contract", "Bruno Roy")])

    def test_rows_add_up_to_what_is_counted(self):
        self.shipped.active = True
        self.new_learners(self.session, 5, qualiopi_adjustment="yes")
        self.new_lead()
        today = self.env["qualiopi.framework"]._today()
        counts = self.company._qualiopi_counts(today)
        self.assertGreater(len(counts), 40)
        for asked, count in counts:
            rows = self.rows(("check_id", "=", asked.check.id))
            found = (
                len(rows),
                len(rows.filtered("satisfied")),
                len(rows.filtered("soon")),
            )
            with self.subTest(check=asked.check.code):
                self.assertEqual(found, (count.population, count.satisfied, count.soon))

    def test_leads_to_what_the_record_belongs_to(self):
        row = self.rows(("check_id", "=", self.need.id), ("satisfied", "=", False))
        self.assertEqual(row.registration_id, self.bruno)
        self.assertEqual(row.event_id, self.session)
        self.assertEqual(row.program_id, self.program)
        self.assertFalse(row.trainer_id)
        self.assertEqual(row.scope, "learner")
        self.assertEqual(str(row.date), "2026-03-06")
        self.assertEqual(row.company_id, self.company)
        self.assertIn(self.indicator(4), row.indicator_ids)

    def test_says_what_is_missing_and_what_to_do(self):
        row = self.rows(("check_id", "=", self.need.id), ("satisfied", "=", False))
        self.assertEqual(row.lacks, "The need has not been analysed.")
        self.assertIn("learner file", row.remediation)

    def test_names_the_document_that_is_missing(self):
        self.ship("document_house_rules")
        row = self.rows(("scope", "=", "company"))
        self.assertEqual(row.lacks, "No valid document: House rules")
        self.assertEqual(row.record_name, self.company.name)
        self.assertEqual(self.rows(("lacks", "ilike", "house rules")), row)

    def test_says_the_check_when_it_says_nothing_else(self):
        check = self.new_check(satisfied_domain="[('user_id', '=', False)]")
        row = self.rows(("check_id", "=", check.id))
        self.assertEqual(row.lacks, "Not as it should be: Somebody is responsible")

    def test_found_by_the_name_of_the_record(self):
        for operator, value, count in (
            ("ilike", "bruno", 2),
            ("ilike", "nobody", 0),
            ("=", "Bruno Roy", 2),
            ("=", "bruno", 0),
            ("in", ["Alice Petit", "Bruno Roy"], 4),
            ("not ilike", "bruno", 2),
            ("!=", "Bruno Roy", 2),
        ):
            with self.subTest(operator=operator, value=value):
                rows = self.rows(("record_name", operator, value))
                self.assertEqual(len(rows), count)
        found = self.subjects().name_search("bruno")
        self.assertEqual({name for _id, name in found}, {"Bruno Roy"})

    def test_found_by_what_is_missing(self):
        self.assertEqual(
            self.missing(("lacks", "ilike", "contract")),
            [("learner.contract", "Bruno Roy")],
        )

    def test_an_archived_session_took_place(self):
        self.session.active = False
        self.assertEqual(len(self.missing()), 2)
        self.assertEqual(len(self.missing(user=self.internal_auditor)), 2)

    def test_nothing_asked_nothing_listed(self):
        self.checks.search([]).active = False
        self.assertFalse(self.rows())
        self.assertEqual(self.subjects().search_count([]), 0)
        self.assertEqual(
            self.subjects().formatted_read_group([], ["check_id"], ["__count"]), []
        )

    def test_companies_one_works_in(self):
        """Whoever works in two companies sees both, and which is which."""
        self.declare(self.other_company, "AFC")
        self.ship("document_house_rules")
        both = self.company | self.other_company
        self.manager.company_ids = both
        rows = self.rows(("scope", "=", "company"), company=both)
        self.assertEqual(rows.company_id, both)
        self.assertEqual({row.res_id for row in rows}, set(both.ids))
        one = self.rows(("scope", "=", "company"), ("company_id", "in", both[1:].ids))
        self.assertFalse(one)


@tagged("post_install", "-at_install")
class TestCheckSubjectNumber(GapCase):
    """A row is numbered by its check and its record, far beyond 32 bits."""

    def test_number(self):
        row = self.rows(("registration_id", "=", self.bruno.id))[:1]
        self.assertEqual(row.id, (row.check_id.id << BITS) + self.bruno.id)
        self.assertLess(row.id, 2**53, "more than a browser can count")

    def test_known_again_by_its_number(self):
        rows = self.rows(("satisfied", "=", False))
        for ids in (rows.ids, rows.ids[:1]):
            self.env.invalidate_all()
            again = self.subjects().browse(ids)
            self.assertEqual(again.mapped("record_name"), ["Bruno Roy"] * len(ids))
            self.env.invalidate_all()
            self.assertEqual(len(self.rows(("id", "in", ids))), len(ids))
            self.assertEqual(len(again.web_read({"lacks": {}})), len(ids))
            self.assertEqual(again.exists(), again)

    def test_never_found_under_another_check(self):
        number = (self.need.id << BITS) + self.session.id
        self.assertFalse(self.rows(("id", "=", number)))

    def test_exported(self):
        rows = self.rows(("satisfied", "=", False))
        self.env.invalidate_all()
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        names = ["record_name", "check_id/name", "event_id", "lacks", "gravity"]
        exported = self.subjects().browse(rows.ids).export_data(names)["datas"]
        self.assertEqual(len(exported), 2)
        self.assertEqual(exported[0][0], "Bruno Roy")
        self.assertEqual(exported[0][2], self.session.display_name)
        self.assertEqual(exported[0][3], "The need has not been analysed.")


@tagged("post_install", "-at_install")
class TestCheckSubjectAsked(GapCase):
    """Which checks, on which day, by which law."""

    def test_only_some_checks(self):
        rows = self.rows(qualiopi_checks=self.need.ids)
        self.assertEqual(rows.check_id, self.need)
        self.assertFalse(self.rows(qualiopi_checks=[]))
        none = ("check_id", "=", self.contract.id)
        self.assertFalse(self.rows(none, qualiopi_checks=self.need.ids))

    def test_on_a_day_gone_by(self):
        self.assertFalse(self.rows(qualiopi_day="2026-03-01"))
        self.assertEqual(len(self.rows(qualiopi_day="2026-03-02")), 4)
        early = self.rows(("satisfied", "=", True), qualiopi_day="2026-03-02")
        self.alice.qualiopi_need_on = "2026-03-04"
        late = self.rows(("satisfied", "=", True), qualiopi_day="2026-03-02")
        self.assertEqual(early.check_id - late.check_id, self.need)

    def test_by_the_law_of_another_day(self):
        framework = self.framework(2026)
        self.contract.framework_ids = framework
        self.assertEqual(self.rows().check_id, self.need)
        rows = self.rows(qualiopi_law_day=DAY_2026)
        self.assertEqual(rows.check_id, self.need | self.contract)

    def test_filters_lead_where_their_records_do(self):
        """Two filters on any model: its session and learner are known all the same."""
        self.env["qualiopi.follow.up"].create(
            {
                "registration_id": self.bruno.id,
                "kind": "call",
                "date": "2026-03-03",
                "note": "Called",
            }
        )
        attendances = self.new_check(
            model="qualiopi.follow.up",
            population_domain="[]",
            satisfied_domain="[('kind', '!=', 'call')]",
        )
        learners = self.new_check(
            model="event.registration",
            population_domain="[('state', '=', 'open')]",
            satisfied_domain="[('name', '!=', 'Bruno Roy')]",
        )
        for check, scope in ((attendances, "other"), (learners, "learner")):
            row = self.rows(("check_id", "=", check.id), ("satisfied", "=", False))
            with self.subTest(model=check.model):
                self.assertEqual(len(row), 1)
                self.assertEqual(row.scope, scope)
                self.assertEqual(row.registration_id, self.bruno)
                self.assertEqual(row.event_id, self.session)
                self.assertTrue(row.record_name)
                found = self.rows(("event_id", "=", self.session.id))
                self.assertIn(row, found)

    def test_conditions_that_narrow_find_what_the_others_find(self):
        """What is looked for is read first: nothing more is found, and nothing less."""
        self.shipped.active = True
        self.new_session()
        self.new_learners(self.new_session(), 2)
        self.new_lead()
        everything = self.rows()
        self.assertGreater(len(everything), 30)
        for name, value in (
            ("registration_id", self.bruno.id),
            ("event_id", self.session.id),
            ("program_id", self.program.id),
            ("company_id", self.company.id),
            ("check_id", self.need.id),
            ("res_model", "event.event"),
            ("trainer_id", False),
            ("event_id", False),
        ):
            expected = everything.filtered_domain([(name, "=", value)])
            with self.subTest(name=name, value=value):
                self.assertTrue(expected)
                self.assertEqual(self.rows((name, "=", value)), expected)
        pair = (self.session | self.new_session()).ids
        self.assertEqual(
            self.rows(("event_id", "in", pair), ("registration_id", "!=", False)),
            everything.filtered_domain([("event_id", "=", self.session.id)]).filtered(
                "registration_id"
            ),
        )
        either = ["|", ("event_id", "=", self.session.id), ("event_id", "=", False)]
        self.assertEqual(self.rows(*either), everything.filtered_domain(either))


@tagged("post_install", "-at_install")
class TestCheckSubjectWeight(GapCase):
    """What to repair first."""

    def weights(self, check):
        row = self.rows(("check_id", "=", check.id), ("satisfied", "=", False))[:1]
        return (row.gravity, row.indicator_count, row.gaps_left, row.frees)

    def test_gravity_first(self):
        self.assertEqual(self.weights(self.need)[0], "major")
        self.assertEqual(self.weights(self.contract)[0], "minor")
        self.assertEqual(self.missing()[0], ("learner.need", "Bruno Roy"))

    def test_before_anything_was_read(self):
        self.living(self.company).line_ids.write(
            {"computed_on": False, "computed_facts": False}
        )
        self.assertEqual(self.weights(self.need), ("major", 0, 0, 0))

    def test_only_gap_of_the_only_check(self):
        self.read()
        self.assertEqual(self.weights(self.need), ("major", 1, 1, 1))

    def test_another_check_holds_the_indicator_back_too(self):
        self.new_check(numbers=(4,), satisfied_domain="[('user_id', '=', False)]")
        self.read()
        self.assertEqual(self.weights(self.need), ("major", 1, 1, 0))

    def test_frees_each_indicator_it_proves(self):
        self.need.indicator_ids = self.indicator(4) | self.indicator(5)
        self.read()
        self.assertEqual(self.weights(self.need), ("major", 2, 1, 2))

    def test_demonstrated_all_the_same(self):
        """Below the threshold nothing is held back: it is still a gap."""
        self.new_learners(self.session, 18, qualiopi_contract_on="2026-02-12")
        self.read()
        self.assertEqual(self.weights(self.contract), ("minor", 0, 1, 0))

    def test_nothing_to_free_in_what_is_in_order(self):
        self.read()
        good = self.rows(("check_id", "=", self.need.id), ("satisfied", "=", True))
        self.assertEqual(good.frees, 0)

    def test_fewest_left_first(self):
        """Of two as grave and touching as much, the one that is sooner done."""
        check = self.new_check(numbers=(4,), satisfied_domain="[('id', '=', 0)]")
        self.new_session()
        self.read()
        rows = self.rows(("satisfied", "=", False), ("gravity", "=", "major"))
        self.assertEqual(rows.mapped("gaps_left"), [1, 2, 2])
        self.assertEqual(rows[:1].check_id, self.need)
        self.assertEqual(rows[1:].check_id, check)

    def test_oldest_first(self):
        older = self.new_session("2026-02-02", "2026-02-06")
        carla = self.new_learners(older, 1, name="Carla Old")
        rows = self.rows(("check_id", "=", self.need.id), ("satisfied", "=", False))
        self.assertEqual(rows.registration_id.ids, [carla.id, self.bruno.id])

    def test_opening_the_menu_counts_first(self):
        self.living(self.company).line_ids.write(
            {"computed_on": False, "computed_facts": False}
        )
        self.living(self.company).evidence_on = "2026-01-01"
        action = self.subjects().action_open_today()
        self.assertEqual(action["res_model"], "qualiopi.check.subject")
        self.assertEqual(self.weights(self.need), ("major", 1, 1, 1))
