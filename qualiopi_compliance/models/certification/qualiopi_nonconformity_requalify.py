from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .qualiopi_audit_findings import NEXT_AUDITS
from .qualiopi_nonconformity import OPEN


class QualiopiNonconformity(models.Model):
    """A minor one that the next audit found open is major from then on.

    The record of the minor one stays as it was, for the audit that wrote it. The major
    one belongs to the audit that found it open: its delays run from the day on which
    the certifier notifies that anew (order of 6 June 2019, art. 5).
    """

    _inherit = "qualiopi.nonconformity"

    def action_requalify(self):
        """Record that the next audit found it open.

        :raise UserError: while no such audit is closed
        """
        self._check_from(*OPEN)
        for row in self:
            audit = row._next_audit()
            if not audit:
                raise UserError(
                    self.env._(
                        "“%(name)s”: no surveillance or renewal audit was closed since "
                        "%(day)s. A minor one becomes major when the next audit finds "
                        "it open.",
                        name=row.display_name,
                        day=format_date(self.env, row.audit_id.date_begin),
                    )
                )
            row._requalify(audit)

    def _next_audit(self):
        """:return: the first audit after its own that had to look at it again"""
        self.ensure_one()
        return self.env["qualiopi.audit"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "in", NEXT_AUDITS),
                ("state", "=", "closed"),
                ("date_begin", ">", self.audit_id.date_begin),
            ],
            order="date_begin, id",
            limit=1,
        )

    def _requalify(self, audit, notified_on=None):
        """:param audit: that found it open
        :param notified_on: the day the certifier notified it as major; by default that
            of the findings of this audit
        :return: the major ones
        """
        self._check_from(*OPEN)
        made = self.browse()
        for row in self:
            row._check_requalify(audit)
            values = row._carried_values()
            values |= {
                "requalified_at_id": audit.id,
                "notified_on": notified_on or audit.notified_on,
            }
            # sudo: qualiopi.nonconformity - none is made but from a finding
            major = row.sudo().create(values).sudo(False)
            unfinished = row.action_ids.filtered(
                lambda action: action.state in ("todo", "doing")
            )
            # sudo: qualiopi.action - goes on for the record that goes on
            unfinished.sudo().write({"nonconformity_id": major.id})
            made |= major
        self._go("requalified")
        return made

    def _check_requalify(self, audit):
        if self.gravity != "minor":
            raise UserError(
                self.env._("“%(name)s” is major already.", name=self.display_name)
            )
        if self.rehearsal:
            raise UserError(
                self.env._(
                    "“%(name)s” comes from an audit of your own: no certifier "
                    "requalifies it.",
                    name=self.display_name,
                )
            )
        if (
            audit.state != "closed"
            or audit.kind in ("internal", "mock")
            or audit.company_id != self.company_id
            or audit.date_begin <= self.audit_id.date_begin
        ):
            raise UserError(
                self.env._(
                    "“%(name)s” becomes major at a later audit by the certifier, once "
                    "it is closed: choose it.",
                    name=self.display_name,
                )
            )

    def _carried_values(self):
        """:return: values of the major one: what is known of the cause, and nothing of
        a correction that was not enough
        """
        return {
            "finding_id": self.finding_id.id,
            "gravity": "major",
            "carried_from_id": self.id,
            "user_id": self.user_id.id,
            "cause": self.cause,
            "correction": self.correction,
            **{f"why_{number}": self[f"why_{number}"] for number in range(1, 6)},
        }
