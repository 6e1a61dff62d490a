from odoo import api, fields, models
from odoo.exceptions import UserError

from .qualiopi_entry_proposal import KINDS


class EventRegistration(models.Model):
    """What the entry assessment proposes for a learner, and what the trainer decides.

    Proposed, as it was worded on that day -> confirmed, which writes the group or a
    follow-up, or dismissed with a reason. A later answer proposes anew.
    """

    _inherit = "event.registration"

    qualiopi_entry_scored = fields.Boolean(
        "Entry Assessment Scored", readonly=True, copy=False
    )
    qualiopi_entry_score = fields.Float(
        "Entry Score (%)", readonly=True, copy=False, aggregator=None
    )
    qualiopi_group = fields.Char(
        "Group",
        tracking=True,
        copy=False,
        help="Level or group that the learner is in.",
    )
    qualiopi_proposal = fields.Text("Proposed", readonly=True, copy=False)
    qualiopi_proposal_kind = fields.Selection(
        KINDS, "Kind of Proposal", readonly=True, copy=False
    )
    qualiopi_proposal_group = fields.Char("Proposed Group", readonly=True, copy=False)
    qualiopi_proposal_state = fields.Selection(
        [
            ("open", "To be decided"),
            ("confirmed", "Confirmed"),
            ("dismissed", "Dismissed"),
        ],
        "Entry Proposal",
        readonly=True,
        copy=False,
        tracking=True,
    )
    qualiopi_proposal_reason = fields.Text(
        "Why Not",
        copy=False,
        tracking=True,
        help="Why what the entry assessment proposes does not suit this learner.",
    )

    def _qualiopi_take_entry_score(self, score):
        """Keep the score of an entry assessment and what it proposes.

        :param score: in per cent, ``None`` when nothing was answered that scores
        """
        self.ensure_one()
        if score is None:
            return
        self.write({"qualiopi_entry_scored": True, "qualiopi_entry_score": score})
        self._qualiopi_propose()

    def _qualiopi_propose(self):
        """Say what the scores propose; what was decided on the same words stays."""
        scored = self.filtered("qualiopi_entry_scored")
        for program, files in scored.grouped("qualiopi_program_id").items():
            table = self.env["qualiopi.entry.proposal"]._for_program(program)
            for score, equals in files.grouped("qualiopi_entry_score").items():
                equals._qualiopi_take_proposal(table._for_score(score))

    def _qualiopi_take_proposal(self, proposal):
        """:param proposal: what is proposed for these files, empty for nothing"""
        vals = {
            "qualiopi_proposal": proposal.proposal,
            "qualiopi_proposal_kind": proposal.kind,
            "qualiopi_proposal_group": proposal.group_name,
        }
        changed = self.filtered(
            lambda row: any(row[name] != value for name, value in vals.items())
        )
        if changed:
            changed.write(
                {
                    **vals,
                    "qualiopi_proposal_state": "open" if proposal else False,
                    "qualiopi_proposal_reason": False,
                }
            )

    def _qualiopi_check_proposal(self):
        self.check_access("write")
        for registration in self:
            if registration.qualiopi_proposal_state != "open":
                raise UserError(
                    self.env._(
                        "%(learner)s: there is no proposal to decide on.",
                        learner=registration.display_name,
                    )
                )

    def action_qualiopi_confirm_proposal(self):
        """Do what is proposed: write the group, or the adaptation as a follow-up.

        :raise UserError: when nothing waits for a decision
        """
        self._qualiopi_check_proposal()
        for registration in self:
            if registration.qualiopi_proposal_kind == "group":
                registration.qualiopi_group = registration.qualiopi_proposal_group
            else:
                registration.qualiopi_follow_up_ids.create(
                    {
                        "registration_id": registration.id,
                        "kind": registration.qualiopi_proposal_kind,
                        "note": registration._qualiopi_proposal_note(),
                    }
                )
        self.qualiopi_proposal_state = "confirmed"

    def _qualiopi_proposal_note(self):
        return self.env._(
            "%(proposal)s (entry assessment: %(score)s %%)",
            proposal=self.qualiopi_proposal,
            score=f"{self.qualiopi_entry_score:g}",
        )

    def action_qualiopi_dismiss_proposal(self):
        """Leave the proposal aside, with a reason.

        :raise UserError: without reason, or when nothing waits for a decision
        """
        self._qualiopi_check_proposal()
        for registration in self:
            if not (registration.qualiopi_proposal_reason or "").strip():
                raise UserError(
                    self.env._(
                        "Write under “Why Not” why the proposal does not suit "
                        "%(learner)s, then dismiss it.",
                        learner=registration.display_name,
                    )
                )
        self.qualiopi_proposal_state = "dismissed"

    @api.model
    def _qualiopi_undecided_domain(self, companies):
        """:return: domain of the files that the table of proposals may still change"""
        return [
            ("company_id", "in", companies.ids),
            ("qualiopi_entry_scored", "=", True),
            ("qualiopi_proposal_state", "in", (False, "open")),
            ("state", "!=", "cancel"),
            ("event_id.date_end", ">=", fields.Datetime.now()),
        ]
