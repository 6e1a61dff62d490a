from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .finding_common import INITIAL, SURVEILLANCE, FindingCase
from .views_common import ViewsMixin


@tagged("post_install", "-at_install")
class TestFinding(ViewsMixin, FindingCase):
    """What an auditor writes, and what may not be written."""

    def setUp(self):
        super().setUp()
        self.audit = self.new_audit()

    def item(self, number, audit=None):
        audit = audit or self.audit
        return audit.item_ids.filtered(lambda item: item.number == number)

    def test_one_begins_to_type_where_something_is_missing(self):
        """The indicator, or the text where the indicator is that of the screen."""
        for action, name in (
            (self.audit.action_add_finding(), "indicator_id"),
            (self.item(1).action_add_finding(), "name"),
        ):
            Finding = self.env["qualiopi.finding"].with_context(**action["context"])
            form = Form(Finding.with_user(self.manager))
            arch = self.view(Finding.with_user(self.manager), "form")
            context = form._get_eval_context() | {"context": action["context"]}
            focused = [
                node.get("name")
                for node in arch.xpath("//field[@default_focus]")
                if not safe_eval(node.get("readonly", "False"), context)
            ]
            with self.subTest(name=name):
                self.assertEqual(focused[0], name)

    def test_the_indicator_of_the_screen_is_kept(self):
        action = self.item(1).action_add_finding()
        Finding = self.env["qualiopi.finding"].with_context(**action["context"])
        with Form(Finding.with_user(self.manager)) as form:
            form.name = "Seen"
        self.assertEqual(form.record.number, 1)

    # What may be written

    def test_every_gravity_on_an_indicator_that_may_be_minor(self):
        for gravity in ("strong", "remark", "minor", "major"):
            with self.subTest(gravity=gravity):
                self.assertTrue(self.find(self.audit, 1, gravity))

    def test_an_indicator_of_another_framework(self):
        """33 came on 1 November 2026: an audit of before knows nothing of it."""
        words = "Indicator 33 is not part of the framework"
        with self.assertRefused(words):
            self.find(self.audit, 33, "major")
        finding = self.env["qualiopi.finding"].new(
            {"audit_id": self.audit.id, "indicator_id": self.indicator(33).id}
        )
        self.assertIn(words, finding.hint)
        finding.audit_id = False
        self.assertFalse(finding.hint)

    def test_major_only_refuses_minor_saying_why(self):
        with self.assertRefused("indicator 11 is always major: choose major"):
            self.find(self.audit, 11, "minor")
        self.assertTrue(self.find(self.audit, 11, "major"))
        self.assertTrue(self.find(self.audit, 11, "remark"))

    def test_what_does_not_apply_takes_no_finding(self):
        for gravity in ("strong", "remark", "minor", "major"):
            case = self.subTest(gravity=gravity)
            with case, self.assertRefused("Indicator 13 does not apply"):
                self.find(self.audit, 13, gravity)

    def test_an_indicator_overruled_as_applicable_takes_one(self):
        self.line(self.living(self.company), 13).write(
            {"override_applicability": "applicable", "override_reason": "Evening group"}
        )
        audit = self.new_audit("internal", "2026-11-20")
        self.line(audit.checklist_id, 13).sudo().write(
            {"override_applicability": "applicable", "override_reason": "Evening group"}
        )
        self.assertTrue(self.find(audit, 13, "major"))

    def test_an_indicator_or_another_requirement(self):
        with self.assertRefused("choose one"):
            self.find(self.audit)
        with self.assertRefused("write two findings"):
            self.find(self.audit, 1, requirement="logo")
        finding = self.find(self.audit, requirement="logo", gravity="minor")
        self.assertEqual(finding.display_name, "Use of the mark – Minor non-conformity")
        self.assertEqual(finding.about, "Use of the mark")

    def test_a_certificate_not_displayed_is_major_at_surveillance(self):
        audit = self.new_audit("surveillance", SURVEILLANCE)
        with self.assertRefused("at the surveillance audit: choose major"):
            self.find(audit, requirement="display", gravity="minor")
        self.assertTrue(self.find(audit, requirement="display", gravity="major"))
        # a rehearsal of one is as strict; at the initial audit there is nothing yet
        mock = self.new_audit("mock", "2026-11-20", stands_for="surveillance")
        with self.assertRefused("choose major"):
            self.find(mock, requirement="display", gravity="minor")
        self.assertTrue(self.find(self.audit, requirement="display", gravity="minor"))

    def test_correcting_is_as_strict_as_writing(self):
        finding = self.find(self.audit, 11, "major")
        with self.assertRefused("always major"):
            finding.gravity = "minor"

    def test_says_so_before_it_is_saved(self):
        form = Form(
            self.env["qualiopi.finding"]
            .with_user(self.manager)
            .with_context(default_audit_id=self.audit.id)
        )
        form.indicator_id = self.indicator(11)
        self.assertFalse(form.hint)
        form.gravity = "minor"
        self.assertIn("always major", form.hint)
        form.gravity = "major"
        self.assertFalse(form.hint)

    # On the day

    def test_not_before_the_audit_has_begun(self):
        planned = self.new_audit("internal", "2026-12-15", opened=False)
        with self.assertRefused("has not begun: open it first", UserError):
            self.find(planned, 1)

    def test_decides_its_indicator(self):
        self.assertEqual(self.item(1).decision, "undecided")
        finding = self.find(self.audit, 1, "strong")
        self.assertEqual(self.item(1).decision, "finding")
        self.assertEqual(self.item(1).finding_ids, finding)
        finding.unlink()
        self.assertEqual(self.item(1).decision, "undecided")

    def test_moved_to_another_indicator(self):
        finding = self.find(self.audit, 1, "remark")
        finding.indicator_id = self.indicator(2)
        self.assertEqual(self.item(1).decision, "undecided")
        self.assertEqual(self.item(2).decision, "finding")

    def test_two_on_one_indicator(self):
        first = self.find(self.audit, 1, "remark")
        self.find(self.audit, 1, "minor")
        first.unlink()
        self.assertEqual(self.item(1).decision, "finding")

    def test_from_the_indicator_of_the_audit(self):
        audit = self.new_audit("internal", "2026-11-20")
        item = self.item(4, audit).with_user(self.internal_auditor)
        context = item.action_add_finding()["context"]
        Finding = self.env["qualiopi.finding"].with_user(self.internal_auditor)
        with Form(Finding.with_context(**context)) as form:
            form.gravity = "major"
            form.name = "Needs not analysed"
        self.assertEqual(form.record.item_id, item)
        self.assertEqual(form.record.audit_id, audit)

    def test_from_the_audit_itself(self):
        context = self.audit.action_add_finding()["context"]
        with Form(
            self.env["qualiopi.finding"].with_user(self.manager).with_context(**context)
        ) as form:
            form.requirement = "logo"
            form.gravity = "major"
            form.name = "On a course page"
        self.assertEqual(form.record.audit_id, self.audit)

    def test_lifted_on_the_day_needs_words(self):
        with self.assertRefused("how it was corrected"):
            self.find(self.audit, 1, lifted_on_the_day=True)
        with self.assertRefused("nothing to lift"):
            self.find(
                self.audit,
                1,
                "remark",
                lifted_on_the_day=True,
                lifting_note="Corrected",
            )

    def test_lifted_on_the_day_is_lifted_at_the_closing_meeting(self):
        self.find(self.audit, 1, lifted_on_the_day=True, lifting_note="Put on the page")
        self.close(self.audit)
        nc = self.nc(self.audit, 1)
        self.assertEqual((nc.state, str(nc.lifted_on)), ("lifted", INITIAL))
        self.assertEqual(nc.correction, "Put on the page")

    def test_only_non_conformities_are_followed(self):
        for gravity in ("strong", "remark"):
            self.find(self.audit, 1, gravity)
        self.find(self.audit, 2, "minor")
        self.close(self.audit)
        self.assertEqual(self.audit.nonconformity_ids.mapped("number"), [2])
        self.assertEqual(self.audit.finding_count, 3)
        self.assertEqual(self.audit.nonconformity_count, 1)

    def test_frozen_with_its_audit(self):
        audit = self.new_audit("internal", "2026-11-20")
        finding = self.find(audit, 1)
        self.close(audit)
        for user in (self.internal_auditor, self.manager):
            own = finding.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRefused("is closed", UserError):
                    own.gravity = "remark"
                with self.assertRefused("is closed", UserError):
                    own.unlink()
                with self.assertRefused("is closed", UserError):
                    own.create(
                        {
                            "audit_id": audit.id,
                            "indicator_id": self.indicator(2).id,
                            "name": "Slipped in",
                        }
                    )
        with self.assertRefused("is closed", UserError):
            finding.sudo().name = "Otherwise"

    # Over all audits

    def test_found_over_all_audits(self):
        self.find(self.audit, 1, "minor")
        later = self.new_audit("internal", "2026-11-20")
        self.find(later, 1, "major")
        self.find(later, 4, "strong")
        Finding = self.env["qualiopi.finding"].with_user(self.internal_auditor)
        ours = [("company_id", "=", self.company.id)]
        groups = Finding._read_group(
            ours, ["indicator_id", "gravity", "date:year"], ["__count"]
        )
        found = {
            (indicator.number, gravity, year.year): count
            for indicator, gravity, year, count in groups
        }
        self.assertEqual(
            found,
            {(1, "minor", 2025): 1, (1, "major", 2026): 1, (4, "strong", 2026): 1},
        )
        kinds = dict(Finding._read_group(ours, ["audit_kind"], ["__count"]))
        self.assertEqual(kinds, {"initial": 1, "internal": 2})
        action = later.action_open_findings()
        self.assertEqual(Finding.search(action["domain"]), later.finding_ids)

    def test_another_company_sees_none(self):
        self.find(self.audit, 1)
        other = self.env["qualiopi.finding"].with_user(self.other_manager)
        self.assertFalse(other.search([]))
        with self.assertRaises(AccessError):
            other.create(
                {
                    "audit_id": self.audit.id,
                    "indicator_id": self.indicator(1).id,
                    "name": "Slipped in",
                }
            )

    def test_contributors_write_none(self):
        with self.assertRaises(AccessError):
            self.env["qualiopi.finding"].with_user(self.contributor).search([])
