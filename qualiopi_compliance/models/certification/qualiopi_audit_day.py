from odoo import api, fields, models
from odoo.fields import Command


class QualiopiAudit(models.Model):
    """The day itself: who is there, what is looked at, seen, said and asked for."""

    _inherit = "qualiopi.audit"

    attendee_ids = fields.One2many(
        "qualiopi.audit.attendee", "audit_id", "People at the Meetings"
    )
    interview_ids = fields.One2many(
        "qualiopi.audit.interview", "audit_id", "Interviews"
    )
    observation_ids = fields.One2many(
        "qualiopi.audit.observation", "audit_id", "On-Site Observations"
    )
    document_ids = fields.One2many(
        "qualiopi.audit.document", "audit_id", "Documents Seen"
    )
    request_ids = fields.One2many("qualiopi.audit.request", "audit_id", "Requests")
    sample_ids = fields.One2many("qualiopi.audit.sample", "audit_id", "Samples")
    asked_count = fields.Integer("Indicators Looked At", compute="_compute_progress")
    decided_count = fields.Integer("Decided", compute="_compute_progress")
    undecided_count = fields.Integer("To Be Decided", compute="_compute_progress")
    progress = fields.Float(
        compute="_compute_progress", help="Share of the indicators that is decided."
    )
    waiting_count = fields.Integer("Requests Waiting", compute="_compute_waiting_count")
    other_checks = fields.Html(
        "Checked Beside the Indicators", compute="_compute_other_checks", sanitize=False
    )

    @api.depends("item_ids.decision", "item_ids.asked", "item_ids.finding_ids")
    def _compute_progress(self):
        for audit in self:
            asked = audit.item_ids.filtered(lambda item: item.asked != "no")
            left = asked._undecided()
            audit.asked_count = len(asked)
            audit.undecided_count = len(left)
            audit.decided_count = len(asked) - len(left)
            audit.progress = 100 * audit.decided_count / len(asked) if asked else 0

    @api.depends("request_ids.state")
    def _compute_waiting_count(self):
        for audit in self:
            waiting = audit.request_ids.filtered(lambda row: row.state == "waiting")
            audit.waiting_count = len(waiting)

    @api.depends_context("lang")
    @api.depends("kind", "stands_for")
    def _compute_other_checks(self):
        words = self.env["qualiopi.reason"]
        for audit in self:
            audit.other_checks = words._say_sourced(audit._other_requirements())

    def _undecided(self):
        """:return: the indicators on which nothing is decided yet"""
        return self.item_ids._undecided()

    def _propose_attendees(self):
        """Those who are met at the meetings, and the auditors; by name those who are
        contacts of another company.
        """
        for audit in self:
            meetings = audit.agenda_ids.filtered(
                lambda line: line.kind in ("opening", "closing")
            )
            people = audit.auditor_ids | meetings.partner_ids
            people = people or audit.user_id.partner_id
            ours = audit._own_contacts(people)
            audit.attendee_ids = [
                Command.create({"partner_id": person.id, **audit._attends_as(person)})
                for person in ours - audit.attendee_ids.partner_id
            ]
            known = audit.attendee_ids.mapped("name")
            audit.attendee_ids = [
                Command.create(
                    {
                        "name": person.name,
                        "function": audit._function_of(person),
                        **audit._attends_as(person),
                    }
                )
                for person in people - ours
                if person.name not in known
            ]
            audit.attendee_ids = [
                Command.create({"name": name, "auditor": True, "sequence": 1})
                for name in audit._other_auditor_names()
                if name not in known
            ]

    def _attends_as(self, person):
        """:return: values of somebody who is at the meetings"""
        self.ensure_one()
        auditor = person in self.auditor_ids
        return {
            "auditor": auditor,
            "sequence": 1 if auditor else 10,
        }

    def _own_contacts(self, people):
        """:return: those whom the records of this company may name"""
        self.ensure_one()
        return people.filtered_domain(people._check_company_domain(self.company_id))

    def _other_auditor_names(self):
        """:return: the auditors who are no contacts"""
        self.ensure_one()
        names = (self.other_auditors or "").split(",")
        return [name.strip() for name in names if name.strip()]

    def action_walk(self):
        """Go through the indicators, one screen each, from the first undecided one."""
        self.ensure_one()
        self.check_access("read")
        asked = self.item_ids.filtered(lambda item: item.asked != "no")
        first = (asked._undecided() or asked)[:1]
        form = self.env.ref("qualiopi_compliance.qualiopi_audit_item_view_form_day")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "qualiopi.audit.item",
            "res_id": first.id,
            "views": [(form.id, "form")],
        }

    def action_open_items(self):
        """Open the indicators of this audit, by criterion."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_audit_item_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("audit_id", "=", self.id)],
            "context": {"search_default_asked": 1, "search_default_group_criterion": 1},
        }

    def action_open_checklist(self):
        """Open the checklist of the day."""
        self.ensure_one()
        self.check_access("read")
        return self.checklist_id.get_formview_action()

    def action_read_records(self):
        """Read again what the records say, as long as the audit is open."""
        self.check_access("write")
        self._check_open()
        self.checklist_id._read_records()
        return True

    def action_present(self):
        """Add to the people at the meetings those of the plan, and the auditors."""
        self.check_access("write")
        self._check_open()
        self._propose_attendees()
        return True

    def action_print_opening(self):
        """Print the minutes of the opening meeting."""
        return self._print("audit_opening_report")

    def action_print_closing(self):
        """Print the minutes of the closing meeting; a draft while it is open."""
        return self._print("audit_closing_report")

    def action_print_interviews(self):
        """Print one sheet for each person to meet."""
        return self._print("audit_interview_report")

    def _print(self, name):
        self.check_access("read")
        report = self.env.ref(f"qualiopi_compliance.{name}")
        return report.report_action(self, config=False)
