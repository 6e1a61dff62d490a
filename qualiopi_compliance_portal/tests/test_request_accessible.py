from unittest.mock import patch

from odoo.tests import tagged

from .axe_common import AxeCase
from .request_common import RequestCase
from .test_request_bad_input import CONTROLLER

# Sends the form once, as it is or filled in, then waits for what comes back.
SEND = """(() => {
    if (document.querySelector("%(there)s")) {
        return document.readyState === "complete";
    }
    const form = document.querySelector(".o_qualiopi_request_form");
    if (form && document.readyState === "complete" && !form.dataset.sent) {
        form.dataset.sent = "1";
        form.noValidate = true;
        for (const [name, value] of Object.entries(%(typed)s)) {
            form.elements[name].value = value;
        }
        form.elements.agreed.checked = %(agreed)s;
        form.submit();
    }
    return false;
})()"""
TYPED = '{contact_name: "Zoé", email: "zoe@example.com", need: "x"}'


@tagged("post_install", "-at_install")
class TestRequestAccessible(AxeCase, RequestCase):
    """Each state of the form, on a desktop and on a phone."""

    def test_the_form(self):
        self.assertAccessible(self.form_url())

    def test_a_session_that_is_gone(self):
        self.assertAccessible(f"{self.form_url()}?session=99999999", width=390)

    def test_the_errors(self):
        ready = SEND % {
            "there": "#error-contact_name",
            "typed": '{phone: "call me", adjustment_note: "x"}',
            "agreed": "false",
        }
        self.assertAccessible(self.form_url(), ready=ready)

    def test_too_many(self):
        ready = SEND % {"there": "#request_alert", "typed": TYPED, "agreed": "true"}
        with (
            self.at_once(),
            patch(f"{CONTROLLER}._allowed", return_value=False),
        ):
            self.assertAccessible(self.form_url(), ready=ready)

    def test_the_thanks(self):
        ready = SEND % {
            "there": ".o_qualiopi_request_thanks",
            "typed": TYPED,
            "agreed": "true",
        }
        with self.at_once():
            self.assertAccessible(self.form_url(), ready=ready)

    def at_once(self):
        return patch(CONTROLLER.rpartition(".")[0] + ".LEAST_SECONDS", 0)
