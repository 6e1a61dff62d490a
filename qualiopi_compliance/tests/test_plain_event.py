from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .session_common import FIRST, LAST, SessionCase


@tagged("post_install", "-at_install")
class TestPlainEvent(SessionCase):
    """An event without programme stays as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain_event = cls.new_event(name="Open day")

    def ours(self, arch):
        """:return: what this addon put into a view, as nodes"""
        grid = self.env.ref("qualiopi_compliance.qualiopi_attendance_grid_action")
        return [
            node
            for node in arch.iter(etree.Element)
            if "qualiopi" in " ".join(node.attrib.values())
            or node.get("name") == str(grid.id)
        ]

    def hidden(self, node, event):
        """:return: whether the node or one that holds it is invisible for ``event``"""
        values = {
            name: event[name].id if field.type == "many2one" else event[name]
            for name, field in event._fields.items()
            if field.type
            in ("many2one", "boolean", "char", "integer", "selection", "text")
            or name == "qualiopi_gap_ids"
        }
        return any(
            holder.get("invisible")
            and safe_eval(holder.get("invisible"), {**values, "context": {}})
            for holder in (node, *node.iterancestors())
            # the list inside a form has its own records
            if not holder.xpath("ancestor::field")
        )

    def shown(self, event, user, view=None):
        arch = event.with_user(user).get_view(
            view and self.env.ref(view).id, view_type="form"
        )["arch"]
        nodes = self.ours(etree.fromstring(arch))
        return {node.get("name") for node in nodes if not self.hidden(node, event)} - {
            None
        }

    def test_form_shows_the_programme_only(self):
        for user in (self.manager, self.event_user, self.desk, self.internal_auditor):
            with self.subTest(user=user.login):
                self.assertEqual(
                    self.shown(self.plain_event, user), {"qualiopi_program_id"}
                )

    def test_form_of_a_session_shows_more(self):
        shown = self.shown(self.session, self.manager)
        self.assertLess(
            {
                "qualiopi_program_id",
                "qualiopi_version_id",
                "qualiopi_half_day_ids",
                "action_qualiopi_plan_half_days",
                "action_qualiopi_learner_files",
            },
            shown,
        )

    def test_quick_creation(self):
        self.assertEqual(
            self.shown(
                self.plain_event,
                self.manager,
                "event.event_event_view_form_quick_create",
            ),
            set(),
        )

    def test_nothing_is_recorded_on_it(self):
        ours = [
            name for name in self.plain_event._fields if name.startswith("qualiopi")
        ]
        self.assertGreater(len(ours), 10)
        self.assertEqual([name for name in ours if self.plain_event[name]], [])

    def test_registers_as_before(self):
        registration = self.env["event.registration"].create(
            {"event_id": self.plain_event.id, "name": "Visitor"}
        )
        self.assertEqual(registration.state, "open")
        self.assertFalse(registration.qualiopi_stage)
        request = self.env["event.registration"].create(
            {"event_id": self.session.id, "name": "Learner"}
        )
        self.assertEqual(request.state, "draft")

    def test_made_by_hand(self):
        form = Form(self.env["event.event"].with_user(self.event_user))
        form.name = "Job fair"
        form.date_begin, form.date_end = f"{FIRST} 08:00:00", f"{LAST} 08:00:00"
        event = form.save()
        self.assertFalse(event.qualiopi_program_id)
        self.assertFalse(event.qualiopi_warning)

    def test_becomes_a_session_by_its_programme(self):
        with Form(self.plain_event.with_user(self.event_user)) as form:
            form.qualiopi_program_id = self.program
            self.assertEqual(form.qualiopi_hours, 35)
        self.assertEqual(self.plain_event.qualiopi_version_id, self.version)

    def test_visitors_of_published_events_read_no_inside_matters(self):
        inside = {
            "qualiopi_adaptations",
            "qualiopi_half_day_ids",
            "qualiopi_principal_id",
            "qualiopi_principal_note",
            "qualiopi_principal_tasks",
            "qualiopi_subcontract_id",
            "qualiopi_subcontractor_id",
            "qualiopi_warning",
        }
        events = self.env["event.event"]
        visible = set(events.with_user(self.portal).fields_get())
        self.assertFalse(inside & visible)
        self.assertLess(inside, set(events.with_user(self.desk).fields_get()))
