from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .event_names import name_key

# An evening that ends after midnight is not two days.
HOURS_OF_ONE_DAY = 12


class QualiopiProgramAdoption(models.TransientModel):
    """Make the catalogue from what Odoo already holds: event templates and events.

    It shows what it will do, line by line, before doing it. Programmes remember
    where they come from: run again, it only attaches the events that came since.
    Nothing the law asks for is guessed: programmes begin as drafts.
    """

    _name = "qualiopi.program.adoption"
    _description = "Make programmes from events"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    grouping = fields.Selection(
        [
            ("template", "By template, by name without one"),
            ("name", "By name"),
        ],
        "Events Are Grouped",
        required=True,
        readonly=True,
        default="template",
        help="One programme is proposed for each group.",
    )
    category_id = fields.Many2one(
        "qualiopi.category",
        "Action Category",
        default=lambda self: self.env["qualiopi.program"]._default_category_id(),
        help="Of the programmes to make; it can be changed on each line.",
    )
    line_ids = fields.One2many(
        "qualiopi.program.adoption.line",
        "wizard_id",
        "Proposals",
    )
    has_proposals = fields.Boolean(compute="_compute_summary")
    summary = fields.Char("What Will Be Done", compute="_compute_summary")
    homeless_event_ids = fields.Many2many(
        "event.event", compute="_compute_homeless_event_ids", string="Without Company"
    )

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Make Programmes from Events")

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            if not wizard.line_ids:
                wizard._propose()
        return wizards

    def action_regroup(self):
        """Group the events the other way; the lines are worked out anew."""
        for wizard in self:
            wizard.grouping = "name" if wizard.grouping == "template" else "template"
            wizard._propose()

    # no stored compute: it would read the events with all rights
    def _propose(self):
        """Work the lines out anew."""
        self.line_ids = [
            Command.clear(),
            *(Command.create(vals) for vals in self._proposals()),
        ]

    @api.depends_context("lang")
    @api.depends("line_ids.selected", "line_ids.program_id", "line_ids.event_ids")
    def _compute_summary(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("selected")
            wizard.has_proposals = bool(wizard.line_ids)
            wizard.summary = self.env._(
                "Programmes to make: %(programs)s. Sessions to attach: %(sessions)s.",
                programs=len(chosen.filtered(lambda line: not line.program_id)),
                sessions=len(chosen.event_ids),
            )

    @api.depends("company_id")
    def _compute_homeless_event_ids(self):
        events = self.env["event.event"].search(
            [("company_id", "=", False), ("qualiopi_program_id", "=", False)]
        )
        for wizard in self:
            wizard.homeless_event_ids = events

    @api.model
    def _action_open(self):
        """Open a new proposal, worked out from the events of today."""
        wizard = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make Programmes from Events"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
        }

    def _proposals(self):
        """:return: values of the lines: one for each group of events"""
        self.ensure_one()
        programs = self._programs_by_origin()
        no_event = self.env["event.event"]
        groups = self._events_by_origin()
        groups |= {origin: no_event for origin in self._idle_origins(programs)}
        proposals = [
            self._proposal(origin, events, programs.get(origin))
            for origin, events in groups.items()
        ]
        return sorted(proposals, key=lambda vals: vals["name"].casefold())

    def _origin_of(self, event):
        """:return: what tells the group of an event: its template, else its name"""
        if self.grouping == "template" and event.event_type_id:
            return ("type", event.event_type_id.id)
        # the same for every reader: names of events are translated
        language = self.company_id.partner_id.lang
        return ("name", name_key(event.with_context(lang=language).name or ""))

    def _events_by_origin(self):
        """:return: origin -> events of the company without programme, oldest first"""
        events = self.env["event.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("qualiopi_program_id", "=", False),
                ("kanban_state", "!=", "cancel"),
            ],
            order="date_begin, id",
        )
        groups = defaultdict(lambda: self.env["event.event"])
        for event in events:
            groups[self._origin_of(event)] |= event
        return dict(groups)

    def _idle_origins(self, programs):
        """:return: origins of the templates that neither event nor programme has"""
        if self.grouping != "template":
            return []
        used = self.env["event.event"]._read_group(
            [("event_type_id", "!=", False)], ["event_type_id"]
        )
        # a company has a handful of templates
        idle = self.env["event.type"].search([])  # pylint: disable=no-search-all
        for (template,) in used:
            idle -= template
        origins = [("type", template.id) for template in idle]
        return [origin for origin in origins if origin not in programs]

    def _programs_by_origin(self):
        """Which programme each group went to already.

        That it was made from, else the only one that events of the group deliver:
        an attachment made by hand counts too.

        :return: origin -> programme
        """
        candidates = defaultdict(lambda: self.env["qualiopi.program"])
        attached = self.env["event.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("qualiopi_program_id", "!=", False),
            ]
        )
        for event in attached:
            candidates[self._origin_of(event)] |= event.qualiopi_program_id
        found = {
            origin: programs
            for origin, programs in candidates.items()
            if len(programs) == 1
        }
        made = (
            self.env["qualiopi.program"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    "|",
                    ("origin_type_id", "!=", False),
                    ("origin_name", "!=", False),
                ],
            )
            # of several made from the same events, one that still takes sessions
            .sorted(lambda program: (program._may_take_sessions(), program.id))
        )
        return found | {program._origin_key(): program for program in made}

    def _proposal(self, origin, events, program):
        """:param program: the one the group went to already, if any
        :return: values of one line
        """
        kind, value = origin
        template = self.env["event.type"].browse(value if kind == "type" else ())
        usable = not program or program._may_take_sessions()
        hours, days = self._usual_duration(events)
        return {
            "selected": bool(events) and usable,
            "origin_type_id": template.id,
            "origin_name": value if kind == "name" else False,
            "name": (program or template).name or events[-1:].name,
            "program_id": program.id if program else False,
            "category_id": self.category_id.id,
            "event_ids": [Command.set(events.ids)],
            "duration_hours": hours,
            "duration_days": days,
        }

    @api.model
    def _usual_duration(self, events):
        """:return: hours and days of the most of them, of the latest when equal"""
        durations = [self._duration(event) for event in events]
        if not durations:
            return 0, 0
        return max(reversed(durations), key=durations.count)

    @api.model
    def _duration(self, event):
        """How long an event lasts, as far as its dates tell.

        :return: hours when it lasts one day; else days, as its dates do not tell the
            hours of each
        """
        slots = event.event_slot_ids
        if slots:
            return slots[0].end_hour - slots[0].start_hour, 0
        first, last = event._qualiopi_days()
        hours = (event.date_end - event.date_begin).total_seconds() / 3600
        if first == last or hours <= HOURS_OF_ONE_DAY:
            return round(hours, 2), 0
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        worked = [day for day in days if day.weekday() < 5]
        return 0, len(worked or days)

    def action_adopt(self):
        """Do what the ticked lines say.

        :return: the programmes concerned
        :raise UserError: when nothing is ticked, or a category is not chosen
        """
        self.ensure_one()
        lines = self.line_ids.filtered("selected")
        if not lines:
            raise UserError(self.env._("Tick the programmes to make first."))
        lines._check_ready()
        programs = self.env["qualiopi.program"]
        for line in lines:
            programs |= line._adopt()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_program_action"
        )
        return action | {
            "domain": [("id", "in", programs.ids)],
            "views": [(False, "list"), (False, "form")],
        }
