from odoo.fields import Command
from odoo.tools import SQL

from .collector_common import DAY, CollectorCase


class TestCollectorCompany(CollectorCase):
    """The company itself: meetings, roles, weak points, sites."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.person = cls.env["res.partner"].create({"name": "Person"})

    def is_lacking(self, code, day=DAY):
        return self.company.id in self.lacking(code, day)

    def is_asked(self, code, day=DAY):
        return self.company.id in self.asked_of(code, day)

    def meeting(self, start, kind="team", **vals):
        meeting = self.env["qualiopi.team.meeting"].create(
            {
                "name": "Meeting",
                "company_id": self.company.id,
                "kind": kind,
                "start": start,
                "notes": "<p>What was said</p>",
                "participant_ids": [
                    Command.create({"partner_id": self.person.id, "status": "present"})
                ],
                **vals,
            }
        )
        meeting.action_hold()
        return meeting

    def test_who_works_alone_meets_nobody(self):
        self.assertTrue(self.is_asked("company.meeting"))
        self.outsider.active = False
        self.assertFalse(self.is_asked("company.meeting"))
        self.assertFalse(self.is_asked("company.roles"))

    def test_a_meeting_counts_on_its_day_in_paris(self):
        self.assertTrue(self.is_lacking("company.meeting"))
        # half past midnight in Paris
        self.meeting("2026-11-15 23:30:00")
        self.assertTrue(self.is_lacking("company.meeting", "2026-11-15"))
        self.assertFalse(self.is_lacking("company.meeting", "2026-11-16"))
        self.assertTrue(self.is_lacking("company.council"))

    def test_a_council_is_no_team_meeting(self):
        self.meeting("2026-11-16 09:00:00", "council")
        self.assertFalse(self.is_lacking("company.council"))
        self.assertTrue(self.is_lacking("company.meeting"))

    def test_what_is_planned_was_not_held(self):
        self.meeting("2026-11-16 09:00:00").action_reopen()
        self.assertTrue(self.is_lacking("company.meeting"))

    def test_roles_from_the_first_day_to_the_last(self):
        role = self.env["qualiopi.team.role"].create(
            {
                "function": "administration",
                "partner_id": self.person.id,
                "company_id": self.company.id,
                "since": "2026-11-02",
                "until": "2026-11-20",
            }
        )
        for day, lacking in (
            ("2026-11-01", True),
            ("2026-11-02", False),
            ("2026-11-20", False),
            ("2026-11-21", True),
        ):
            self.assertEqual(self.is_lacking("company.roles", day), lacking, day)
        role.until = False
        self.assertFalse(self.is_lacking("company.roles"))

    def test_two_months_are_left_to_decide(self):
        self.assertFalse(self.is_asked("company.weak_points"))
        point = self.env["qualiopi.weak.point"].create(
            {"name": "Too fast", "company_id": self.company.id}
        )
        point.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE qualiopi_weak_point SET create_date = '2026-09-20 10:00:00' "
                "WHERE id = %s RETURNING id",
                point.id,
            )
        )
        self.assertFalse(self.is_asked("company.weak_points", "2026-09-19"))
        self.assertFalse(self.is_lacking("company.weak_points", "2026-11-18"))
        self.assertTrue(self.is_lacking("company.weak_points", "2026-11-19"))
        point.reason = "Said once"
        point.action_dismiss()
        self.assertFalse(self.is_lacking("company.weak_points"))

    def test_sites_while_they_are_open(self):
        site = self.env["qualiopi.site"].create(
            {
                "name": "Annex",
                "company_id": self.company.id,
                "opened_on": "2026-11-02",
                "closed_on": "2026-11-20",
            }
        )
        for day, looked_at in (
            ("2026-11-01", False),
            ("2026-11-02", True),
            ("2026-11-19", True),
            ("2026-11-20", False),
        ):
            source = self.source("site", day)
            self.assertEqual(site.id in self.ids(source, SQL("TRUE")), looked_at, day)


class TestCollectorDocuments(CollectorCase):
    """A document holds from its own date to its last day, or until a newer one does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.kind = cls.env.ref("qualiopi_compliance.document_type_entry_procedure")
            cls.document = cls.new_document("2026-03-02")

    @classmethod
    def new_document(cls, day, validated=True, **vals):
        document = cls.env["qualiopi.evidence"].create(
            {
                "type_id": cls.kind.id,
                "company_id": cls.company.id,
                "effective_on": day,
                "url": "https://example.com/procedure",
                **vals,
            }
        )
        document.action_submit()
        if validated:
            document.with_user(cls.manager).action_validate()
        return document

    def measure(self, day):
        source = self.source("company", day)
        return source, source.document(self.kind.id)

    def has(self, day=DAY):
        source, measure = self.measure(day)
        return self.company.id in self.ids(source, measure.satisfied)

    def has_not_for_long(self, day=DAY):
        source, measure = self.measure(day)
        return self.company.id in self.ids(source, measure.satisfied, measure.soon)

    def test_from_its_own_date(self):
        self.assertFalse(self.has("2026-03-01"))
        self.assertTrue(self.has("2026-03-02"))
        self.assertTrue(self.has())

    def test_until_its_last_day(self):
        self.document.sudo().valid_until = "2026-11-10"
        self.assertTrue(self.has("2026-11-10"))
        self.assertFalse(self.has("2026-11-11"))

    def test_announced_before_it_runs_out(self):
        self.assertFalse(self.has_not_for_long())
        self.company.qualiopi_expiry_days = 30
        self.document.sudo().valid_until = "2026-12-24"
        self.assertFalse(self.has_not_for_long())
        self.document.sudo().valid_until = "2026-12-23"
        self.assertTrue(self.has_not_for_long())

    def test_of_two_the_longer_one_counts(self):
        self.document.sudo().valid_until = "2026-12-01"
        self.assertTrue(self.has_not_for_long())
        self.new_document("2026-11-01")
        self.assertFalse(self.has_not_for_long())

    def test_the_former_version_until_the_newer_one_holds(self):
        self.new_document("2026-11-10", previous_id=self.document.id)
        self.assertTrue(self.has("2026-11-09"))
        self.assertTrue(self.has("2026-11-10"))

    def test_validated_only(self):
        self.document.active = False
        self.assertFalse(self.has())
        waiting = self.new_document("2026-11-10", validated=False)
        self.assertFalse(self.has())
        waiting.with_user(self.manager).action_validate()
        self.assertTrue(self.has())

    def test_a_document_of_no_type_proves_no_type(self):
        self.new_document(
            "2026-11-10",
            type_id=False,
            name="Loose",
            scope="company",
            indicator_ids=self.kind.indicator_ids.ids,
        )
        self.document.sudo().valid_until = "2026-12-01"
        self.assertTrue(self.has_not_for_long())

    def test_of_this_company_only(self):
        source = self.source("company", DAY, self.other_company)
        self.assertFalse(self.ids(source, source.document(self.kind.id).satisfied))
