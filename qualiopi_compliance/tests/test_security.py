from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DAY_2019, NDA, REFERENCE, SIRET, SecurityCase

# Read, Write, Create, Unlink: what each role may do with some record of its company.
RIGHTS = {
    "manager": {
        **dict.fromkeys(REFERENCE, "R"),
        "qualiopi.company.category": "RWCU",
        "qualiopi.site": "RWCU",
        "qualiopi.checklist": "RWCU",
        "qualiopi.checklist.line": "RW",
        "qualiopi.checklist.close": "RWCU",
    },
    "internal_auditor": {
        **dict.fromkeys(REFERENCE, "R"),
        "qualiopi.company.category": "R",
        "qualiopi.site": "R",
        "qualiopi.checklist": "R",
        "qualiopi.checklist.line": "R",
    },
    "plain": {},
    "portal": {},
    "public": {},
    # creates, but in the other company only: see test_multicompany
    "other_manager": {
        **dict.fromkeys(REFERENCE, "R"),
        "qualiopi.company.category": "C",
        "qualiopi.site": "C",
        "qualiopi.checklist": "C",
        "qualiopi.checklist.close": "RWCU",
    },
}
RIGHTS["contributor"] = RIGHTS["internal_auditor"]
# Their tables stand with the tests of what they are about.
ELSEWHERE = {
    "test_check_subject_rights": {"qualiopi.check.subject"},
    "test_evidence_security": {
        "qualiopi.check",
        "qualiopi.check.setting",
        "qualiopi.check.result",
        "qualiopi.first.step",
        "qualiopi.evidence.day",
    },
    "test_document_security": {
        "qualiopi.document.type",
        "qualiopi.evidence",
        "qualiopi.evidence.giving",
        "qualiopi.evidence.rejection",
    },
    "test_audit_security": {
        "qualiopi.audit",
        "qualiopi.audit.item",
        "qualiopi.audit.agenda",
        "qualiopi.audit.attendee",
        "qualiopi.audit.interview",
        "qualiopi.audit.question",
        "qualiopi.audit.observation",
        "qualiopi.audit.document",
        "qualiopi.audit.request",
        "qualiopi.audit.sample",
        "qualiopi.audit.sample.file",
        "qualiopi.audit.close",
    },
    "test_certification_security": {
        "qualiopi.certification",
        "qualiopi.certification.piece",
        "qualiopi.certificate.display",
        "qualiopi.certification.begin",
        "qualiopi.certification.step",
        "qualiopi.certification.transfer",
        "qualiopi.certification.extension",
        "qualiopi.declaration",
        "qualiopi.deadline",
    },
    "test_lead_security": {
        "qualiopi.entry.proposal",
        "qualiopi.lead.registration",
        "qualiopi.lead.registration.line",
        "qualiopi.outcome.proposal",
        "qualiopi.outcome.proposal.line",
    },
    "test_program_security": {
        "qualiopi.program",
        "qualiopi.program.objective",
        "qualiopi.program.sequence",
        "qualiopi.program.competency",
        "qualiopi.program.version",
        "qualiopi.program.adoption",
        "qualiopi.program.adoption.line",
    },
    "test_survey_security": {
        "qualiopi.survey.hearing",
        "qualiopi.survey.invitation",
        "qualiopi.survey.plan",
    },
    "test_subcontract_security": {
        "qualiopi.subcontractor",
        "qualiopi.subcontract",
    },
    "test_team_security": {
        "qualiopi.team.role",
        "qualiopi.team.person",
        "qualiopi.team.meeting",
        "qualiopi.team.participant",
    },
    "test_trainer_report": {"qualiopi.trainer.report"},
    "test_trainer_security": {
        "qualiopi.trainer",
        "qualiopi.trainer.skill",
        "qualiopi.trainer.qualification",
        "qualiopi.trainer.assessment",
        "qualiopi.program.skill",
        "qualiopi.assignment",
        "qualiopi.reminder",
    },
    "test_training_security": {
        "qualiopi.half.day",
        "qualiopi.attendance",
        "qualiopi.outcome",
        "qualiopi.follow.up",
        "qualiopi.learner.document",
    },
    "test_result_security": {
        "qualiopi.learner.result",
        "qualiopi.rate.method",
        "qualiopi.result",
        "qualiopi.verbatim.tag",
        "qualiopi.weak.point",
    },
    "test_action_security": {
        "qualiopi.action",
        "qualiopi.action.step",
        "qualiopi.audit.simulation",
        "qualiopi.audit.simulation.line",
        "qualiopi.finding",
        "qualiopi.framework.change",
        "qualiopi.framework.change.line",
        "qualiopi.nonconformity",
        "qualiopi.nonconformity.step",
    },
    "test_cpd_security": {
        "qualiopi.cpd.activity",
        "qualiopi.cpd.ledger",
        "qualiopi.cpd.target",
        "qualiopi.cpd.gap",
        "qualiopi.cpd.rejection",
    },
}
OPERATIONS = {"R": "read", "W": "write", "C": "create", "U": "unlink"}


@tagged("post_install", "-at_install")
class TestRightsPerRole(SecurityCase):
    def check_rights(self, role):
        for model, sample in self.samples.items():
            expected = RIGHTS[role].get(model, "")
            record = sample.with_user(getattr(self, role))
            found = ""
            for letter, operation in OPERATIONS.items():
                target = record.browse() if operation == "create" else record
                found += letter if target.has_access(operation) else ""
            with self.subTest(role=role, model=model):
                self.assertEqual(found, expected)

    def test_manager(self):
        self.check_rights("manager")

    def test_internal_auditor(self):
        self.check_rights("internal_auditor")

    def test_contributor(self):
        self.check_rights("contributor")

    def test_plain_user(self):
        self.check_rights("plain")

    def test_portal_user(self):
        self.check_rights("portal")

    def test_visitor(self):
        self.check_rights("public")

    def test_manager_of_another_company(self):
        self.check_rights("other_manager")

    def test_every_model_is_in_this_table(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("qualiopi.") and not model._abstract
        }
        self.assertEqual(ours, set(self.samples).union(*ELSEWHERE.values()))

    def test_every_business_model_has_a_rule_for_all_about_companies(self):
        for name, model in self.env.registry.items():
            if not name.startswith("qualiopi.") or "company_id" not in model._fields:
                continue
            if model._abstract:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            with self.subTest(model=name):
                self.assertIn("company_ids", "".join(rules.mapped("domain_force")))


@tagged("post_install", "-at_install")
class TestReference(SecurityCase):
    def test_nobody_changes_the_shared_reference_by_hand(self):
        for role in ("manager", "internal_auditor", "contributor", "plain", "portal"):
            for model in REFERENCE:
                record = self.samples[model].with_user(getattr(self, role))
                with self.subTest(role=role, model=model):
                    with self.assertRaises(AccessError):
                        record.write({"write_date": False})
                    with self.assertRaises(AccessError):
                        record.unlink()

    def test_whoever_has_a_role_reads_all_of_it(self):
        for role in ("manager", "internal_auditor", "contributor"):
            user = getattr(self, role)
            for model in REFERENCE:
                everything = self.env[model].search([])
                with self.subTest(role=role, model=model):
                    found = self.env[model].with_user(user).search([])
                    self.assertEqual(found, everything)
                    self.assertEqual(len(found.read()), len(everything))


@tagged("post_install", "-at_install")
class TestContributor(SecurityCase):
    def as_contributor(self, records):
        return records.with_user(self.contributor)

    def test_concludes_on_his_own_line(self):
        self.as_contributor(self.own).conclusion = "<p>Vu</p>"
        self.assertEqual(self.own.conclusion, "<p>Vu</p>")

    def test_adds_documents_to_his_own_line(self):
        evidence = self.drop(self.own, content=b"preuve", user=self.contributor)
        self.assertEqual(self.own.evidence_ids, evidence)
        file = evidence.attachment_ids
        self.assertEqual(file.with_user(self.internal_auditor).raw, b"preuve")

    def test_does_not_open_somebody_elses_document_by_adding_it(self):
        document = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "paie.txt", "raw": b"secret"})
        )
        with self.assertRaises(AccessError):
            self.as_contributor(self.env["qualiopi.evidence"]).create(
                {"name": "paie", "attachment_ids": [(4, document.id)]}
            )

    def test_changes_nothing_else_on_his_own_line(self):
        for vals in (
            {"declared_status": "demonstrated"},
            {"user_id": self.manager.id},
            {"to_confirm": True},
            {"override_applicability": "not_applicable", "override_reason": "Non"},
            {"reviewed_on": DAY_2019},
            {"assessed_on": DAY_2019},
            {"rule_applicability": "not_applicable"},
            {"active": False},
            {"conclusion": "<p>Vu</p>", "declared_status": "demonstrated"},
        ):
            with self.subTest(fields=list(vals)), self.assertRaises(AccessError):
                self.as_contributor(self.own).write(vals)

    def test_changes_nothing_on_lines_of_others(self):
        for line in (self.foreign, self.nobodys, self.own | self.foreign):
            with self.subTest(line=line.mapped("number")):
                with self.assertRaises(AccessError):
                    self.as_contributor(line).write({"conclusion": "<p>Vu</p>"})
                with self.assertRaises(AccessError):
                    self.drop(line[-1:], user=self.contributor)

    def test_cannot_reach_a_line_through_its_checklist(self):
        command = (1, self.foreign.id, {"declared_status": "demonstrated"})
        with self.assertRaises(AccessError):
            self.as_contributor(self.checklist).write({"line_ids": [command]})

    def test_reads_the_lines_of_others(self):
        lines = self.as_contributor(self.checklist).line_ids
        self.assertEqual(len(lines), 33)
        self.assertEqual(len(lines.read()), 33)

    def test_reads_the_checklist_form(self):
        values = self.as_contributor(self.checklist).read()[0]
        self.assertEqual(
            values["not_assessed_count"], self.checklist.not_assessed_count
        )

    def test_form_says_what_he_may_edit(self):
        lines = self.as_contributor(self.own | self.foreign | self.nobodys)
        self.assertEqual(lines.mapped("may_edit"), [True, False, False])

    def test_declares_nothing_of_the_company(self):
        with self.assertRaises(AccessError):
            self.as_contributor(self.company).qualiopi_nda = NDA
        with self.assertRaises(AccessError):
            self.as_contributor(self.declared).over_two_days = True


@tagged("post_install", "-at_install")
class TestInternalAuditor(SecurityCase):
    def test_reads_every_field_of_everything_in_his_company(self):
        for model, sample in self.samples.items():
            if model == "qualiopi.checklist.close":
                continue
            with self.subTest(model=model):
                self.assertTrue(sample.with_user(self.internal_auditor).read())

    def test_writes_nothing_but_his_own_conclusions(self):
        line = self.foreign.with_user(self.internal_auditor)
        with self.assertRaises(AccessError):
            line.conclusion = "<p>Vu</p>"
        self.foreign.user_id = self.internal_auditor
        line.conclusion = "<p>Vu</p>"
        self.assertEqual(self.foreign.conclusion, "<p>Vu</p>")
        with self.assertRaises(AccessError):
            line.declared_status = "demonstrated"


@tagged("post_install", "-at_install")
class TestManager(SecurityCase):
    def as_manager(self, records):
        return records.with_user(self.manager)

    def test_assesses_and_assigns_any_line(self):
        line = self.as_manager(self.own)
        line.write({"declared_status": "at_risk", "user_id": self.manager.id})
        self.assertEqual(self.own.status, "at_risk")
        self.assertEqual(self.own.user_id, self.manager)

    def test_neither_adds_nor_deletes_lines(self):
        with self.assertRaises(AccessError):
            self.as_manager(self.own).unlink()
        with self.assertRaises(AccessError):
            self.as_manager(self.own).create(
                {
                    "checklist_id": self.checklist.id,
                    "requirement_id": self.requirement(2019, 1).id,
                }
            )
        with self.assertRaises(AccessError):
            self.as_manager(self.checklist).line_ids = [(5,)]
            self.env.flush_all()

    def test_makes_and_deletes_a_self_assessment_with_its_lines(self):
        checklist = self.as_manager(self.env["qualiopi.checklist"]).create(
            {"date": DAY_2019}
        )
        lines = checklist.line_ids
        self.assertEqual(len(lines), 32)
        checklist.unlink()
        self.assertFalse(lines.exists())

    def test_closes_by_the_button_only(self):
        for checklist in (self.checklist, self.living(self.company)):
            with self.subTest(kind=checklist.kind), self.assertRaises(UserError):
                self.as_manager(checklist).write({"state": "closed"})

    def test_does_not_slip_a_line_into_a_closed_checklist(self):
        closed = self.closed(self.company, DAY_2019)
        with self.assertRaises(UserError):
            self.as_manager(self.own).write({"checklist_id": closed.id})

    def test_writes_the_facts_of_the_company(self):
        company = self.as_manager(self.company)
        company.write({"qualiopi_nda": NDA, "qualiopi_siret": SIRET})
        self.assertEqual(self.company.qualiopi_nda, NDA)
        self.assertEqual(self.company.company_registry, SIRET)

    def test_writes_nothing_else_on_the_company(self):
        for vals in (
            {"name": "Autre nom"},
            {"company_registry": SIRET},
            {"qualiopi_nda": NDA, "name": "Autre nom"},
            {"user_ids": [(4, self.plain.id)]},
        ):
            with self.subTest(fields=list(vals)), self.assertRaises(AccessError):
                self.as_manager(self.company).write(vals)

    def test_neither_creates_nor_deletes_a_company(self):
        with self.assertRaises(AccessError):
            self.as_manager(self.env["res.company"]).create({"name": "Autre"})
        with self.assertRaises(AccessError):
            self.as_manager(self.company).unlink()

    def test_leaves_other_companies_alone(self):
        with self.assertRaises(AccessError):
            self.as_manager(self.other_company).write({"qualiopi_nda": NDA})

    def test_has_event_and_survey_rights_but_none_on_people(self):
        for group in ("event.group_event_user", "survey.group_survey_user"):
            self.assertTrue(self.manager.has_group(group), group)
        for group in (
            "hr.group_hr_user",
            "base.group_system",
            "base.group_erp_manager",
            "base.group_user_admin",
            "qualiopi_compliance.group_qualiopi_disability_referent",
            "qualiopi_compliance.group_qualiopi_safety_referent",
        ):
            if self.env.ref(group, raise_if_not_found=False):
                self.assertFalse(self.manager.has_group(group), group)

    def test_roles_include_each_other_in_order(self):
        prefix = "qualiopi_compliance.group_qualiopi_"
        ladder = {"contributor": 1, "internal_auditor": 2, "manager": 3}
        for role, rank in ladder.items():
            for group, needed in ladder.items():
                with self.subTest(role=role, group=group):
                    has = getattr(self, role).has_group(prefix + group)
                    self.assertEqual(has, rank >= needed)


@tagged("post_install", "-at_install")
class TestOutsiders(SecurityCase):
    def test_find_and_read_nothing(self):
        for role in ("plain", "portal", "public"):
            for model, sample in self.samples.items():
                stranger = sample.with_user(getattr(self, role))
                with self.subTest(role=role, model=model):
                    with self.assertRaises(AccessError):
                        stranger.search([])
                    with self.assertRaises(AccessError):
                        stranger.read(["display_name"])

    def test_portal_and_visitors_read_no_figures_of_the_company(self):
        names = ["qualiopi_revenue", "qualiopi_bpf_state", "qualiopi_last_bpf_year"]
        self.company.qualiopi_revenue = 123456
        for user in (self.portal, self.public):
            company = user.sudo().company_id.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                company.read(names)


@tagged("post_install", "-at_install")
class TestEvidenceIsNotTyped(SecurityCase):
    """Dates and reviewers are what happened: nobody writes them, managers neither."""

    def test_manager_types_no_date_and_no_reviewer(self):
        line = self.line(self.living(self.company), 4).with_user(self.manager)
        for vals in (
            {"assessed_on": "2020-01-01"},
            {"reviewed_on": "2020-01-01"},
            {"reviewer_id": self.contributor.id},
            {"frozen_statement_fr": "Autre énoncé"},
            {"rule_applicability": "not_applicable"},
            {"gravity": "gradable"},
            {"declared_status": "demonstrated", "assessed_on": "2020-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                line.write(vals)

    def test_the_button_signs_and_dates(self):
        line = self.line(self.living(self.company), 4).with_user(self.manager)
        line.action_review()
        self.assertEqual(line.reviewer_id, self.manager)
        self.assertEqual(line.reviewed_on, self.env["qualiopi.framework"]._today())
