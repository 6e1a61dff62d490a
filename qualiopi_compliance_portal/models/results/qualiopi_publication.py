from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.qualiopi_compliance.rules.audit_calendar import add_months
from odoo.addons.qualiopi_compliance.rules.periods import Period

# Days after a session within which answers and exam results still come in.
DAYS_LEFT = 30
# What the buttons and the count change, and nothing else.
LIFE_FIELDS = {
    "state",
    "computed_on",
    "published_on",
    "published_by_id",
    "replaced_on",
    "previous_id",
    "automatic",
}
# What decides what is counted.
PERIOD_FIELDS = {"company_id", "first", "last"}


class QualiopiPublication(models.Model):
    """Results as they are published on the website: what indicator 2 asks for.

    Proposed -> published -> replaced. Counted by night or on demand, read by a
    person, who publishes; from then on nothing of it changes and it is never deleted:
    a correction is a new publication. Pages read what stands here, never the records
    of learners.
    """

    _name = "qualiopi.publication"
    _description = "Publication of results"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "last desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    first = fields.Date(
        "From",
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    last = fields.Date(
        "To",
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Sessions belong to the period in which they end. Choose one that has "
        "been over for some weeks: answers and exam results come in late.",
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("published", "Published"),
            ("replaced", "Replaced"),
        ],
        "Status",
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        default=lambda self: self.env.user,
        help="Reminded when new results are due.",
    )
    note = fields.Text(
        "Internal Note", help="For instance: what it corrects. Not published."
    )
    computed_on = fields.Date("Counted On", readonly=True, copy=False)
    automatic = fields.Boolean(readonly=True, copy=False)
    published_on = fields.Date(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    replaced_on = fields.Date(readonly=True, copy=False)
    due_on = fields.Date(
        "Next Due On",
        compute="_compute_due_on",
        store=True,
        help="Day until which it is as recent as the company promises.",
    )
    previous_id = fields.Many2one(
        "qualiopi.publication",
        "Published Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        "qualiopi.publication.line", "publication_id", "Figures", copy=False
    )
    hidden_count = fields.Integer("Left Out", compute="_compute_hidden_count")
    warning = fields.Text(compute="_compute_warning")

    _one_published = models.UniqueIndex(
        "(company_id) WHERE state = 'published'",
        "The company has other published results: open the list again, then publish.",
    )
    _one_proposed = models.UniqueIndex(
        "(company_id) WHERE state = 'proposed'",
        "Results were proposed for this company at the same time: open the list again.",
    )

    @api.depends("company_id")
    def _compute_period(self):
        for publication in self:
            if not (publication.first and publication.last):
                period = self._due_period(publication.company_id)
                publication.first, publication.last = period.first, period.last

    @api.model
    def _due_period(self, company):
        """:return: the months to publish today: whole ones, over for long enough"""
        today = self.env["qualiopi.framework"]._today()
        begun = fields.Date.subtract(today, days=DAYS_LEFT).replace(day=1)
        # sudo: res.company - a setting
        months = company.sudo().qualiopi_publication_span or 12
        return Period(add_months(begun, -months), fields.Date.subtract(begun, days=1))

    @api.depends("published_on", "company_id.qualiopi_publication_months")
    def _compute_due_on(self):
        for publication in self:
            # sudo: res.company - a setting
            months = publication.company_id.sudo().qualiopi_publication_months
            day = publication.published_on
            publication.due_on = day and add_months(day, months)

    @api.depends_context("lang")
    @api.depends("first", "last")
    def _compute_display_name(self):
        rates = self.env["qualiopi.rates"]
        for publication in self:
            first, last = publication.first, publication.last
            publication.display_name = (
                rates._period_text(Period(first, last))
                if first and last and first <= last
                else self.env._("New results")
            )

    @api.depends("line_ids.shown")
    def _compute_hidden_count(self):
        for publication in self:
            publication.hidden_count = len(
                publication.line_ids.filtered(lambda line: not line.shown)
            )

    @api.depends_context("lang")
    @api.depends("state", "computed_on", "due_on")
    def _compute_warning(self):
        today = self.env["qualiopi.framework"]._today()
        for publication in self:
            publication.warning = publication._warning(today)

    def _warning(self, today):
        if self._is_late(today):
            return self.env._(
                "Older than the company promises: the website shows it with its date, "
                "as being updated. Publish new results."
            )
        counted = self.state == "proposed" and self.computed_on
        if counted and (today - counted).days > DAYS_LEFT:
            return self.env._(
                "Counted more than a month ago: what was recorded since is not in it. "
                "Count again before you publish."
            )
        return False

    def _is_late(self, today):
        """:return: whether it is in force and older than promised"""
        self.ensure_one()
        return bool(self.state == "published" and self.due_on and self.due_on < today)

    @api.constrains("first", "last")
    def _check_period(self):
        today = self.env["qualiopi.framework"]._today()
        for publication in self.filtered(lambda row: row.state == "proposed"):
            if publication.last < publication.first:
                raise ValidationError(
                    self.env._("The period ends before it begins: correct the dates.")
                )
            if publication.last >= today:
                raise ValidationError(
                    self.env._(
                        "The period is not over: its figures would change after they "
                        "are published. Choose an earlier last day."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if any(LIFE_FIELDS & vals.keys() for vals in vals_list):
            self._refuse_life()
        own = self.env.company.id
        for company in {vals.get("company_id") or own for vals in vals_list}:
            self._check_none_proposed(self.env["res.company"].browse(company))
        publications = super().create(vals_list)
        publications._count()
        return publications

    def _check_none_proposed(self, company):
        """Said before the index refuses it."""
        proposed = self._proposed(company)
        if proposed:
            raise UserError(
                self.env._(
                    "Results are proposed already (%(period)s): change the dates "
                    "there, or delete that proposal first.",
                    period=proposed.display_name,
                )
            )

    def write(self, vals):
        if LIFE_FIELDS & vals.keys():
            self._refuse_life()
        if vals.keys() & (PERIOD_FIELDS | {"note", "line_ids"}):
            self._check_open()
        result = super().write(vals)
        if vals.keys() & PERIOD_FIELDS:
            self._set(automatic=False)
            self._count()
        return result

    def _set(self, **vals):
        """The one way to what only buttons change: :meth:`write` refuses it."""
        return super().write(vals)

    def _refuse_life(self):
        raise UserError(
            self.env._(
                "The status and the dates of published results change by the buttons "
                "only: Count Again and Publish."
            )
        )

    def _check_open(self):
        """:raise UserError: when one of these was published"""
        fixed = self.filtered(lambda row: row.state != "proposed")
        if fixed:
            raise UserError(
                self.env._(
                    "“%(name)s” was published: it does not change any more. To correct "
                    "it, prepare new results and publish them: they replace it.",
                    name=fixed[0].display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self.filtered(lambda row: row.state != "proposed"):
            raise UserError(
                self.env._(
                    "Published results are part of the company's history and cannot be "
                    "deleted. To correct them, publish new ones."
                )
            )
        self.line_ids._discard()

    def action_count(self):
        """Count again what is proposed: records may have changed since."""
        self.check_access("write")
        self._check_open()
        self._count()

    def action_publish(self):
        """Show these results on the website, in place of those before."""
        self.check_access("write")
        for publication in self:
            publication._check_open()
            publication._publish()

    def _publish(self):
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        before = self._in_force(self.company_id)
        before._set(state="replaced", replaced_on=today)
        # the index on what is published knows it before the next one comes
        before.flush_recordset(["state"])
        self._set(
            state="published",
            published_on=today,
            published_by_id=self.env.uid,
            previous_id=before.id,
        )
        self.flush_recordset(["state"])
        self._log_left_out()

    def _log_left_out(self):
        left = self.line_ids.filtered(lambda line: not line.shown)
        if left:
            self.message_post(
                body=self.env._(
                    "Published without the figures of: %(names)s",
                    names=", ".join(left.mapped("name")),
                )
            )

    @api.model
    def _in_force(self, company):
        """:return: what the company publishes today, empty when it never did"""
        # sudo: qualiopi.publication - public once published
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "published")], limit=1
        )
