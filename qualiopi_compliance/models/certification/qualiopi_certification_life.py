from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...rules.cycle import PIECES, STAGES, may_enter, todo
from .qualiopi_certification import ENDED, INSIDERS, ISSUED
from .qualiopi_certification_facts import READ

# What a company may still write on a cycle that is over.
FILING = {"active", "note", "message_main_attachment_id"}
# What the certifier decides, and the field that holds the day of it.
DECISIONS = {
    "refused": "refused_on",
    "suspended": "suspended_on",
    "withdrawn": "withdrawn_on",
}
PATH = tuple(code for code in STAGES if code not in (*ENDED, *DECISIONS))


class QualiopiCertification(models.Model):
    """The stages of a cycle: what they ask for, what is still to do, going on."""

    _inherit = "qualiopi.certification"

    todo_list = fields.Html(
        "Still to Do",
        compute="_compute_todo_list",
        sanitize=False,
        groups=INSIDERS,
    )
    todo_late = fields.Boolean(
        "Something Is Late", compute="_compute_todo_list", groups=INSIDERS
    )
    over = fields.Boolean(compute="_compute_over")
    decision_text = fields.Text(compute="_compute_decision_text")
    former_stage = fields.Char(readonly=True, copy=False)

    @api.depends("stage")
    def _compute_over(self):
        for cycle in self:
            cycle.over = cycle.stage in ENDED

    @api.depends_context("lang")
    @api.depends("stage", "outcome_reason", *DECISIONS.values())
    def _compute_decision_text(self):
        labels = dict(self._stages())
        for cycle in self:
            day = cycle.stage in DECISIONS and cycle[DECISIONS[cycle.stage]]
            cycle.decision_text = day and self.env._(
                "%(stage)s, %(day)s. %(reason)s",
                stage=labels[cycle.stage],
                day=format_date(self.env, day),
                reason=cycle.outcome_reason or "",
            )

    @api.depends_context("lang")
    @api.depends(*READ)
    def _compute_todo_list(self):
        today = self.env["qualiopi.framework"]._today()
        for cycle in self:
            rows = cycle._todo(today)
            cycle.todo_late = any(row["late"] for row in rows)
            cycle.todo_list = self.env["ir.qweb"]._render(
                "qualiopi_compliance.certification_todo", {"rows": rows}
            )

    def _todo(self, day):
        """:return: what is still to do in this stage: dictionaries of ``text``,
        ``source``, ``day``, ``late``
        """
        self.ensure_one()
        words = self.env["qualiopi.reason"]
        return [
            {
                "text": self._todo_text(each),
                "source": words._source_text(each.statement.source),
                "day": each.day,
                "late": each.late(day),
            }
            for each in self._with_pieces_together(self._todo_of(self.stage, day))
        ]

    def _todo_of(self, stage, day):
        """:rtype: tuple[Todo]"""
        self.ensure_one()
        settings = self.company_id._qualiopi_audit_settings()
        return todo(stage, self._facts(), day, settings)

    @api.model
    def _with_pieces_together(self, listed):
        """:return: what is to be done, all pieces for the certifier in one line"""
        pieces = [each for each in listed if each.piece]
        names = tuple(self.env._(PIECES[each.piece]) for each in pieces)
        result = []
        for each in listed:
            if not each.piece:
                result.append(each)
            elif each is pieces[0]:
                said = replace(each.statement, values={"piece": names})
                result.append(replace(each, statement=said))
        return result

    @api.model
    def _todo_text(self, todo):
        return self.env["qualiopi.reason"]._say(todo.statement)

    # Going on

    def _possible_stages(self):
        """:return: codes of the stages that may follow"""
        self.ensure_one()
        following = STAGES[self.stage].next
        return [code for code in STAGES if code in following]

    def _may_enter(self, stage, **known):
        """:param known: facts that entering it would record
        :return: what keeps the cycle from this stage, and what to be warned about
        :rtype: tuple[Unmet]
        """
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        settings = self.company_id._qualiopi_audit_settings()
        facts = replace(self._facts(), **known)
        return may_enter(self.stage, stage, facts, today, settings)

    def _enter(self, stage, **vals):
        """Go on to a stage.

        :param vals: recorded with it
        :raise UserError: listing what is missing first
        """
        self.check_access("write")
        words = self.env["qualiopi.reason"]
        for cycle in self:
            if vals:
                cycle.write(vals)
            unmet = cycle._may_enter(stage)
            blocking = [words._say(each.statement) for each in unmet if each.required]
            if blocking:
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot go on to “%(stage)s” yet:\n%(missing)s",
                        name=cycle.name,
                        stage=dict(self._stages())[stage],
                        missing="\n".join(f"- {text}" for text in blocking),
                    )
                )
            for each in unmet:
                cycle.message_post(body=words._say(each.statement))
            cycle._set_stage(stage)

    def _set_stage(self, stage):
        """The one way to another stage: :meth:`write` refuses it."""
        for cycle in self:
            super(QualiopiCertification, cycle).write(
                {"stage": stage, "former_stage": cycle.stage}
            )
        return True

    def _decide(self, stage, day, reason="", **vals):
        """Record a decision of the certifier: refusal, suspension, its end, withdrawal.

        :param stage: that the cycle is in from then on
        :raise UserError: for a day still to come, and for what keeps the cycle out
        """
        self.ensure_one()
        if day > self.env["qualiopi.framework"]._today():
            raise UserError(
                self.env._(
                    "%(day)s is still to come: a decision is recorded once it is made.",
                    day=format_date(self.env, day),
                )
            )
        vals[self._decision_field(stage)] = day
        if stage == "suspended":
            vals.setdefault("suspension_ends_on", False)
        self._enter(stage, outcome_reason=reason or False, **vals)

    def _decision_field(self, stage):
        """:return: name of the field that holds the day of a decision"""
        self.ensure_one()
        if stage in DECISIONS:
            return DECISIONS[stage]
        if self.stage == "suspended" and stage in ISSUED:
            return "reinstated_on"
        return None

    def _end_with_time(self, day):
        """Close the certificates whose last day is past: expired, or lapsed while
        their renewal runs.

        :param day: today
        """
        for cycle in self:
            if cycle.stage not in ISSUED or not (
                cycle.last_day and cycle.last_day < day
            ):
                continue
            for stage in ("expired", "lapsed"):
                if not any(each.required for each in cycle._may_enter(stage)):
                    cycle._enter(stage)
                    break

    # What is guarded

    @api.model_create_multi
    def create(self, vals_list):
        if any(
            vals.get("stage", "self_assessment") != "self_assessment"
            for vals in vals_list
        ):
            self._refuse_stage()
        cycles = super().create(vals_list)
        cycles._list_pieces()
        cycles._claim_attachments()
        return cycles

    def write(self, vals):
        if "stage" in vals:
            self._refuse_stage()
        if vals.keys() - FILING:
            self._check_not_over()
        if "first_day" in vals:
            for cycle in self:
                super(QualiopiCertification, cycle).write(
                    cycle._with_following_days(vals)
                )
            result = True
        else:
            result = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_attachments()
        return result

    def _refuse_stage(self):
        raise UserError(
            self.env._(
                "A cycle goes on by its button “Next Stage”, which says what is "
                "missing."
            )
        )

    def _check_not_over(self):
        """:raise UserError: when one of these cycles is over"""
        over = self.filtered(lambda cycle: cycle.stage in ENDED)
        if over:
            raise UserError(
                self.env._(
                    "“%(name)s” is over: it is part of the company's history and does "
                    "not change any more. If its end was recorded by mistake, reopen "
                    "it.",
                    name=over[0].name,
                )
            )

    def _claim_attachments(self):
        """Tie the files sent with the form to their cycle, so that its readers read
        them.
        """
        for cycle in self:
            # sudo: ir.attachment - a file not yet tied to a record is readable by
            # the person who sent it only
            loose = cycle.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": cycle.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for cycle in self:
            # sudo: qualiopi.audit - history counts whether or not the reader sees it
            begun = cycle.stage != "self_assessment" or cycle.sudo().audit_ids
            if begun or cycle.next_ids:
                raise UserError(
                    self.env._(
                        "“%(name)s” was begun: it is part of the company's history. "
                        "Archive it.",
                        name=cycle.name,
                    )
                )

    def action_reopen(self):
        """Take back an end that was recorded by mistake; the chatter keeps both.

        :raise UserError: when nothing can be taken back
        """
        self.check_access("write")
        recorded = {"withdrawn": "withdrawn_on", "transferred": "transferred_on"}
        for cycle in self:
            if cycle.stage not in ENDED or cycle.former_stage not in STAGES:
                raise UserError(self.env._("“%(name)s” is not over.", name=cycle.name))
            successor = cycle.transferred_as_ids[:1]
            if cycle.stage == "transferred" and successor:
                raise UserError(
                    self.env._(
                        "“%(name)s” was taken over as “%(other)s”: go on there. If "
                        "that was a mistake, archive “%(other)s” first.",
                        name=cycle.name,
                        other=successor.name,
                    )
                )
            field = recorded.get(cycle.stage)
            cycle._set_stage(cycle.former_stage)
            if field:
                cycle[field] = False
