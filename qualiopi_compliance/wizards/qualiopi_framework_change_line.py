from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..rules.applicability import assess
from ..rules.framework_change import TO_DO, touch
from ..rules.wording import compare

STANDING = [
    ("applicable", "Applies"),
    ("unsettled", "To be settled"),
    ("not_applicable", "Does not apply"),
    ("absent", "Did not exist"),
]
# So many documents are named; the rest is counted.
NAMED = 4


class QualiopiFrameworkChangeLine(models.TransientModel):
    """What changes for one indicator, for one company, and what is proposed."""

    _name = "qualiopi.framework.change.line"
    _description = "Change of one indicator"
    _order = "touches desc, number"

    wizard_id = fields.Many2one(
        "qualiopi.framework.change", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    indicator_id = fields.Many2one(
        "qualiopi.indicator", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=None)
    former_id = fields.Many2one(
        "qualiopi.requirement", "Former Requirement", readonly=True, ondelete="cascade"
    )
    requirement_id = fields.Many2one(
        "qualiopi.requirement", "New Requirement", readonly=True, ondelete="cascade"
    )
    touch = fields.Selection(
        [
            ("new", "New indicator"),
            ("starts", "Now applies"),
            ("changed", "Changed"),
            ("wording", "Form only"),
            ("stops", "No longer applies"),
            ("none", "Does not concern us"),
        ],
        "For Us",
        required=True,
        readonly=True,
    )
    touches = fields.Boolean("To Be Acted Upon", compute="_compute_touches", store=True)
    before = fields.Selection(STANDING, readonly=True)
    after = fields.Selection(STANDING, readonly=True)
    reason = fields.Text("Why", readonly=True)
    change_note = fields.Text("What Changes", related="requirement_id.change_note")
    doubt = fields.Text("Not Settled", related="requirement_id.doubt")
    threshold_label = fields.Char(related="requirement_id.threshold_label")
    threshold_text = fields.Char(related="requirement_id.threshold_text")
    former_html = fields.Html(
        "Former Text", compute="_compute_comparison", sanitize=False
    )
    new_html = fields.Html("New Text", compute="_compute_comparison", sanitize=False)
    kept_text = fields.Text("What Still Counts", readonly=True)
    missing_text = fields.Text("What Is Missing", readonly=True)
    missing_check_ids = fields.Many2many(
        "qualiopi.check",
        "qualiopi_framework_change_line_check_rel",
        "line_id",
        "check_id",
        "Checks That Fail",
        readonly=True,
    )
    make = fields.Boolean("Make an Action")
    action_name = fields.Char("Action")
    user_id = fields.Many2one(
        "res.users", "Owner", domain="[('share', '=', False)]", ondelete="cascade"
    )
    deadline = fields.Date("By")
    action_ids = fields.Many2many(
        "qualiopi.action", string="Actions Made", compute="_compute_action_ids"
    )
    made = fields.Boolean("Made Already", compute="_compute_action_ids")

    @api.depends_context("lang")
    @api.depends("indicator_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.indicator_id.display_name

    @api.depends("touch")
    def _compute_touches(self):
        for line in self:
            line.touches = line.touch in TO_DO

    @api.depends_context("lang")
    @api.depends("former_id", "requirement_id")
    def _compute_comparison(self):
        Requirement = self.env["qualiopi.requirement"]
        for line in self:
            old = line.former_id._bilingual("statement") if line.former_id else ""
            new = (
                line.requirement_id._bilingual("statement")
                if line.requirement_id
                else ""
            )
            segments = compare(old or "", new or "")
            line.former_html = Requirement._mark(segments, "removed", "del")
            line.new_html = Requirement._mark(segments, "added", "ins")

    @api.depends("indicator_id", "wizard_id.new_framework_id", "wizard_id.company_id")
    def _compute_action_ids(self):
        for line in self:
            line.action_ids = line._known_actions()
            line.made = bool(line.action_ids)

    def _known_actions(self):
        """:return: actions made from this change before; those called off do not
        count
        """
        self.ensure_one()
        return self._made_before(self.wizard_id, self.indicator_id)

    @api.model
    def _made_before(self, wizard, indicator):
        return (
            self.env["qualiopi.action"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("origin", "=", "framework"),
                    ("framework_id", "=", wizard.new_framework_id.id),
                    ("indicator_ids", "in", indicator.ids),
                    ("state", "!=", "cancelled"),
                ]
            )
        )

    # What changes

    @api.model
    def _changes(self, wizard):
        """:return: values of a line for each indicator that changes, in its words or
        for this company
        """
        old, new = wizard.old_framework_id, wizard.new_framework_id
        before = self._standings(wizard, old, self._last_day(old, new))
        after = self._standings(wizard, new, max(wizard.day, new.date_from))
        former = {row.indicator_id: row for row in old.requirement_ids}
        coming = {row.indicator_id: row for row in new.requirement_ids}
        asked = self._asked(wizard, self._last_day(old, new), new)
        values = []
        for indicator in (old | new).requirement_ids.indicator_id.sorted("number"):
            was, becomes = former.get(indicator), coming.get(indicator)
            change = self._change(was, becomes)
            then = before.get(indicator, ("absent", ""))
            now = after.get(indicator, ("absent", ""))
            found = touch(change, then[0], now[0])
            if found == "none" and change == "none":
                continue
            line = {
                "indicator_id": indicator.id,
                "former_id": was.id if was else False,
                "requirement_id": becomes.id if becomes else False,
                "touch": found,
                "before": then[0],
                "after": now[0],
                "reason": now[1] or then[1],
            }
            values.append(line | self._proposal(wizard, indicator, found, asked))
        return values

    @api.model
    def _last_day(self, old, new):
        """:return: a day on which the old framework was the law"""
        return old.date_to or fields.Date.subtract(new.date_from, days=1)

    @api.model
    def _standings(self, wizard, framework, law_day):
        """:return: indicator -> whether it applies under this framework with the facts
        of today, and why; who overruled the rules is followed
        """
        # sudo: res.company - facts of the company, whoever asks
        company = wizard.company_id.sudo()
        profiles = company._qualiopi_profiles(wizard.day)
        overruled = company._qualiopi_overruled()
        guide = self.env["qualiopi.guide"]._for_date(law_day)
        entries = {row.indicator_id: row for row in guide.entry_ids}
        words = self.env["qualiopi.reason"]
        found = {}
        for requirement in framework.requirement_ids:
            entry = entries.get(requirement.indicator_id)
            result = assess(profiles, requirement._rule(), entry and entry._rule())
            status = overruled.get(requirement.indicator_id) or result.status
            reasons = [words._text(each) for each in result.reasons]
            if status != result.status:
                reasons = [self.env._("Overruled on the living checklist.")]
            found[requirement.indicator_id] = (status, "\n".join(reasons))
        return found

    @api.model
    def _change(self, was, becomes):
        """:return: how the requirement changes: as the reference says between two
        frameworks that follow each other, else by comparing the texts
        """
        if not was or not becomes:
            return "new" if becomes else "substance"
        if becomes.previous_id == was:
            return becomes.change_kind
        return "none" if was.statement_fr == becomes.statement_fr else "substance"

    # What is there, what is missing, what is proposed

    @api.model
    def _asked(self, wizard, old_day, new):
        """:return: what is asked under the new framework, as pairs of :class:`Asked`
        and its count, ``None`` where it was asked before too
        """
        # sudo: res.company - what is asked is the same for every reader
        company = wizard.company_id.sudo()
        known = {each.check for each in company._qualiopi_asked(wizard.day, old_day)}
        now = company._qualiopi_asked(wizard.day, max(wizard.day, new.date_from))
        added = [each for each in now if each.check not in known]
        counts = {
            each.check: count
            for each, count in company._qualiopi_counts(wizard.day, asked=added)
        }
        return [(each, counts.get(each.check)) for each in now]

    @api.model
    def _proposal(self, wizard, indicator, found, asked):
        """:return: values of a line: what counts, what is missing, the action"""
        own = [pair for pair in asked if pair[0].demand(indicator.id)]
        kept = [each.check.name for each, count in own if count is None]
        added = [(each.check, count) for each, count in own if count is not None]
        lacking = [
            check for check, count in added if count.satisfied < count.population
        ]
        concerned = found in TO_DO
        return {
            "kept_text": self._kept_text(wizard, indicator, kept),
            "missing_text": "\n".join(
                self._missing_text(check, count) for check, count in added
            )
            if concerned
            else "",
            "missing_check_ids": [
                Command.set([check.id for check in lacking] if concerned else [])
            ],
            "make": concerned and not self._made_before(wizard, indicator),
            "action_name": self._action_name(indicator, found),
            "user_id": self._owner(wizard, indicator).id,
            "deadline": wizard.deadline,
        }

    @api.model
    def _kept_text(self, wizard, indicator, checks):
        # sudo: qualiopi.evidence - how many there are, and names of documents only
        documents = (
            self.env["qualiopi.evidence"]
            .sudo()
            .search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("indicator_ids", "in", indicator.ids),
                    ("state", "=", "validated"),
                    ("superseded_by_id", "=", False),
                    "|",
                    ("valid_until", "=", False),
                    ("valid_until", ">=", wizard.day),
                ]
            )
        )
        texts = []
        if checks:
            texts.append(
                self.env._(
                    "Checks asked as before: %(names)s.", names=", ".join(checks)
                )
            )
        if documents:
            named = ", ".join(documents[:NAMED].mapped("name"))
            texts.append(
                self.env._(
                    "Valid documents (%(count)s): %(names)s.",
                    count=len(documents),
                    names=named + (", …" if len(documents) > NAMED else ""),
                )
            )
        return "\n".join(texts)

    @api.model
    def _missing_text(self, check, count):
        if count.failure:
            return self.env._("%(check)s: it could not be counted.", check=check.name)
        if not count.population:
            return self.env._(
                "%(check)s: asked from now on, no record to look at yet.",
                check=check.name,
            )
        return self.env._(
            "%(check)s: %(satisfied)s of %(population)s.",
            check=check.name,
            satisfied=count.satisfied,
            population=count.population,
        )

    @api.model
    def _action_name(self, indicator, found):
        labels = dict(self._fields["touch"]._description_selection(self.env))
        return f"{indicator.display_name} – {labels[found].lower()}"

    @api.model
    def _owner(self, wizard, indicator):
        living = wizard.company_id._qualiopi_living_checklist()
        line = living.line_ids.filtered(lambda row: row.indicator_id == indicator)
        return line.user_id or wizard.user_id

    # The actions

    def _check_action(self):
        """:raise UserError: for an action that could not be followed"""
        self.ensure_one()
        if not (self.action_name or "").strip():
            raise UserError(
                self.env._(
                    "Indicator %(number)s: write what is to be done.",
                    number=self.number,
                )
            )
        if self.deadline and self.deadline < self.wizard_id.day:
            raise UserError(
                self.env._(
                    "Indicator %(number)s: %(day)s is past, choose another day.",
                    number=self.number,
                    day=format_date(self.env, self.deadline),
                )
            )

    def _make_actions(self):
        """One action for each new check that fails, so that it is run again before the
        action is done; one in all where no check says what is missing.

        :return: those made now and before
        """
        self.ensure_one()
        known = self._known_actions()
        wanted = self.missing_check_ids - known.check_id
        if not known and not self.missing_check_ids:
            wanted = [self.env["qualiopi.check"]]
        made = known
        for check in wanted:
            made |= self.env["qualiopi.action"].create(self._action_values(check))
        return made

    def _action_values(self, check):
        many = len(self.missing_check_ids) > 1
        texts = [self.change_note, self.missing_text]
        if check:
            texts = [self.change_note, check.lacks, check.remediation]
        return {
            "name": f"{self.action_name} – {check.name}" if many else self.action_name,
            "description": "\n\n".join(text for text in texts if text),
            "origin": "framework",
            "framework_id": self.wizard_id.new_framework_id.id,
            "kind": "preventive",
            "company_id": self.wizard_id.company_id.id,
            "check_id": check.id,
            "indicator_ids": [Command.set(self.indicator_id.ids)],
            "user_id": self.user_id.id,
            "deadline": self.deadline,
        }
