import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.qualification import uncovered
from ...rules.teaching_days import half_days


class QualiopiAssignment(models.Model):
    """What speaks against an assignment, day by day, and the waiver that answers it.

    Problems are worked out whenever they are read, for many assignments at once and
    in a fixed number of queries: each has a code, which a waiver keeps, so that a
    waiver given for one problem does not hide the next.
    """

    _inherit = "qualiopi.assignment"

    status = fields.Selection(
        [("clear", "Nothing to Report"), ("waived", "Waiver"), ("problem", "Problem")],
        compute="_compute_status",
        search="_search_status",
    )
    problem_text = fields.Text("Problems", compute="_compute_status")

    @api.depends_context("lang")
    @api.depends(
        "trainer_id.state",
        "trainer_id.active",
        "trainer_id.program_ids",
        "event_id.date_begin",
        "event_id.date_end",
        "event_id.qualiopi_program_id.skill_ids",
        "half_day_ids",
        "waived_codes",
    )
    def _compute_status(self):
        problems = self._problems()
        for row in self:
            found = problems[row]
            row.problem_text = "\n".join(text for _code, text in found)
            row.status = row._status_of(found)

    def _status_of(self, problems):
        self.ensure_one()
        if not problems:
            return "clear"
        codes = {code for code, _text in problems}
        return "waived" if codes <= set(self.waived_codes or ()) else "problem"

    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        everything = self.search([])  # pylint: disable=no-search-all
        return Domain(
            "id", "in", everything.filtered(lambda row: row.status in value).ids
        )

    @api.onchange("trainer_id", "half_day_ids", "event_id")
    def _onchange_trainer_id(self):
        if self.trainer_id and self.event_id and self.status == "problem":
            return {
                "warning": {
                    "title": self.env._("Check This Assignment"),
                    "message": self.problem_text,
                }
            }
        return None

    # Days

    def _days(self):
        """:return: the days on which he teaches, in order; none without dates"""
        self.ensure_one()
        return sorted({day for day, _half in self._half_days()})

    def _half_days(self):
        """:return: the half-days that this assignment takes of the trainer
        :rtype: frozenset[tuple[datetime.date, str]]
        """
        self.ensure_one()
        # sudo: qualiopi.half.day - whoever reads an assignment may know its days
        row = self.sudo()
        event = row.event_id
        if not event.date_begin or not event.date_end:
            return frozenset()
        zone = pytz.timezone(event.date_tz or "Europe/Paris")
        begin, end = (
            pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)
            for moment in (event.date_begin, event.date_end)
        )
        planned = row.half_day_ids or event.qualiopi_half_day_ids
        return half_days(
            begin, end, ((half.date, half.period) for half in planned if half.date)
        )

    # Problems

    def _problems(self):
        """What speaks against these assignments.

        :return: assignment -> list of (code, sentence), empty when all is well
        """
        # sudo: qualiopi.trainer - the answer is the same for whoever plans
        rows = self.sudo()
        trainers = rows.trainer_id
        held = self.env["qualiopi.trainer.qualification"]._held(trainers)
        required = self.env["qualiopi.program.skill"]._by_program(
            rows.event_id.qualiopi_program_id
        )
        others = rows._other_assignments()
        cpf = rows.event_id._qualiopi_cpf_sessions()
        found = {}
        for own, row in zip(self, rows, strict=True):
            if not row.trainer_id or not row.event_id:
                found[own] = []
                continue
            program = row.event_id.qualiopi_program_id
            days = row._days()
            found[own] = [
                *row._state_problems(days),
                *row._program_problems(),
                *row._skill_problems(
                    required[program._origin.id], held[row.trainer_id.id], days
                ),
                *row._overlap_problems(others.get(row.trainer_id._origin, rows[:0])),
                *row._contract_problems(days, row.event_id in cpf),
            ]
        return found

    def _state_problems(self, days):
        trainer = self.trainer_id
        name = trainer.name
        if not trainer.active:
            return [("archived", self.env._("%(name)s is archived.", name=name))]
        if trainer.state == "left" and days and trainer.left_on:
            if days[-1] <= trainer.left_on:
                return []
            day = format_date(self.env, trainer.left_on)
            return [
                ("left", self.env._("%(name)s left on %(day)s.", name=name, day=day))
            ]
        over = days and days[-1] < self.env["qualiopi.framework"]._today()
        sentences = {
            "draft": self.env._("The file of %(name)s is still a draft.", name=name),
            "left": self.env._("%(name)s has left.", name=name),
        }
        if not over:
            sentences["suspended"] = self.env._("%(name)s is suspended.", name=name)
        state = trainer.state
        return [(state, sentences[state])] if state in sentences else []

    def _program_problems(self):
        program = self.event_id.qualiopi_program_id
        if program._origin in self.trainer_id.program_ids._origin:
            return []
        return [
            (
                "programme",
                self.env._(
                    "“%(program)s” is not among the programmes that %(name)s may "
                    "teach.",
                    program=program.name,
                    name=self.trainer_id.name,
                ),
            )
        ]

    def _skill_problems(self, requirements, held, days):
        problems = []
        for requirement in requirements:
            lacking = uncovered(requirement._required(), held, days)
            if lacking:
                problems.append(
                    (
                        f"skill-{requirement.skill_id.id}",
                        self._skill_sentence(requirement, lacking, days),
                    )
                )
        return problems

    def _skill_sentence(self, requirement, lacking, days):
        values = {
            "name": self.trainer_id.name,
            "skill": requirement.display_name,
            "first": format_date(self.env, lacking[0]),
            "last": format_date(self.env, lacking[-1]),
        }
        if len(lacking) == len(days):
            return self.env._("%(name)s does not hold “%(skill)s”.", **values)
        if len(lacking) == 1:
            return self.env._(
                "%(name)s does not hold “%(skill)s” on %(first)s.", **values
            )
        return self.env._(
            "%(name)s does not hold “%(skill)s” on all days: not from %(first)s to "
            "%(last)s.",
            **values,
        )

    def _other_assignments(self):
        """:return: trainer -> his assignments around the same dates"""
        moments = [
            moment
            for event in self.event_id
            for moment in (event.date_begin, event.date_end)
            if moment
        ]
        if not moments or not self.trainer_id:
            return {}
        return self.search(
            [
                ("trainer_id", "in", self.trainer_id._origin.ids),
                ("event_begin", "<=", max(moments)),
                ("event_end", ">=", min(moments)),
                ("event_id.active", "=", True),
                ("event_id.kanban_state", "!=", "cancel"),
            ]
        ).grouped("trainer_id")

    def _overlap_problems(self, others):
        own = self._half_days()
        if self.event_id.kanban_state == "cancel":
            return []
        problems = []
        for other in others:
            if other.event_id == self.event_id._origin:
                continue
            shared = sorted(own & other._half_days())
            if shared:
                problems.append(
                    (
                        f"overlap-{other.event_id.id}",
                        self.env._(
                            "%(name)s also teaches “%(session)s” on %(day)s.",
                            name=self.trainer_id.name,
                            session=other.event_id.name,
                            day=format_date(self.env, shared[0][0]),
                        ),
                    )
                )
        return problems

    def _contract_problems(self, days, cpf):
        """:param cpf: the session is paid by the personal training account
        :return: what the contract with his firm leaves open (indicator 27)
        """
        trainer = self.trainer_id
        program = self.event_id.qualiopi_program_id._origin
        problems = [
            (code, text)
            for code, text in trainer._firm_problems(days, cpf, program)
            if not code.endswith("-advice")
        ]
        if trainer.kind == "subcontractor":
            refusal = self.event_id._qualiopi_chain_refusal(trainer.name)
            problems += [("chain", refusal)] if refusal else []
        return problems

    # Policy and waiver

    def _check_policy(self):
        """:raise ValidationError: when the company's policy does not let these be

        What is over is history: it is recorded as it was, whatever the policy.
        """
        today = self.env["qualiopi.framework"]._today()
        strict = self.filtered(
            lambda row: (
                row.policy in ("block", "waiver")
                and (row._days() or [today])[-1] >= today
            )
        )
        for row in strict:
            allowed = ("clear", "waived") if row.policy == "waiver" else ("clear",)
            if row.status in allowed:
                continue
            if row.policy == "waiver":
                advice = self.env._(
                    "Choose another trainer, complete the file, or write a waiver: "
                    "why all the same, and what makes up for it."
                )
            else:
                advice = self.env._("Choose another trainer, or complete the file.")
            raise ValidationError(
                self.env._(
                    "%(problems)s\n\n%(advice)s",
                    problems=row.problem_text,
                    advice=advice,
                )
            )

    def _keep_waiver(self):
        """Date and sign the waiver, and leave it on the session's history."""
        today = self.env["qualiopi.framework"]._today()
        problems = self._problems()
        for row in self:
            written = (row.waiver or "").strip()
            codes = [code for code, _text in problems[row]]
            row.write(
                {
                    "waived_by_id": self.env.uid if written else False,
                    "waived_on": today if written else False,
                    "waived_codes": codes if written else False,
                }
            )
            if written:
                row.event_id.message_post(
                    body=self.env._(
                        "Waiver for %(name)s: %(waiver)s\nIt answers: %(problems)s",
                        name=row.trainer_id.name,
                        waiver=written,
                        problems=" ".join(text for _code, text in problems[row]),
                    )
                )
