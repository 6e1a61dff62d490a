from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiTeamParticipant(models.Model):
    """Somebody invited to a meeting, in what capacity, and whether he was there.

    Guide V9 wants name and capacity of the members of the development council
    (indicator 20). Changes with its meeting, and no longer once that was held.
    """

    _name = "qualiopi.team.participant"
    _description = "Participant in a team meeting"
    _order = "meeting_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    meeting_id = fields.Many2one(
        "qualiopi.team.meeting",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    email = fields.Char(related="partner_id.email")
    capacity = fields.Selection(
        [
            ("management", "Management"),
            ("staff", "Staff"),
            ("trainer", "Trainer"),
            ("apprentice", "Apprentice or learner"),
            ("company", "Company"),
            ("other", "Other"),
        ],
        required=True,
        compute="_compute_capacity",
        store=True,
        readonly=False,
        precompute=True,
        help="For whom this person speaks.",
    )
    status = fields.Selection(
        [
            ("invited", "Invited"),
            ("present", "Present"),
            ("excused", "Excused"),
            ("absent", "Absent"),
        ],
        required=True,
        default="invited",
        copy=False,
    )

    _once = models.Constraint(
        "UNIQUE(meeting_id, partner_id)", "This person is already invited."
    )

    @api.depends("partner_id", "meeting_id.company_id")
    def _compute_capacity(self):
        # sudo: qualiopi.trainer - only whether the person has a file
        trainers = (
            self.env["qualiopi.trainer"]
            .sudo()
            .search([("partner_id", "in", self.partner_id.ids)])
        )
        files = {(file.partner_id, file.company_id) for file in trainers}
        for row in self:
            if row.capacity and row.capacity not in ("trainer", "staff"):
                continue
            known = (row.partner_id, row.meeting_id.company_id) in files
            row.capacity = "trainer" if known else "staff"

    @api.constrains("partner_id")
    def _check_archived(self):
        for row in self:
            if not row.partner_id.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s is archived: restore this person, or invite another "
                        "one.",
                        name=row.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.meeting_id._check_open()
        rows.meeting_id._push_people()
        return rows

    def write(self, vals):
        self.meeting_id._check_open()
        result = super().write(vals)
        if {"meeting_id", "partner_id"} & vals.keys():
            self.meeting_id._check_open()
            self.meeting_id._push_people()
        return result

    def unlink(self):
        meetings = self.meeting_id
        meetings._check_open()
        result = super().unlink()
        meetings.exists()._push_people()
        return result
