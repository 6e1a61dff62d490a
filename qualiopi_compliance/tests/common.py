from contextlib import contextmanager

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, new_test_user

NDA = "11755555555"
SIREN = "732829320"
SIRET = "73282932000074"
OTHER_SIRET = "35600000000048"

DAY_2019 = "2026-10-31"
DAY_2026 = "2026-11-01"

EVIDENCE = "qualiopi.evidence"

CATEGORIES = ("AFC", "BC", "VAE", "CFA")

# models that all companies share
REFERENCE = (
    "qualiopi.category",
    "qualiopi.criterion",
    "qualiopi.indicator",
    "qualiopi.framework",
    "qualiopi.requirement",
    "qualiopi.guide",
    "qualiopi.guide.entry",
)


class QualiopiCommon(TransactionCase):
    """A French training company, another company, and a user of each role.

    Nothing is declared for the companies: see :meth:`declare`. Time goes on
    unless a test stops it: see :meth:`on`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "lang": "en_US", "tracking_disable": True}
        )
        cls.company = cls.new_company("Formation Lumière")
        cls.other_company = cls.new_company("Autre Organisme")
        cls.manager = cls.new_user("q_manager", "manager")
        cls.contributor = cls.new_user("q_contributor", "contributor")
        cls.internal_auditor = cls.new_user("q_auditor", "internal_auditor")
        cls.plain = cls.new_user("q_plain")
        cls.portal = new_test_user(
            cls.env, "q_portal", "base.group_portal", company_id=cls.company.id
        )
        cls.other_manager = cls.new_user("q_other", "manager", cls.other_company)

    @classmethod
    def new_company(cls, name, **vals):
        """A company with its living checklist, in France."""
        return cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.fr").id, **vals}
        )

    @classmethod
    def new_user(cls, login, role=None, company=None):
        """:param role: end of the name of a Qualiopi group, none for a plain user"""
        group = f"qualiopi_compliance.group_qualiopi_{role}" if role else None
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            group or "base.group_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def new_event_user(cls, login, group):
        """A user of the company with a group of core's events, and no role of ours."""
        return new_test_user(
            cls.env,
            login,
            group,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def french(cls):
        """:return: context of a French reader"""
        cls.env["res.lang"]._activate_lang("fr_FR")
        return {"lang": "fr_FR"}

    @classmethod
    def category(cls, code):
        return cls.env.ref(f"qualiopi_compliance.category_{code.lower()}")

    @classmethod
    def framework(cls, year):
        return cls.env.ref(f"qualiopi_compliance.framework_rnq_{year}")

    @classmethod
    def requirement(cls, year, number):
        return cls.framework(year).requirement_ids.filtered(
            lambda requirement: requirement.number == number
        )

    @classmethod
    def declare(cls, company, code, **facts):
        """Declare one category of a company; ``facts`` are fields of it."""
        return cls.env["qualiopi.company.category"].create(
            {
                "company_id": company.id,
                "category_id": cls.category(code).id,
                **facts,
            }
        )

    @classmethod
    def living(cls, company):
        """The living checklist of a company, as it stands (see :meth:`on`)."""
        return cls.env["qualiopi.checklist"].search(
            [("kind", "=", "living"), ("company_id", "=", company.id)]
        )

    @classmethod
    def self_assessment(cls, company, date=DAY_2026, **vals):
        return cls.env["qualiopi.checklist"].create(
            {"company_id": company.id, "date": date, "user_id": False, **vals}
        )

    @classmethod
    def closed(cls, company, date=DAY_2019):
        """A self-assessment closed whatever is not assessed in it."""
        checklist = cls.self_assessment(company, date)
        checklist._close()
        return checklist

    @classmethod
    def drop(cls, record, name="proof.txt", content=b"proof", user=None):
        """:return: the draft made of a file that somebody dropped on a record"""
        user = user or cls.manager
        file = cls.env["ir.attachment"].with_user(user)
        file = file.create({"name": name, "raw": content, "res_model": EVIDENCE})
        evidence = cls.env[EVIDENCE].with_user(user)
        told = evidence.action_receive_files(file.ids, record._name, record.id)
        if told["refused"]:
            raise ValidationError(told["refused"][0]["reason"])
        return evidence.browse(told["made"][0]["id"])

    @classmethod
    def line(cls, checklist, number):
        return checklist.line_ids.filtered(lambda line: line.number == number)

    @classmethod
    def numbers(cls, checklist, applicability="applicable"):
        """:return: numbers of the indicators in that case, in order"""
        return sorted(
            checklist.line_ids.filtered(
                lambda line: line.applicability == applicability
            ).mapped("number")
        )

    @classmethod
    def statuses(cls, checklist):
        """:return: number -> status"""
        return {line.number: line.status for line in checklist.line_ids}

    @contextmanager
    def assertRefused(self, regex, exception=ValidationError):
        """Like ``assertRaisesRegex``, which does not undo what was refused."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), regex)

    @classmethod
    def forget(cls):
        """Drop what was computed for another day."""
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    @contextmanager
    def on(cls, day, company=None):
        """Stop time at noon in Paris on ``day``.

        :param company: bring its open checklists to that day
        """
        with freeze_time(f"{day} 11:00:00"):
            cls.forget()
            if company:
                company._qualiopi_refresh_checklists()
            yield
        cls.forget()


class SecurityCase(QualiopiCommon):
    """One record of each model, on which the users try what they may do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.declared = cls.declare(cls.company, "AFC")
        cls.site = cls.env["qualiopi.site"].create(
            {"name": "Siège", "company_id": cls.company.id}
        )
        cls.checklist = cls.self_assessment(cls.company)
        cls.own = cls.line(cls.checklist, 1)
        cls.own.user_id = cls.contributor
        cls.foreign = cls.line(cls.checklist, 2)
        cls.foreign.user_id = cls.manager
        cls.nobodys = cls.line(cls.checklist, 3)
        cls.wizard = cls.env["qualiopi.checklist.close"].create(
            {"checklist_id": cls.checklist.id}
        )
        cls.samples = {
            **{model: cls.env[model].search([], limit=1) for model in REFERENCE},
            "qualiopi.company.category": cls.declared,
            "qualiopi.site": cls.site,
            "qualiopi.checklist": cls.checklist,
            "qualiopi.checklist.line": cls.nobodys,
            "qualiopi.checklist.close": cls.wizard,
        }
