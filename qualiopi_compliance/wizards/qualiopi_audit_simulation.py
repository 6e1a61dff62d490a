from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..rules.verdict import AuditCase, verdict

# An extension is about categories that are not declared yet: nothing to simulate.
KINDS = ("initial", "surveillance", "renewal")


class QualiopiAuditSimulation(models.TransientModel):
    """If the auditor came today and wrote what the living checklist shows.

    Chosen: the kind of audit, and line by line what would be written. Shown: what a
    certifier who wrote just that would come to, why, and the least that would change
    it. From there a mock audit, or the actions for what is missing. Nothing is decided
    by it, and nothing of it is kept.
    """

    _name = "qualiopi.audit.simulation"
    _description = "If the auditor came today"

    checklist_id = fields.Many2one(
        "qualiopi.checklist", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="checklist_id.company_id")
    certification_id = fields.Many2one(
        "qualiopi.certification", compute="_compute_certification_id"
    )
    day = fields.Date(
        readonly=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    kind = fields.Selection(
        selection="_kinds",
        string="Audit",
        compute="_compute_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    nothing_counts = fields.Boolean(
        "Count What Has Nothing to Show",
        default=True,
        help="An indicator without anything to show is not met.",
    )
    line_ids = fields.One2many("qualiopi.audit.simulation.line", "wizard_id")
    seen_line_ids = fields.One2many(
        "qualiopi.audit.simulation.line",
        "wizard_id",
        "What the Auditor Would See",
        domain=[("nothing", "=", False)],
        compute="_compute_lines",
        store=True,
        readonly=False,
    )
    nothing_line_ids = fields.One2many(
        "qualiopi.audit.simulation.line",
        "wizard_id",
        "Nothing to Show Yet",
        domain=[("nothing", "=", True)],
        compute="_compute_lines",
        store=True,
        readonly=False,
    )
    left_out_text = fields.Text(compute="_compute_left_out_text")
    settled = fields.Boolean("Categories Declared", compute="_compute_certification_id")
    outcome = fields.Selection(selection="_outcomes", compute="_compute_verdict")
    verdict_text = fields.Html(compute="_compute_verdict", sanitize=False)
    actions_by = fields.Date(
        "Actions Due By", compute="_compute_actions_by", store=True, readonly=False
    )

    @api.model
    def _kinds(self):
        labels = dict(self.env["qualiopi.audit"]._kinds())
        return [(code, labels[code]) for code in KINDS]

    @api.model
    def _outcomes(self):
        return self.env["qualiopi.audit"]._outcomes()

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("If the Auditor Came Today")

    @api.depends("checklist_id")
    def _compute_certification_id(self):
        for wizard in self:
            company = wizard.company_id
            wizard.settled = bool(company.sudo().qualiopi_company_category_ids)
            wizard.certification_id = self.env["qualiopi.certification"]._valid_on(
                company, wizard.day
            )

    @api.depends("certification_id")
    def _compute_kind(self):
        """The audit that comes next for this company."""
        for wizard in self:
            cycle = wizard.certification_id
            wizard.kind = cycle._audit_due(wizard.day) if cycle else "initial"

    @api.depends("company_id", "day")
    def _compute_actions_by(self):
        """A month from now, and before the next audit if that is sooner."""
        for wizard in self:
            by = fields.Date.add(wizard.day, days=30)
            coming = self.env["qualiopi.audit"].search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("state", "=", "planned"),
                    ("date_begin", ">", wizard.day),
                ],
                order="date_begin",
                limit=1,
            )
            if coming:
                by = min(by, fields.Date.subtract(coming.date_begin, days=1))
            wizard.actions_by = by

    @api.depends("kind", "checklist_id")
    def _compute_lines(self):
        for wizard in self:
            wizard.seen_line_ids = [Command.clear()]
            wizard.nothing_line_ids = [Command.clear()]
            if not wizard.kind or not wizard.settled:
                continue
            lines = wizard._sights()[0]
            seen = [line for line in lines if not line["nothing"]]
            nothing = [line for line in lines if line["nothing"]]
            wizard.seen_line_ids = [Command.create(line) for line in seen]
            wizard.nothing_line_ids = [Command.create(line) for line in nothing]

    def _sights(self):
        """What an auditor would see today, see :mod:`.qualiopi_audit_simulation_line`.

        :return: values of lines; indicators that are shown; those not looked at
        """
        self.ensure_one()
        return self.env["qualiopi.audit.simulation.line"]._sights(self)

    @api.depends("kind", "checklist_id")
    def _compute_left_out_text(self):
        for wizard in self:
            if not wizard.kind or not wizard.settled:
                wizard.left_out_text = False
                continue
            _lines, shown, out = wizard._sights()
            texts = []
            if shown:
                texts.append(
                    self.env._("Demonstrated: %(numbers)s.", numbers=_numbers(shown))
                )
            if out:
                texts.append(
                    self.env._(
                        "Not part of the minimum of this audit, though the certifier "
                        "may look at more: %(numbers)s.",
                        numbers=_numbers(out),
                    )
                )
            wizard.left_out_text = "\n".join(texts)

    def _counted(self):
        """:return: lines on which something would be written"""
        self.ensure_one()
        lines = self.seen_line_ids
        if self.nothing_counts:
            lines |= self.nothing_line_ids
        return lines.filtered(lambda line: line.written != "none").sorted("number")

    def _case(self):
        """:rtype: AuditCase"""
        self.ensure_one()
        last = self.certification_id.last_day if self.kind != "initial" else None
        return AuditCase(
            kind="mock",
            stands_for=self.kind,
            closed_on=self.day,
            findings=tuple(
                line._rule(str(index)) for index, line in enumerate(self._counted())
            ),
            certificate_last_day=last or None,
        )

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "nothing_counts",
        "seen_line_ids.written",
        "nothing_line_ids.written",
    )
    def _compute_verdict(self):
        for wizard in self:
            if not wizard.kind or not wizard.settled:
                wizard.outcome = wizard.verdict_text = False
                continue
            settings = wizard.company_id._qualiopi_audit_settings()
            found = verdict(wizard._case(), wizard.day, settings)
            wizard.outcome = found.would_be
            wizard.verdict_text = self.env["qualiopi.audit"]._verdict_html(found)

    def _check_lines(self):
        """:raise UserError: for what an auditor may not write"""
        self.ensure_one()
        self.check_access("write")
        self.seen_line_ids._check_written()
        self.nothing_line_ids._check_written()

    def action_make_audit(self):
        """Make a mock audit of it: opened, with what would be written as findings."""
        self._check_lines()
        audit = self.env["qualiopi.audit"].create(
            {
                "company_id": self.company_id.id,
                "kind": "mock",
                "stands_for": self.kind,
                "date_begin": self.day,
                "certification_id": self.certification_id.id,
            }
        )
        audit.action_open_audit()
        self.env["qualiopi.finding"].create(
            [line._finding_values(audit) for line in self._counted()]
        )
        return audit.get_formview_action()

    def action_make_actions(self):
        """Make an action for each thing that would be written, unless there is one.

        :raise UserError: when nothing would be written
        """
        self._check_lines()
        Action = self.env["qualiopi.action"]
        Action.check_access("create")
        lines = self._counted()
        if not lines:
            raise UserError(self.env._("Nothing would be written: nothing to do."))
        if self.actions_by and self.actions_by < self.day:
            raise UserError(
                self.env._(
                    "The actions would be due on %(day)s, which is past: choose "
                    "another day.",
                    day=format_date(self.env, self.actions_by),
                )
            )
        found = Action
        for line in lines:
            found |= line._open_action() or Action.create(line._action_values())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_action_action"
        )
        return action | {"domain": [("id", "in", found.ids)], "context": {}}


def _numbers(numbers):
    return ", ".join(map(str, sorted(numbers)))
