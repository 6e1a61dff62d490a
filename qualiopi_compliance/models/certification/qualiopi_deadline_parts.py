from odoo import api, models
from odoo.tools import SQL

from .qualiopi_certification import ISSUED

# A later cycle that is not archived: what was asked of this one goes on there.
FOLLOWING = """EXISTS (SELECT FROM qualiopi_certification following
    WHERE following.previous_id = record.id AND following.active AND %s)"""
CHOSEN = FOLLOWING % "following.certifier_id IS NOT NULL"
CONTRACTED = FOLLOWING % "following.contract_signed_on IS NOT NULL"
OBTAINED = FOLLOWING % "following.first_day IS NOT NULL"
RENEWED = (
    FOLLOWING
    % """EXISTS (SELECT FROM qualiopi_audit audit
    WHERE audit.certification_id = following.id
    AND audit.kind IN ('initial', 'renewal') AND audit.state = 'closed')"""
)
WATCHED = """EXISTS (SELECT FROM qualiopi_audit audit
    WHERE audit.certification_id = record.id
    AND audit.kind = 'surveillance' AND audit.state = 'closed')"""
SETTLED_NC = "record.state IN ('lifted', 'requalified')"
TRAINERS = "record.state IN ('active', 'suspended')"
CV_MONTHS = """SELECT NULLIF(company.qualiopi_cv_months, 0) FROM res_company company
    WHERE company.id = record.company_id"""
# Arguments of ``_part``, and which records: number, kind, model, day, settled, where.
RECORD_PARTS = (
    (
        6,
        "audit",
        "qualiopi.audit",
        "record.date_begin",
        "record.state != 'planned'",
        "record.state != 'cancelled'",
    ),
    (
        7,
        "plan_due_on",
        "qualiopi.nonconformity",
        "record.plan_due_on",
        f"{SETTLED_NC} OR record.plan_sent_on IS NOT NULL",
        "TRUE",
    ),
    (
        8,
        "apply_by",
        "qualiopi.nonconformity",
        "record.apply_by",
        f"{SETTLED_NC} OR record.done_on IS NOT NULL",
        "TRUE",
    ),
    (
        9,
        "check_by",
        "qualiopi.nonconformity",
        "record.check_by",
        SETTLED_NC,
        "record.gravity = 'major'",
    ),
    (
        10,
        "action",
        "qualiopi.action",
        "record.deadline",
        "record.state NOT IN ('todo', 'doing')",
        "record.state != 'cancelled'",
    ),
    (
        13,
        "effect",
        "qualiopi.action",
        "record.effect_on",
        "record.state IN ('effective', 'not_effective')",
        "record.state IN ('done', 'effective', 'not_effective')",
    ),
    (
        12,
        "meeting",
        "qualiopi.team.meeting",
        "record.start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'",
        "record.state != 'planned'",
        "record.state != 'cancelled'",
    ),
    (
        14,
        "change",
        "qualiopi.declaration",
        "record.due_on",
        "record.declared_on IS NOT NULL",
        "TRUE",
    ),
    (
        15,
        "subcontractor",
        "qualiopi.subcontractor",
        "record.expires_on",
        "FALSE",
        "TRUE",
    ),
    (
        16,
        "program",
        "qualiopi.program",
        "record.review_on",
        "FALSE",
        "record.state = 'validated'",
    ),
    (
        17,
        "cv",
        "qualiopi.trainer",
        f"record.cv_on + make_interval(months => ({CV_MONTHS}))",
        "FALSE",
        TRAINERS,
    ),
)
# Nobody is named on it.
EVIDENCE = (
    11,
    "evidence",
    "qualiopi.evidence",
    "record.valid_until",
    "record.superseded_on IS NOT NULL",
    "record.state = 'validated'",
)
# Without a first row the union has no types.
NOTHING = """SELECT NULL::bigint AS id, NULL::varchar AS kind, NULL::date AS day,
    NULL::int AS company_id, NULL::varchar AS res_model, NULL::int AS res_id,
    NULL::int AS user_id, TRUE AS settled WHERE FALSE"""


class QualiopiDeadline(models.Model):
    """Where the days of the calendar come from."""

    _inherit = "qualiopi.deadline"
    _depends = {
        "qualiopi.certification": [
            "active",
            "company_id",
            "stage",
            "user_id",
            "previous_id",
            "certifier_id",
            "contract_signed_on",
            "next_certifier_on",
            "first_day",
            "last_day",
            "surveillance_held_on",
            "surveillance_from",
            "surveillance_until",
            "call_by",
            "contract_by",
            "renewal_by",
        ],
        "qualiopi.audit": [
            "active",
            "certification_id",
            "company_id",
            "kind",
            "state",
            "user_id",
            "date_begin",
        ],
        "qualiopi.nonconformity": [
            "active",
            "company_id",
            "state",
            "gravity",
            "user_id",
            "plan_due_on",
            "plan_sent_on",
            "apply_by",
            "check_by",
            "done_on",
        ],
        "qualiopi.action": [
            "active",
            "company_id",
            "state",
            "user_id",
            "deadline",
            "effect_on",
        ],
        "qualiopi.evidence": [
            "active",
            "company_id",
            "state",
            "valid_until",
            "superseded_on",
        ],
        "qualiopi.team.meeting": ["active", "company_id", "state", "user_id", "start"],
        "qualiopi.declaration": [
            "active",
            "company_id",
            "user_id",
            "due_on",
            "declared_on",
        ],
        "qualiopi.subcontractor": ["active", "company_id", "user_id", "expires_on"],
        "qualiopi.program": ["active", "company_id", "state", "user_id", "review_on"],
        "qualiopi.trainer": ["active", "company_id", "state", "user_id", "cv_on"],
        "res.company": ["qualiopi_cv_months"],
        "hr.employee.skill": ["employee_id", "skill_id", "valid_to"],
        "qualiopi.trainer.skill": ["trainer_id", "skill_id", "valid_to"],
    }

    @api.model
    def _part(self, number, kind, model, day, settled, user="user_id", where="TRUE"):
        """One kind of deadline.

        :param number: tells its rows from those of the other parts, 0 to 63
        :param kind: key of the kinds
        :param day: expression on the model's table, called ``record``
        :param settled: condition on it: nothing is left to do
        :param user: column of whoever does it, none where nobody is named
        """
        return SQL(
            """
            SELECT record.id::bigint * 64 + %(number)s AS id, %(kind)s AS kind,
                (%(day)s)::date AS day, record.company_id, %(model)s AS res_model,
                record.id AS res_id, %(user)s AS user_id, (%(settled)s) AS settled
            FROM %(table)s record WHERE record.active AND (%(where)s)
            """,
            number=number,
            kind=kind,
            day=SQL(day),
            model=model,
            user=SQL("record.%s", SQL.identifier(user)) if user else SQL("NULL::int"),
            settled=SQL(settled),
            table=SQL.identifier(self.env[model]._table),
            where=SQL(where),
        )

    @api.model
    def _parts(self, today):
        """:param today: what the days of the companies depend on
        :return: queries, see :meth:`_part`
        """
        return [
            SQL(NOTHING),
            *self._certificate_parts(today),
            *(self._part(*row, where=where) for *row, where in RECORD_PARTS),
            self._part(*EVIDENCE[:-1], user=None, where=EVIDENCE[-1]),
            self._skill_part(TRAINERS),
            *self._company_parts(today),
        ]

    @api.model
    def _certificate_parts(self, today):
        # what is over is settled; what was transferred goes on elsewhere
        gone = f"record.stage NOT IN {ISSUED!r}"
        signed = f"{gone} OR record.next_certifier_on IS NOT NULL OR {CONTRACTED}"
        watched = f"{gone} OR record.surveillance_held_on IS NOT NULL OR {WATCHED}"
        rows = [
            # a window that has opened is not late
            ("surveillance_from", f"{watched} OR record.surveillance_from < '{today}'"),
            ("surveillance_until", watched),
            ("call_by", f"{signed} OR {CHOSEN}"),
            ("contract_by", signed),
            ("renewal_by", f"{gone} OR {RENEWED}"),
            ("last_day", f"{gone} OR {OBTAINED}"),
        ]
        return [
            self._part(
                number,
                name,
                "qualiopi.certification",
                f"record.{name}",
                settled,
                where="record.stage != 'transferred'",
            )
            for number, (name, settled) in enumerate(rows)
        ]

    @api.model
    def _skill_part(self, trainers):
        """:return: skills and certifications that end, where no later one follows"""
        held = self.env["qualiopi.trainer.qualification"]._table_query
        return SQL(
            """
            SELECT held.id::bigint * 64 + 18 AS id, 'skill' AS kind,
                held.valid_to AS day, record.company_id,
                'qualiopi.trainer' AS res_model, record.id AS res_id, record.user_id,
                EXISTS (SELECT FROM (%(held)s) later
                    WHERE later.trainer_id = held.trainer_id
                    AND later.skill_id = held.skill_id AND later.id != held.id
                    AND COALESCE(later.valid_to, 'infinity') > held.valid_to) AS settled
            FROM (%(held)s) held JOIN qualiopi_trainer record
                ON record.id = held.trainer_id
            WHERE record.active AND %(trainers)s
            """,
            held=held,
            trainers=SQL(trainers),
        )

    @api.model
    def _company_parts(self, today):
        """:return: the yearly report of each company that declared its activity"""
        # sudo: res.company - the rule on deadlines leaves each reader his own
        companies = (
            self.env["res.company"].sudo().search([("qualiopi_nda", "!=", False)])
        )
        return [
            SQL(
                """
                SELECT %(company)s::bigint * 64 + 19, 'bpf', %(day)s::date,
                    %(company)s::int, 'res.company', %(company)s::int, %(user)s::int,
                    FALSE
                """,
                company=company.id,
                day=company._qualiopi_bpf_due(today).day,
                user=company._qualiopi_quality_user().id or None,
            )
            for company in companies
        ]
