from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...rules.cycle import check_extension, check_transfer
from ...rules.cycle_conditions import say
from .qualiopi_certification import ISSUED


class QualiopiCertification(models.Model):
    """What may happen to a running certificate: it is renewed by the next cycle, taken
    over by another certifier, extended to new categories.
    """

    _inherit = "qualiopi.certification"

    extension_text = fields.Text(compute="_compute_extension_text")
    transfer_text = fields.Text(compute="_compute_transfer_text")

    # Renewal

    def action_prepare_renewal(self):
        """Open the next cycle, which is prepared while this certificate runs."""
        self.ensure_one()
        self.check_access("write")
        following = self.next_ids[:1] or self.create(
            {
                "company_id": self.company_id.id,
                "previous_id": self.id,
                "certifier_id": self.certifier_id.id,
                "user_id": self.user_id.id,
                "category_ids": [fields.Command.set(self.category_ids.ids)],
                "site_ids": [fields.Command.set(self.site_ids.ids)],
            }
        )
        return following.get_formview_action()

    # Transfer

    @api.depends_context("lang")
    @api.depends("stage", "transfer_asked_on", "transferred_to_id")
    def _compute_transfer_text(self):
        for cycle in self:
            asked = cycle.stage in ISSUED and cycle.transfer_asked_on
            cycle.transfer_text = asked and self.env._(
                "A transfer to %(certifier)s was asked for on %(day)s: record it once "
                "it is decided.",
                certifier=cycle.transferred_to_id.name or "–",
                day=format_date(self.env, asked),
            )

    def _transfer_refusal(self, certifier, day):
        """:param certifier: that takes the certificate over, on ``day``
        :return: why not, in words; empty when it may
        """
        self.ensure_one()
        words = self.env["qualiopi.reason"]
        facts = self._facts()
        if facts.certificate is None or not facts.running(day):
            return words._say(say("not_running", day=day))
        refusal = check_transfer(
            facts.certificate,
            day,
            suspended=facts.suspended(day),
            # two certifiers may be called alike: told apart by their number
            certifier=str(self.certifier_id.commercial_partner_id.id or ""),
            new_certifier=str(certifier.commercial_partner_id.id or ""),
            categories=facts.categories,
        )
        return words._say(refusal) if refusal else ""

    def _ask_transfer(self, certifier, day):
        """Note that another certifier was asked to take the certificate over.

        :raise UserError: when it may not
        """
        self.ensure_one()
        self.check_access("write")
        self._refuse_transfer(certifier, day)
        self.write({"transfer_asked_on": day, "transferred_to_id": certifier.id})

    def _refuse_transfer(self, certifier, day):
        reason = self._transfer_refusal(certifier, day)
        if reason:
            raise UserError(reason)

    def _transfer(self, certifier, day, number=False):
        """Record that another certifier took the certificate over.

        :param day: from which it is that certifier's
        :return: the cycle that goes on with it, until the same last day
        :raise UserError: when it may not
        """
        self.ensure_one()
        self.check_access("write")
        if day > self.env["qualiopi.framework"]._today():
            raise UserError(
                self.env._(
                    "%(day)s is still to come: a transfer is recorded once it is "
                    "decided. Until then, note that it was asked for.",
                    day=format_date(self.env, day),
                )
            )
        self._refuse_transfer(certifier, day)
        stage = self.stage
        self._enter("transferred", transferred_on=day, transferred_to_id=certifier.id)
        successor = self.create(self._successor_values(certifier, day, number))
        # the next cycle renews the certificate as it is from now on
        self.next_ids.previous_id = successor
        successor._set_stage(stage)
        return successor

    def _successor_values(self, certifier, day, number):
        return {
            "company_id": self.company_id.id,
            "transfer_of_id": self.id,
            "certifier_id": certifier.id,
            "user_id": self.user_id.id,
            "category_ids": [fields.Command.set(self.category_ids.ids)],
            "site_ids": [fields.Command.set(self.site_ids.ids)],
            "number": number or self.number,
            "obtained_on": self.obtained_on,
            "first_day": day,
            "last_day": self.last_day,
            "surveillance_held_on": self._surveillance_held(),
            "next_certifier_on": self.next_certifier_on,
        }

    def _surveillance_held(self):
        """:return: when the surveillance audit was held, if it was"""
        facts = self._facts()
        return facts.surveillance_closed_on and facts.surveillance_on

    # Extension

    def _extension_refusal(self, categories, day):
        """:return: why the certificate cannot be extended on ``day``, in words"""
        self.ensure_one()
        words = self.env["qualiopi.reason"]
        certificate = self._facts().certificate
        if certificate is None:
            return words._say(say("not_running", day=day))
        refusal = check_extension(certificate, categories.mapped("code"), day)
        return words._say(refusal) if refusal else ""

    def _decided_extensions(self):
        """:return: extension audits that the certifier decided on, whose categories
        are not on the certificate yet
        """
        self.ensure_one()
        # sudo: qualiopi.audit - whoever reads the cycle is told
        return self.sudo().audit_ids.filtered(
            lambda audit: (
                audit.kind == "extension"
                and audit.state == "closed"
                and audit.decided_on
                and audit.category_ids - self.category_ids
            )
        )

    @api.depends_context("lang")
    @api.depends(
        "stage",
        "category_ids",
        "audit_ids.kind",
        "audit_ids.state",
        "audit_ids.decided_on",
        "audit_ids.category_ids",
    )
    def _compute_extension_text(self):
        for cycle in self:
            cycle.extension_text = False
            if cycle.stage not in ISSUED:
                continue
            new = cycle._decided_extensions().category_ids - cycle.category_ids
            if new:
                cycle.extension_text = self.env._(
                    "The extension to %(categories)s was decided: add these categories "
                    "if it was granted. The last day of the certificate does not "
                    "change.",
                    categories=", ".join(new.mapped("name")),
                )

    def action_add_extension(self):
        """Put the categories of a granted extension on the certificate.

        :raise UserError: when none was decided, or a major non-conformity of its audit
            is still open
        """
        self.ensure_one()
        self.check_access("write")
        audits = self._decided_extensions()
        if not audits:
            raise UserError(
                self.env._(
                    "No extension was decided: close its audit and record the day of "
                    "the certifier's decision first."
                )
            )
        majors = audits.nonconformity_ids.filtered(
            lambda row: row.open and row.gravity == "major"
        )
        if majors:
            raise UserError(
                self.env._(
                    "Major non-conformities of the extension are still open: "
                    "%(names)s.",
                    names=", ".join(majors.mapped("display_name")),
                )
            )
        new = audits.category_ids - self.category_ids
        self.category_ids |= new
        self.message_post(
            body=self.env._(
                "Extended to %(categories)s.", categories=", ".join(new.mapped("name"))
            )
        )
