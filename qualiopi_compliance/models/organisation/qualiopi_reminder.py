from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from odoo import api, fields, models


@dataclass(frozen=True)
class Reminder:
    """Something to be done about a record before a day.

    :param record: one record, with activities
    :param kind: what about it, unique for the record
    :param due: the day
    :param user: who is to do it, one or no ``res.users``
    :param mark: what else makes it a new matter when it changes
    :param escalates: whether it is late once that day is past
    """

    record: Any
    kind: str
    due: date
    summary: str
    note: str = ""
    user: Any = None
    mark: str = ""
    escalates: bool = True

    @property
    def key(self):
        """:return: what makes it the same matter from one night to the next"""
        return (self.record._name, self.record.id, self.kind)


class QualiopiReminder(models.Model):
    """Memory of what somebody was reminded of, so that it is done once.

    Written with the activity, in one transaction: a run that is killed leaves
    neither or both. When the day moves, the former activity goes and a new one is
    made; when the matter is settled, it is marked as done.
    """

    _name = "qualiopi.reminder"
    _description = "Reminder given"
    _order = "due, id"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    kind = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    due = fields.Date(required=True)
    mark = fields.Char()
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null"
    )
    mailed_on = fields.Date(help="Day of the mail that told somebody of it.")

    _once = models.Constraint(
        "UNIQUE(res_model, res_id, kind)", "This reminder was given already."
    )

    @api.model
    def _given(self, reminders):
        """:return: (model, id, kind) -> reminder given, about the same records"""
        found = {}
        by_model = defaultdict(set)
        for each in reminders:
            by_model[each.record._name].add(each.record.id)
        for model, ids in by_model.items():
            domain = [("res_model", "=", model), ("res_id", "in", list(ids))]
            found.update({row._key(): row for row in self.sudo().search(domain)})
        return found

    def _key(self):
        self.ensure_one()
        return (self.res_model, self.res_id, self.kind)

    @api.model
    def _remind(self, reminders):
        """Make the activities that were not made before, for these very days.

        :type reminders: list[Reminder]
        :return: how many were made
        """
        given = self._given(reminders)
        made = 0
        for each in reminders:
            row = given.get(each.key)
            if row and (row.due, row.mark or "") == (each.due, each.mark):
                continue
            if row:
                # the day has moved: what was asked for the former one is void
                row.activity_id.unlink()
            given[each.key] = self._give(each, row)
            made += 1
        return made

    @api.model
    def _give(self, reminder, row):
        # one mail a day tells of all of them
        quiet = {"mail_activity_quick_update": True}
        # sudo: mail.activity - whoever causes it may not write the record it is about
        activity = (
            reminder.record.sudo()
            .with_context(**quiet)
            .activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=reminder.due,
                summary=reminder.summary,
                note=reminder.note,
                user_id=(reminder.user and reminder.user.id) or False,
            )
        )
        vals = {
            "due": reminder.due,
            "mark": reminder.mark,
            "activity_id": activity.id,
            "mailed_on": False,
        }
        if row:
            row.write(vals)
            return row
        model, number, kind = reminder.key
        vals |= {
            "res_model": model,
            "res_id": number,
            "kind": kind,
            "company_id": reminder.record.company_id.id,
        }
        return self.sudo().create(vals)

    def _settle(self):
        """Mark as done what nobody needs to be reminded of any more."""
        for row in self:
            if row.activity_id.active:
                row.activity_id.action_feedback(
                    feedback=self.env._("Settled: no longer needed.")
                )
        self.unlink()
