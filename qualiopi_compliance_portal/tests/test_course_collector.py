from odoo.tests import tagged

from .elearning_common import JOINED, TODAY, ElearningCollectorCase


@tagged("post_install", "-at_install")
class TestCourseCollector(ElearningCollectorCase):
    """What the memberships prove, counted."""

    def lacking_names(self, code, day=TODAY):
        members = self.env["slide.channel.partner"].browse(self.lacking(code, day))
        return sorted(members.partner_id.mapped("name"))

    def asked_names(self, code, day=TODAY):
        members = self.env["slide.channel.partner"].browse(self.asked_of(code, day))
        return sorted(members.partner_id.mapped("name"))

    def test_pieces_of_the_file(self):
        self.alice.write(
            {
                "qualiopi_need_on": JOINED,
                "qualiopi_entry_on": JOINED,
                "qualiopi_adjustment": "no",
                "qualiopi_contract_on": JOINED,
            }
        )
        for piece in ("need", "entry", "adjustment", "contract"):
            with self.subTest(piece=piece):
                code = f"member.{piece}"
                self.assertEqual(self.lacking_names(code), ["Bruno Roy"])
                self.assertEqual(self.asked_names(code), ["Alice Petit", "Bruno Roy"])

    def test_who_has_no_file(self):
        self.join("Chloé Blanc", status="invited")
        self.join("Denis Vert").active = False
        self.join("Emma Noir", self.new_course("Cooking"))
        self.assertEqual(self.asked_names("member.need"), ["Alice Petit", "Bruno Roy"])
        self.assertEqual(self.asked_names("member.need", "2026-05-03"), [])

    def test_the_other_company_has_none(self):
        for code in ("member.need", "member.silence", "member.followed"):
            self.assertFalse(self.asked_of(code, TODAY, self.other_company))

    def test_an_adjustment_asks_for_an_adaptation(self):
        self.assertEqual(self.asked_names("member.adaptation"), [])
        self.alice.qualiopi_adjustment = "yes"
        self.assertEqual(self.lacking_names("member.adaptation"), ["Alice Petit"])
        self.check_with(self.alice, "adaptation")
        self.assertEqual(self.lacking_names("member.adaptation"), [])

    def test_everything_ticked_is_not_followed(self):
        self.finish(self.alice, answered=False)
        self.finish(self.bruno)
        self.assertEqual(
            self.asked_names("member.followed"), ["Alice Petit", "Bruno Roy"]
        )
        for code in ("member.followed", "member.outcome"):
            self.assertEqual(self.lacking_names(code), ["Alice Petit"])
        self.check_with(self.alice)
        self.assertEqual(self.lacking_names("member.followed"), [])
        # a call does not assess anything
        self.assertEqual(self.lacking_names("member.outcome"), ["Alice Petit"])
        self.alice.qualiopi_exam_result = "failed"
        self.assertEqual(self.lacking_names("member.outcome"), [])

    def test_the_day_before_nothing_was_finished(self):
        self.finish(self.alice, answered=False)
        self.assertEqual(self.asked_names("member.followed", "2026-06-14"), [])
        self.assertEqual(self.asked_names("member.followed"), ["Alice Petit"])

    def test_silence_asks_for_a_follow_up(self):
        # both joined on 4 May: a month of silence on 3 June
        self.assertEqual(self.asked_names("member.silence", "2026-06-02"), [])
        self.assertEqual(
            self.lacking_names("member.silence", "2026-06-03"),
            ["Alice Petit", "Bruno Roy"],
        )
        self.check_with(self.alice, "call", date="2026-05-20")
        self.bruno.qualiopi_reminded_on = "2026-05-25"
        self.assertEqual(self.lacking_names("member.silence"), [])
        with self.on("2026-05-30"):
            self.tick(self.alice, self.lesson)
        # she came back, and fell silent again
        self.assertEqual(self.lacking_names("member.silence"), [])
        self.assertEqual(
            self.lacking_names("member.silence", "2026-06-29"), ["Alice Petit"]
        )

    def test_a_company_that_waits_longer_is_asked_later(self):
        self.company.qualiopi_course_silence = 60
        self.assertEqual(self.asked_names("member.silence"), [])
        self.assertEqual(
            self.asked_names("member.silence", "2026-07-03"),
            ["Alice Petit", "Bruno Roy"],
        )

    def test_who_is_not_silent(self):
        self.finish(self.alice)
        self.bruno.qualiopi_dropped_on = "2026-05-10"
        self.assertEqual(self.asked_names("member.silence", "2026-09-01"), [])

    def test_dropping_out_asks_for_the_reason(self):
        self.bruno.qualiopi_dropped_on = "2026-05-10"
        self.assertEqual(self.asked_names("member.drop_out", "2026-05-09"), [])
        self.assertEqual(self.lacking_names("member.drop_out"), ["Bruno Roy"])
        self.bruno.qualiopi_drop_out_reason = "A new job"
        self.assertEqual(self.lacking_names("member.drop_out"), [])

    def test_every_measure_has_its_check(self):
        source = self.source("member")
        checks = self.env["qualiopi.check"].search([("code", "=like", "member.%")])
        self.assertEqual(set(checks.mapped("measure")), set(source.measures))
        self.assertEqual(set(checks.mapped("scope")), {"member"})
        for check in checks:
            frameworks = check.framework_ids or self.env["qualiopi.framework"].search(
                []
            )
            for framework in frameworks:
                texts = framework.requirement_ids.filtered(
                    lambda row, check=check: row.indicator_id in check.indicator_ids
                )
                for lang in ("fr", "en"):
                    with self.subTest(check=check.code, framework=framework.code):
                        clause = check[f"clause_{lang}"]
                        self.assertTrue(
                            any(
                                clause in text
                                for text in texts.mapped(f"statement_{lang}")
                            )
                        )


@tagged("post_install", "-at_install")
class TestCourseGaps(ElearningCollectorCase):
    """From what is missing to the file where it is entered."""

    def setUp(self):
        super().setUp()
        self.company.qualiopi_bpf_state = "filed"
        self.declare(
            self.company, "AFC", over_two_days=True, in_last_bpf=True, distance=True
        )

    def rows(self, user, *domain):
        self.env.invalidate_all()
        return (
            self.env["qualiopi.check.subject"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_id.ids)
            .search([("res_model", "=", "slide.channel.partner"), *domain])
        )

    def test_a_gap_opens_the_membership(self):
        rows = self.rows(
            self.manager,
            ("check_id.code", "=", "member.need"),
            ("satisfied", "=", False),
        )
        self.assertEqual(rows.member_id, self.alice | self.bruno)
        self.assertEqual(rows.program_id, self.program)
        self.assertEqual(set(rows.mapped("scope")), {"member"})
        row = rows.filtered(lambda row: row.member_id == self.alice)
        self.assertEqual(row.record_name, "Alice Petit")
        action = row.action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("slide.channel.partner", self.alice.id),
        )
        view = self.env.ref(
            "qualiopi_compliance_portal.slide_channel_partner_view_form_qualiopi"
        )
        self.assertEqual(action["views"], [(view.id, "form")])

    def test_the_file_shows_its_gaps(self):
        alice = self.alice.with_user(self.manager)
        codes = set(alice.qualiopi_gap_ids.check_id.mapped("code"))
        self.assertLessEqual({"member.need", "member.contract"}, codes)
        self.assertEqual(alice.qualiopi_gap_count, len(alice.qualiopi_gap_ids))
        self.alice.write({"qualiopi_need_on": JOINED})
        self.env.invalidate_all()
        codes = set(alice.qualiopi_gap_ids.check_id.mapped("code"))
        self.assertNotIn("member.need", codes)

    def test_a_gap_becomes_an_action(self):
        [row] = self.rows(
            self.manager,
            ("check_id.code", "=", "member.need"),
            ("member_id", "=", self.alice.id),
        )
        context = row.action_make_action()["context"]
        vals = {name.removeprefix("default_"): value for name, value in context.items()}
        action = self.env["qualiopi.action"].with_user(self.manager).create(vals)
        self.assertEqual(action.res_id, self.alice.id)

    def test_who_reads_no_membership_sees_no_row(self):
        self.assertTrue(self.rows(self.internal_auditor))
        self.assertFalse(self.rows(self.contributor))
        self.assertFalse(self.rows(self.other_manager))
