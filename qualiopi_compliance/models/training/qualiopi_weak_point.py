from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

DECIDED = ("noted", "dismissed")
# What was found, and what was decided: by the buttons only.
FOUND = {
    "automatic",
    "decided_by_id",
    "decided_on",
    "found",
    "sample",
    "state",
    "threshold",
    "value",
}


class QualiopiWeakPoint(models.Model):
    """Something in the results of a period that asks for an improvement.

    Proposed, from the results or by hand -> noted for action, with who does what by
    when, or dismissed with the reason. Indicator 32 wants to see that what is said
    in surveys leads to something: what was decided is kept. The room of the
    improvement actions takes over from :meth:`_noted`.
    """

    _name = "qualiopi.weak.point"
    _description = "Weak point"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "last desc, state desc, id desc"
    _check_company_auto = True

    name = fields.Char("What Is Weak", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Empty: all programmes together.",
    )
    first = fields.Date("From", required=True, default=lambda self: self._first())
    last = fields.Date(
        "To",
        required=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
    )
    kind = fields.Selection(
        [
            ("question", "Question"),
            ("tag", "Tag of remarks"),
            ("rate", "Rate"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    question_id = fields.Many2one("survey.question", ondelete="restrict")
    tag_id = fields.Many2one(
        "qualiopi.verbatim.tag", check_company=True, ondelete="restrict"
    )
    rate = fields.Selection(selection="_rates")
    value = fields.Float(
        readonly=True, aggregator=None, help="In the unit of what was found."
    )
    threshold = fields.Float(readonly=True, aggregator=None)
    sample = fields.Integer("Answers", readonly=True, aggregator=None)
    found = fields.Char(
        readonly=True, help="The figures on the day on which it was proposed."
    )
    automatic = fields.Boolean("Proposed From the Results", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("noted", "Noted for Action"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Who",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who sees to it: this person gets an activity once it is noted.",
    )
    action = fields.Text("What Is Done", tracking=True)
    deadline = fields.Date("By", tracking=True)
    reason = fields.Text("Reason for Dismissing It", tracking=True)
    decided_on = fields.Date(readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, copy=False
    )

    # NULL is nobody's equal: columns that may be empty are compared by another value
    _once = models.UniqueIndex(
        "(company_id, first, last, kind, COALESCE(program_id, 0), "
        "COALESCE(question_id, 0), COALESCE(tag_id, 0), COALESCE(rate, '')) "
        "WHERE automatic",
        "This weak point of the period is already proposed.",
    )

    @api.model
    def _first(self):
        return self.env["qualiopi.framework"]._today().replace(month=1, day=1)

    @api.model
    def _rates(self):
        return self.env["qualiopi.rate.method"]._codes()

    @api.constrains("first", "last")
    def _check_period(self):
        for point in self:
            if point.last < point.first:
                raise ValidationError(
                    self.env._(
                        "The period ends on %(last)s, before it begins on %(first)s.",
                        first=format_date(self.env, point.first),
                        last=format_date(self.env, point.last),
                    )
                )

    @api.constrains("kind", "question_id", "tag_id", "rate")
    def _check_subject(self):
        for point in self:
            subject = {
                "question": point.question_id,
                "tag": point.tag_id,
                "rate": point.rate,
            }.get(point.kind, True)
            if not subject:
                labels = dict(self._fields["kind"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(point)s”: choose which one it is about (%(kind)s).",
                        point=point.name,
                        kind=labels[point.kind].lower(),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_found(vals)
        # a column of the kanban is a default too
        context = {
            key: value
            for key, value in self.env.context.items()
            if self.env.su or key.removeprefix("default_") not in FOUND
        }
        return super(
            QualiopiWeakPoint,
            self.with_context(context),  # pylint: disable=context-overridden
        ).create(vals_list)

    def write(self, vals):
        self._check_found(vals)
        return super().write(vals)

    @api.model
    def _check_found(self, vals):
        """:raise AccessError: what was found and decided comes from the buttons"""
        if not self.env.su and FOUND.intersection(vals):
            raise AccessError(
                self.env._(
                    "What was found and what was decided is not typed: use the buttons."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if self.filtered(lambda point: point.state in DECIDED or point.automatic):
            raise UserError(
                self.env._(
                    "What the results showed and what was decided is part of the "
                    "evidence: dismiss it with the reason instead of deleting it."
                )
            )

    # Deciding

    def _check_manager(self):
        self.check_access("write")

    def action_note(self):
        """Note for action: somebody does something about it.

        :raise UserError: when it is not said who does what
        """
        self._check_manager()
        for point in self:
            if not point.user_id or not (point.action or "").strip():
                raise UserError(
                    self.env._(
                        "“%(point)s”: write who does what about it first.",
                        point=point.name,
                    )
                )
            if not point.with_user(point.user_id).has_access("read"):
                raise UserError(
                    self.env._(
                        "%(user)s has no access to Qualiopi in this company: choose "
                        "somebody else, or ask your administrator for a role.",
                        user=point.user_id.name,
                    )
                )
            point._decide("noted")
            point._noted()

    def action_dismiss(self):
        """Leave it at that, and keep why.

        :raise UserError: without a reason
        """
        self._check_manager()
        for point in self:
            if not (point.reason or "").strip():
                raise UserError(
                    self.env._(
                        "“%(point)s”: write why it is dismissed first.",
                        point=point.name,
                    )
                )
            point._decide("dismissed")
            point.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        """Think again: what was decided stays in the history."""
        self._check_manager()
        for point in self.filtered(lambda point: point.state in DECIDED):
            point.sudo().write(
                {"state": "proposed", "decided_on": False, "decided_by_id": False}
            )
            point.activity_unlink(["mail.mail_activity_data_todo"])

    def _decide(self, state):
        # sudo: qualiopi.weak.point - nobody decides but through the buttons
        self.sudo().write(
            {
                "state": state,
                "decided_on": self.env["qualiopi.framework"]._today(),
                "decided_by_id": self.env.uid,
            }
        )

    def _noted(self):
        """Put it on its owner's list; where actions are kept, they are made from here.

        See :meth:`_action_values`.
        """
        self.ensure_one()
        values = self._action_values()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            values["deadline"],
            summary=values["name"],
            note=values["what"],
            user_id=values["user_id"],
        )

    def _action_values(self):
        """:return: what an improvement action takes from this weak point"""
        self.ensure_one()
        return {
            "name": self.name,
            "what": self.action,
            "user_id": self.user_id.id,
            "deadline": self.deadline or self.env["qualiopi.framework"]._today(),
            "program_id": self.program_id.id,
            "company_id": self.company_id.id,
        }

    def action_open_results(self):
        """Open the results that it comes from."""
        self.ensure_one()
        self.check_access("read")
        return self.env["qualiopi.result"]._open(
            {
                "default_company_id": self.company_id.id,
                "default_span": "dates",
                "default_first": self.first,
                "default_last": self.last,
                "default_scope": "program" if self.program_id else "company",
                "default_program_ids": self.program_id.ids,
            }
        )

    def action_open_remarks(self):
        """Open the remarks that carry the tag, in the period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.survey_user_input_line_qualiopi_action"
        )
        domain = [
            ("qualiopi_measure", "in", ["verbatim", "complaint"]),
            ("qualiopi_tag_ids", "in", self.tag_id.ids),
            ("qualiopi_day", ">=", self.first),
            ("qualiopi_day", "<=", self.last),
        ]
        if self.program_id:
            domain.append(("qualiopi_program_id", "=", self.program_id.id))
        return action | {"name": self.name, "domain": domain, "context": {}}
