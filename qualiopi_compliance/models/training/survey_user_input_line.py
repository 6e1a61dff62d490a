from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...rules.rates import KEPT_BACK

# What readers of remarks may write; the answer itself is somebody else's words.
WRITABLE = {"qualiopi_read", "qualiopi_tag_ids"}
READERS = "qualiopi_compliance.group_qualiopi_internal_auditor"


class SurveyUserInputLine(models.Model):
    """A remark is read and tagged, a complaint is set apart to be dealt with.

    Unread -> read, by hand or when it is tagged. Those of an anonymous survey show
    neither who wrote them nor, where one or two answered, the session.
    """

    _inherit = "survey.user_input.line"

    qualiopi_read = fields.Boolean("Read")
    qualiopi_tag_ids = fields.Many2many(
        "qualiopi.verbatim.tag",
        "qualiopi_verbatim_tag_rel",
        "line_id",
        "tag_id",
        "Tags",
        domain="[('company_id', '=', qualiopi_company_id)]",
    )
    qualiopi_measure = fields.Selection(
        related="question_id.qualiopi_measure", string="Kind"
    )
    qualiopi_purpose = fields.Selection(
        related="user_input_id.qualiopi_purpose", string="Survey For"
    )
    qualiopi_company_id = fields.Many2one(
        related="user_input_id.qualiopi_company_id", string="Company"
    )
    qualiopi_program_id = fields.Many2one(
        related="user_input_id.qualiopi_program_id", string="Programme"
    )
    qualiopi_day = fields.Date(related="user_input_id.qualiopi_day")
    qualiopi_anonymous = fields.Boolean(related="survey_id.qualiopi_anonymous")
    qualiopi_text = fields.Text("Remark", compute="_compute_qualiopi_text")
    qualiopi_session = fields.Char(
        "Session", compute="_compute_qualiopi_session", compute_sudo=True
    )
    qualiopi_author = fields.Char(
        "From",
        compute="_compute_qualiopi_author",
        compute_sudo=True,
        groups=READERS,
    )

    @api.depends("value_text_box", "value_char_box")
    def _compute_qualiopi_text(self):
        for line in self:
            line.qualiopi_text = line.value_text_box or line.value_char_box

    @api.depends("user_input_id.qualiopi_event_id.name", "survey_id.qualiopi_anonymous")
    def _compute_qualiopi_session(self):
        events = self.user_input_id.qualiopi_event_id
        revealing = self._qualiopi_revealing(events)
        for line in self:
            event = line.user_input_id.qualiopi_event_id
            secret = (line.survey_id.id, event.id) in revealing
            line.qualiopi_session = False if secret else event.name

    @api.model
    def _qualiopi_revealing(self, events):
        """:return: ids of an anonymous survey and a session of which so few answered
        that the session would tell who did
        :rtype: set[tuple[int, int]]
        """
        # sudo: survey.user_input - how many answered, to know what to keep back
        groups = (
            self.env["survey.user_input"]
            .sudo()
            ._read_group(
                [
                    ("qualiopi_event_id", "in", events.ids),
                    ("survey_id.qualiopi_anonymous", "=", True),
                    ("state", "=", "done"),
                    ("test_entry", "=", False),
                ],
                ["survey_id", "qualiopi_event_id"],
                ["__count"],
            )
        )
        return {
            (survey.id, event.id)
            for survey, event, count in groups
            if count < KEPT_BACK
        }

    @api.depends_context("lang")
    @api.depends("survey_id.qualiopi_anonymous", "user_input_id")
    def _compute_qualiopi_author(self):
        for line in self:
            answer = line.user_input_id
            if line.qualiopi_anonymous:
                line.qualiopi_author = self.env._("Anonymous")
            else:
                line.qualiopi_author = (
                    answer.qualiopi_registration_id.name
                    or answer.partner_id.name
                    or answer.nickname
                    or answer.email
                )

    @api.constrains("qualiopi_tag_ids")
    def _check_qualiopi_tags(self):
        for line in self:
            strange = line.qualiopi_tag_ids.filtered(
                lambda tag, line=line: tag.company_id != line.qualiopi_company_id
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "The tag “%(tag)s” belongs to another company: make one for "
                        "the company of this remark.",
                        tag=strange[0].name,
                    )
                )

    def write(self, vals):
        """Reading and tagging does not give the right to change an answer."""
        if (
            not self.env.su
            and set(vals) - WRITABLE
            and not self.env.user.has_group("survey.group_survey_manager")
        ):
            raise AccessError(
                self.env._("An answer is not changed: it can be read and tagged only.")
            )
        if vals.get("qualiopi_tag_ids") and "qualiopi_read" not in vals:
            vals = {**vals, "qualiopi_read": True}
        return super().write(vals)

    def action_qualiopi_mark_read(self):
        """Say that these remarks were read."""
        self.write({"qualiopi_read": True})

    def action_qualiopi_mark_unread(self):
        """Put these remarks back among those to be read."""
        self.write({"qualiopi_read": False})
