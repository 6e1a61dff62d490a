from odoo.tests import tagged

from .cycle_common import CycleCase


@tagged("post_install", "-at_install")
class TestDigest(CycleCase):
    def setUp(self):
        super().setUp()
        self.company.qualiopi_last_bpf_year = "2025"
        self.cycle.active = False
        self.first, self.second = self.env["qualiopi.declaration"].create(
            [
                {
                    "name": name,
                    "changed_on": "2026-11-20",
                    "company_id": self.company.id,
                    "user_id": self.contributor.id,
                }
                for name in ("New address", "New manager")
            ]
        )

    def told(self, user=None):
        """:return: bodies of the digests sent to that user"""
        user = user or self.contributor
        return (
            self.mails()
            .filtered(lambda row: user.email in row.email_to)
            .mapped("body_html")
        )

    def test_one_mail_tells_of_all_that_has_come_up(self):
        self.night("2026-11-23")
        [body] = self.told()
        for words in ("New address", "New manager", "12/20/2026", "R. 6351-8"):
            self.assertIn(words, body)
        self.assertIn(
            f"/mail/view?model=qualiopi.declaration&amp;res_id={self.first.id}", body
        )
        self.assertNotIn("Late, due on", body)

    def test_no_mail_for_each_activity(self):
        before = self.env["mail.mail"].sudo().search_count([])
        self.night("2026-11-23")
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before + 1)

    def test_each_matter_once(self):
        self.night("2026-11-23")
        self.night("2026-11-23")
        self.night("2026-11-24")
        self.assertEqual(len(self.told()), 1)
        third = self.first.copy({"name": "New name"})
        self.night("2026-11-25")
        bodies = self.told()
        self.assertEqual(len(bodies), 2)
        [latest] = [body for body in bodies if third.name in body]
        self.assertNotIn("New manager", latest)

    def test_again_when_its_day_moves(self):
        self.night("2026-11-23")
        self.first.changed_on = "2026-11-21"
        self.night("2026-11-24")
        self.assertEqual(len(self.told()), 2)

    def test_late_ones_say_so(self):
        self.first.changed_on = "2026-10-12"
        self.company.qualiopi_escalation_days = 0
        self.night("2026-11-23")
        self.assertIn("Late, due on", self.told()[0])

    def test_killed_before_the_mail_is_lost(self):
        # 1: activities given; 2: the company done; 3: the mail
        for commits in (1, 2):
            self.night("2026-11-23", until=commits)
            self.assertFalse(self.told())
        self.night("2026-11-23")
        self.assertEqual(len(self.told()), 1)
        self.night("2026-11-23", until=3)
        self.night("2026-11-24")
        self.assertEqual(len(self.told()), 1)

    def test_done_or_settled_meanwhile_is_not_mailed(self):
        self.night("2026-11-23", until=2)
        self.first.activity_ids.action_feedback()
        self.second.declared_on = "2026-11-23"
        self.night("2026-11-24")
        self.assertFalse(self.told())

    def test_switched_off(self):
        self.company.qualiopi_digest = False
        self.night("2026-11-23")
        self.assertFalse(self.told())
        self.assertTrue(self.first.activity_ids)

    def test_without_address_nobody_is_mailed(self):
        self.contributor.email = False
        self.night("2026-11-23")
        self.assertFalse(self.mails())
        self.contributor.email = "late@example.com"
        self.night("2026-11-24")
        self.assertEqual(len(self.told()), 1)

    def test_who_has_it_now_is_told(self):
        self.night("2026-11-23", until=2)
        self.first.activity_ids.with_context(mail_activity_quick_update=True).write(
            {"user_id": self.manager.id}
        )
        self.night("2026-11-24")
        self.assertIn("New address", self.told(self.manager)[0])
        self.assertNotIn("New address", self.told()[0])

    def test_in_the_language_of_its_reader(self):
        self.french()
        self.contributor.lang = "fr_FR"
        template = self.env.ref("qualiopi_compliance.mail_template_digest")
        template.with_context(lang="fr_FR").subject = "Qualiopi: en français"
        self.night("2026-11-23")
        self.assertEqual(self.mails().subject, "Qualiopi: en français")
        self.assertIn("20/12/2026", self.told()[0])

    def test_one_mail_for_several_companies(self):
        self.contributor.company_ids |= self.other_company
        self.second.user_id = self.manager
        other = self.second.copy(
            {
                "name": "Elsewhere",
                "company_id": self.other_company.id,
                "user_id": self.contributor.id,
            }
        )
        self.night("2026-11-23", companies=self.company | self.other_company)
        [body] = self.told()
        for words in (other.name, f"({self.other_company.name})", self.first.name):
            self.assertIn(words, body)

    def test_comes_from_the_company_it_is_about(self):
        self.contributor.company_ids |= self.other_company
        self.contributor.company_id = self.other_company
        self.company.email = "quality@example.com"
        self.night("2026-11-23")
        self.assertIn("quality@example.com", self.mails().email_from)
        self.assertIn(self.company.name, self.told()[0])
