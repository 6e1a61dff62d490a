from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DAY_2026, QualiopiCommon


class GuideCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Guide = cls.env["qualiopi.guide"]
        cls.v9 = cls.env.ref("qualiopi_compliance.guide_v9")
        cls.v10 = cls.env.ref("qualiopi_compliance.guide_v10")

    def new_guide(self, version="V11", **vals):
        return self.Guide.create(
            {
                "version": version,
                "name_fr": version,
                "framework_id": self.framework(2026).id,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestGuideDates(GuideCase):
    def test_dates_of_guide_v9(self):
        self.assertEqual(str(self.v9.published_on), "2024-01-08")
        self.assertEqual(str(self.v9.compulsory_from), "2024-03-08")
        self.assertEqual(self.v9.framework_id, self.framework(2019))

    def test_guide_v10_is_awaited_without_dates(self):
        self.assertFalse(self.v10.published_on)
        self.assertFalse(self.v10.compulsory_from)
        self.assertFalse(self.v10.entry_ids)
        self.assertEqual(self.v10.framework_id, self.framework(2026))

    def test_compulsory_two_months_after_publication_by_default(self):
        for published, compulsory in (
            ("2026-12-10", "2027-02-10"),
            ("2026-12-31", "2027-02-28"),
        ):
            with self.subTest(published=published):
                guide = self.new_guide(published, published_on=published)
                self.assertEqual(str(guide.compulsory_from), compulsory)

    def test_publishing_an_awaited_guide_fills_the_day_it_is_compulsory(self):
        self.v10.published_on = "2026-12-10"
        self.assertEqual(str(self.v10.compulsory_from), "2027-02-10")

    def test_earlier_compulsory_day_is_kept(self):
        for day in ("2026-12-10", "2027-01-01", "2027-02-10"):
            with self.subTest(day=day):
                guide = self.new_guide(
                    day, published_on="2026-12-10", compulsory_from=day
                )
                self.assertEqual(str(guide.compulsory_from), day)

    def test_compulsory_after_two_months_is_refused(self):
        with self.assertRefused(
            "V11 was published on .*2026.*at most two months later.*2027"
        ):
            self.new_guide(published_on="2026-12-10", compulsory_from="2027-02-11")

    def test_compulsory_before_publication_is_refused(self):
        with self.assertRefused("V11 was published on .*2026"):
            self.new_guide(published_on="2026-12-10", compulsory_from="2026-12-09")

    def test_compulsory_without_publication_is_refused(self):
        with self.assertRefused("before it is published"):
            self.new_guide(compulsory_from="2026-12-10")

    def test_compulsory_day_of_a_published_guide_cannot_be_emptied(self):
        with self.assertRaises(ValidationError):
            self.v9.compulsory_from = False

    def test_guide_taken_back_is_awaited_again(self):
        self.v9.published_on = False
        self.assertFalse(self.v9.compulsory_from)
        self.assertEqual(self.v9.state, "awaited")

    @mute_logger("odoo.sql_db")
    def test_version_is_unique(self):
        with self.assertRaises(IntegrityError):
            self.new_guide("V9")

    @mute_logger("odoo.sql_db")
    def test_one_entry_per_indicator(self):
        with self.assertRaises(IntegrityError):
            self.env["qualiopi.guide.entry"].create(
                {
                    "guide_id": self.v9.id,
                    "indicator_id": self.v9.entry_ids[0].indicator_id.id,
                    "gravity": "gradable",
                }
            )


@tagged("post_install", "-at_install")
class TestGuideInTime(GuideCase):
    def test_state_follows_the_day(self):
        self.v10.published_on = "2026-12-10"
        expected = {
            "2026-12-09": "awaited",
            "2026-12-10": "published",
            "2027-02-09": "published",
            "2027-02-10": "compulsory",
        }
        for day, state in expected.items():
            with self.subTest(day=day), self.on(day):
                self.assertEqual(self.v10.state, state)

    def test_guide_without_dates_stays_awaited(self):
        with self.on("2099-01-01"):
            self.assertEqual(self.v10.state, "awaited")

    def test_compulsory_guide_of_a_day(self):
        self.v10.published_on = "2026-12-10"
        expected = {
            "2024-03-07": self.Guide,
            "2024-03-08": self.v9,
            DAY_2026: self.v9,
            "2027-02-09": self.v9,
            "2027-02-10": self.v10,
        }
        for day, guide in expected.items():
            with self.subTest(day=day):
                self.assertEqual(self.Guide._for_date(day), guide)

    def test_guide_is_pending_between_its_two_dates(self):
        self.v10.published_on = "2026-12-10"
        expected = {
            "2024-01-07": self.Guide,
            "2024-01-08": self.v9,
            "2024-03-07": self.v9,
            "2024-03-08": self.Guide,
            "2026-12-09": self.Guide,
            "2026-12-10": self.v10,
            "2027-02-10": self.Guide,
        }
        for day, pending in expected.items():
            with self.subTest(day=day):
                self.assertEqual(self.Guide._pending_on(day), pending)

    def test_name_shows_the_version(self):
        self.assertEqual(self.v9.display_name, "Guide V9")


@tagged("post_install", "-at_install")
class TestNextGuide(GuideCase):
    """What a new guide changes by its mere records."""

    def setUp(self):
        super().setUp()
        self.declare(self.company, "AFC", over_two_days=True)
        self.v10.published_on = "2026-12-10"
        self.v10.entry_ids = [
            Command.create(
                {
                    "indicator_id": self.requirement(2026, 12).indicator_id.id,
                    "gravity": "major_only",
                }
            )
        ]

    def test_gravity_changes_once_the_guide_is_compulsory(self):
        requirement = self.requirement(2026, 12)
        with self.on("2027-02-09"):
            self.assertEqual(requirement.gravity, "gradable")
        with self.on("2027-02-10"):
            self.assertEqual(requirement.gravity, "major_only")
            self.assertEqual(self.requirement(2019, 12).gravity, "gradable")

    def test_gravity_search_follows(self):
        domain = [
            ("framework_id", "=", self.framework(2026).id),
            ("gravity", "=", "major_only"),
        ]
        with self.on("2027-02-10"):
            found = self.env["qualiopi.requirement"].search(domain)
        self.assertEqual(found.mapped("number"), [12])

    def test_notice_disappears_beside_the_text_it_was_written_for(self):
        with self.on("2027-02-10"):
            self.assertFalse(self.requirement(2026, 12).guide_notice)

    def test_living_checklist_takes_the_new_gravity(self):
        checklist = self.living(self.company)
        with self.on("2027-02-09", self.company):
            self.assertEqual(checklist.guide_id, self.v9)
            self.assertEqual(checklist.pending_guide_id, self.v10)
            self.assertEqual(self.line(checklist, 12).gravity, "gradable")
        with self.on("2027-02-10", self.company):
            self.assertEqual(checklist.guide_id, self.v10)
            self.assertFalse(checklist.pending_guide_id)
            self.assertEqual(self.line(checklist, 12).gravity, "major_only")
