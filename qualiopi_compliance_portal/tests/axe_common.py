import json
import os
import re
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

# Set by setup/test: the path of axe.min.js, of the version in setup/package.json.
VARIABLE = "QUALIOPI_AXE"
# The success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
DESKTOP, PHONE = 1366, 390
HEIGHT = 844
# Core's own advert in the footer: a link told from its text by its colour alone.
EXCLUDED = [".o_brand_promotion"]
COMPLETE = "document.readyState === 'complete'"
# What was found comes back in the text of an error, where only base64 stays as it is.
FOUND = re.compile(r"axe found ([A-Za-z0-9+/=]{4,})")
CHECK = """(async () => {
    const only = {type: "tag", values: %s};
    const scope = {include: [%s], exclude: %s};
    // fonts of elsewhere, which no test may fetch, say nothing of these criteria
    const result = await window.axe.run(scope, {runOnly: only, preload: false});
    const found = result.violations.map((rule) => ({
        rule: rule.id,
        help: rule.help,
        nodes: rule.nodes.map((node) => [node.html, node.failureSummary]),
    }));
    if (!result.passes.length) {
        found.push({rule: "none", help: "No rule was checked", nodes: []});
    }
    if (found.length) {
        const bytes = new TextEncoder().encode(JSON.stringify(found));
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
        throw new Error("axe found " + btoa(text));
    }
    console.log("test successful");
})()"""


class AxeCase(HttpCase):
    """Pages checked by axe-core in Odoo's Chromium, on a desktop and on a phone."""

    def assertAccessible(
        self, path, width=None, login=None, ready=COMPLETE, within="html"
    ):
        """:param path: of the page, from the slash on
        :param width: of the window in pixels; by default a desktop's and a phone's
        :param login: of who looks at the page, by default nobody
        :param ready: JavaScript that is ``true`` once the page is complete
        :param within: selector of what is ours, where the page is core's
        :raise AssertionError: with what violates WCAG 2.2, levels A and AA
        """
        for each in [width] if width else [DESKTOP, PHONE]:
            with self.subTest(path=path, width=each):
                self._check_page(path, each, login, ready, within)

    def _check_page(self, path, width, login=None, ready=COMPLETE, within="html"):
        said = None
        excluded = [[selector] for selector in EXCLUDED]
        code = CHECK % tuple(map(json.dumps, (TAGS, [within], excluded)))
        try:
            with self._window(width), self._with_axe():
                self.browser_js(path, code, ready, login=login)
        except AssertionError as error:
            said = str(error)
        if said is not None:
            self.fail(f"{path}, {width} pixels wide: {self._readable(said)}")

    @contextmanager
    def _window(self, width):
        former = self.browser_size, self.touch_enabled
        self.browser_size, self.touch_enabled = f"{width}x{HEIGHT}", width < 768
        try:
            yield
        finally:
            self.browser_size, self.touch_enabled = former

    @contextmanager
    def _with_axe(self):
        """Give axe-core to each page that the browser opens."""
        path = os.environ.get(VARIABLE)
        if not path:
            self.skipTest(
                f"{VARIABLE} does not say where axe.min.js is: run setup/test, or set "
                "it to node_modules/axe-core/axe.min.js."
            )
        source = Path(path).read_text(encoding="utf-8")
        navigate_to = ChromeBrowser.navigate_to

        def navigate_with_axe(browser, *args, **kwargs):
            browser._websocket_request(
                "Page.addScriptToEvaluateOnNewDocument", params={"source": source}
            )
            return navigate_to(browser, *args, **kwargs)

        with patch.object(ChromeBrowser, "navigate_to", navigate_with_axe):
            yield

    @staticmethod
    def _readable(said):
        """:return: one violation a line, with where it is and why"""
        found = FOUND.search(said)
        if not found:
            return said
        lines = []
        for rule in json.loads(b64decode(found[1])):
            lines.append(f"- {rule['rule']}: {rule['help']}")
            lines += [f"    {html}\n    {why}" for html, why in rule["nodes"][:5]]
        return "\n".join(["axe-core finds", *lines])
