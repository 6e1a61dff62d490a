from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

# In the order of the chart. The words are those of indicator 18 and of the proofs
# that guide V9 names for indicators 18 and 20.
FUNCTIONS = [
    ("management", "Management"),
    ("quality", "Quality"),
    ("teaching", "Teaching Coordination"),
    ("trainer", "Trainers"),
    ("disability", "Disability"),
    ("mobility", "Mobility"),
    ("administration", "Administration"),
    ("logistics", "Logistics"),
    ("technical", "Technical"),
    ("social", "Social Support"),
    ("sales", "Sales"),
    ("council", "Development Council"),
    ("other", "Other"),
]
# Who holds these is said on the company's sheet, and nowhere else.
CONTACT_FIELDS = {
    "quality": "qualiopi_quality_contact_id",
    "disability": "qualiopi_disability_contact_id",
    "mobility": "qualiopi_mobility_contact_id",
}


class QualiopiTeamRole(models.Model):
    """A person has a function in the company, with its missions (indicator 18).

    Typed only where nothing else says it: trainers and teaching referents come from
    their files and from the programmes. For the contacts of the company's sheet a
    role adds missions, deputy and dates, and naming the first one here names the
    contact there. A role ends by its last day and stays as history.
    """

    _name = "qualiopi.team.role"
    _description = "Role in the team"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "function, since desc, id"
    _check_company_auto = True

    function = fields.Selection(
        [row for row in FUNCTIONS if row[0] != "trainer"],
        required=True,
        tracking=True,
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(
        "Title",
        tracking=True,
        help="As people call it: office manager, apprentices' representative...",
    )
    missions = fields.Text(
        tracking=True,
        help="What this person answers for. Auditors compare it with what is done.",
    )
    deputy_id = fields.Many2one(
        "res.partner",
        check_company=True,
        tracking=True,
        help="Whom to ask when this person is away.",
    )
    since = fields.Date(tracking=True, copy=False)
    until = fields.Date(
        tracking=True, copy=False, help="Last day; empty while it goes on."
    )
    active = fields.Boolean(default=True, tracking=True)

    _contact_uniq = models.UniqueIndex(
        "(company_id, function, partner_id) WHERE until IS NULL AND active "
        "AND function IN ('quality', 'disability', 'mobility')",
        "This person already has this role: complete that one.",
    )

    @api.depends_context("lang")
    @api.depends("function", "partner_id.name", "name")
    def _compute_display_name(self):
        labels = dict(self._fields["function"]._description_selection(self.env))
        for role in self:
            title = role.name or labels.get(role.function, "")
            role.display_name = f"{role.partner_id.name or ''} – {title}"

    @api.constrains("since", "until")
    def _check_days(self):
        for role in self:
            if role.since and role.until and role.until < role.since:
                raise ValidationError(
                    self.env._(
                        "The role of %(name)s ends on %(until)s, before it begins on "
                        "%(since)s. Correct one of the two days.",
                        name=role.partner_id.name,
                        until=format_date(self.env, role.until),
                        since=format_date(self.env, role.since),
                    )
                )

    @api.constrains("partner_id", "deputy_id")
    def _check_persons(self):
        for role in self:
            if role.deputy_id and role.deputy_id == role.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot stand in for himself: choose another deputy, "
                        "or leave it empty.",
                        name=role.partner_id.name,
                    )
                )
            for person in role.partner_id | role.deputy_id:
                if not person.active:
                    raise ValidationError(
                        self.env._(
                            "%(name)s is archived: restore this person, or choose "
                            "another one.",
                            name=person.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        roles = super().create(vals_list)
        roles.filtered(lambda role: not role.until)._name_contacts()
        return roles

    def write(self, vals):
        if vals.get("until"):
            self._check_not_contact()
        contacts = self.filtered(lambda role: role._is_contact())
        result = super().write(vals)
        if "partner_id" in vals:
            for role in contacts:
                role.company_id[CONTACT_FIELDS[role.function]] = role.partner_id
        if {"function", "company_id", "until"} & vals.keys():
            self.filtered(lambda role: not role.until)._name_contacts()
        return result

    # The contacts of the company's sheet

    def _is_contact(self):
        """:return: whether this role completes a contact of the company's sheet"""
        self.ensure_one()
        name = CONTACT_FIELDS.get(self.function)
        return bool(
            name and not self.until and self.company_id[name] == self.partner_id
        )

    def _name_contacts(self):
        """Where the company's sheet names no contact yet, name these."""
        for role in self:
            name = CONTACT_FIELDS.get(role.function)
            if name and not role.company_id[name]:
                role.company_id[name] = role.partner_id

    def _check_not_contact(self):
        """:raise ValidationError: when one of these is still the company's contact"""
        for role in self:
            if role._is_contact():
                field = role.company_id._fields[CONTACT_FIELDS[role.function]]
                raise ValidationError(
                    self.env._(
                        "%(name)s is the “%(contact)s” of the company: name the next "
                        "one on the Organisation sheet, and this role ends by itself.",
                        name=role.partner_id.name,
                        contact=field._description_string(self.env),
                    )
                )

    @api.model
    def _end_former_contacts(self, company, function, former):
        """Somebody else is the contact from today: the former one's role is over."""
        last = self.env["qualiopi.framework"]._today() - timedelta(days=1)
        roles = self.search(
            Domain("company_id", "=", company.id)
            & Domain("function", "=", function)
            & Domain("partner_id", "=", former.id)
            & Domain("until", "=", False)
        )
        for role in roles:
            role.until = max(last, role.since or last)
