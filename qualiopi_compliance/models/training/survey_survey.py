from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

PURPOSES = [
    ("need", "Need analysis"),
    ("entry", "Entry assessment"),
    ("final", "Final assessment"),
    ("feedback", "Immediate feedback"),
    ("later", "Later feedback"),
    ("teaching", "Teaching assessment"),
    ("company", "Companies"),
    ("funder", "Funders"),
    ("team", "Teaching teams"),
    ("principal", "Principals"),
]


class SurveySurvey(models.Model):
    """A questionnaire with a purpose is asked for by itself, and is evidence.

    Without a company it is shared by all of them. Once it has answers it is
    archived, not deleted, and serves the same purpose for good.
    """

    _inherit = "survey.survey"

    qualiopi_purpose = fields.Selection(
        PURPOSES,
        index="btree_not_null",
        help="What it is for. Empty: it has nothing to do with Qualiopi.",
    )
    qualiopi_company_id = fields.Many2one(
        "res.company",
        "Company",
        index="btree_not_null",
        help="Empty: every company may use it; each sees its own answers only.",
    )
    qualiopi_anonymous = fields.Boolean(
        "Anonymous",
        help="What somebody answered can no longer be traced to him: who has answered "
        "is known, what he said is not.",
    )
    qualiopi_warning = fields.Text(compute="_compute_qualiopi_warning")

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_purpose",
        "qualiopi_anonymous",
        "question_and_page_ids.qualiopi_measure",
        "question_and_page_ids.qualiopi_objective_ids",
        "question_and_page_ids.suggested_answer_ids",
        "question_and_page_ids.save_as_email",
        "question_and_page_ids.save_as_nickname",
        "scoring_type",
        "users_login_required",
        "certification",
    )
    def _compute_qualiopi_warning(self):
        for survey in self:
            survey.qualiopi_warning = survey._qualiopi_warning()

    def _qualiopi_warning(self):
        """:return: what this survey lacks for its purpose, if anything"""
        self.ensure_one()
        if not self.qualiopi_purpose:
            return False
        if not self.question_ids:
            return self.env._("It has no question yet: it cannot be sent.")
        if self.users_login_required:
            return self.env._(
                "It asks people to log in, and those who are asked have no account: "
                "it cannot be sent."
            )
        return self._qualiopi_unasked() or self._qualiopi_not_anonymous() or False

    def _qualiopi_unasked(self):
        """:return: what its questions do not give, though its purpose needs it"""
        purpose, questions = self.qualiopi_purpose, self.question_ids
        measures = set(questions.mapped("qualiopi_measure"))
        if purpose in ("feedback", "later") and "satisfaction" not in measures:
            return self.env._(
                "No question is a mark of satisfaction: its answers count for the "
                "response rate only."
            )
        if purpose in ("entry", "final") and self.scoring_type == "no_scoring":
            return self.env._(
                "It gives no score: nothing can be proposed from its answers."
            )
        if purpose == "final" and not questions.qualiopi_objective_ids:
            return self.env._(
                "No question belongs to an objective: no outcome can be proposed."
            )
        if purpose == "need" and "adjustment" not in measures:
            return self.env._(
                "No question asks whether an adjustment is needed (disability, health "
                "or other)."
            )
        asked = questions.filtered(lambda row: row.qualiopi_measure == "adjustment")
        if asked and not asked.suggested_answer_ids.filtered("qualiopi_adjustment"):
            return self.env._(
                "“%(question)s”: say which answer asks for an adjustment.",
                question=asked[0].title,
            )
        return False

    def _qualiopi_not_anonymous(self):
        """:return: why its answers would be anonymous in name only"""
        if not self.qualiopi_anonymous:
            return False
        naming = self.question_ids.filtered(
            lambda row: row.save_as_email or row.save_as_nickname
        )
        if naming:
            return self.env._(
                "“%(question)s” keeps an address or a name with the answer, which is "
                "forgotten in an anonymous survey: leave it out.",
                question=naming[0].title,
            )
        if self.certification or self.qualiopi_purpose in ("need", "entry", "final"):
            return self.env._(
                "Nothing of an anonymous answer reaches the learner's file: this "
                "survey should not be anonymous."
            )
        return False

    @api.onchange("qualiopi_purpose")
    def _onchange_qualiopi_purpose(self):
        if self.qualiopi_purpose and not self._origin.qualiopi_purpose:
            self.qualiopi_company_id = self.qualiopi_company_id or self.env.company
            self.access_mode = "token"

    @api.constrains("qualiopi_company_id")
    def _check_qualiopi_company(self):
        for survey in self.filtered("qualiopi_company_id"):
            # sudo: survey.user_input - answers of other companies count as well
            strange = (
                self.env["survey.user_input"]
                .sudo()
                .search_count(
                    [
                        ("survey_id", "=", survey.id),
                        (
                            "qualiopi_company_id",
                            "not in",
                            [False, survey.qualiopi_company_id.id],
                        ),
                    ],
                    limit=1,
                )
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” has answers of another company: duplicate it "
                        "instead.",
                        survey=survey.title,
                    )
                )

    def write(self, vals):
        """What was promised to those who answer is kept."""
        for survey in self:
            if (
                "qualiopi_purpose" in vals
                and survey.qualiopi_purpose
                and vals["qualiopi_purpose"] != survey.qualiopi_purpose
                and survey._qualiopi_was_asked()
            ):
                raise UserError(
                    self.env._(
                        "“%(survey)s” was sent for another purpose, and its answers "
                        "are evidence of that: duplicate it instead.",
                        survey=survey.title,
                    )
                )
            if (
                "qualiopi_anonymous" in vals
                and survey.qualiopi_anonymous
                and not vals["qualiopi_anonymous"]
                and survey._qualiopi_was_asked()
            ):
                raise UserError(
                    self.env._(
                        "Those who were asked to answer “%(survey)s” were told that it "
                        "is anonymous: duplicate it, and change the copy.",
                        survey=survey.title,
                    )
                )
        return super().write(vals)

    def _qualiopi_was_asked(self):
        """:return: whether somebody was asked to answer it, or has answered"""
        self.ensure_one()
        # sudo: both - what binds a survey, whoever may read it
        return bool(
            self.env["qualiopi.survey.invitation"]
            .sudo()
            .search_count([("survey_id", "=", self.id)], limit=1)
            or self._qualiopi_has_evidence()
        )

    def _qualiopi_has_evidence(self):
        """:return: whether its answers prove something"""
        # sudo: survey.user_input - evidence counts whether or not one may read it
        answers = self.env["survey.user_input"].sudo()
        return bool(
            answers.search_count(
                [("survey_id", "in", self.ids), *answers._qualiopi_evidence_domain()],
                limit=1,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_evidence(self):
        for survey in self:
            if survey._qualiopi_has_evidence():
                raise UserError(
                    self.env._(
                        "The answers to “%(survey)s” serve as evidence: archive it "
                        "instead of deleting it.",
                        survey=survey.title,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_sent(self):
        # sudo: both - what holds a survey, whoever may read it
        plans = self.env["qualiopi.survey.plan"].sudo().with_context(active_test=False)
        invitations = self.env["qualiopi.survey.invitation"].sudo()
        for survey in self:
            domain = [("survey_id", "=", survey.id)]
            if invitations.search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "“%(survey)s” was sent, and who was asked is evidence: archive "
                        "it instead of deleting it.",
                        survey=survey.title,
                    )
                )
            if plans.search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "“%(survey)s” is among what is sent (Feedback / What Is "
                        "Sent), of another company perhaps: take it out there first, "
                        "or archive it.",
                        survey=survey.title,
                    )
                )

    def copy_data(self, default=None):
        """A copy belongs to who makes it: the one shipped stays as it is."""
        rows = super().copy_data(default)
        for survey, vals in zip(self, rows, strict=True):
            if survey.qualiopi_purpose:
                vals["qualiopi_company_id"] = (
                    vals.get("qualiopi_company_id") or self.env.company.id
                )
        return rows
