from odoo import api, fields, models
from odoo.exceptions import UserError


class QualiopiProgramVersion(models.Model):
    """What the sheet of a programme said from one validation to the next.

    Made when a programme is validated, in every installed language, and never
    changed: it answers “what did the sheet say when that learner enrolled?”.
    """

    _name = "qualiopi.program.version"
    _description = "Version of a programme"
    _order = "program_id, number desc"
    _rec_names_search = ["program_id"]

    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    number = fields.Integer(required=True, aggregator=False)
    validated_on = fields.Date(required=True)
    validated_by_id = fields.Many2one("res.users", ondelete="restrict")
    replaced_on = fields.Date(
        compute="_compute_replaced_on",
        help="Day on which the next version was validated.",
    )
    content = fields.Json(required=True)
    content_html = fields.Html("Sheet", compute="_compute_content_html", sanitize=False)
    session_count = fields.Integer("Sessions", compute="_compute_session_count")

    _program_number_uniq = models.Constraint(
        "UNIQUE(program_id, number)", "This programme already has this version."
    )

    @api.depends_context("lang")
    @api.depends("program_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "Version %(number)s – %(program)s",
                program=version.program_id.name,
                number=version.number,
            )

    @api.depends("program_id.version_ids")
    def _compute_replaced_on(self):
        for version in self:
            following = version.program_id.version_ids.filtered(
                lambda other, number=version.number: other.number > number
            )
            version.replaced_on = following.sorted("number")[:1].validated_on

    @api.depends_context("lang")
    @api.depends("content")
    def _compute_content_html(self):
        for version in self:
            version.content_html = self.env["ir.qweb"]._render(
                "qualiopi_compliance.program_sheet_content",
                {"content": version._read_content()},
            )

    def _compute_session_count(self):
        counts = dict(
            self.env["event.event"]._read_group(
                [("qualiopi_version_id", "in", self.ids)],
                ["qualiopi_version_id"],
                ["__count"],
            )
            if self.env["event.event"].has_access("read")
            else ()
        )
        for version in self:
            version.session_count = counts.get(version, 0)

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions:
            version._follow_in_coming_sessions()
        return versions

    def _follow_in_coming_sessions(self):
        """Sessions planned before there was any version follow it, if still to come.

        Those begun before followed none: nobody had been told what it says.
        """
        self.ensure_one()
        sessions = self.program_id.session_ids.filtered(
            lambda session: (
                not session.qualiopi_version_id
                and session._qualiopi_days()[0] >= self.validated_on
            )
        )
        sessions.qualiopi_version_id = self
        # planned before anybody knew how long it would last
        unknown = sessions.filtered(lambda session: not session.qualiopi_hours)
        unknown.qualiopi_hours = self.program_id.duration_hours

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._(
                "A validated version never changes: learners enrolled on it. Revise "
                "the programme and validate it again to make the next version."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(
            self.env._("A validated version is part of the company's history.")
        )

    def _read_content(self, lang=None):
        """:param lang: language code, the reader's by default
        :return: what the sheet said, in that language or the nearest one kept
        """
        self.ensure_one()
        content = self.content
        wanted = lang or self.env.lang or "en_US"
        return (
            content.get(wanted) or content.get("fr_FR") or next(iter(content.values()))
        )

    def action_open_sessions(self):
        """Open the sessions that followed this version."""
        self.ensure_one()
        return self.program_id.action_open_sessions() | {
            "domain": [("qualiopi_version_id", "=", self.id)],
            "context": {"create": False},
        }
