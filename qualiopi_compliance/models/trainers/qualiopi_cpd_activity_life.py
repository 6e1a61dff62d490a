from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from .qualiopi_cpd_activity import JUDGED

# From which state an activity may pass to which.
PASSAGES = {
    "planned": {"done", "rejected"},
    "done": {"planned", "validated", "rejected"},
    "validated": {"planned", "done"},
    "rejected": {"planned", "done"},
}
# Who judged, and when: evidence of what happened, written by this code alone.
ASSESSMENT = {"assessed_by_id", "assessed_on"}
# What filing a record away touches, and not its content.
FILING = {"message_main_attachment_id"}


class QualiopiCpdActivity(models.Model):
    """The life of an activity: who says it is done, who judges it, what stays."""

    _inherit = "qualiopi.cpd.activity"

    @api.model_create_multi
    def create(self, vals_list):
        prepared = []
        for vals in vals_list:
            self._check_may_judge(vals, vals.get("state") in JUDGED)
            prepared.append(vals | self._assessment(vals.get("state")))
        activities = super().create(prepared)
        activities._claim_attachments()
        return activities

    def write(self, vals):
        if vals.keys() <= FILING:
            return super().write(vals)
        judged = self.filtered(lambda activity: activity.state in JUDGED)
        state = vals.get("state")
        self._check_may_judge(vals, state in JUDGED or (judged and state))
        if judged and (not state or state in JUDGED):
            judged._refuse_change(vals)
        if state:
            self._check_passage(state)
            vals = vals | self._assessment(state)
        result = super().write(vals)
        if "trainer_id" in vals:
            # given to a trainer whose activities one does not keep
            self.check_access("write")
        if "attachment_ids" in vals:
            self._claim_attachments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for activity in self:
            if activity.state != "planned":
                raise UserError(
                    self.env._(
                        "“%(topic)s” is part of the history of %(name)s. What was "
                        "recorded by mistake is rejected with the reason, or set back "
                        "to planned, then deleted.",
                        topic=activity.name,
                        name=activity.trainer_id.name,
                    )
                )

    @api.model
    def _check_may_judge(self, vals, judging):
        """Judging and taking back what was judged is for managers.

        :param judging: whether these values do so
        :raise AccessError: for anybody else, and for who writes the judgement's date
        """
        if self.env.su:
            return
        if ASSESSMENT & vals.keys():
            raise AccessError(
                self.env._(
                    "Who assessed an activity, and when, is recorded by itself: use "
                    "the buttons."
                )
            )
        judging = judging or vals.get("rejection_reason")
        manager = "qualiopi_compliance.group_qualiopi_manager"
        if judging and not self.env.user.has_group(manager):
            raise AccessError(
                self.env._(
                    "Only a quality manager validates or rejects an activity, or "
                    "reopens it: ask one."
                )
            )

    def _check_passage(self, state):
        for activity in self:
            if state != activity.state and state not in PASSAGES[activity.state]:
                raise UserError(
                    self.env._(
                        "“%(topic)s” cannot be validated yet: it is to be done first.",
                        topic=activity.name,
                    )
                    if activity.state == "planned"
                    else self.env._(
                        "“%(topic)s” was judged already: reopen it first.",
                        topic=activity.name,
                    )
                )

    def _refuse_change(self, vals):
        """:raise UserError: naming what was judged, when, and what to do"""
        if not (vals.keys() - FILING):
            return
        activity = self[0]
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(topic)s” stays as it was judged on %(day)s (%(state)s). Have a "
                "quality manager reopen it to correct it.",
                topic=activity.name,
                day=format_date(self.env, activity.assessed_on),
                state=labels[activity.state],
            )
        )

    @api.model
    def _assessment(self, state):
        """:return: values that go with passing to a state"""
        if not state:
            return {}
        if state in JUDGED:
            dated = {"assessed_by_id": self.env.uid, "assessed_on": self._today()}
            return dated | ({} if state == "rejected" else {"rejection_reason": False})
        return {
            "assessed_by_id": False,
            "assessed_on": False,
            "rejection_reason": False,
        }

    def _claim_attachments(self):
        """Tie fresh files to their activity, so that its readers read them."""
        for activity in self:
            # sudo: ir.attachment - a file not yet tied to a record is readable by
            # the person who sent it only
            loose = activity.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": activity.id})

    # Buttons

    def action_done(self):
        """It took place."""
        self._pass_to("done")

    def action_plan(self):
        """It did not take place yet, after all."""
        self._pass_to("planned")

    def action_validate(self):
        """It counts, as it is proved."""
        self._pass_to("validated")

    def action_reject(self):
        """Ask for the reason.

        :return: an action that opens the question
        """
        self.check_access("write")
        self._check_may_judge({}, True)
        for activity in self:
            activity._check_passage("rejected")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_cpd_rejection_action"
        )
        return action | {"context": {"default_activity_ids": self.ids}}

    def action_reopen(self):
        """Take back what was judged, so that it can be corrected."""
        today = self._today()
        self._check_may_judge({}, True)
        for activity in self.filtered(lambda activity: activity.state in JUDGED):
            over = activity.date_last <= today
            activity._pass_to("done" if over else "planned")

    def _pass_to(self, state):
        self.check_access("write")
        self.filtered(lambda activity: activity.state != state).write({"state": state})
