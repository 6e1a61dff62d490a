from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.rules.cycle import PIECES

from .cycle_common import CycleCase
from .session_common import SessionCase


@tagged("post_install", "-at_install")
class TestBeginning(CycleCase):
    def test_scope_is_what_the_company_declared(self):
        self.declare(self.company, "BC")
        self.env["qualiopi.site"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        cycle = self.new_cycle()
        self.assertEqual(set(cycle.category_ids.mapped("code")), {"AFC", "BC"})
        self.assertEqual(cycle.site_ids, self.lyon | self.paris)

    def test_scope_of_another_company_is_its_own(self):
        cycle = self.new_cycle(company_id=self.other_company.id, certifier_id=False)
        self.assertFalse(cycle.category_ids)
        self.assertFalse(cycle.site_ids)

    def test_all_pieces_are_listed_and_none_is_given(self):
        self.assertEqual(self.cycle.piece_ids.mapped("code"), list(PIECES))
        self.assertFalse(any(self.cycle.piece_ids.mapped("given")))
        self.assertFalse(any(self.cycle.piece_ids.mapped("given_on")))
        self.assertEqual(self.cycle.pieces_left, 10)

    def test_what_the_records_say_stands_beside_the_pieces(self):
        self.company.write({"qualiopi_last_bpf_year": "2025", "qualiopi_revenue": 9000})
        said = {piece.code: piece.known for piece in self.cycle.piece_ids}
        self.assertIn(self.company.name, said["identity"])
        self.assertEqual(said["nda"], self.company.qualiopi_nda)
        self.assertIn("Lyon, Paris", said["sites"])
        self.assertIn("2025", said["last_bpf"])
        self.assertFalse(said["organisation_chart"])

    def test_activity_is_described_by_what_is_declared(self):
        piece = self.cycle.piece_ids.filtered(lambda row: row.code == "activity")
        self.assertFalse(piece.known)
        declared = self.company.qualiopi_company_category_ids
        declared.write({"distance": True, "acting_as_subcontractor": "sometimes"})
        self.forget()
        self.assertEqual(len(piece.known.split(", ")), 2)

    def test_giving_all_dates_those_not_given_before(self):
        first = self.cycle.piece_ids[0]
        first.write({"given": True, "given_on": "2026-10-01"})
        self.cycle.with_user(self.manager).action_give_all()
        self.assertEqual(str(first.given_on), "2026-10-01")
        self.assertEqual(str(self.cycle.piece_ids[-1].given_on), "2026-11-23")
        self.assertEqual(self.cycle.pieces_left, 0)

    def test_piece_listed_already_is_ticked_off_not_listed_again(self):
        Piece = self.env["qualiopi.certification.piece"]
        vals = {"certification_id": self.cycle.id, "code": "sites"}
        piece = Piece.create([vals, {**vals, "code": "nda", "note": "By mail"}])
        self.assertEqual(len(self.cycle.piece_ids), 10)
        self.assertEqual(piece.mapped("given"), [True, True])
        self.assertEqual(piece.mapped("note"), [False, "By mail"])

    def test_untick_forgets_the_day(self):
        piece = self.cycle.piece_ids[0]
        piece.given = True
        self.assertTrue(piece.given_on)
        piece.given = False
        self.assertFalse(piece.given_on)

    def test_form_of_a_new_cycle(self):
        with Form(
            self.env["qualiopi.certification"].with_user(self.manager),
            "qualiopi_compliance.qualiopi_certification_view_form",
        ) as form:
            form.certifier_id = self.certifier
        self.assertEqual(form.record.stage, "self_assessment")
        self.assertEqual(form.record.name, "2026 – Certif")

    def test_first_step_opens_where_there_is_nothing(self):
        Cycle = self.env["qualiopi.certification"].with_user(self.other_manager)
        action = Cycle.action_our_certificate()
        self.assertEqual(action["res_model"], "qualiopi.certification.begin")
        wizard = self.env[action["res_model"]].with_user(self.other_manager).create({})
        opened = wizard.action_begin()
        cycle = Cycle.browse(opened["res_id"])
        self.assertEqual(cycle.company_id, self.other_company)
        self.assertEqual(Cycle.action_our_certificate()["res_id"], cycle.id)

    def test_menu_opens_the_certificate_not_the_next_one(self):
        running = self.certified()
        self.cycle.active = False
        following = self.env["qualiopi.certification"].browse(
            running.action_prepare_renewal()["res_id"]
        )
        Cycle = self.env["qualiopi.certification"].with_user(self.contributor)
        self.assertEqual(Cycle.action_our_certificate()["res_id"], running.id)
        running._set_stage("expired")
        self.assertEqual(Cycle.action_our_certificate()["res_id"], following.id)

    def test_menu_lists_several(self):
        self.certified()
        Cycle = self.env["qualiopi.certification"].with_user(self.contributor)
        self.assertFalse(Cycle.action_our_certificate().get("res_id"))

    def test_contributor_without_certificate_sees_the_empty_list(self):
        self.cycle.active = False
        Cycle = self.env["qualiopi.certification"].with_user(self.contributor)
        action = Cycle.action_our_certificate()
        self.assertEqual(action["res_model"], "qualiopi.certification")
        self.assertFalse(action.get("res_id"))


@tagged("post_install", "-at_install")
class TestCertificateWeHave(CycleCase):
    def begin(self, **vals):
        wizard = (
            self.env["qualiopi.certification.begin"]
            .with_user(self.manager)
            .create(
                {
                    "held": "yes",
                    "certifier_id": self.certifier.id,
                    "number": "C-9",
                    "first_day": "2025-07-12",
                    **vals,
                }
            )
        )
        return self.env["qualiopi.certification"].browse(
            wizard.action_begin()["res_id"]
        )

    def test_goes_on_as_certified(self):
        cycle = self.begin()
        self.assertEqual(cycle.stage, "certified")
        self.assertEqual(str(cycle.last_day), "2028-07-11")
        self.assertEqual(str(cycle.obtained_on), "2025-07-12")
        self.assertTrue(cycle.running)

    def test_surveillance_held_before(self):
        cycle = self.begin(surveillance_held_on="2026-10-01")
        self.assertEqual(cycle.stage, "surveillance")
        self.assertNotIn("plan_surveillance", self.todo(cycle))

    def test_ended_one_is_refused(self):
        with self.assertRefused("ended on 07/11/2025", UserError):
            self.begin(first_day="2022-07-12")

    def test_without_number_or_overlapping_is_refused(self):
        with self.assertRefused("Record the number", UserError):
            self.begin(number=False)
        self.certified(code="AFC")
        with self.assertRefused("one certificate per category", ValidationError):
            self.begin()


@tagged("post_install", "-at_install")
class TestStages(CycleCase, SessionCase):
    def ready(self):
        """Everything that the company may do by itself before the audit."""
        self.cycle.checklist_id = self.closed(self.company, "2026-11-02")
        self.cycle.write({"contract_signed_on": "2026-11-03", "sworn_on": "2026-11-03"})
        self.cycle.action_give_all()

    def test_the_whole_way(self):
        # a session of the category asked for was begun in March
        self.ready()
        for stage in ("certifier_choice", "application"):
            wizard = self.step(self.cycle)
            self.assertEqual(wizard.stage, stage)
            self.assertFalse(wizard.blocked, wizard.missing_list)
            wizard.action_apply()
        audit = self.planned("initial", "2026-11-20", self.cycle)
        self.step(self.cycle).action_apply()
        self.assertEqual(self.cycle.stage, "initial_audit")
        self.over(audit)
        self.cycle.write({"number": "C-1", "first_day": "2026-11-23"})
        wizard = self.step(self.cycle)
        wizard.stage = "certified"
        wizard.action_apply()
        self.assertEqual(self.cycle.stage, "certified")
        self.assertTrue(self.cycle.running)

    def test_what_each_stage_asks_for(self):
        self.cycle.certifier_id = False
        self.company.qualiopi_nda = False
        self.cycle.category_ids = False
        self.assertEqual(self.unmet(self.cycle, "certifier_choice"), {"self_assessed"})
        self.cycle._enter("certifier_choice")
        self.assertEqual(
            self.unmet(self.cycle, "application"),
            {"certifier_named", "categories_stated", "nda_ready"},
        )
        with self.assertRefused("Name the certifier", UserError):
            self.cycle._enter("application")
        # a proof of filing less than three months old will do
        self.cycle.write(
            {
                "certifier_id": self.certifier.id,
                "category_ids": self.category("BC"),
                "nda_filed_on": "2026-08-24",
            }
        )
        self.cycle._enter("application")
        self.assertEqual(
            self.unmet(self.cycle, "initial_audit"),
            {
                "contract_signed",
                "pieces_collected",
                "action_per_category",
                "sworn_statement",
                "audit_planned",
            },
        )
        self.cycle.nda_filed_on = "2026-08-23"
        self.assertIn("nda_ready", self.unmet(self.cycle, "initial_audit"))

    def test_unfinished_self_assessment_does_not_count(self):
        action = self.cycle.with_user(self.manager).action_self_assess()
        self.assertEqual(action["res_id"], self.cycle.checklist_id.id)
        self.assertIn("self_assess", self.todo(self.cycle))
        self.cycle.checklist_id._close()
        self.assertNotIn("self_assess", self.todo(self.cycle))

    def test_warning_does_not_keep_out_and_stays_in_the_chatter(self):
        wizard = self.step(self.cycle)
        self.assertIn("No self-assessment was made", wizard.warning_list)
        wizard.action_apply()
        self.assertIn(
            "No self-assessment was made",
            "".join(self.cycle.message_ids.mapped("body")),
        )

    def test_wizard_proposes_what_may_follow_and_nothing_else(self):
        self.cycle._set_stage("application")
        wizard = self.step(self.cycle)
        self.assertEqual(wizard.possible, "certifier_choice,initial_audit")
        self.assertTrue(wizard.blocked)
        wizard.stage = "certified"
        with self.assertRefused("cannot go there", UserError):
            wizard.action_apply()
        self.assertEqual(self.cycle.stage, "application")

    def test_going_back_asks_for_nothing(self):
        self.cycle._set_stage("application")
        wizard = self.step(self.cycle)
        wizard.stage = "certifier_choice"
        self.assertFalse(wizard.blocked)
        wizard.action_apply()
        self.assertEqual(self.cycle.stage, "certifier_choice")

    def test_settings_switch_conditions_off(self):
        self.cycle._set_stage("application")
        self.session.unlink()
        found = self.unmet(self.cycle, "initial_audit")
        self.assertLessEqual({"action_per_category", "sworn_statement"}, found)
        self.company.qualiopi_audit_action_per_category = False
        self.company.qualiopi_audit_sworn_statement = False
        found = self.unmet(self.cycle, "initial_audit")
        self.assertFalse({"action_per_category", "sworn_statement"} & found)

    def test_pieces_make_one_line_of_what_is_to_do(self):
        self.cycle._set_stage("application")
        rows = self.cycle._todo(self.to_date("2026-11-23"))
        [row] = [row for row in rows if "Give the certifier" in row["text"]]
        self.assertIn("Name and SIREN, Legal status", row["text"])
        self.assertIn("art. 1", row["source"])

    def test_certificate_displayed_everywhere(self):
        self.company.website = "https://example.com"
        cycle = self.certified()
        self.assertLessEqual(
            {"display_site", "display_website"}, self.todo(cycle).keys()
        )
        self.display(cycle, self.lyon)
        self.display(cycle)
        self.assertIn("display_site", self.todo(cycle))
        self.assertNotIn("display_website", self.todo(cycle))
        self.display(cycle, self.paris)
        self.assertNotIn("display_site", self.todo(cycle))


@tagged("post_install", "-at_install")
class TestGuards(CycleCase):
    def test_stage_is_changed_by_the_button_only(self):
        for vals in ({"stage": "certified"}, {"stage": "expired", "number": "C"}):
            with self.assertRefused("Next Stage", UserError):
                self.cycle.write(vals)
        with self.assertRefused("Next Stage", UserError):
            self.new_cycle(stage="certified")

    def test_what_was_begun_is_not_deleted(self):
        self.new_cycle().unlink()
        self.cycle._enter("certifier_choice")
        with self.assertRefused("Archive it", UserError):
            self.cycle.unlink()

    def test_cycle_with_an_audit_or_a_next_one_is_not_deleted(self):
        self.planned("initial", "2026-12-07", self.cycle)
        with self.assertRefused("Archive it", UserError):
            self.cycle.unlink()

    def test_what_is_over_does_not_change(self):
        cycle = self.certified("2020-01-06")
        copy = self.display(cycle, self.lyon)
        cycle._end_with_time(self.to_date("2026-11-23"))
        self.assertEqual(cycle.stage, "expired")
        for change in (
            lambda: cycle.write({"number": "other"}),
            lambda: cycle.piece_ids[0].write({"given": True}),
            lambda: cycle.piece_ids[0].unlink(),
            lambda: copy.write({"seen_on": "2026-01-01"}),
            lambda: copy.unlink(),
            lambda: self.display(cycle, self.paris),
        ):
            with self.assertRefused("is over", UserError):
                change()
        cycle.write({"note": "<p>Filed</p>", "active": False})

    def test_end_recorded_by_mistake_is_taken_back(self):
        cycle = self.certified("2020-01-06", stage="renewal")
        cycle._end_with_time(self.to_date("2026-11-23"))
        cycle.with_user(self.manager).action_reopen()
        self.assertEqual(cycle.stage, "renewal")
        with self.assertRefused("is not over", UserError):
            cycle.action_reopen()
        with self.assertRaises(AccessError):
            cycle.with_user(self.internal_auditor).action_reopen()

    def test_file_sent_with_the_form_is_read_by_its_readers(self):
        cycle = self.certified()
        file = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "certificate.pdf", "raw": b"pdf"})
        )
        cycle.with_user(self.manager).attachment_ids = [(4, file.id)]
        self.assertEqual(file.with_user(self.contributor).raw, b"pdf")

    def test_copy_needs_its_place_and_is_not_recorded_ahead(self):
        cycle = self.certified()
        vals = {"certification_id": cycle.id}
        Display = self.env["qualiopi.certificate.display"]
        for where, missing in (("site", "site_needed"), ("website", "page_needed")):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation) as found:
                Display.create({**vals, "where": where})
            self.assertIn(missing, str(found.exception))
        with self.assertRefused("ahead"):
            Display.create({**vals, "site_id": self.lyon.id, "seen_on": "2026-11-24"})
