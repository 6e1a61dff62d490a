from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.audit_calendar import PARIS
from ...rules.teaching_meters import (
    period,
    permanent_standing,
    referent_standing,
    share,
)


@dataclass
class Meter:
    """What one programme's sessions show over the period.

    :param people: different trainers assigned
    :param hours: hours of their assignments
    :param permanent_hours: those given by permanent staff
    """

    people: int = 0
    hours: float = 0
    permanent_hours: float = 0


def _beginning(day):
    """:return: when ``day`` begins in Paris, as Odoo stores moments"""
    midnight = datetime.combine(day, time(), PARIS)
    return midnight.astimezone(timezone.utc).replace(tzinfo=None)


class QualiopiProgram(models.Model):
    """Who teaches a programme, counted (indicators 19 and 20 since 2026).

    The figures are shown whatever the law; what follows from them waits for the two
    orders that set the thresholds, which the company enters once they are published.
    """

    _inherit = "qualiopi.program"

    teacher_count = fields.Integer(
        "People Teaching",
        compute="_compute_meters",
        groups="base.group_user",
        help="Different trainers assigned to its sessions over the last twelve months, "
        "cancelled sessions left out.",
    )
    referent_standing = fields.Selection(
        [
            ("no_data", "No data"),
            ("awaited", "Awaited by order"),
            ("not_asked", "Not compulsory"),
            ("named", "Compulsory: named"),
            ("missing", "Compulsory: missing"),
        ],
        "Obligation of a Referent",
        compute="_compute_meters",
        search="_search_referent_standing",
        groups="base.group_user",
        help="Above a number of people teaching, a teaching referent is compulsory "
        "(indicator 19 of rnq-2026, in force since 1 November 2026). The order that "
        "sets the number was not found: it stays awaited until you enter it.",
    )
    teaching_hours = fields.Float(
        compute="_compute_meters",
        groups="base.group_user",
        help="Hours of all trainers, over the same period.",
    )
    permanent_hours = fields.Float(
        "Hours by Permanent Staff", compute="_compute_meters", groups="base.group_user"
    )
    permanent_share = fields.Float(
        "Share by Permanent Staff",
        compute="_compute_meters",
        aggregator=None,
        groups="base.group_user",
        help="Per cent of the teaching hours, over the same period. Each trainer's "
        "file says who is permanent staff.",
    )
    permanent_standing = fields.Selection(
        [
            ("no_data", "No data"),
            ("awaited", "Awaited by order"),
            ("reached", "Share reached"),
            ("below", "Below: reinforced supervision to be shown"),
        ],
        "Reinforced Supervision",
        compute="_compute_meters",
        search="_search_permanent_standing",
        groups="base.group_user",
        help="Below a share of hours by permanent staff, supervision is reinforced "
        "(indicator 20 of rnq-2026, apprenticeship, in force since 1 November 2026). "
        "The order that sets the share was not found: it stays awaited until you "
        "enter it.",
    )
    supervision = fields.Text(
        "Supervision of Teaching",
        groups="base.group_user",
        help="How teaching is supervised and its quality checked, where permanent "
        "staff give too small a share of the hours (indicator 20 since 2026).",
    )
    meter_note = fields.Text(compute="_compute_meter_note", groups="base.group_user")

    @api.depends(
        "referent_id",
        "category_id",
        "company_id.qualiopi_teacher_threshold",
        "company_id.qualiopi_permanent_threshold",
    )
    def _compute_meters(self):
        meters = self._meters(self.env["qualiopi.framework"]._today())
        for program in self:
            meter = meters[program._origin.id]
            company = program.company_id
            program.teacher_count = meter.people
            program.referent_standing = referent_standing(
                meter.people,
                company.qualiopi_teacher_threshold,
                bool(program.referent_id),
            )
            program.teaching_hours = meter.hours
            program.permanent_hours = meter.permanent_hours
            program.permanent_share = share(meter.permanent_hours, meter.hours) or 0
            program.permanent_standing = program.category_code == "CFA" and (
                permanent_standing(
                    meter.permanent_hours,
                    meter.hours,
                    company.qualiopi_permanent_threshold,
                )
            )

    @api.model
    def _meters_domain(self, day):
        """:return: assignments to the sessions under way in the period to ``day``"""
        first, last = period(day)
        return (
            Domain("event_end", ">=", _beginning(first))
            & Domain("event_begin", "<", _beginning(last + timedelta(days=1)))
            & Domain("event_id.active", "=", True)
            & Domain("event_id.kanban_state", "!=", "cancel")
        )

    def _meters(self, day):
        """The figures of these programmes over the twelve months that end on ``day``.

        Hours are those of the assignments of every session under way in the period,
        also when it began before. One query, however many programmes.

        :return: id of the programme -> its figures
        :rtype: dict[int, Meter]
        """
        meters = defaultdict(Meter)
        # sudo: qualiopi.assignment - whoever reads programmes may know these numbers
        rows = (
            self.env["qualiopi.assignment"]
            .sudo()
            ._read_group(
                self._meters_domain(day) & Domain("program_id", "in", self.ids),
                ["program_id", "trainer_id.permanent"],
                ["trainer_id:count_distinct", "hours:sum"],
            )
        )
        for program, permanent, people, hours in rows:
            meter = meters[program.id]
            meter.people += people
            meter.hours += hours
            if permanent:
                meter.permanent_hours += hours
        return meters

    def _search_referent_standing(self, operator, value):
        return self._search_standing("referent_standing", operator, value)

    def _search_permanent_standing(self, operator, value):
        return self._search_standing("permanent_standing", operator, value)

    @api.model
    def _search_standing(self, name, operator, value):
        """Over the programmes that the reader sees: a catalogue has few of them."""
        if operator != "in":
            return NotImplemented
        everything = self.with_context(active_test=False)
        programs = everything.search([])  # pylint: disable=no-search-all
        found = programs.filtered(lambda program: program[name] in value)
        return Domain("id", "in", found.ids)

    @api.depends_context("lang")
    @api.depends("category_id")
    def _compute_meter_note(self):
        # sudo: qualiopi.framework - planners see the programme, not the frameworks
        framework = self.env.ref("qualiopi_compliance.framework_rnq_2026").sudo()
        first, last = period(self.env["qualiopi.framework"]._today())
        for program in self:
            program.meter_note = self.env._(
                "Asked by framework %(framework)s, in force since %(day)s. Counted "
                "over the sessions under way between %(first)s and %(last)s, "
                "cancelled ones left out.",
                framework=framework.code,
                day=format_date(self.env, framework.date_from),
                first=format_date(self.env, first),
                last=format_date(self.env, last),
            )

    @api.model
    def _management_fields(self):
        return super()._management_fields() | {"supervision"}

    def action_open_teaching(self):
        """Open the assignments that these figures count."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_assignment_action_meter"
        )
        today = self.env["qualiopi.framework"]._today()
        domain = self._meters_domain(today) & Domain("program_id", "in", self.ids)
        return action | {"domain": list(domain), "context": {}}
