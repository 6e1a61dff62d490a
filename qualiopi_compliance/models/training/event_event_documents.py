from odoo import fields, models
from odoo.exceptions import UserError


class EventEvent(models.Model):
    """What the documents of a session say besides its programme; printing for all."""

    _inherit = "event.event"

    qualiopi_trainers = fields.Text(
        "Trainers and Their Qualifications",
        translate=True,
        help="Names, with diplomas, titles or references: a contract with an "
        "individual is void without them (L. 6353-4 of the Labour Code).",
    )
    qualiopi_timetable = fields.Char(
        "Timetable", translate=True, help="For instance 9:00-12:30 and 13:30-17:00."
    )
    qualiopi_access = fields.Text(
        "Access",
        translate=True,
        help="How to get there, or to connect, and how accessible it is: printed on "
        "convocations.",
    )
    qualiopi_follow_up_terms = fields.Text(
        "How Learners Are Followed", translate=True, help="Empty: as for the company."
    )
    qualiopi_payment_terms = fields.Text(
        "Payment Terms", translate=True, help="Empty: as for the company."
    )
    qualiopi_termination_terms = fields.Text(
        "Early Termination", translate=True, help="Empty: as for the company."
    )

    def _qualiopi_trainers_text(self):
        """:return: the trainers and their qualifications, as contracts name them"""
        self.ensure_one()
        return self.qualiopi_trainers

    def _qualiopi_trainer_names(self):
        """:return: who leads the session, in one line"""
        return (self.qualiopi_trainers or "").replace("\n", "; ")

    def _qualiopi_enrolled(self):
        """:return: the registrations that are confirmed or attended, by name"""
        return self.registration_ids.filtered(
            lambda row: row.state in ("open", "done")
        )._qualiopi_by_name()

    def action_qualiopi_print_attendance_sheet(self):
        """Print the sheet that learners and trainer sign; it stays on the session."""
        sheets = self.env["report.qualiopi_compliance.training_attendance_sheet"]
        return sheets._print(self)._qualiopi_download_action()

    def action_qualiopi_print_contracts(self):
        """Print the contract or agreement of every learner who needs one of ours."""
        registrations = self.registration_ids.filtered(
            lambda row: (
                row.state != "cancel"
                and row.qualiopi_contract_kind not in ("order", "cpf")
            )
        )._qualiopi_by_name()
        if not registrations:
            raise UserError(
                self.env._(
                    "There is no contract or agreement to print: no learner is "
                    "registered, or other documents replace them."
                )
            )
        return registrations.action_qualiopi_print_contract()

    def action_qualiopi_print_convocations(self):
        """Print the convocation of every enrolled learner."""
        registrations = self._qualiopi_enrolled()
        if not registrations:
            raise UserError(
                self.env._(
                    "No learner is enrolled yet. Confirm the registrations first."
                )
            )
        return registrations.action_qualiopi_print_convocation()

    def action_qualiopi_print_certificates(self):
        """Print the certificate of every learner who was there; name the others."""
        registrations = self._qualiopi_enrolled()
        present = registrations.filtered(
            lambda row: "present" in row.qualiopi_attendance_ids.mapped("state")
        )
        if not present:
            raise UserError(
                self.env._(
                    "No learner was ever present: there is nothing to certify. Record "
                    "the attendance first."
                )
            )
        action = present.action_qualiopi_print_certificate()
        never = registrations - present
        if not never:
            return action
        return self.env["event.registration"]._qualiopi_notify(
            self.env._("Certificates of completion"),
            self.env._(
                "No certificate for %(learners)s: never present.",
                learners=", ".join(never.mapped("display_name")),
            ),
            "warning",
            action,
        )

    def action_qualiopi_send_convocations(self):
        """Mail the convocation to every enrolled learner who has not got it yet."""
        enrolled = self._qualiopi_enrolled()
        if not enrolled:
            raise UserError(
                self.env._(
                    "No learner is enrolled yet. Confirm the registrations first."
                )
            )
        waiting = enrolled.filtered(lambda row: not row.qualiopi_convocation_on)
        if not waiting:
            return enrolled._qualiopi_notify(
                self.env._("Convocations"),
                self.env._(
                    "All learners have been sent their convocation already. To send "
                    "one again, open the learner's file."
                ),
                "info",
            )
        return waiting.action_qualiopi_send_convocations()
