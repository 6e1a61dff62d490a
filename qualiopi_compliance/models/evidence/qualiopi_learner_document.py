from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class QualiopiLearnerDocument(models.Model):
    """A version of a document given to a learner, a trainer, a member of staff…

    Picked from the evidence, its name and version are those of the document.
    """

    _inherit = "qualiopi.learner.document"
    _description = "Document given"
    _check_company_auto = True

    registration_id = fields.Many2one(required=False, check_company=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Given To (Not a Learner)",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="A trainer, a member of staff, a client.",
    )
    holder = fields.Char("Given To", compute="_compute_holder")
    company_id = fields.Many2one(
        "res.company",
        related=None,
        compute="_compute_company_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
    )
    evidence_id = fields.Many2one(
        "qualiopi.evidence",
        "Document on File",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('state', '=', 'validated'), "
        "('superseded_by_id', '=', False), "
        "('scope', 'in', ('company', 'site', 'program'))]",
    )
    on_file = fields.Boolean(compute="_compute_on_file")
    name = fields.Char(
        compute="_compute_from_evidence", store=True, readonly=False, precompute=True
    )
    version = fields.Char(
        compute="_compute_from_evidence", store=True, readonly=False, precompute=True
    )
    outdated = fields.Boolean(
        "Only an Older Version",
        compute="_compute_outdated",
        search="_search_outdated",
        help="A newer version holds, and who has this one was not given it yet. "
        "Learners whose session is over are left alone.",
    )

    _holder = models.Constraint(
        "CHECK((registration_id IS NULL) != (partner_id IS NULL))",
        "A document is given to a learner, or to somebody else: choose one of the two.",
    )
    _learner_once = models.UniqueIndex(
        "(evidence_id, registration_id) WHERE evidence_id IS NOT NULL",
        "This learner was given this version already.",
    )
    _partner_once = models.UniqueIndex(
        "(evidence_id, partner_id) WHERE evidence_id IS NOT NULL",
        "This person was given this version already.",
    )

    @api.depends("registration_id", "partner_id")
    def _compute_holder(self):
        for row in self:
            row.holder = (row.registration_id or row.partner_id).display_name or ""

    @api.depends("registration_id.company_id", "evidence_id.company_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = (
                row.registration_id.company_id
                or row.evidence_id.company_id
                or row.company_id
                or self.env.company
            )

    @api.depends("evidence_id")
    def _compute_on_file(self):
        for row in self:
            row.on_file = bool(row.evidence_id)

    @api.depends("evidence_id.name", "evidence_id.version")
    def _compute_from_evidence(self):
        for row in self:
            evidence = row.evidence_id
            row.name = evidence.name or row.name
            row.version = str(evidence.version) if evidence else row.version

    def _compute_outdated(self):
        found = set(self._outdated_ids(self.ids))
        for row in self:
            row.outdated = row.id in found

    def _search_outdated(self, operator, value):
        if operator != "in":
            return NotImplemented
        outdated = Domain("id", "in", self._outdated_query())
        return (outdated if True in value else Domain.FALSE) | (
            ~outdated if False in value else Domain.FALSE
        )

    def _outdated_ids(self, ids):
        if not ids:
            return []
        query = SQL("%s AND given.id = ANY(%s)", self._outdated_query(), ids)
        return [number for (number,) in self.env.execute_query(query)]

    def _outdated_query(self):
        """:return: those who hold a version that is superseded, and no later one"""
        for model in (self._name, "qualiopi.evidence"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT given.id FROM qualiopi_learner_document given
            JOIN qualiopi_evidence held ON held.id = given.evidence_id
            LEFT JOIN event_registration learner ON learner.id = given.registration_id
            LEFT JOIN event_event event ON event.id = learner.event_id
            LEFT JOIN res_partner partner ON partner.id = given.partner_id
            WHERE held.superseded_on <= %(day)s AND NOT EXISTS (
                SELECT FROM qualiopi_learner_document newer
                JOIN qualiopi_evidence later ON later.id = newer.evidence_id
                WHERE COALESCE(later.first_id, later.id)
                        = COALESCE(held.first_id, held.id)
                    AND later.version > held.version
                    AND (newer.registration_id = given.registration_id
                        OR newer.partner_id = given.partner_id)
            ) AND (
                partner.active
                OR learner.active AND learner.state != 'cancel'
                    AND event.date_end >= %(day)s
            )
            """,
            day=self.env["qualiopi.framework"]._today(),
        )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_may_read_evidence()
        return rows

    def write(self, vals):
        if "evidence_id" in vals:
            result = super().write(vals)
            self._check_may_read_evidence()
            return result
        # picked from the evidence, it is called what the document is called
        filed = self.filtered("on_file")
        rest = {key: vals[key] for key in vals.keys() - {"name", "version"}}
        super(QualiopiLearnerDocument, filed).write(rest)
        return super(QualiopiLearnerDocument, self - filed).write(vals)

    def _check_may_read_evidence(self):
        """:raise AccessError: nobody learns so what he may not see is called"""
        if not self.env.su:
            self.evidence_id.check_access("read")

    @api.constrains("evidence_id")
    def _check_evidence(self):
        for row in self:
            evidence = row.evidence_id
            if evidence and evidence.state != "validated":
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is not validated yet: validate it before it is "
                        "given to somebody.",
                        name=evidence.name,
                    )
                )
