from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .audit_common import AuditCase
from .finding_common import TODAY


@tagged("post_install", "-at_install")
class TestAuditSample(AuditCase):
    """Files drawn for an audit: how, from which, and the same ones again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.new_event_user("q_desk", "event.group_event_registration_desk")
        cls.sheets = cls.new_program("Spreadsheets", "AFC")
        cls.words = cls.new_program("Words", "AFC")
        cls.balance = cls.new_program("Skills", "BC")
        for program, count in ((cls.sheets, 9), (cls.words, 5), (cls.balance, 2)):
            cls.new_files(program, count)

    @classmethod
    def new_program(cls, name, code):
        return cls.env["qualiopi.program"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "category_id": cls.category(code).id,
            }
        )

    @classmethod
    def new_files(cls, program, count, last="2026-03-06", **vals):
        event = cls.env["event.event"].create(
            {
                "name": program.name,
                "company_id": cls.company.id,
                "qualiopi_program_id": program.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": f"{last} 16:00:00",
            }
        )
        return cls.env["event.registration"].create(
            [
                {
                    "event_id": event.id,
                    "name": f"Learner {number}",
                    "state": "done",
                    "qualiopi_override_reason": "On trial",
                    **vals,
                }
                for number in range(count)
            ]
        )

    def setUp(self):
        super().setUp()
        self.audit = self.new_mock(TODAY)

    def sample(self, **vals):
        return self.add("sample", self.audit, **{"size": 5, "seed": 42, **vals})

    def test_of_each_category_its_share(self):
        sample = self.sample()
        sample.action_draw()
        self.assertEqual(len(sample.file_ids), 5)
        self.assertEqual(sample.population_size, 16)
        self.assertEqual(sample.parts, [["AFC", 4, 14], ["BC", 1, 2]])
        self.assertEqual(sample.parts_text, "AFC: 4 of 14\nBC: 1 of 2")
        codes = sample.file_ids.category_id.mapped("code")
        self.assertEqual(set(codes), {"AFC", "BC"})
        self.assertEqual(sample.drawn_by_id, self.manager)
        self.assertEqual(str(sample.drawn_on.date()), TODAY)
        self.assertEqual(sample.file_ids.mapped("sequence"), [1, 2, 3, 4, 5])

    def test_of_each_programme(self):
        sample = self.sample(method="program", size=2)
        sample.action_draw()
        programs = self.sheets | self.words | self.balance
        self.assertEqual(sample.file_ids.program_id, programs)
        self.assertEqual(len(sample.file_ids), 3)
        self.assertIn("Words: 1 of 5", sample.parts_text)

    def test_at_random(self):
        sample = self.sample(method="random", size=3)
        sample.action_draw()
        self.assertEqual(len(sample.file_ids), 3)
        self.assertFalse(sample.parts)

    def test_the_same_seed_draws_the_same_files(self):
        first, again = self.sample(), self.sample()
        (first | again).action_draw()
        self.assertEqual(first.file_ids.registration_id, again.file_ids.registration_id)
        drawn = set()
        for seed in range(5):
            other = self.sample(seed=seed)
            other.with_user(self.internal_auditor).action_draw()
            drawn.add(tuple(sorted(other.file_ids.registration_id.ids)))
        self.assertGreater(len(drawn), 1)

    def test_it_is_drawn_again_to_check(self):
        sample = self.sample()
        sample.action_draw()
        answer = sample.action_check_draw()["params"]
        self.assertEqual(answer["type"], "success")
        self.assertIn("the same files", answer["message"])
        self.new_files(self.words, 1)
        answer = sample.action_check_draw()["params"]
        self.assertEqual(answer["type"], "warning")
        self.assertIn("(17, then 16)", answer["message"])

    def test_a_draw_is_recorded_once(self):
        sample = self.sample()
        sample.action_draw()
        for vals in (
            {"seed": 7},
            {"size": 9},
            {"domain": "[]"},
            {"method": "random"},
            {"files": "session"},
        ):
            with self.subTest(vals=vals), self.assertRefused("was drawn", UserError):
                sample.write(vals)
        with self.assertRefused("was drawn", UserError):
            sample.action_draw()
        with self.assertRefused("neither added nor taken out", UserError):
            sample.file_ids[0].unlink()
        others = self.env["event.registration"].search(
            [
                ("company_id", "=", self.company.id),
                ("id", "not in", sample.file_ids.registration_id.ids),
            ]
        )
        with self.assertRefused("neither added nor taken out", UserError):
            sample.file_ids = [Command.create({"registration_id": others[0].id})]
        for vals in ({"drawn_on": TODAY}, {"population_size": 3}, {"parts": []}):
            with self.assertRefused("nobody types a draw", UserError):
                sample.write(vals)
        sample.file_ids[0].write({"looked_at": True, "note": "Complete"})
        sample.name = "Spring"
        files = sample.file_ids
        sample.unlink()
        self.assertFalse(files.exists())

    def test_by_default_since_the_audit_before(self):
        sample = self.sample()
        self.assertIn("2025-11-23", sample.domain)
        self.assertIn("November 23, 2025", sample.population)
        self.closed_audit(day="2026-03-05")
        later = self.new_audit("mock", TODAY, opened=False)
        later.previous_id = self.env["qualiopi.audit"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "initial")]
        )
        sample = self.add("sample", later)
        self.assertIn("2026-03-05", sample.domain)
        sample.files = "session"
        self.assertNotIn("event_id", sample.domain)
        self.assertEqual(sample.model_name, "event.event")

    def test_sessions(self):
        sample = self.sample(files="session", size=2)
        sample.action_draw()
        self.assertEqual(sample.population_size, 3)
        self.assertEqual(len(sample.file_ids.event_id), 2)
        self.assertFalse(sample.file_ids.registration_id)

    def test_chosen_by_the_auditor(self):
        sample = self.sample(method="chosen", size=0)
        with self.assertRefused("Add the files", UserError):
            sample.action_draw()
        chosen = self.env["event.registration"].search(
            [("company_id", "=", self.company.id)], limit=2
        )
        sample.file_ids = [
            Command.create({"registration_id": row.id}) for row in chosen
        ]
        self.assertEqual(sample.file_ids.event_id, chosen.event_id)
        sample.action_draw()
        self.assertEqual(sample.file_ids.registration_id, chosen)
        self.assertEqual(sample.population_size, 16)

    def test_cancelled_and_later_files_are_left_out(self):
        self.new_files(self.sheets, 3, state="cancel")
        self.new_files(self.sheets, 3, last="2026-12-18")
        sample = self.sample(size=50)
        sample.action_draw()
        self.assertEqual(sample.population_size, 16)

    def test_never_of_another_company(self):
        event = self.env["event.event"].create(
            {
                "name": "Elsewhere",
                "company_id": self.other_company.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-06 16:00:00",
            }
        )
        self.env["event.registration"].create({"event_id": event.id, "name": "X"})
        sample = self.sample(domain="[]", size=50)
        # who sees all companies draws from this one only
        sample.sudo().action_draw()
        self.assertEqual(sample.file_ids.registration_id.company_id, self.company)
        self.assertEqual(sample.population_size, 16)

    def test_filters_that_cannot_be_read(self):
        for domain in ("[(", "[('nothing', '=', 1)]", "__import__('os')"):
            case = self.subTest(domain=domain)
            with case, self.assertRefused("cannot be read", ValidationError):
                self.sample(domain=domain)
        with self.assertRefused("Widen the filter", UserError):
            self.sample(domain="[('name', '=', 'Nobody')]").action_draw()
        with self.assertRefused("at least one", ValidationError):
            self.sample(size=0)

    def test_names_are_for_those_who_may_read_them(self):
        sample = self.sample()
        sample.action_draw()
        file = sample.file_ids[0]
        self.assertIn("Learner", file.with_user(self.internal_auditor).display_name)
        for user in (self.desk, self.contributor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                file.with_user(user).read(["display_name"])

    def test_a_drawn_file_is_kept(self):
        sample = self.sample()
        sample.action_draw()
        # core lets nobody but its administrators delete one
        registration = sample.file_ids[0].registration_id.sudo()
        with self.assertRefused("was drawn for an audit", UserError):
            registration.unlink()
        with self.assertRefused("was drawn for an audit", UserError):
            registration.event_id.unlink()
        registration.active = False
        self.assertTrue(sample.file_ids[0].registration_id)

    def test_the_list_to_prepare(self):
        sample = self.sample()
        sample.action_draw()
        action = sample.action_open_files()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, sample.file_ids)
        file = found[0]
        self.assertEqual(file.action_open_record()["res_id"], file.registration_id.id)
        action = file.action_open_gaps()
        self.assertIn(
            ("registration_id", "=", file.registration_id.id), action["domain"]
        )

    def test_once_in_a_sample(self):
        sample = self.sample(method="chosen")
        row = self.env["event.registration"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        sample.file_ids = [Command.create({"registration_id": row.id})]
        with self.assertRefused("Choose a learner file", ValidationError):
            sample.file_ids = [Command.create({"event_id": row.event_id.id})]
