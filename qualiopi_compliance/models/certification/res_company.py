from odoo import api, fields, models

from ...rules.audit_settings import AuditSettings
from ..organisation.amounts import refuse_negative
from .audit_settings_view import PREFIX, fill_company_form


class ResCompany(models.Model):
    """What no official text fixes about audits: the company's own figures.

    Their defaults and sources are in ``rules/audit_settings.py``.
    """

    _inherit = "res.company"

    qualiopi_audit_minors_for_major = fields.Integer(
        "Minors That Count as One Major",
        default=5,
        groups="base.group_user",
        help="Minor non-conformities not lifted at the decision. 0: never.",
    )
    qualiopi_audit_suspension_months = fields.Integer(
        "Suspension (Months)", default=3, groups="base.group_user"
    )
    qualiopi_audit_refusal_months = fields.Integer(
        "New Request After a Refusal (Months)", default=3, groups="base.group_user"
    )
    qualiopi_audit_withdrawal_months = fields.Integer(
        "New Request After a Withdrawal (Months)", default=3, groups="base.group_user"
    )
    qualiopi_audit_correction_months = fields.Integer(
        "Corrections Before the End (Months)", default=3, groups="base.group_user"
    )
    qualiopi_audit_check_months = fields.Integer(
        "Check Before the End (Months)", default=1, groups="base.group_user"
    )
    qualiopi_audit_call_months = fields.Integer(
        "Call for Offers (Months)", default=12, groups="base.group_user"
    )
    qualiopi_audit_contract_months = fields.Integer(
        "Contract With the Certifier (Months)", default=8, groups="base.group_user"
    )
    qualiopi_audit_action_per_category = fields.Boolean(
        "One Action per Category First", default=True, groups="base.group_user"
    )
    qualiopi_audit_sworn_statement = fields.Boolean(
        "Statement on Honour", default=True, groups="base.group_user"
    )
    qualiopi_escalation_days = fields.Integer(
        "Late Reminders to the Quality Managers",
        default=7,
        groups="base.group_user",
        help="Days after which what somebody has not done in time is put to the "
        "quality managers too. 0: never.",
    )
    qualiopi_digest = fields.Boolean(
        "Reminders by Mail",
        default=True,
        groups="base.group_user",
        help="One mail a day at most to each person, with what has newly come up.",
    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            fill_company_form(self.env, arch)
        return arch, view

    @api.constrains(
        "qualiopi_escalation_days",
        *(
            PREFIX + name
            for name, default in AuditSettings.__dataclass_fields__.items()
            if not isinstance(default.default, bool)
        ),
    )
    def _check_qualiopi_audit_figures(self):
        refuse_negative(self, self._check_qualiopi_audit_figures._constrains)

    def _qualiopi_audit_settings(self):
        """:rtype: AuditSettings"""
        self.ensure_one()
        names = AuditSettings.__dataclass_fields__
        # sudo: res.company - the company's rules, whoever asks what follows from them
        company = self.sudo()
        return AuditSettings(**{name: company[PREFIX + name] for name in names})

    def _qualiopi_last_audit(self, day):
        # sudo: qualiopi.audit - the window of checks is the same for every reader
        audit = (
            self.env["qualiopi.audit"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.id),
                    ("kind", "in", ("initial", "surveillance", "renewal")),
                    ("state", "=", "closed"),
                    ("date_begin", "<=", day),
                ],
                order="date_begin desc",
                limit=1,
            )
        )
        return audit.date_begin or super()._qualiopi_last_audit(day)
