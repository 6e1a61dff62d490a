from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class QualiopiEvidenceGiving(models.TransientModel):
    """To whom a version of a document is given: learners of sessions, other people.

    Whoever has this version already is left out.
    """

    _name = "qualiopi.evidence.giving"
    _description = "Giving of a document"
    _check_company_auto = True

    evidence_id = fields.Many2one(
        "qualiopi.evidence", "Document", required=True, readonly=True
    )
    company_id = fields.Many2one(related="evidence_id.company_id")
    event_ids = fields.Many2many(
        "event.event",
        string="Learners of Sessions",
        check_company=True,
        domain="[('company_id', '=', company_id), "
        "('qualiopi_program_id', '!=', False)]",
    )
    registration_ids = fields.Many2many(
        "event.registration",
        string="Learners",
        check_company=True,
        domain="[('company_id', '=', company_id), "
        "('qualiopi_program_id', '!=', False), ('state', 'in', ('open', 'done'))]",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Other People",
        check_company=True,
        help="Trainers, staff, clients.",
    )
    given_on = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    new_count = fields.Integer("To Be Given To", compute="_compute_counts")
    already_count = fields.Integer("Have It Already", compute="_compute_counts")

    def _learners(self):
        """:return: the enrolled learners who are chosen, one by one or by session"""
        self.ensure_one()
        enrolled = self.event_ids.registration_ids.filtered(
            lambda row: row.state in ("open", "done")
        )
        return (self.registration_ids | enrolled)._origin

    def _split(self):
        """:return: learners and people left to give it to, and how many have it"""
        learners, people = self._learners(), self.partner_ids._origin
        # sudo: qualiopi.learner.document - only who has this very version
        given = (
            self.env["qualiopi.learner.document"]
            .sudo()
            .search([("evidence_id", "=", self.evidence_id.id)])
        )
        known_learners = learners & given.registration_id
        known_people = people & given.partner_id
        return (
            learners - known_learners,
            people - known_people,
            len(known_learners) + len(known_people),
        )

    @api.depends("event_ids", "registration_ids", "partner_ids", "evidence_id")
    def _compute_counts(self):
        for wizard in self:
            learners, people, known = wizard._split()
            wizard.new_count = len(learners) + len(people)
            wizard.already_count = known

    def action_confirm(self):
        """Write down that they were given this version.

        :raise UserError: when there is nobody to give it to
        """
        self.ensure_one()
        learners, people, known = self._split()
        if not learners and not people:
            raise UserError(
                self.env._(
                    "There is nobody to give it to: all those chosen (%(count)s) have "
                    "this version already.",
                    count=known,
                )
                if known
                else self.env._("Choose sessions, learners or people first.")
            )
        shared = {"evidence_id": self.evidence_id.id, "given_on": self.given_on}
        self.env["qualiopi.learner.document"].create(
            [{**shared, "registration_id": row.id} for row in learners]
            + [{**shared, "partner_id": row.id} for row in people]
        )
        return self.evidence_id.action_open_given()

    @api.onchange("event_ids")
    def _onchange_event_ids(self):
        """Say at once when a session has nobody enrolled."""
        for event in self.event_ids:
            if not event.registration_ids.filtered(
                lambda row: row.state in ("open", "done")
            ):
                self.event_ids = [Command.unlink(event._origin.id)]
                return {
                    "warning": {
                        "title": self.env._("Nobody to give it to"),
                        "message": self.env._(
                            "%(session)s: no learner is enrolled yet.",
                            session=event.name,
                        ),
                        "type": "notification",
                    }
                }
        return None
