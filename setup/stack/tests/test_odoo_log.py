from stack.odoo_log import LogReader

START = "2026-11-02 10:00:00,123 42"


def read(*lines, on_progress=None):
    reader = LogReader(on_progress)
    for line in lines:
        reader(line)
    return reader


def test_information_is_no_problem():
    assert not read(f"{START} INFO db odoo.modules.loading: WARNING is a word").problems


def test_warning_is_a_problem():
    reader = read(f"{START} WARNING db odoo.models: a field is odd")
    assert reader.problems == ["WARNING odoo.models: a field is odd"]


def test_traceback_belongs_to_its_message():
    reader = read(
        f"{START} ERROR db odoo.registry: Failed to load registry",
        "Traceback (most recent call last):",
        "ValueError: no",
        f"{START} INFO db odoo.modules: next",
        "a line of the next message",
    )
    assert len(reader.problems) == 1
    assert reader.problems[0].endswith("ValueError: no")


def test_errors_are_shown_before_warnings_and_long_ones_are_cut():
    reader = read(
        f"{START} WARNING db a: first",
        f"{START} CRITICAL db b: second",
        *(f"  line {number}" for number in range(100)),
    )
    lines = reader.short_report().splitlines()
    assert lines[0] == "CRITICAL b: second"
    assert lines[-2].strip() == "line 99"
    assert lines[-1] == "WARNING a: first"


def test_harmless_message_of_odoo_is_let_through():
    asset = "odoo.addons.base.models.assetsbundle"
    message = "Could not get content for mail/static/lib/selfie_segmentation/x.js."
    assert not read(f"{START} ERROR db {asset}: {message}").problems
    assert read(f"{START} ERROR db {asset}: Could not get content for ours.js").problems


def test_progress_and_tests_are_counted():
    seen = []
    reader = read(
        f"{START} INFO db odoo.modules.loading: Loading module crm (3/62)",
        f"{START} INFO db odoo.tests.result: 0 failed, 0 error(s) of 17 tests when",
        on_progress=seen.append,
    )
    assert seen == ["crm (3 of 62)"]
    assert reader.tests == 17
