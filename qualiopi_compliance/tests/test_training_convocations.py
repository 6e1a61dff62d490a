from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_training_documents import TODAY, TrainingDocumentCase


@tagged("post_install", "-at_install")
class TestConvocation(TrainingDocumentCase):
    def test_contents(self):
        self.assertSays(
            "convocation",
            self.alice,
            {
                "learners": "Alice Martin",
                "version": "Weld safely",
                "title": "Weld safely",
                "objectives": "Weld a flat joint",
                "contact": "Paul Accueil – paul@x.fr",
                "period": "from March 2, 2026 to March 3, 2026",
                "begins": "9:00",
                "half_days": "Monday, March 2, 2026 – morning (3.5 hours)",
                "place": "Workshop 7",
                "access": "Tram B, stop Quai Sud",
                "disability_contact": "Hélène Soutien – 0102030405",
                "house_rules": "No smoking in the workshop",
            },
        )

    def test_each_content_stops_the_printing(self):
        for record, name, label in (
            (self.company, "qualiopi_house_rules", "House rules"),
            (self.company, "qualiopi_disability_contact_id", "Disability contact"),
            (self.event, "qualiopi_access", "How to get there"),
            (self.event, "address_id", "Place"),
        ):
            before = record[name]
            with self.subTest(label=label):
                record[name] = False
                self.assertStopped("convocation", self.alice, label)
            record[name] = before
        self.event.qualiopi_half_day_ids.unlink()
        self.assertStopped("convocation", self.alice, "Planned half-days")

    def test_online_needs_no_address(self):
        self.event.write({"qualiopi_teaching_mode": "distance", "address_id": False})
        self.event.qualiopi_half_day_ids.unlink()
        text = self.text("convocation", self.alice)
        self.assertIn("Online", text)
        self.assertIn("At your own pace", text)

    def test_one_of_our_sites(self):
        site = self.env["qualiopi.site"].create(
            {"name": "Site Nord", "company_id": self.company.id}
        )
        self.event.write({"qualiopi_place": "site", "qualiopi_site_id": site.id})
        self.assertIn("Site Nord", self.text("convocation", self.alice))

    def test_a_request_gets_none(self):
        self.alice.state = "draft"
        self.assertStopped("convocation", self.alice, "not enrolled")

    def test_printing_is_not_sending(self):
        self.event.action_qualiopi_print_convocations()
        self.assertEqual(len(self.attachments(self.alice)), 1)
        self.assertFalse(self.alice.qualiopi_convocation_on)

    def test_nobody_enrolled(self):
        self.event.registration_ids.state = "draft"
        for name in ("print", "send"):
            with self.assertRaisesRegex(UserError, "No learner is enrolled"):
                getattr(self.event, f"action_qualiopi_{name}_convocations")()


@tagged("post_install", "-at_install")
class TestSendConvocations(TrainingDocumentCase):
    def send(self, records):
        """:return: the action, the mails about to leave"""
        with patch.object(type(self.env["mail.mail"]), "send", autospec=True) as sent:
            action = records.action_qualiopi_send_convocations()
        mails = self.env["mail.mail"]
        for call in sent.call_args_list:
            mails |= call.args[0]
        return action, mails

    def send_for_good(self, send):
        """Send as in real life, with a mail server that takes everything."""
        Server = type(self.env["ir.mail_server"])
        with (
            patch.object(Server, "_disable_send", return_value=False),
            patch.object(Server, "_connect__", return_value=None),
            patch.object(Server, "send_email", return_value="<id@example.com>") as sent,
        ):
            send()
        return sent.call_count

    def test_written_to_each_with_the_document(self):
        action, mails = self.send(self.event)
        self.assertEqual(len(mails), 2)
        self.assertEqual(action["params"]["type"], "success")
        mail_of = {mail.res_id: mail for mail in mails}
        for learner in (self.alice, self.bruno):
            with self.subTest(learner=learner.name):
                mail = mail_of[learner.id]
                self.assertEqual(mail.email_to, learner.email)
                self.assertEqual(mail.attachment_ids, self.attachments(learner))
                # it has not left yet
                self.assertFalse(learner.qualiopi_convocation_on)

    def test_dated_and_proved_once_it_has_left(self):
        count = self.send_for_good(self.event.action_qualiopi_send_convocations)
        self.assertEqual(count, 2)
        for learner in (self.alice, self.bruno):
            with self.subTest(learner=learner.name):
                self.assertEqual(str(learner.qualiopi_convocation_on), TODAY)
                proof = learner.qualiopi_convocation_message_id
                # the mail is gone, the message stays
                self.assertFalse(
                    self.env["mail.mail"].search([("mail_message_id", "=", proof.id)])
                )
                self.assertIn(proof, learner.message_ids)
                self.assertEqual(proof.attachment_ids, self.attachments(learner))

    def test_not_dated_when_it_could_not_leave(self):
        with patch.object(
            type(self.env["ir.mail_server"]),
            "_connect__",
            side_effect=OSError("No route to host"),
        ):
            self.alice.action_qualiopi_send_convocations()
        self.assertFalse(self.alice.qualiopi_convocation_on)
        self.assertIn("No route to host", self.alice.message_ids[0].body)
        self.assertIn("alice@example.com", self.alice.message_ids[0].body)
        # sent again later by the mail queue
        proof = self.alice.qualiopi_convocation_message_id
        mail = self.env["mail.mail"].search([("mail_message_id", "=", proof.id)])
        mail.action_retry()
        self.send_for_good(mail.send)
        self.assertEqual(str(self.alice.qualiopi_convocation_on), TODAY)

    def test_many_leave_in_the_background(self):
        path = "odoo.addons.qualiopi_compliance.models.training"
        with patch(f"{path}.event_registration_documents.SENT_AT_ONCE", 1):
            _action, mails = self.send(self.event)
        self.assertFalse(mails)
        proofs = (self.alice | self.bruno).qualiopi_convocation_message_id
        waiting = self.env["mail.mail"].search(
            [("mail_message_id", "in", proofs.ids), ("state", "=", "outgoing")]
        )
        self.assertEqual(len(waiting), 2)

    def test_other_mails_do_not_count(self):
        self.alice.message_post(
            body="Hello", partner_ids=self.alice.partner_id.ids, message_type="comment"
        )
        self.assertFalse(self.alice.qualiopi_convocation_on)

    def test_without_address(self):
        for address in (False, "nobody"):
            with self.subTest(address=address):
                self.bruno.email = address
                action, mails = self.send(self.event)
                self.assertEqual(mails.mapped("res_id"), self.alice.ids)
                self.assertEqual(action["params"]["type"], "warning")
                self.assertIn("Bruno Petit", action["params"]["message"])
                self.assertNotIn("Alice", action["params"]["message"])

    def test_nobody_has_an_address(self):
        self.event.registration_ids.email = False
        with self.assertRaisesRegex(UserError, "Alice Martin, Bruno Petit"):
            self.event.action_qualiopi_send_convocations()

    def test_not_twice_for_all_but_again_for_one(self):
        self.send_for_good(self.event.action_qualiopi_send_convocations)
        action, mails = self.send(self.event)
        self.assertFalse(mails)
        self.assertEqual(action["params"]["type"], "info")
        _action, mails = self.send(self.alice)
        self.assertEqual(len(mails), 1)

    def test_nothing_is_sent_when_a_content_is_missing(self):
        self.event.qualiopi_access = False
        with self.assertRaisesRegex(UserError, "How to get there"):
            self.send(self.event)
        self.assertFalse(self.alice.qualiopi_convocation_on)

    def test_in_the_learners_language(self):
        template = self.env.ref("qualiopi_compliance.mail_template_convocation")
        template.with_context(lang="fr_FR").subject = "Convocation {{ object.name }}"
        self.alice.partner_id.lang = "fr_FR"
        _action, mails = self.send(self.event)
        subjects = {row.res_id: row.subject for row in mails}
        self.assertEqual(subjects[self.alice.id], "Convocation Alice Martin")
        self.assertEqual(subjects[self.bruno.id], "Your training Weld, March")
