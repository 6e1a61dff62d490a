from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .qualiopi_half_day import HOURS_OF_HALF_DAY, PERIODS

LEARNER_FORM = "qualiopi_compliance.event_registration_view_form_qualiopi"


class EventEvent(models.Model):
    """One screen for a session: its learners by its half-days, and who lacks what.

    Both methods are called by the screen with the reader's own rights. They read
    and write the whole session at once: the number of queries does not depend on
    how many learners it has.
    """

    _inherit = "event.event"

    def qualiopi_attendance_grid(self):
        """:return: what the screen shows: learners, columns, what is recorded, labels
        :raise UserError: for an event that delivers no programme
        """
        self.ensure_one()
        self.check_access("read")
        self._qualiopi_check_is_session()
        learners = self.env["event.registration"].search(
            [("event_id", "=", self.id)], order="name, id"
        )
        rows = self.env["qualiopi.attendance"].search(
            [("registration_id", "in", learners.ids)]
        )
        first, last = self._qualiopi_days()
        today = self.env["qualiopi.framework"]._today()
        return {
            "id": self.id,
            "name": self.display_name,
            "program": self.qualiopi_program_id.display_name,
            "first_day": str(first),
            "last_day": str(last),
            "today": str(today),
            "can_write": self._qualiopi_can_record(),
            "usual_hours": HOURS_OF_HALF_DAY,
            "labels": self._qualiopi_grid_labels(),
            "documents": self._qualiopi_grid_documents(),
            "learner_view_id": self.env["ir.model.data"]._xmlid_to_res_id(
                LEARNER_FORM, raise_if_not_found=False
            ),
            "columns": self._qualiopi_grid_columns(rows),
            "learners": [learner._qualiopi_grid_learner() for learner in learners],
            "cells": [
                {
                    "registration_id": row.registration_id.id,
                    "date": str(row.date),
                    "period": row.period,
                    "state": row.state,
                    "hours": row.hours,
                    "kind": row.kind,
                }
                for row in rows
            ],
        }

    def qualiopi_record_attendance(self, cells):
        """Record many cells of the screen at once: all of them or none.

        :param cells: as :meth:`qualiopi.attendance._record` takes them
        :return: the screen as it is then
        :raise AccessError: for who may not write registrations
        """
        self.ensure_one()
        self.check_access("read")
        self._qualiopi_check_is_session()
        self._qualiopi_check_cells(cells)
        self.env["event.registration"].check_access("write")
        learners = self.registration_ids.filtered_domain(
            [("id", "in", [cell["registration_id"] for cell in cells])]
        )
        learners.check_access("write")
        self.env["qualiopi.attendance"]._record(self, cells)
        return self.qualiopi_attendance_grid()

    def _qualiopi_check_is_session(self):
        if not self.qualiopi_program_id:
            raise UserError(
                self.env._(
                    "“%(event)s” delivers no programme: choose its programme first.",
                    event=self.name,
                )
            )

    def _qualiopi_check_cells(self, cells):
        """Refuse what is not a cell before anything is read or written."""
        attendance = self.env["qualiopi.attendance"]
        states = {code for code, _label in attendance._fields["state"].selection}
        kinds = {code for code, _label in attendance._fields["kind"].selection}
        periods = {code for code, _label in PERIODS}
        for cell in cells:
            try:
                learner, day, period = next(iter(attendance._cells_by_slot([cell])))
                hours = cell.get("hours", 0)
                understood = (
                    isinstance(learner, int)
                    and day
                    and period in periods
                    and (cell.get("state") or None) in states | {None}
                    and (cell.get("kind") or None) in kinds | {None}
                    and isinstance(hours, int | float)
                )
            except (AttributeError, KeyError, TypeError, ValueError):
                understood = False
            if not understood:
                raise UserError(
                    self.env._("This cell of the grid is not understood: %s", cell)
                )

    def _qualiopi_can_record(self):
        return all(
            self.env[model].has_access("write")
            for model in ("event.registration", "qualiopi.attendance")
        )

    def _qualiopi_grid_labels(self):
        """:return: names of the states, periods and kinds, in the reader's language"""
        attendance = self.env["qualiopi.attendance"]
        return {
            name: dict(attendance._fields[name]._description_selection(self.env))
            for name in ("state", "period", "kind")
        }

    def _qualiopi_grid_documents(self):
        """:return: what can be printed or sent for all learners at once"""
        labels = {
            "action_qualiopi_print_attendance_sheet": self.env._("Attendance sheet"),
            "action_qualiopi_print_contracts": self.env._("Contracts and agreements"),
            "action_qualiopi_print_convocations": self.env._("Convocations"),
            "action_qualiopi_print_certificates": self.env._(
                "Certificates of completion"
            ),
            "action_qualiopi_send_convocations": self.env._(
                "Send the convocations by e-mail"
            ),
        }
        return [
            {"method": method, "label": label}
            for method, label in labels.items()
            if hasattr(self, method)
        ]

    def _qualiopi_grid_columns(self, rows):
        """The planned half-days, and any other one on which something is recorded.

        :param rows: all that is recorded for the session
        """
        columns = {
            (half_day.date, half_day.period): {
                "hours": half_day.hours,
                "planned": True,
                "kind": "planned",
            }
            for half_day in self.qualiopi_half_day_ids
        }
        for row in rows:
            columns.setdefault(
                (row.date, row.period),
                {"hours": HOURS_OF_HALF_DAY, "planned": False, "kind": row.kind},
            )
        return [
            {"date": str(day), "period": period, **column}
            for (day, period), column in sorted(columns.items())
        ]

    def action_qualiopi_learner_files(self):
        """Open the files of the learners of this session."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.event_registration_qualiopi_action"
        )
        return action | {
            "domain": [("event_id", "=", self.id)],
            "context": {"default_event_id": self.id},
        }


class EventRegistration(models.Model):
    _inherit = "event.registration"

    def _qualiopi_grid_learner(self):
        """:return: a row of the screen, with what the file lacks"""
        self.ensure_one()
        labels = self._qualiopi_piece_labels()
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "dropped_on": str(self.qualiopi_dropped_on or ""),
            "late_count": self.qualiopi_late_count,
            "missing": [
                {
                    "code": piece["code"],
                    "label": labels[piece["code"]],
                    "due_on": format_date(self.env, piece["due_on"]),
                    "late": piece["late"],
                }
                for piece in self.qualiopi_missing or []
            ],
        }
