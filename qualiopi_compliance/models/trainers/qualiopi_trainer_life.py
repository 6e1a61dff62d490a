from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date


class QualiopiTrainer(models.Model):
    """The life of a trainer's file: made from a person in one click, active, left."""

    _inherit = "qualiopi.trainer"

    @api.model_create_multi
    def create(self, vals_list):
        trainers = super().create(vals_list)
        # a view: what human resources already know is not in what was created
        trainers.invalidate_recordset(["qualification_ids"])
        trainers.filtered("employee_id")._follow_resume()
        return trainers

    def write(self, vals):
        result = super().write(vals)
        if vals.get("employee_id"):
            self._follow_resume()
        if "active" in vals and not vals["active"]:
            self._warn_of_sessions_ahead()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: qualiopi.assignment - history counts whether or not one may read it
        for trainer in self.sudo():
            if trainer.assignment_ids:
                raise UserError(
                    self.env._(
                        "%(name)s taught, or is to teach, sessions: this file is part "
                        "of their history. Use “Left”, or archive it.",
                        name=trainer.name,
                    )
                )

    def _follow_resume(self):
        """The CV of an employee is the résumé kept by human resources."""
        # sudo: hr.resume.line - human resources may be closed to the reader
        lines = (
            self.env["hr.resume.line"]
            .sudo()
            ._read_group(
                [("employee_id", "in", self.employee_id.ids)],
                ["employee_id"],
                ["write_date:max"],
            )
        )
        latest = {employee.id: moment.date() for employee, moment in lines}
        for trainer in self:
            if day := latest.get(trainer.employee_id.id):
                trainer.cv_on = day

    def _follow_contact(self):
        """The file is about the contact by which human resources know him now."""
        for trainer in self:
            contact = trainer.employee_id.work_contact_id
            if not contact or contact == trainer.partner_id:
                continue
            taken = self.with_context(active_test=False).search_count(
                [
                    ("partner_id", "=", contact.id),
                    ("company_id", "=", trainer.company_id.id),
                ],
                limit=1,
            )
            if not taken:
                trainer.partner_id = contact

    # Made from a person

    @api.model
    def _promote(self, partner, employee=None):
        """Give a person a trainer's file, or find the one there is.

        :param partner: the person, one record
        :param employee: when human resources know him, one record
        :return: the file in the company the user works in
        :raise ValidationError: for a company, or an archived person
        """
        if not (employee or partner).active:
            raise ValidationError(
                self.env._(
                    "%(name)s is archived: restore this person first.",
                    name=(employee or partner).display_name,
                )
            )
        company = employee.company_id if employee else self.env.company
        found = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id)
            & (
                Domain("partner_id", "=", partner.id)
                | Domain("employee_id", "=", employee.id if employee else 0)
            ),
            limit=1,
        )
        if not found:
            vals = {"partner_id": partner.id, "company_id": company.id}
            return self.create(
                vals | ({"employee_id": employee.id} if employee else {})
            )
        vals = {} if found.active else {"active": True}
        if employee and not found.employee_id:
            # known here before human resources knew him
            vals |= {"employee_id": employee.id, "kind": "employee"}
        if vals:
            found.write(vals)
        return found

    def _open(self):
        """:return: an action that shows these files"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_trainer_action"
        )
        if len(self) == 1:
            return action | {"res_id": self.id, "views": [(False, "form")]}
        return action | {"domain": [("id", "in", self.ids)]}

    # States

    def action_activate(self):
        """He may be given sessions."""
        self._set_state("active", left_on=False, active=True)

    def action_suspend(self):
        """He is given no sessions for a while; what was planned is flagged."""
        self._set_state("suspended")
        return self._warn_of_sessions_ahead()

    def action_leave(self):
        """He no longer teaches here; the sessions he was to give are flagged."""
        today = self.env["qualiopi.framework"]._today()
        self._set_state("left", left_on=today)
        return self._warn_of_sessions_ahead()

    def _set_state(self, state, **vals):
        self.check_access("write")
        self.write({"state": state, **vals})

    def _sessions_ahead(self):
        """:return: the assignments of these trainers that are not over"""
        # sudo: qualiopi.assignment - who keeps the files may not plan sessions
        Assignment = self.env["qualiopi.assignment"].sudo()
        return Assignment.search(
            Assignment._ahead_domain() & Domain("trainer_id", "in", self.ids)
        )

    def _warn_of_sessions_ahead(self):
        """Say which sessions lose their trainer, and have somebody replace him.

        :return: a notification, nothing when there is no session ahead
        """
        ahead = self._sessions_ahead()
        if not ahead:
            return None
        ahead._remind_of_problems()
        for trainer, rows in ahead.grouped("trainer_id").items():
            trainer.message_post(body=self._ahead_text(rows))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self._ahead_text(ahead),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _ahead_text(self, assignments):
        return self.env._(
            "Sessions ahead need another trainer: %(sessions)s.",
            sessions=", ".join(
                f"{row.event_id.name} ({format_date(self.env, row._days()[0])})"
                for row in assignments.sorted(lambda row: row.event_id.date_begin)
            ),
        )
