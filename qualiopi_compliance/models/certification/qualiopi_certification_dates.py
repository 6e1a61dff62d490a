from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.audit_calendar import (
    certificate_end,
    renewal_audit_by,
    renewal_call_by,
    renewal_contract_by,
    renewal_opens,
    surveillance_window,
)
from ...rules.cycle import Certificate, CycleFacts, check_overlap, check_period

SETTINGS = (
    "company_id.qualiopi_audit_correction_months",
    "company_id.qualiopi_audit_check_months",
    "company_id.qualiopi_audit_call_months",
    "company_id.qualiopi_audit_contract_months",
)
# The categories as the compulsory mention beside the mark names them.
MENTION = {
    "AFC": "actions de formation",
    "BC": "bilans de compétences",
    "VAE": "actions permettant de valider les acquis de l'expérience",
    "CFA": "actions de formation par apprentissage",
}


class QualiopiCertification(models.Model):
    """The days of a cycle, each worked out from a day and explained."""

    _inherit = "qualiopi.certification"

    surveillance_from = fields.Date(compute="_compute_deadlines", store=True)
    surveillance_until = fields.Date(compute="_compute_deadlines", store=True)
    renewal_from = fields.Date(
        "Last Year From", compute="_compute_deadlines", store=True
    )
    renewal_by = fields.Date(
        "Renewal Audit By", compute="_compute_deadlines", store=True
    )
    call_by = fields.Date(
        "Offers Asked For By", compute="_compute_deadlines", store=True
    )
    contract_by = fields.Date(
        "Next Contract By", compute="_compute_deadlines", store=True
    )
    dates_explained = fields.Html(
        "Its Days", compute="_compute_dates_explained", sanitize=False
    )
    dates_warning = fields.Text(compute="_compute_dates_warning")
    mention = fields.Char(
        "Compulsory Mention",
        compute="_compute_mention",
        help="Beside the mark wherever it is shown, as certifiers ask for it "
        "(secondary sources: monof.pro, digi-certif.com).",
    )
    running = fields.Boolean(
        "Valid Today", compute="_compute_running", search="_search_running"
    )

    # Days that follow the first one, until somebody types another

    @api.depends("first_day")
    def _compute_obtained_on(self):
        for cycle in self:
            cycle.obtained_on = cycle._following_days()["obtained_on"]

    @api.depends("first_day")
    def _compute_last_day(self):
        for cycle in self:
            cycle.last_day = cycle._following_days()["last_day"]

    def _following_days(self):
        """:return: the day obtained and the last day, as they follow from the first
        one; what the certificate itself says otherwise is kept
        """
        self.ensure_one()
        days = {"obtained_on": self.obtained_on, "last_day": self.last_day}
        if not self.first_day:
            return days
        usual = self._usual_days(self.first_day)
        former = self._usual_days(self._origin.first_day)
        return {
            name: usual[name] if not day or day == former.get(name) else day
            for name, day in days.items()
        }

    @api.model
    def _usual_days(self, first_day):
        if not first_day:
            return {}
        return {"obtained_on": first_day, "last_day": certificate_end(first_day).day}

    def _with_following_days(self, vals):
        """:return: values to write, with the days that follow a corrected first day"""
        self.ensure_one()
        first = fields.Date.to_date(vals.get("first_day"))
        if not first:
            return vals
        former, usual = self._usual_days(self.first_day), self._usual_days(first)
        followed = {
            name: day
            for name, day in usual.items()
            if name not in vals and self[name] and self[name] == former.get(name)
        }
        return vals | followed

    # Deadlines

    def _deadlines(self):
        """:return: field -> :class:`Deadline`, for those that can be worked out"""
        self.ensure_one()
        found = {}
        if self.obtained_on:
            window = surveillance_window(self.obtained_on)
            found["surveillance_from"] = window.first
            found["surveillance_until"] = window.last
        if self.last_day:
            settings = self.company_id._qualiopi_audit_settings()
            found["renewal_from"] = renewal_opens(self.last_day)
            found["renewal_by"] = renewal_audit_by(self.last_day, settings)
            found["call_by"] = renewal_call_by(self.last_day, settings)
            found["contract_by"] = renewal_contract_by(self.last_day, settings)
        return found

    @api.depends("obtained_on", "last_day", *SETTINGS)
    def _compute_deadlines(self):
        names = (
            "surveillance_from",
            "surveillance_until",
            "renewal_from",
            "renewal_by",
            "call_by",
            "contract_by",
        )
        for cycle in self:
            found = cycle._deadlines()
            for name in names:
                cycle[name] = found[name].day if name in found else False

    @api.depends_context("lang")
    @api.depends("first_day", "obtained_on", "last_day", "transfer_of_id", *SETTINGS)
    def _compute_dates_explained(self):
        words = self.env["qualiopi.reason"]
        today = self.env["qualiopi.framework"]._today()
        for cycle in self:
            deadlines = list(cycle._deadlines().values())
            if cycle.first_day and not cycle.transfer_of_id:
                end = certificate_end(cycle.first_day)
                deadlines += [end] if end.day == cycle.last_day else []
            rows = [
                {
                    "day": each.day,
                    "past": each.day < today,
                    "text": words._say(each.statement),
                    "source": words._source_text(each.source),
                }
                for each in sorted(deadlines, key=lambda each: each.day)
            ]
            cycle.dates_explained = self.env["ir.qweb"]._render(
                "qualiopi_compliance.certification_dates", {"rows": rows}
            )

    @api.depends_context("lang")
    @api.depends("first_day", "last_day", "transfer_of_id")
    def _compute_dates_warning(self):
        for cycle in self:
            cycle.dates_warning = False
            if not cycle.first_day or not cycle.last_day or cycle.transfer_of_id:
                continue
            usual = certificate_end(cycle.first_day).day
            if cycle.last_day != usual:
                cycle.dates_warning = self.env._(
                    "Three years from %(first)s end on %(usual)s: compare %(last)s "
                    "with the certificate itself.",
                    first=format_date(self.env, cycle.first_day),
                    usual=format_date(self.env, usual),
                    last=format_date(self.env, cycle.last_day),
                )

    @api.depends("category_ids")
    def _compute_mention(self):
        for cycle in self:
            cycle.mention = self._mention_of(cycle.category_ids.mapped("code"))

    @api.model
    def _mention_of(self, codes):
        """:return: the compulsory mention of these categories, in French as it is
        prescribed, whatever the reader's language; False without any
        """
        names = [text for code, text in MENTION.items() if code in codes]
        if not names:
            return False
        return (
            "La certification qualité a été délivrée au titre de la ou des "
            f"catégories d'actions suivantes : {', '.join(names)}"
        )

    # Validity

    @api.depends(
        "first_day",
        "last_day",
        "withdrawn_on",
        "suspended_on",
        "reinstated_on",
        "transferred_on",
    )
    def _compute_running(self):
        today = self.env["qualiopi.framework"]._today()
        for cycle in self:
            facts = cycle._validity()
            gone = cycle.transferred_on and cycle.transferred_on <= today
            cycle.running = (
                facts.running(today) and not facts.suspended(today) and not gone
            )

    def _validity(self):
        """:return: facts about the certificate's own days only"""
        self.ensure_one()
        return CycleFacts(
            first_day=self.first_day or None,
            last_day=self.last_day or None,
            withdrawn_on=self.withdrawn_on or None,
            suspended_on=self.suspended_on or None,
            reinstated_on=self.reinstated_on or None,
        )

    def _search_running(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        # a company has a handful of certificates
        everything = self.with_context(active_test=False).search(
            [("first_day", "!=", False)]
        )
        return [("id", "in", everything.filtered("running").ids)]

    @api.constrains(
        "first_day",
        "last_day",
        "category_ids",
        "stage",
        "withdrawn_on",
        "transferred_on",
        "company_id",
        "active",
    )
    def _check_certificate(self):
        for cycle in self:
            # what was recorded by mistake is archived, and hinders nothing
            if not (cycle.active and cycle.first_day and cycle.last_day):
                continue
            refusal = check_period(cycle.first_day, cycle.last_day) or check_overlap(
                cycle._certificate(), cycle._other_certificates()
            )
            if refusal:
                raise ValidationError(self.env["qualiopi.reason"]._say(refusal))

    @api.constrains(
        "first_day",
        "suspended_on",
        "suspension_ends_on",
        "reinstated_on",
        "withdrawn_on",
        "transferred_on",
        "transfer_asked_on",
    )
    def _check_days_in_order(self):
        pairs = (
            ("first_day", "suspended_on"),
            ("suspended_on", "suspension_ends_on"),
            ("first_day", "reinstated_on"),
            ("first_day", "withdrawn_on"),
            ("first_day", "transferred_on"),
            ("first_day", "transfer_asked_on"),
        )
        for cycle in self:
            for before, after in pairs:
                cycle._check_order(before, after)

    def _check_order(self, before, after):
        """:raise ValidationError: when the second day is earlier than the first"""
        self.ensure_one()
        if not self[before] or not self[after] or self[before] <= self[after]:
            return
        raise ValidationError(
            self.env._(
                "“%(after)s” is %(day)s, earlier than “%(before)s”, %(first)s: correct "
                "one of the two.",
                after=self._fields[after]._description_string(self.env),
                day=format_date(self.env, self[after]),
                before=self._fields[before]._description_string(self.env),
                first=format_date(self.env, self[before]),
            )
        )

    def _certificate(self):
        """:return: its days of validity, shortened where it ended early"""
        self.ensure_one()
        last = min(
            day
            for day in (self.last_day, self.withdrawn_on, self.transferred_on)
            if day
        )
        return Certificate(
            self.number or self.name or "–",
            frozenset(self.category_ids.mapped("code")),
            self.first_day,
            last,
        )

    def _other_certificates(self):
        """:return: the company's other certificates, archived ones left out"""
        self.ensure_one()
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self._origin.ids),
                ("first_day", "!=", False),
                ("last_day", "!=", False),
            ]
        )
        return tuple(other._certificate() for other in others)
