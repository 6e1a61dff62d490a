"""The demonstration company is sixteen months into its cycle, and has a history."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file, mute_logger

MODULE = "qualiopi_compliance"
# What the demonstration of the cycle is made on, in the order of the manifest.
FILES = (
    "res_company",
    "res_users",
    "qualiopi_checklist",
    "qualiopi_training",
    "qualiopi_trainers",
    "qualiopi_feedback",
)
COUNTED = (
    "qualiopi.certification",
    "qualiopi.audit",
    "qualiopi.finding",
    "qualiopi.nonconformity",
    "qualiopi.action",
    "qualiopi.evidence",
    "qualiopi.certificate.display",
    "qualiopi.declaration",
    "event.event",
    "mail.mail",
)


@tagged("post_install", "-at_install")
class TestDemoCycle(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(f"{MODULE}.demo_company", raise_if_not_found=False):
            for name in FILES:
                cls.load(name)
        cls.mails = cls.env["mail.mail"].search_count([])
        cls.load("qualiopi_certification")
        cls.env.flush_all()
        cls.cycle = cls.demo("certification")
        cls.company = cls.demo("company")
        cls.manager = cls.demo("user_manager")
        cls.contributor = cls.demo("user_contributor")
        cls.auditor = cls.demo("user_internal_auditor")
        cls.today = cls.env["qualiopi.framework"]._today()
        cls.obtained_on = cls.cycle.obtained_on
        cls.initial, cls.internal, cls.surveillance = (
            cls.cycle.audit_ids.search(
                [("company_id", "=", cls.company.id), ("kind", "=", kind)]
            )
            for kind in ("initial", "internal", "surveillance")
        )

    @classmethod
    def load(cls, name):
        with mute_logger("odoo.modules.loading"):
            convert_file(cls.env, MODULE, f"demo/{name}_demo.xml", {}, mode="init")

    @classmethod
    def demo(cls, name):
        return cls.env.ref(f"{MODULE}.demo_{name}")

    def after(self, **length):
        """:return: the day so long after the certificate"""
        return self.obtained_on + relativedelta(**length)

    def nc(self, number, audit=None):
        rows = (audit or self.initial).nonconformity_ids
        [found] = rows.filtered(lambda row: row.number == number)
        return found

    def test_made_once(self):
        before = {model: self.env[model].search_count([]) for model in COUNTED}
        self.load("qualiopi_certification")
        after = {model: self.env[model].search_count([]) for model in COUNTED}
        self.assertEqual(after, before)

    def test_sixteen_months(self):
        self.assertEqual(self.cycle.stage, "surveillance")
        self.assertTrue(self.cycle.running)
        self.assertTrue(self.cycle.number and self.cycle.attachment_ids)
        self.assertEqual(self.cycle.certifier_id.name, "Certifolia")
        self.assertEqual(self.cycle.category_ids.mapped("code"), ["AFC"])
        since = self.today - relativedelta(months=16) - self.obtained_on
        # a Saturday or a Sunday is the Friday before
        self.assertIn(since.days, range(3))

    def test_what_the_law_fixes(self):
        cycle = self.cycle
        self.assertEqual(cycle.first_day, self.obtained_on)
        self.assertEqual(cycle.last_day, self.after(years=3) - timedelta(days=1))
        self.assertEqual(cycle.surveillance_from, self.after(months=14))
        self.assertEqual(cycle.surveillance_until, self.after(months=22))
        self.assertEqual(cycle.renewal_from, self.after(years=2))
        self.assertFalse(cycle.dates_warning)

    def test_the_way_there(self):
        cycle, audit = self.cycle, self.initial
        checklist = cycle.checklist_id
        self.assertEqual(checklist.state, "closed")
        self.assertEqual(checklist.closed_on, checklist.date)
        days = [
            checklist.closed_on,
            cycle.contract_signed_on,
            max(cycle.piece_ids.mapped("given_on")),
            audit.date_begin,
            audit.date_end,
            audit.notified_on,
            self.nc(4).plan_sent_on,
            self.nc(4).done_on,
            self.nc(4).lifted_on,
            self.obtained_on,
            self.nc(9).lifted_on,
            self.internal.date_begin,
            self.today,
            self.surveillance.date_begin,
        ]
        self.assertEqual(days, sorted(days))
        self.assertEqual(cycle.sworn_on, cycle.contract_signed_on)
        self.assertTrue(all(cycle.piece_ids.mapped("given")))

    def test_the_initial_audit(self):
        audit = self.initial
        self.assertEqual(audit.state, "closed")
        self.assertEqual(
            sorted(audit.finding_ids.mapped("gravity")),
            ["major", "minor", "minor", "remark", "strong"],
        )
        self.assertEqual(audit.framework_id.date_from <= audit.date_begin, True)
        self.assertFalse(audit._undecided())
        self.assertEqual(audit.outcome, "granted")
        self.assertEqual(audit.decided_on, self.obtained_on)
        self.assertEqual(len(audit.interview_ids), 3)
        self.assertEqual(len(audit.document_ids), 6)
        self.assertTrue(all(audit.document_ids.evidence_id.mapped("attachment_ids")))
        self.assertEqual(audit.request_ids.mapped("state"), ["answered"] * 3)
        self.assertTrue(audit.observation_ids and audit.attendee_ids)
        self.assertTrue(audit.agenda_ids and audit.opening_note and audit.closing_note)

    def test_its_sample(self):
        [sample] = self.initial.sample_ids
        self.assertEqual((sample.file_count, sample.population_size), (5, 10))
        self.assertEqual(sample.drawn_on.date(), self.initial.date_begin)
        said = sample.with_user(self.manager).action_check_draw()
        self.assertEqual(said["params"]["type"], "success")
        without = sample.file_ids.filtered(
            lambda row: not row.registration_id.qualiopi_need_on
        )
        self.assertEqual(without.mapped("sequence"), [2, 3, 5])

    def test_what_was_pressed_is_dated_as_it_was(self):
        for audit in self.initial | self.internal:
            self.assertEqual(audit.opened_on.date(), audit.date_begin)
            self.assertEqual(audit.closed_on, audit.date_end)
            self.assertEqual(audit.closed_at.date(), audit.date_end)
            self.assertEqual(audit.checklist_id.state, "closed")
            self.assertEqual(audit.checklist_id.closed_on, audit.date_end)
            decided = audit.item_ids.filtered("decided_at")
            days = {each.date() for each in decided.mapped("decided_at")}
            self.assertEqual(days, {audit.date_begin})

    def test_nobody_changes_it(self):
        for user in (self.manager, self.auditor):
            audit = self.initial.with_user(user)
            for write in (
                lambda audit=audit: audit.write({"place": "Ailleurs"}),
                lambda audit=audit: audit.item_ids[0].write({"note": "Autre"}),
                lambda audit=audit: audit.unlink(),
            ):
                with self.assertRaises(UserError):
                    write()

    def test_the_major_one_was_lifted_in_time(self):
        row, notified = self.nc(4), self.initial.notified_on
        self.assertEqual((row.gravity, row.state), ("major", "lifted"))
        self.assertEqual(row.apply_by, notified + relativedelta(months=3))
        self.assertEqual(row.check_by, row.apply_by + relativedelta(months=1))
        self.assertLessEqual(row.plan_sent_on, row.plan_due_on)
        self.assertLess(row.lifted_on, row.apply_by)
        self.assertTrue(row._shown())

    def test_one_minor_is_lifted_one_is_late(self):
        lifted, late = self.nc(9), self.nc(2)
        self.assertEqual((lifted.gravity, lifted.state), ("minor", "lifted"))
        self.assertLess(lifted.lifted_on, lifted.apply_by)
        self.assertEqual((late.gravity, late.state), ("minor", "plan_sent"))
        self.assertEqual(
            late.apply_by, self.initial.notified_on + relativedelta(months=6)
        )
        self.assertTrue(late.late)
        self.assertEqual(
            sorted(late.action_ids.mapped("state")),
            ["doing", "done", "effective", "todo"],
        )
        self.assertEqual(late.action_ids.filtered("late").mapped("state"), ["todo"])

    def test_copies_are_displayed(self):
        shown = self.cycle.display_ids
        self.assertEqual(shown.site_id, self.company.qualiopi_site_ids)
        self.assertEqual(len(shown.filtered(lambda row: row.where == "website")), 1)
        self.assertTrue(all(shown.mapped("photo")))
        self.assertTrue(all(day < self.today for day in shown.mapped("seen_on")))
        self.assertNotIn("display", "".join(self.codes_to_do()))

    def codes_to_do(self):
        return [each.code for each in self.cycle._todo_of("certified", self.today)]

    def test_the_surveillance_audit_is_planned_in_its_window(self):
        audit = self.surveillance
        self.assertEqual(audit.state, "planned")
        self.assertGreaterEqual(audit.date_begin, self.cycle.surveillance_from)
        self.assertLessEqual(audit.date_begin, self.cycle.surveillance_until)
        self.assertFalse(audit.warning_text)
        asked = audit.item_ids.filtered(lambda item: item.asked != "no")
        # those where something was found, the minimum, not all of them
        self.assertLess({2, 4, 9, 1, 17, 19}, set(asked.mapped("number")))
        self.assertEqual(audit.agenda_ids.indicator_ids, asked.indicator_id)
        self.assertFalse(audit.to_prepare)
        self.assertFalse(audit.to_invite_count)
        self.assertTrue(any(audit.agenda_ids.mapped("in_calendar")))

    def test_the_internal_audit(self):
        audit = self.internal
        self.assertEqual((audit.state, audit.user_id), ("closed", self.auditor))
        self.assertEqual(audit.closed_by_id, self.auditor)
        self.assertEqual(
            sorted(audit.nonconformity_ids.mapped("gravity")), ["major", "minor"]
        )
        # no certifier, no statutory delay
        self.assertFalse(any(audit.nonconformity_ids.mapped("apply_by")))
        self.assertTrue(all(audit.nonconformity_ids.mapped("action_ids")))

    def test_the_board(self):
        actions = self.env["qualiopi.action"].search(
            [("company_id", "=", self.company.id)]
        )
        states = dict(actions._fields["state"]._description_selection(self.env))
        self.assertEqual(set(actions.mapped("state")), set(states))
        self.assertEqual(
            actions.user_id, self.manager | self.contributor | self.auditor
        )
        for user in actions.user_id:
            own = actions.filtered(lambda row, user=user: row.user_id == user)
            open_ones = own.filtered(lambda row: row.state in ("todo", "doing"))
            self.assertTrue(open_ones, user.name)
        origins = {"nonconformity", "audit", "meeting", "gap", "other"}
        self.assertLessEqual(origins, set(actions.mapped("origin")))

    def test_the_calendar_shows_what_comes(self):
        rows = (
            self.env["qualiopi.deadline"]
            .with_user(self.manager)
            .search([("company_id", "=", self.company.id), ("settled", "=", False)])
        )
        coming = {row.kind: row.day for row in rows.sorted("day", reverse=True)}
        self.assertEqual(coming["audit"], self.surveillance.date_begin)
        self.assertEqual(coming["surveillance_until"], self.after(months=22))
        self.assertEqual(coming["last_day"], self.cycle.last_day)
        for kind in ("call_by", "contract_by", "renewal_by", "action", "effect"):
            self.assertIn(kind, coming)
        [change] = rows.filtered(lambda row: row.kind == "change")
        self.assertGreaterEqual(change.day, self.today)

    def test_the_plan_for_november_2026_names_what_touches_it(self):
        """Training that leads to a registered certification, over two days, partly
        subcontracted, and skills assessments: no apprentices, so neither 14, 15, 20
        nor 33, and 31 is worded anew without any change.
        """
        wizard = (
            self.env["qualiopi.framework.change"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=self.company.ids)
        )
        plan = wizard.browse(wizard.action_open_plan()["res_id"])
        self.assertEqual(plan.company_id, self.company)
        plan.write(
            {
                f"{which}_framework_id": self.env.ref(f"{MODULE}.framework_rnq_{year}")
                for which, year in (("old", 2019), ("new", 2026))
            }
        )
        touching = plan.line_ids.filtered("touches")
        self.assertEqual(
            set(touching.mapped("number")), {1, 2, 3, 7, 12, 19, 27, 30, 32}
        )

    def test_nobody_gets_a_mail(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails)
