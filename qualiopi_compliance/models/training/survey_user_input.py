from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class SurveyUserInput(models.Model):
    """An answer knows the learner's file and the session it is about.

    New -> in progress -> done, when it leaves its trace on the file, the request and
    the invitation. Then it is evidence, unless it was a try-out.
    """

    _inherit = "survey.user_input"

    qualiopi_registration_id = fields.Many2one(
        "event.registration",
        "Learner File",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    qualiopi_event_id = fields.Many2one(
        "event.event",
        "Session",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    qualiopi_program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        compute="_compute_qualiopi_program_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
    )
    qualiopi_lead_id = fields.Many2one(
        "crm.lead",
        "Request",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    qualiopi_company_id = fields.Many2one(
        "res.company",
        "Company",
        compute="_compute_qualiopi_company_id",
        store=True,
        index="btree_not_null",
    )
    qualiopi_purpose = fields.Selection(
        related="survey_id.qualiopi_purpose", store=True
    )
    qualiopi_rated = fields.Boolean(
        "Rated", compute="_compute_qualiopi_satisfaction", store=True, compute_sudo=True
    )
    qualiopi_satisfaction = fields.Float(
        "Satisfaction (%)",
        compute="_compute_qualiopi_satisfaction",
        store=True,
        compute_sudo=True,
        aggregator="avg",
        help="Mean of the marks of satisfaction, in per cent of their scales.",
    )

    _qualiopi_purpose_idx = models.Index(
        "(qualiopi_company_id, qualiopi_purpose, qualiopi_event_id) "
        "WHERE state = 'done' AND test_entry IS NOT TRUE"
    )

    @api.depends("qualiopi_event_id.qualiopi_program_id")
    def _compute_qualiopi_program_id(self):
        for answer in self:
            answer.qualiopi_program_id = (
                answer.qualiopi_event_id.qualiopi_program_id
                or answer.qualiopi_program_id
            )

    @api.depends(
        "qualiopi_event_id.company_id",
        "qualiopi_program_id.company_id",
        "qualiopi_lead_id.company_id",
        "survey_id.qualiopi_company_id",
    )
    def _compute_qualiopi_company_id(self):
        for answer in self:
            answer.qualiopi_company_id = (
                answer.qualiopi_event_id.company_id
                or answer.qualiopi_program_id.company_id
                or answer.qualiopi_lead_id.company_id
                or answer.survey_id.qualiopi_company_id
                or answer.qualiopi_company_id
            )

    @api.depends(
        "user_input_line_ids.value_scale",
        "user_input_line_ids.skipped",
        "user_input_line_ids.question_id.qualiopi_measure",
    )
    def _compute_qualiopi_satisfaction(self):
        for answer in self:
            marks = [
                100
                * (line.value_scale - line.question_id.scale_min)
                / (line.question_id.scale_max - line.question_id.scale_min)
                for line in answer.user_input_line_ids
                if line.question_id.qualiopi_measure == "satisfaction"
                and line.answer_type == "scale"
                and not line.skipped
            ]
            answer.qualiopi_rated = bool(marks)
            answer.qualiopi_satisfaction = sum(marks) / len(marks) if marks else 0

    @api.model_create_multi
    def create(self, vals_list):
        """An answer that a user of ours asks for by hand belongs to his company."""
        user = self.env.user
        if user.id != SUPERUSER_ID and user._is_internal():
            surveys = self.env["survey.survey"].browse(
                {vals["survey_id"] for vals in vals_list if vals.get("survey_id")}
            )
            # sudo: survey.survey - only whether it is one of ours
            ours = set(surveys.sudo().filtered("qualiopi_purpose").ids)
            vals_list = [
                {"qualiopi_company_id": self.env.company.id, **vals}
                if vals.get("survey_id") in ours
                else vals
                for vals in vals_list
            ]
        return super().create(vals_list)

    @api.model
    def _qualiopi_evidence_domain(self):
        """:return: domain of what proves something: given, and no try-out"""
        return [
            ("qualiopi_purpose", "!=", False),
            ("state", "=", "done"),
            ("test_entry", "=", False),
        ]

    def _qualiopi_is_evidence(self):
        """:return: whether this answer proves something: given, and no try-out"""
        self.ensure_one()
        return bool(self.filtered_domain(self._qualiopi_evidence_domain()))

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_evidence(self):
        if self.filtered(lambda row: row._qualiopi_is_evidence()):
            raise UserError(
                self.env._(
                    "This answer serves as evidence: it cannot be deleted. Test "
                    "entries and answers that were not finished can."
                )
            )

    def _mark_done(self):
        # sudo: survey.user_input - whoever answers has no rights on what it is about
        given = self.sudo().filtered(
            lambda row: row.qualiopi_purpose and not row.test_entry
        )
        # sudo: qualiopi.survey.invitation - found before the answers forget it
        invitations = (
            self.env["qualiopi.survey.invitation"]
            .sudo()
            .search([("user_input_id", "in", given.ids)])
        )
        given._qualiopi_forget()
        result = super()._mark_done()
        invitations._answered()
        for answer in given.filtered(lambda row: not row.survey_id.qualiopi_anonymous):
            answer._qualiopi_record()
        given._qualiopi_forget_authors()
        return result

    def _qualiopi_record(self):
        """Leave on the request and the file what the answer says."""
        self.ensure_one()
        if self.qualiopi_lead_id:
            self._qualiopi_record_need(self.qualiopi_lead_id)
            self._qualiopi_record_on_joined()
        if self.qualiopi_registration_id:
            self._qualiopi_record_on_file(self.qualiopi_registration_id)

    def _qualiopi_record_on_joined(self):
        """He was registered before he said what he needs: his file learns it now."""
        joined = self.qualiopi_lead_id.qualiopi_registration_ids.filtered(
            lambda row: (
                not row.qualiopi_need_on
                and row.state != "cancel"
                and (row.email or "").lower() == (self.email or "").lower()
            )
        )
        for registration in joined:
            self._qualiopi_record_need(registration)

    def _qualiopi_record_need(self, record):
        """Date the need of a request or a file, and write it down unless it was."""
        today = self.env["qualiopi.framework"]._today()
        vals = {"qualiopi_need_on": today}
        if not (record.qualiopi_need or "").strip():
            vals["qualiopi_need"] = self._qualiopi_text()
        asked = self._qualiopi_adjustment()
        if asked and record.qualiopi_adjustment != "yes":
            vals["qualiopi_adjustment"] = asked
            if "qualiopi_adjustment_on" in record._fields:
                vals["qualiopi_adjustment_on"] = today
        record.write(vals)

    def _qualiopi_record_on_file(self, registration):
        if registration.state == "cancel":
            registration.message_post(
                body=self.env._(
                    "“%(survey)s” was answered after the registration had been "
                    "cancelled: the answer is kept, and counts in no rate.",
                    survey=self.survey_id.title,
                ),
                # sudo: res.partner - said by the system, not by who answers
                author_id=self.env.ref("base.partner_root").id,
            )
            return
        if self.qualiopi_purpose == "need":
            self._qualiopi_record_need(registration)
        elif self.qualiopi_purpose == "entry":
            vals = {"qualiopi_entry_on": self.env["qualiopi.framework"]._today()}
            if not (registration.qualiopi_entry or "").strip():
                vals["qualiopi_entry"] = self._qualiopi_entry_text()
            registration.write(vals)

    def _qualiopi_entry_text(self):
        if self.survey_id.scoring_type == "no_scoring":
            return self._qualiopi_text()
        return self.env._(
            "%(survey)s: %(score)s %%",
            survey=self.survey_id.title,
            score=f"{self.scoring_percentage:g}",
        )

    def _qualiopi_adjustment(self):
        """:return: ``yes`` or ``no``, nothing when it was not asked or not answered"""
        chosen = self.user_input_line_ids.filtered(
            lambda line: (
                line.question_id.qualiopi_measure == "adjustment"
                and line.suggested_answer_id
            )
        ).suggested_answer_id
        if not chosen:
            return False
        return "yes" if any(chosen.mapped("qualiopi_adjustment")) else "no"

    def _qualiopi_text(self):
        """:return: questions and answers as one text, without who needs an adjustment:
        that is kept apart, for those who deal with it
        """
        lines = self.user_input_line_ids.filtered(
            lambda line: (
                not line.skipped and line.question_id.qualiopi_measure != "adjustment"
            )
        )
        said = {
            question: ", ".join(str(row._get_answer_value()) for row in rows)
            for question, rows in lines.grouped("question_id").items()
        }
        return "\n".join(
            f"{question.title} {words}" for question, words in said.items()
        )
