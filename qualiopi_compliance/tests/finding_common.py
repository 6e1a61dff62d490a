from odoo.fields import Date

from .common import QualiopiCommon

TODAY = "2026-11-23"
# Days of audits of the same company, one after the other.
INITIAL = "2025-03-03"
SURVEILLANCE = "2026-09-14"
RENEWAL = "2027-09-13"


class FindingCase(QualiopiCommon):
    """A company that delivers training actions, its cycle and its audits.

    All indicators that apply are declared at risk: their checks have no records.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company.qualiopi_bpf_state = "filed"
        cls.declare(cls.company, "AFC", in_last_bpf=True)
        cls.certifier = cls.env["res.partner"].create(
            {"name": "Certif", "is_company": True}
        )
        cls.cycle = cls.new_cycle()

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    @classmethod
    def new_cycle(cls, **vals):
        return cls.env["qualiopi.certification"].create(
            {"company_id": cls.company.id, "certifier_id": cls.certifier.id, **vals}
        )

    @classmethod
    def indicator(cls, number):
        return cls.env.ref(f"qualiopi_compliance.indicator_{number}")

    def to_date(self, day):
        return Date.to_date(day)

    def new_audit(self, kind="initial", day=INITIAL, opened=True, **vals):
        """An audit led by the quality manager, opened unless said otherwise."""
        rehearsal = kind in ("internal", "mock")
        audit = (
            self.env["qualiopi.audit"]
            .with_user(self.manager)
            .create(
                {
                    "company_id": self.company.id,
                    "kind": kind,
                    "date_begin": day,
                    "certification_id": False if rehearsal else self.cycle.id,
                    "user_id": self.manager.id,
                    **vals,
                }
            )
        )
        if opened:
            audit.action_open_audit()
        return audit

    def find(self, audit, number=None, gravity="minor", **vals):
        """:return: a finding on an indicator, or on what ``vals`` say"""
        return (
            self.env["qualiopi.finding"]
            .with_user(self.manager)
            .create(
                {
                    "audit_id": audit.id,
                    "indicator_id": number and self.indicator(number).id,
                    "gravity": gravity,
                    "name": f"Seen on {number or vals}",
                    **vals,
                }
            )
        )

    def close(self, audit, **vals):
        """Close an audit, everything undecided being seen; then write what the
        certifier says."""
        audit._undecided().write({"decision": "seen"})
        audit.action_close()
        audit.write(vals)
        return audit

    def closed_audit(self, kind="initial", day=INITIAL, findings=(), after=(), **vals):
        """:param findings: pairs of an indicator and a gravity
        :param after: what is written once it is closed
        """
        audit = self.new_audit(kind, day, **vals)
        for number, gravity in findings:
            self.find(audit, number, gravity)
        return self.close(audit, **dict(after))

    def nc(self, audit, number):
        return audit.nonconformity_ids.filtered(lambda row: row.number == number)

    def new_evidence(self, **vals):
        return (
            self.env["qualiopi.evidence"]
            .with_user(self.manager)
            .create(
                {
                    "name": "New form",
                    "company_id": self.company.id,
                    "url": "https://example.com/form",
                    **vals,
                }
            )
        )

    def new_action(self, **vals):
        return (
            self.env["qualiopi.action"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Have it signed",
                    "company_id": self.company.id,
                    "user_id": self.contributor.id,
                    **vals,
                }
            )
        )
