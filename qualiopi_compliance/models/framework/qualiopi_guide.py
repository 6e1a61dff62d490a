from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.audit_calendar import add_months

# Guide V9, preamble: a new version is applied at most two months after it is
# published on the ministry's site.
MONTHS_TO_COMPULSORY = 2


class QualiopiGuide(models.Model):
    """A dated version of the ministry's reading guide.

    Awaited (no date) -> published -> compulsory, at most two months later.
    Between the two dates the certifier decides which version the audit uses and
    has to be asked. ``framework_id`` is the framework the guide was written
    for: an older guide may be read beside a newer framework until its successor
    is out. Shared reference, shipped as data and refreshed by each update.
    """

    _name = "qualiopi.guide"
    _description = "Reading guide"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "published_on desc nulls first, id desc"
    _rec_names_search = ["version", "name_fr", "name_en"]
    _bilingual_texts = ("name", "source")

    version = fields.Char(required=True)
    name_fr = fields.Char("Name (French)", required=True)
    name_en = fields.Char("Name (English)")
    name = fields.Char(compute="_compute_texts", search="_search_name")
    framework_id = fields.Many2one(
        "qualiopi.framework", "Written For", required=True, ondelete="restrict"
    )
    published_on = fields.Date()
    compulsory_from = fields.Date(
        compute="_compute_compulsory_from",
        store=True,
        readonly=False,
        help="At most two months after publication.",
    )
    state = fields.Selection(
        [
            ("awaited", "Awaited"),
            ("published", "Published, not yet compulsory"),
            ("compulsory", "Compulsory"),
        ],
        compute="_compute_state",
    )
    url = fields.Char("Official Page")
    source_fr = fields.Text("Source (French)")
    source_en = fields.Text("Source (English)")
    source = fields.Text(compute="_compute_texts")
    entry_ids = fields.One2many("qualiopi.guide.entry", "guide_id")

    _version_uniq = models.Constraint(
        "UNIQUE(version)", "A guide with this version already exists."
    )

    @api.depends("version")
    def _compute_display_name(self):
        for guide in self:
            guide.display_name = self.env._("Guide %(version)s", version=guide.version)

    @api.depends("published_on")
    def _compute_compulsory_from(self):
        for guide in self:
            latest = guide._latest_compulsory_day()
            if not guide.compulsory_from or not latest:
                guide.compulsory_from = latest

    @api.depends("published_on", "compulsory_from")
    def _compute_state(self):
        today = self.env["qualiopi.framework"]._today()
        for guide in self:
            if not guide.published_on or guide.published_on > today:
                guide.state = "awaited"
            elif guide.compulsory_from > today:
                guide.state = "published"
            else:
                guide.state = "compulsory"

    @api.constrains("published_on", "compulsory_from")
    def _check_dates(self):
        for guide in self:
            latest = guide._latest_compulsory_day()
            if guide.compulsory_from and not latest:
                raise ValidationError(
                    self.env._(
                        "Guide %(version)s cannot be compulsory before it is "
                        "published. Enter its publication date.",
                        version=guide.version,
                    )
                )
            day = guide.compulsory_from
            if latest and not (day and guide.published_on <= day <= latest):
                raise ValidationError(
                    self.env._(
                        "Guide %(version)s was published on %(published)s: it is "
                        "compulsory from that day or at most two months later, "
                        "on %(latest)s.",
                        version=guide.version,
                        published=format_date(self.env, guide.published_on),
                        latest=format_date(self.env, latest),
                    )
                )

    def _latest_compulsory_day(self):
        self.ensure_one()
        return self.published_on and add_months(self.published_on, MONTHS_TO_COMPULSORY)

    @api.model
    def _for_date(self, day):
        """:return: the guide compulsory on ``day``, empty if none is known"""
        return self.search(
            [("compulsory_from", "<=", day)], order="compulsory_from desc", limit=1
        )

    @api.model
    def _pending_on(self, day):
        """Guides out on ``day`` but not yet compulsory: ask the certifier."""
        return self.search([("published_on", "<=", day), ("compulsory_from", ">", day)])
