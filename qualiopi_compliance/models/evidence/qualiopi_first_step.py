from odoo import api, fields, models
from odoo.tools import SQL

from .collector import TRUE

STEPS = [
    ("categories", "Declare your action categories"),
    ("organisation", "Complete your organisation"),
    ("programs", "Enter your programmes"),
    ("validated", "Validate a programme"),
    ("sessions", "Plan sessions with learners"),
    ("trainers", "Add your trainers"),
    ("surveys", "Switch surveys on"),
    ("documents", "Add your documents"),
]


class QualiopiFirstStep(models.Model):
    """What a company fills in first, and whether that is done.

    Never stored: worked out from the company's own records each time, so that an Odoo
    already in use starts half-way. Shown on the summary until all is done.
    """

    _name = "qualiopi.first.step"
    _description = "First step of a company"
    _auto = False
    _order = "company_id, id"

    step = fields.Selection(STEPS, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    checklist_id = fields.Many2one("qualiopi.checklist", readonly=True)
    done = fields.Boolean(readonly=True)
    number = fields.Integer(
        readonly=True, help="How many records wait for this step, where that is known."
    )
    hint = fields.Char(compute="_compute_hint")

    _depends = {
        "res.company": [
            "qualiopi_nda",
            "qualiopi_quality_contact_id",
            "qualiopi_disability_contact_id",
            "qualiopi_mobility_contact_id",
        ],
        "qualiopi.company.category": ["company_id", "category_id"],
        "qualiopi.checklist": ["company_id", "kind"],
        "qualiopi.program": ["company_id", "active", "state"],
        "event.event": ["company_id", "active", "qualiopi_program_id"],
        "event.registration": ["event_id", "active", "state"],
        "qualiopi.trainer": ["company_id", "active"],
        "qualiopi.survey.plan": ["company_id", "active"],
        "qualiopi.evidence": ["company_id", "active", "state"],
    }

    @property
    def _table_query(self):
        rows = self._rows()
        return SQL(
            """
            SELECT company.id * 16 + fact.rank AS id, fact.step, fact.done,
                fact.number, company.id AS company_id, checklist.id AS checklist_id
            FROM res_company company
            JOIN qualiopi_checklist checklist
                ON checklist.company_id = company.id AND checklist.kind = 'living'
            CROSS JOIN LATERAL (VALUES %s) AS fact(rank, step, done, number)
            WHERE company.id = ANY(%s)
            """,
            SQL(", ").join(
                SQL("(%s, %s, %s, %s)", rank, step, *rows[step])
                for rank, (step, _label) in enumerate(STEPS)
            ),
            self.env.companies.ids,
        )

    @api.model
    def _rows(self):
        """:return: step -> conditions on ``company``: whether it is done, and how many
        records wait for it
        """
        none, active = SQL("0"), SQL("each.active")
        return {
            "categories": (_any("qualiopi_company_category"), none),
            "organisation": (self._organisation(), none),
            "programs": (_any("qualiopi_program", active), self._loose_events()),
            "validated": (
                _any(
                    "qualiopi_program",
                    SQL("each.active AND each.state = 'validated'"),
                ),
                none,
            ),
            "sessions": (self._sessions(), none),
            "trainers": (_any("qualiopi_trainer", active), none),
            "surveys": (_any("qualiopi_survey_plan", active), none),
            "documents": (
                _any(
                    "qualiopi_evidence",
                    SQL("each.active AND each.state = 'validated'"),
                ),
                none,
            ),
        }

    @api.model
    def _organisation(self):
        # staff for mobility is asked of apprentice training centres (indicator 20)
        return SQL(
            """
            COALESCE(company.qualiopi_nda, '') != ''
                AND company.qualiopi_quality_contact_id IS NOT NULL
                AND company.qualiopi_disability_contact_id IS NOT NULL
                AND (company.qualiopi_mobility_contact_id IS NOT NULL OR NOT EXISTS (
                    SELECT FROM qualiopi_company_category each
                    JOIN qualiopi_category category ON category.id = each.category_id
                    WHERE each.company_id = company.id AND category.code = 'CFA'
                ))
            """
        )

    @api.model
    def _loose_events(self):
        return SQL(
            """
            (
                SELECT count(*)::integer FROM event_event each
                WHERE each.company_id = company.id AND each.active
                    AND each.qualiopi_program_id IS NULL
                    AND each.kanban_state IS DISTINCT FROM 'cancel'
            )
            """
        )

    @api.model
    def _sessions(self):
        return SQL(
            """
            EXISTS (
                SELECT FROM event_event each
                JOIN event_registration learner ON learner.event_id = each.id
                    AND learner.active AND learner.state IN ('open', 'done')
                WHERE each.company_id = company.id
                    AND each.qualiopi_program_id IS NOT NULL
            )
            """
        )

    @api.depends("step")
    def _compute_display_name(self):
        labels = dict(self._fields["step"]._description_selection(self.env))
        for row in self:
            row.display_name = labels.get(row.step, "")

    @api.depends_context("lang")
    @api.depends("step", "number")
    def _compute_hint(self):
        _ = self.env._
        hints = {
            "categories": _("They decide which indicators apply to you."),
            "organisation": _(
                "Declaration number, quality contact and disability contact; for "
                "apprentices the mobility contact too."
            ),
            "programs": _("What you offer: everything else hangs on it."),
            "validated": _(
                "A validated sheet is what sessions, pages and documents show."
            ),
            "sessions": _("Choose the programme on your events; learners enrol there."),
            "trainers": _("From your employees and contacts, with CV and skills."),
            "surveys": _("Choose what is sent by itself, and when."),
            "documents": _(
                "Procedures, house rules, partners: what records alone do not show."
            ),
        }
        for row in self:
            row.hint = hints.get(row.step, "")
            if row.step == "programs" and row.number:
                row.hint = _(
                    "Events without a programme: %(number)s. Make your programmes from "
                    "them, in one go.",
                    number=row.number,
                )

    def action_open(self):
        """Open where this step is done."""
        self.ensure_one()
        self.check_access("read")
        if self.step in ("categories", "organisation"):
            company = self.env["res.company"].with_company(self.company_id)
            return company.action_qualiopi_organisation()
        if self.step == "programs" and self.number:
            return self.env["qualiopi.program.adoption"]._action_open()
        return self._open(
            {
                "programs": "qualiopi_program_action",
                "validated": "qualiopi_program_action",
                "sessions": "event_event_qualiopi_action",
                "trainers": "qualiopi_trainer_action",
                "surveys": "qualiopi_survey_plan_action",
                "documents": "qualiopi_evidence_action",
            }[self.step]
        )

    def _open(self, name):
        return self.env["ir.actions.actions"]._for_xml_id(f"qualiopi_compliance.{name}")


def _any(table, condition=TRUE):
    """:param condition: on ``each``
    :return: condition on ``company``: it has such a record
    """
    return SQL(
        "EXISTS (SELECT FROM %s each WHERE each.company_id = company.id AND %s)",
        SQL.identifier(table),
        condition,
    )
