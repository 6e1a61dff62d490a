from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .qualiopi_team_role import CONTACT_FIELDS, FUNCTIONS

# Functions of which the chart says so when nobody holds them: those that indicator
# 18 lists, the contacts of indicators 20 and 26, and for apprenticeship what
# indicator 20 wants. The flag: asked of apprenticeship only.
ASKED = {
    "quality": False,
    "teaching": False,
    "disability": False,
    "mobility": True,
    "administration": False,
    "logistics": False,
    "sales": False,
    "council": True,
}
# Programmes of a trainer beyond which the chart gives their number, not their names.
FEW = 2
SOURCES = [
    ("contact", "Organisation sheet"),
    ("program", "Programmes"),
    ("trainer", "Trainer's file"),
    ("role", "Role"),
    ("gap", "Nobody"),
]


class QualiopiTeamPerson(models.Model):
    """Who does what: the functional organisation chart, read where each fact stands.

    One row for each contact of the company, teaching referent, active trainer and
    role typed, and one for each function asked that nobody holds. Nothing in it
    depends on today: rows have the days from and until which they hold.
    """

    _name = "qualiopi.team.person"
    _description = "Person of the team"
    _auto = False
    _order = "company_id, rank, source_rank, since, id"
    _rec_name = "partner_id"

    function = fields.Selection(
        FUNCTIONS, readonly=True, group_expand="_expand_functions"
    )
    partner_id = fields.Many2one("res.partner", "Person", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Selection(SOURCES, "Entered In", readonly=True)
    since = fields.Date(readonly=True)
    until = fields.Date(readonly=True)
    role_id = fields.Many2one("qualiopi.team.role", readonly=True)
    trainer_id = fields.Many2one("qualiopi.trainer", readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None)
    source_rank = fields.Integer(readonly=True, aggregator=None)
    title = fields.Char(related="role_id.name")
    missions = fields.Text(related="role_id.missions")
    deputy_id = fields.Many2one(related="role_id.deputy_id")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    person_active = fields.Boolean("Person Not Archived", related="partner_id.active")
    detail = fields.Text("What For", compute="_compute_detail")
    incomplete = fields.Boolean(
        "Missions to Be Written",
        compute="_compute_incomplete",
        search="_search_incomplete",
        help="A contact or a role without missions.",
    )

    _depends = {
        "res.company": list(CONTACT_FIELDS.values()),
        "qualiopi.company.category": ["company_id", "category_id", "active"],
        "qualiopi.program": ["company_id", "referent_id", "state", "active"],
        "qualiopi.trainer": ["company_id", "partner_id", "state", "active"],
        "qualiopi.team.role": [
            "company_id",
            "function",
            "partner_id",
            "since",
            "until",
            "active",
        ],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(contacts)s, %(roles)s, %(persons)s, %(gaps)s
            SELECT everybody.*, array_position(%(functions)s, function) AS rank,
                array_position(%(sources)s, source) AS source_rank
            FROM (SELECT * FROM person UNION ALL SELECT * FROM gap) everybody
            """,
            contacts=self._contacts_query(),
            roles=self._roles_query(),
            persons=self._persons_query(),
            gaps=self._gaps_query(),
            functions=[code for code, _label in FUNCTIONS],
            sources=[code for code, _label in SOURCES],
        )

    @api.model
    def _persons_query(self):
        # the identity of a row: eight times that of what it stands for, plus its kind
        return SQL(
            """
            person AS (
                SELECT 8 * (4 * contact.company_id + contact.number) AS id,
                    contact.function, contact.company_id, contact.partner_id,
                    'contact' AS source, role.since, NULL::date AS until,
                    role.id AS role_id, NULL::int AS trainer_id
                FROM contact
                LEFT JOIN role ON role.completes
                    AND role.company_id = contact.company_id
                    AND role.function = contact.function
                    AND role.partner_id = contact.partner_id
                WHERE contact.partner_id IS NOT NULL
                UNION ALL
                SELECT 8 * min(program.id) + 1, 'teaching', program.company_id,
                    program.referent_id, 'program', NULL, NULL, NULL, NULL
                FROM qualiopi_program program
                WHERE program.active AND program.state != 'retired'
                    AND program.referent_id IS NOT NULL
                GROUP BY program.company_id, program.referent_id
                UNION ALL
                SELECT 8 * trainer.id + 2, 'trainer', trainer.company_id,
                    trainer.partner_id, 'trainer', NULL, NULL, NULL, trainer.id
                FROM qualiopi_trainer trainer
                WHERE trainer.active AND trainer.state = 'active'
                UNION ALL
                SELECT 8 * role.id + 3, role.function, role.company_id,
                    role.partner_id, 'role', role.since, role.until, role.id, NULL
                FROM role
                WHERE NOT role.completes
            )
            """
        )

    @api.model
    def _contacts_query(self):
        rows = [
            SQL("(%s, %s, company.%s)", function, number, SQL.identifier(field))
            for number, (function, field) in enumerate(CONTACT_FIELDS.items())
        ]
        return SQL(
            """
            contact AS (
                SELECT company.id AS company_id, named.*
                FROM res_company company
                CROSS JOIN LATERAL (VALUES %s) AS named(function, number, partner_id)
            )
            """,
            SQL(", ").join(rows),
        )

    @api.model
    def _roles_query(self):
        """Roles, with whether each only completes a contact of the company's sheet."""
        return SQL(
            """
            role AS (
                SELECT own.id, own.function, own.company_id, own.partner_id,
                    own.since, own.until,
                    own.until IS NULL AND contact.company_id IS NOT NULL AS completes
                FROM qualiopi_team_role own
                LEFT JOIN contact ON contact.company_id = own.company_id
                    AND contact.function = own.function
                    AND contact.partner_id = own.partner_id
                WHERE own.active
            )
            """
        )

    @api.model
    def _gaps_query(self):
        """Functions asked that nobody holds without end, from the day after the last.

        Asked of companies that have declared a category of actions.
        """
        rows = [
            SQL("(%s, %s, %s)", function, number, cfa)
            for number, (function, cfa) in enumerate(ASKED.items())
        ]
        return SQL(
            """
            gap AS (
                SELECT 8 * (16 * company.id + asked.number) + 4 AS id,
                    asked.function, company.id AS company_id,
                    NULL::int AS partner_id, 'gap' AS source,
                    max(person.until) + 1 AS since, NULL::date AS until,
                    NULL::int AS role_id, NULL::int AS trainer_id
                FROM (
                    SELECT delivered.company_id AS id,
                        bool_or(category.code = 'CFA') AS cfa
                    FROM qualiopi_company_category delivered
                    JOIN qualiopi_category category
                        ON category.id = delivered.category_id
                    WHERE delivered.active
                    GROUP BY delivered.company_id
                ) company
                JOIN (VALUES %s) AS asked(function, number, cfa_only)
                    ON company.cfa OR NOT asked.cfa_only
                LEFT JOIN person ON person.company_id = company.id
                    AND person.function = asked.function
                GROUP BY company.id, asked.function, asked.number
                HAVING NOT COALESCE(
                    bool_or(person.until IS NULL AND person.id IS NOT NULL), false
                )
            )
            """,
            SQL(", ").join(rows),
        )

    @api.model
    def _expand_functions(self, functions, domain):
        """:return: the functions that are there, in the order of the chart"""
        return [code for code, _label in FUNCTIONS if code in functions]

    @api.depends_context("lang")
    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.partner_id.name or self.env._("Nobody")

    @api.depends_context("lang")
    @api.depends("source", "missions", "title", "trainer_id.program_ids.name")
    def _compute_detail(self):
        programs = self._referents_programs()
        for row in self:
            if row.source == "program":
                names = programs.get((row.company_id, row.partner_id), "")
                parts = [self.env._("Teaching referent: %(names)s", names=names)]
            elif row.source == "trainer":
                parts = row._trainer_detail()
            elif row.source == "gap":
                parts = [row._gap_detail()]
            else:
                parts = [row.title, row.missions]
            row.detail = "\n".join(part for part in parts if part)

    def _referents_programs(self):
        """:return: (company, teaching referent) -> names of the programmes"""
        rows = self.env["qualiopi.program"].search(
            Domain("referent_id", "in", self.partner_id.ids)
            & Domain("state", "!=", "retired")
        )
        return {
            key: ", ".join(programs.mapped("name"))
            for key, programs in rows.grouped(
                lambda program: (program.company_id, program.referent_id)
            ).items()
        }

    def _trainer_detail(self):
        trainer = self.trainer_id
        labels = dict(trainer._fields["kind"]._description_selection(self.env))
        programs = trainer.program_ids.filtered(lambda row: row.state != "retired")
        names = ", ".join(programs.mapped("name"))
        if len(programs) > FEW:
            names = self.env._("%(count)s programmes", count=len(programs))
        return [labels.get(trainer.kind), names]

    def _gap_detail(self):
        """:return: what to do about a function that nobody holds"""
        if self.function in CONTACT_FIELDS:
            return self.env._("Name a contact on the Organisation sheet.")
        if self.function == "council":
            return self.env._(
                "Enter its members: apprentices, trainers and companies take part "
                "(indicator 20)."
            )
        if self.function == "teaching":
            return self.env._(
                "Name the teaching referent of each programme, or enter a role."
            )
        return self.env._(
            "Enter who sees to it; one person may hold several functions."
        )

    @api.depends("source", "missions")
    def _compute_incomplete(self):
        for row in self:
            row.incomplete = row.source in ("contact", "role") and not row.missions

    def _search_incomplete(self, operator, value):
        if operator != "in":
            return NotImplemented
        written = (
            self.env["qualiopi.team.role"]
            .with_context(active_test=False)
            ._search([("missions", "not in", (False, ""))])
        )
        lacking = Domain("source", "in", ("contact", "role")) & (
            Domain("role_id", "=", False) | Domain("role_id", "not in", written)
        )
        return lacking if True in value else ~lacking

    # Day and company

    @api.model
    def _on(self, day, company):
        """:return: the chart of a company on ``day``, in its order"""
        return self.search(
            Domain("company_id", "=", company.id)
            & (Domain("since", "=", False) | Domain("since", "<=", day))
            & (Domain("until", "=", False) | Domain("until", ">=", day))
        )

    # Actions

    def action_open_source(self):
        """Open what this row is read from, where it is changed."""
        self.ensure_one()
        if self.source == "trainer":
            return self.trainer_id._open()
        if self.source == "program":
            return self._open_programs()
        if self.function in CONTACT_FIELDS and not self.role_id:
            return self._open_company()
        return self._open_role()

    def action_complete(self):
        """Open the role that says missions, deputy and dates: a new one if needed."""
        self.ensure_one()
        return self._open_role()

    def action_appoint(self):
        """Give somebody a role."""
        return self.browse()._open_role()

    def action_print_chart(self):
        """Print the organisation chart of the company one works in, as of today."""
        self.check_access("read")
        today = self.env["qualiopi.framework"]._today()
        persons = self._on(today, self.env.company)
        if not persons:
            raise UserError(
                self.env._(
                    "There is nobody to print: name the contacts of the company on "
                    "the Organisation sheet, or enter roles."
                )
            )
        report = self.env.ref("qualiopi_compliance.team_chart_report")
        return report.report_action(persons[:1], config=False)

    def _open_role(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_team_role_action"
        )
        context = {}
        if self and not self.role_id:
            context = {
                "default_function": self.function,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            }
        return action | {
            "res_id": self.role_id.id,
            "views": [(False, "form")],
            "context": context,
        }

    def _open_programs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_program_action"
        )
        return action | {
            "domain": [
                ("referent_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "retired"),
            ],
            "context": {},
        }

    def _open_company(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.res_company_qualiopi_action"
        )
        return action | {"res_id": self.company_id.id}
