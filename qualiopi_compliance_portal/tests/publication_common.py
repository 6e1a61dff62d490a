from contextlib import suppress
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.qualiopi_compliance.tests.result_common import TODAY, ResultCase


class PublicationCase(ResultCase):
    """Sessions of the twelve months that are published in November 2026.

    The programme has six learners, of whom five answered, four of them satisfied.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.manager.lang = "en_US"
        cls.publications = cls.env["qualiopi.publication"]
        learners = cls.new_learners(cls.session, 6)
        cls.give(cls.session, learners[:5], (5, 5, 4, 4, 2))
        cls.silent = learners[5]

    @classmethod
    def give(cls, session, learners, marks, survey=None):
        for learner, mark in zip(learners, marks, strict=True):
            cls.answer(session, mark, learner, survey)

    @classmethod
    def new_results(cls, day=TODAY, user=None, company=None, **vals):
        """Somebody proposes results on a day, of the months then over by default."""
        company = company or cls.company
        with cls.on(day):
            made = cls.publications.with_user(user or cls.manager).create(
                {"company_id": company.id, **vals}
            )
            cls.env.flush_all()
        return made

    @classmethod
    def publish(cls, publication, day=TODAY):
        with cls.on(day):
            publication.action_publish()
            cls.env.flush_all()
        return publication

    @classmethod
    def published(cls, day=TODAY, **vals):
        return cls.publish(cls.new_results(day, **vals), day)

    def line(self, publication, record=None):  # pylint: disable=arguments-differ
        """:param record: a programme or a category, none for the whole company"""
        name = {"qualiopi.program": "program_id", "qualiopi.category": "category_id"}
        kind = record._name.split(".")[1] if record else "company"
        return publication.line_ids.filtered(
            lambda line: (
                line.kind == kind and (not record or line[name[record._name]] == record)
            )
        )

    def rate(self, line, code, lang="en_US"):
        rates = line.with_context(lang=lang)._read(line.rates)
        return {row["code"]: row for row in rates}[code]

    def night(self, day, until=None, method=None):
        """Run the night of ``day``.

        :param until: number of commits after which the process is killed
        :return: whether it was killed
        """
        commits = []

        def commit_progress(cron, processed=0, *, remaining=None, deactivate=False):
            commits.append(processed)
            if until is not None and len(commits) >= until:
                raise KeyboardInterrupt
            return 60

        run = method or self.publications._cron_propose
        with self.on(day), patch.object(IrCron, "_commit_progress", commit_progress):
            with suppress(KeyboardInterrupt):
                run()
                return False
        return True

    def waiting(self, company=None):
        company = company or self.company
        return self.publications.search(
            [("company_id", "=", company.id), ("state", "=", "proposed")]
        )
