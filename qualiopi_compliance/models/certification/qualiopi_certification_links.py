from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .qualiopi_certification import ENDED, INSIDERS


class QualiopiCertification(models.Model):
    """What hangs on a cycle, and how it is opened."""

    _inherit = "qualiopi.certification"

    nonconformity_ids = fields.One2many(
        "qualiopi.nonconformity",
        "certification_id",
        "Non-Conformities",
        groups=INSIDERS,
    )
    audit_count = fields.Integer(compute="_compute_counts", groups=INSIDERS)
    nonconformity_count = fields.Integer(
        "Open Non-Conformities", compute="_compute_counts", groups=INSIDERS
    )
    action_count = fields.Integer(
        "Actions to Do", compute="_compute_counts", groups=INSIDERS
    )
    extending = fields.Boolean(compute="_compute_counts", groups=INSIDERS)
    audit_to_prepare = fields.Boolean(compute="_compute_counts", groups=INSIDERS)

    @api.depends("audit_ids.state", "audit_ids.kind", "nonconformity_ids.state")
    def _compute_counts(self):
        Action = self.env["qualiopi.action"]
        for cycle in self:
            audits = cycle.audit_ids.filtered(lambda row: row.state != "cancelled")
            cycle.audit_count = len(audits)
            cycle.nonconformity_count = len(cycle.nonconformity_ids.filtered("open"))
            cycle.action_count = Action.search_count(
                cycle._actions_domain() & Domain("state", "in", ("todo", "doing"))
            )
            cycle.extending = any(
                audit.kind == "extension" and audit.state in ("planned", "running")
                for audit in audits
            )
            cycle.audit_to_prepare = cycle._next_audit().to_prepare

    def _next_audit(self):
        """:return: the audit that is planned next, in this cycle or in the one that
        renews it
        """
        planned = (self.audit_ids | self.next_ids.audit_ids).filtered(
            lambda audit: audit.state == "planned"
        )
        return planned.sorted("date_begin")[:1]

    def _actions_domain(self):
        """:return: the actions that its audits and their non-conformities led to"""
        return Domain("audit_id.certification_id", "in", self.ids) | Domain(
            "nonconformity_id.certification_id", "in", self.ids
        )

    @api.model
    def action_our_certificate(self):
        """Open the certificate of the company, or the first step towards one."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_certification_action"
        )
        cycles = self.search([("company_id", "in", self.env.companies.ids)])
        alive = cycles.filtered(lambda cycle: cycle.stage not in ENDED)
        # the cycle that is being prepared is reached from the one it renews
        current = alive.filtered(lambda cycle: cycle.previous_id not in alive)
        if len(current) == 1:
            return action | {
                "views": [(False, "form")],
                "view_mode": "form",
                "res_id": current.id,
            }
        if not cycles and self.has_access("create"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "qualiopi_compliance.qualiopi_certification_begin_action"
            )
        return action

    def _open_rows(self, model, name, domain, context=None):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"default_certification_id": self.id, **(context or {})},
        }

    def action_open_audits(self):
        """Open the audits of this cycle."""
        return self._open_rows(
            "qualiopi.audit",
            self.env._("Audits"),
            Domain("certification_id", "=", self.id),
        )

    def action_open_nonconformities(self):
        """Open the non-conformities of this cycle."""
        return self._open_rows(
            "qualiopi.nonconformity",
            self.env._("Non-Conformities"),
            Domain("certification_id", "=", self.id),
        )

    def action_open_actions(self):
        """Open the actions that this cycle led to."""
        return self._open_rows(
            "qualiopi.action", self.env._("Actions"), self._actions_domain()
        )

    def action_open_next(self):
        """Open the cycle that goes on: the next one, or the new certifier's."""
        self.ensure_one()
        self.check_access("read")
        following = self.transferred_as_ids or self.next_ids
        return following[:1].get_formview_action()

    def action_open_calendar(self):
        """Open the calendar of everything."""
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_deadline_action"
        )

    def _next_audit_kind(self):
        """:return: kind of the audit that this stage leads to"""
        self.ensure_one()
        if self.stage in ("certified", "surveillance", "suspended"):
            return "surveillance"
        if self.stage == "corrections":
            return "follow_up"
        return "renewal" if self.previous_id else "initial"

    def action_plan_audit(self):
        """Plan the audit that this stage leads to."""
        self.ensure_one()
        self.check_access("write")
        if self.stage == "renewal":
            following = self.next_ids[:1]
            if not following:
                raise UserError(
                    self.env._(
                        "The renewal audit belongs to the next cycle: prepare that "
                        "first."
                    )
                )
            return following.action_plan_audit()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan an Audit"),
            "res_model": "qualiopi.audit",
            "views": [(False, "form")],
            "context": {
                "default_certification_id": self.id,
                "default_company_id": self.company_id.id,
                "default_kind": self._next_audit_kind(),
                "default_user_id": self.user_id.id,
                "default_site_ids": self.site_ids.ids,
            },
        }

    def action_plan_preparation(self):
        """Plan what is to be prepared before the next audit of this cycle.

        :raise UserError: when none is planned
        """
        self.ensure_one()
        self.check_access("write")
        audit = self._next_audit()
        if not audit:
            raise UserError(
                self.env._("No audit is planned: plan one first, then its preparation.")
            )
        audit.action_plan_preparation()
        return audit.get_formview_action()

    def _open_wizard(self, model, name, **defaults):
        self.ensure_one()
        self.check_access("write")
        context = {f"default_{key}": value for key, value in defaults.items()}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_certification_id": self.id, **context},
        }

    def action_next_stage(self):
        """Say what is missing for the next stage, and go on."""
        return self._open_wizard(
            "qualiopi.certification.step", self.env._("Next Stage"), decision=False
        )

    def action_decision(self):
        """Record what the certifier decided."""
        return self._open_wizard(
            "qualiopi.certification.step",
            self.env._("Decision of the Certifier"),
            decision=True,
        )

    def action_transfer(self):
        """Go to another certifier with the running certificate."""
        return self._open_wizard(
            "qualiopi.certification.transfer", self.env._("Transfer")
        )

    def action_extend(self):
        """Extend the certificate to new categories."""
        return self._open_wizard(
            "qualiopi.certification.extension", self.env._("Extension")
        )
