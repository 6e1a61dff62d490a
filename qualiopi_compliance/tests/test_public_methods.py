from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged

from .common import SecurityCase

# Whatever one may call from outside, on top of what every model has.
PUBLIC_METHODS = {
    "qualiopi.framework": {"action_open_requirements"},
    "qualiopi.requirement": {"action_open_guide_entry"},
    "qualiopi.checklist": {
        "action_close",
        "action_open_summary",
        "action_open_lines",
        "action_export_xlsx",
        "action_organisation",
        "action_fold_first_steps",
        "action_open_gaps",
        "action_open_living",
        "action_open_results",
        "action_read_records",
        "action_simulate_audit",
    },
    "qualiopi.check": {
        "action_decide",
        "action_open_missing",
        "action_open_results",
        "action_open_satisfied",
        "action_try",
    },
    "qualiopi.check.subject": {
        "action_add_document",
        "action_make_action",
        "action_open_record",
        "action_open_today",
    },
    "qualiopi.gap.holder": {"action_qualiopi_gaps"},
    "qualiopi.check.setting": {"action_back_to_default", "action_decide_again"},
    "qualiopi.check.result": {
        "action_open_missing",
        "action_open_satisfied",
        "action_open_today",
    },
    "qualiopi.evidence.day": {"action_self_assess", "action_show"},
    "qualiopi.first.step": {"action_open"},
    "qualiopi.checklist.line": {
        "action_review",
        "action_open_requirement",
        "action_open_documents",
        "action_open_counted",
        "action_open_gaps",
    },
    "qualiopi.checklist.close": {"action_confirm"},
    "qualiopi.evidence": {
        "action_give",
        "action_give_newer",
        "action_new_version",
        "action_open_given",
        "action_open_outdated",
        "action_open_received",
        "action_open_same_files",
        "action_open_versions",
        "action_receive_files",
        "action_reject",
        "action_submit",
        "action_supersede",
        "action_validate",
        "action_withdraw",
    },
    "qualiopi.evidence.giving": {"action_confirm"},
    "qualiopi.evidence.holder": {"action_qualiopi_documents"},
    "qualiopi.evidence.rejection": {"action_confirm"},
    "qualiopi.document.type": {"action_open_documents"},
    "qualiopi.site": {"action_qualiopi_documents"},
    "qualiopi.team.person": {
        "action_open_source",
        "action_complete",
        "action_appoint",
        "action_print_chart",
    },
    "qualiopi.team.meeting": {
        "action_invite",
        "action_all_present",
        "action_hold",
        "action_reopen",
        "action_cancel",
        "action_print",
        "action_plan_calendar",
        "action_open_calendar",
        "action_add_action",
    },
    "qualiopi.program": {
        "action_open_teaching",
        "action_validate",
        "action_revise",
        "action_retire",
        "action_open_results",
        "action_open_sessions",
        "action_open_versions",
        "action_print_sheet",
        "action_open_survey_plans",
        "action_qualiopi_gaps",
        "action_qualiopi_documents",
    },
    "qualiopi.survey.plan": {"action_open_invitations", "action_own_plan"},
    "qualiopi.survey.invitation": {
        "action_open_answer",
        "action_open_thread",
        "action_send_again",
    },
    "qualiopi.survey.hearing": {"action_record"},
    "qualiopi.program.version": {"action_open_sessions", "action_print_sheet"},
    "qualiopi.program.adoption": {"action_adopt", "action_regroup"},
    "qualiopi.program.adoption.line": {"action_open_events"},
    "qualiopi.result": {
        "action_find_weak_points",
        "action_open_learners",
        "action_open_remarks",
        "action_open_weak_points",
        "action_print",
    },
    "qualiopi.weak.point": {
        "action_dismiss",
        "action_note",
        "action_open_actions",
        "action_open_remarks",
        "action_open_results",
        "action_reopen",
    },
    "qualiopi.action": {
        "action_again",
        "action_cancel",
        "action_done",
        "action_effective",
        "action_not_effective",
        "action_open_record",
        "action_reopen",
        "action_start",
    },
    "qualiopi.certification": {
        "action_add_extension",
        "action_decision",
        "action_extend",
        "action_give_all",
        "action_next_stage",
        "action_open_actions",
        "action_open_audits",
        "action_open_calendar",
        "action_open_next",
        "action_open_nonconformities",
        "action_our_certificate",
        "action_plan_audit",
        "action_plan_preparation",
        "action_prepare_renewal",
        "action_reopen",
        "action_self_assess",
        "action_transfer",
    },
    "qualiopi.certification.begin": {"action_begin", "action_open_organisation"},
    "qualiopi.certification.step": {"action_apply"},
    "qualiopi.certification.transfer": {"action_apply"},
    "qualiopi.certification.extension": {"action_apply"},
    "qualiopi.declaration": {"action_declare"},
    "qualiopi.deadline": {"action_open_record"},
    "qualiopi.nonconformity": {
        "action_add_action",
        "action_analyse",
        "action_done",
        "action_lift",
        "action_open_audit",
        "action_print",
        "action_record",
        "action_requalify",
        "action_send_plan",
    },
    "qualiopi.nonconformity.step": {"action_record"},
    "qualiopi.calendar.mixin": {"action_plan_calendar", "action_open_calendar"},
    "qualiopi.audit": {
        "action_add_action",
        "action_add_finding",
        "action_ask_close",
        "action_back_to_planned",
        "action_cancel",
        "action_close",
        "action_compute_scope",
        "action_invite",
        "action_open_audit",
        "action_open_checklist",
        "action_open_findings",
        "action_open_items",
        "action_open_nonconformities",
        "action_plan_preparation",
        "action_prepare_interviews",
        "action_present",
        "action_print_closing",
        "action_print_interviews",
        "action_print_opening",
        "action_print_replies",
        "action_propose_plan",
        "action_read_records",
        "action_walk",
    },
    "qualiopi.audit.item": {
        "action_add_document",
        "action_add_finding",
        "action_add_interview",
        "action_add_observation",
        "action_add_request",
        "action_not_looked",
        "action_open_evidence",
        "action_open_gaps",
        "action_open_line",
        "action_seen",
        "action_undecided",
    },
    "qualiopi.audit.agenda": {"action_plan_calendar", "action_open_calendar"},
    "qualiopi.audit.interview": {"action_propose_questions"},
    "qualiopi.audit.request": {"action_answered", "action_waiting"},
    "qualiopi.audit.sample": {
        "action_check_draw",
        "action_draw",
        "action_open_files",
    },
    "qualiopi.audit.sample.file": {"action_open_gaps", "action_open_record"},
    "qualiopi.audit.close": {"action_confirm"},
    "qualiopi.audit.simulation": {"action_make_actions", "action_make_audit"},
    "qualiopi.framework.change": {
        "action_make_actions",
        "action_open_plan",
        "action_print",
    },
    "survey.user_input.line": {
        "action_qualiopi_mark_read",
        "action_qualiopi_mark_unread",
    },
    "qualiopi.subcontractor": {
        "action_open_contracts",
        "action_new_contract",
        "action_open_trainers",
        "action_qualiopi_gaps",
        "action_qualiopi_documents",
    },
    "qualiopi.subcontract": {
        "action_sign",
        "action_end",
        "action_cancel",
        "action_draft",
        "action_open_sessions",
        "action_print",
    },
    "qualiopi.assignment": {"action_open_session"},
    "qualiopi.trainer.qualification": {"action_open_source"},
    "hr.employee": {"action_qualiopi_promote"},
    "hr.employee.public": {"action_qualiopi_promote"},
    "res.partner": {"action_qualiopi_promote"},
    "qualiopi.trainer": {
        "action_activate",
        "action_suspend",
        "action_leave",
        "action_open_assignments",
        "action_open_cpd",
        "action_plan_cpd",
        "qualification_matrix",
        "action_qualiopi_gaps",
        "action_qualiopi_documents",
    },
    "qualiopi.trainer.report": {"action_print"},
    "qualiopi.cpd.activity": {
        "action_done",
        "action_plan",
        "action_validate",
        "action_reject",
        "action_reopen",
    },
    "qualiopi.cpd.rejection": {"action_confirm"},
    "qualiopi.cpd.ledger": {"action_open", "action_add"},
    "qualiopi.cpd.target": {"action_open_gaps"},
    "qualiopi.cpd.gap": {"action_open_ledger"},
    "event.event": {
        "action_qualiopi_results",
        "action_qualiopi_plan_half_days",
        "action_qualiopi_learner_files",
        "action_qualiopi_print_contracts",
        "action_qualiopi_print_convocations",
        "action_qualiopi_print_certificates",
        "action_qualiopi_print_attendance_sheet",
        "action_qualiopi_send_convocations",
        "qualiopi_attendance_grid",
        "qualiopi_record_attendance",
        "action_qualiopi_propose_outcomes",
        "action_qualiopi_answers",
        "action_qualiopi_invitations",
        "action_qualiopi_gaps",
        "action_qualiopi_documents",
    },
    "event.registration": {
        "action_qualiopi_answers",
        "action_qualiopi_prepare_outcomes",
        "action_qualiopi_propose_outcomes",
        "action_qualiopi_confirm_proposal",
        "action_qualiopi_dismiss_proposal",
        "action_qualiopi_print_contract",
        "action_qualiopi_print_convocation",
        "action_qualiopi_print_certificate",
        "action_qualiopi_send_convocations",
        "action_qualiopi_gaps",
        "action_qualiopi_documents",
    },
    "crm.lead": {
        "action_qualiopi_ask_need",
        "action_qualiopi_register",
        "action_qualiopi_registrations",
        "action_qualiopi_print_summary",
    },
    "qualiopi.lead.registration": {"action_register"},
    "qualiopi.outcome.proposal": {"action_confirm"},
    "res.company": {"action_qualiopi_organisation"},
    "res.config.settings": {"action_qualiopi_organisation"},
}


@tagged("post_install", "-at_install")
class TestCalledFromOutside(SecurityCase):
    def call(self, user, records, method, **kwargs):
        """Call a method as a client does from outside."""
        return call_kw(records.browse().with_user(user), method, [records.ids], kwargs)

    def expected(self, name, model):
        """:return: names of the methods that may be called; a model of another addon
        has those of the mixins it takes from us
        """
        if name in PUBLIC_METHODS:
            return PUBLIC_METHODS[name]
        parents = {getattr(cls, "_name", None) for cls in model.mro()}
        return set().union(*(PUBLIC_METHODS.get(each, set()) for each in parents))

    def test_only_buttons_can_be_called(self):
        for name, model in self.env.registry.items():
            found = set()
            for cls in model.mro():
                if cls.__module__.startswith("odoo.addons.qualiopi_compliance."):
                    found |= {
                        key for key, value in vars(cls).items() if callable(value)
                    }
            # what extends a method of the framework keeps its checks
            public = {
                key
                for key in found
                if not key.startswith("_") and not hasattr(BaseModel, key)
            }
            with self.subTest(model=name):
                self.assertEqual(public, self.expected(name, model))

    def test_helpers_cannot_be_called(self):
        for name in ("_close", "_refresh", "_cron_refresh_living"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                get_public_method(self.checklist, name)

    def test_reviewing_is_for_managers(self):
        for role in ("contributor", "internal_auditor", "plain", "portal"):
            for line in (self.own, self.foreign):
                case = self.subTest(role=role, line=line.number)
                with case, self.assertRaises(AccessError):
                    self.call(getattr(self, role), line, "action_review")
        self.call(self.manager, self.own, "action_review")
        self.assertEqual(self.own.reviewer_id, self.manager)

    def test_closing_is_for_managers_of_the_company(self):
        for role in (
            "contributor",
            "internal_auditor",
            "plain",
            "portal",
            "other_manager",
        ):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(getattr(self, role), self.checklist, "action_close")
        action = self.call(self.manager, self.checklist, "action_close")
        self.assertEqual(action["res_model"], "qualiopi.checklist.close")

    def test_last_look_closes_nothing_for_others(self):
        vals = {"checklist_id": self.checklist.id, "accept_unassessed": True}
        Wizard = self.env["qualiopi.checklist.close"]
        for role in ("contributor", "internal_auditor", "plain", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                Wizard.with_user(getattr(self, role)).create(vals)
        with self.assertRaises(AccessError):
            wizard = Wizard.with_user(self.other_manager).create(vals)
            self.call(self.other_manager, wizard, "action_confirm")
        self.assertEqual(self.checklist.state, "open")

    def test_manager_closes_through_the_last_look(self):
        wizard = (
            self.env["qualiopi.checklist.close"]
            .with_user(self.manager)
            .create({"checklist_id": self.checklist.id, "accept_unassessed": True})
        )
        self.call(self.manager, wizard, "action_confirm")
        self.assertEqual(self.checklist.state, "closed")
        self.assertEqual(self.checklist.closed_by_id, self.manager)

    def test_workbook_is_for_readers_of_the_checklist(self):
        for role in ("plain", "portal", "other_manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(getattr(self, role), self.checklist, "action_export_xlsx")
        for role in ("contributor", "internal_auditor", "manager"):
            action = self.call(
                getattr(self, role), self.checklist, "action_export_xlsx"
            )
            self.assertIn(str(self.checklist.id), action["url"])

    def test_indicators_are_opened_by_readers_of_the_checklist(self):
        for role in ("plain", "portal", "other_manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(getattr(self, role), self.checklist, "action_open_lines")
