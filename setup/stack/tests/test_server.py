"""The first visit of the demo server: a website may send visitors elsewhere."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from stack import server


class Website(BaseHTTPRequestHandler):
    """Sends those who read no French on to another page, as a website in French."""

    def do_GET(self):
        french = self.headers.get("Accept-Language", "").startswith("fr")
        self.send_response(200 if french else 303)
        if not french:
            self.send_header("Location", f"/en{self.path}")
        self.end_headers()
        self.wfile.write(b'<link href="/web/assets/a.css"/>' if french else b"")

    def log_message(self, *args):
        """Say nothing on the terminal."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer((server.HOST, 0), Website) as website:
        thread = threading.Thread(target=website.serve_forever)
        thread.start()
        yield website.server_port
        website.shutdown()
        thread.join()


def test_login_page_of_a_website_in_french(port):
    server._visit_login_page(port)
