"""What an auditor would write of an indicator, from where it stands.

Labour Code, annex to art. R. 6316-1, II-3, and order of 6 June 2019, art. 5.
"""

import pytest
from rules.audit_rehearsal import written_as


@pytest.mark.parametrize(
    ("status", "gravity", "written"),
    [
        ("demonstrated", "gradable", None),
        ("demonstrated", "major_only", None),
        # partly met
        ("at_risk", "gradable", "minor"),
        ("at_risk", "major_only", "major"),
        # no guide says anything: nothing keeps it from being minor
        ("at_risk", "unknown", "minor"),
        # not met
        ("insufficient", "gradable", "major"),
        ("insufficient", "major_only", "major"),
        # nothing to show
        ("not_assessed", "gradable", "major"),
        ("not_assessed", "major_only", "major"),
    ],
)
def test_written_as(status, gravity, written):
    assert written_as(status, gravity) == written
