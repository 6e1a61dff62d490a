import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...linter import read

_logger = logging.getLogger(__name__)

CONTRIBUTOR = "qualiopi_compliance.group_qualiopi_contributor"


class QualiopiProgram(models.Model):
    """The page of a programme is read for what it lacks: see
    ``qualiopi.page.defect``.

    At validation what it lacks is said; at publishing the company chooses whether it
    keeps the page off the website; every night all pages are read again, as dates
    pass and results grow old.
    """

    _inherit = "qualiopi.program"

    page_read_on = fields.Date(
        readonly=True,
        copy=False,
        help="The day on which its page was last read for what it lacks.",
    )
    page_defect_ids = fields.One2many(
        "qualiopi.page.defect",
        "program_id",
        "What the Page Lacks",
        readonly=True,
        groups=CONTRIBUTOR,
    )
    page_defect_count = fields.Integer(
        "Defects of the Page", compute="_compute_page_defects", groups=CONTRIBUTOR
    )
    page_defect_list = fields.Html(
        "Defects That Matter",
        compute="_compute_page_defects",
        sanitize=False,
        groups=CONTRIBUTOR,
    )

    @api.depends_context("lang")
    @api.depends("page_defect_ids")
    def _compute_page_defects(self):
        for program in self:
            defects = program.page_defect_ids
            program.page_defect_count = len(defects)
            blocking = defects.filtered("blocking")
            program.page_defect_list = blocking._as_list() if blocking else False

    @api.model
    def _management_fields(self):
        return super()._management_fields() | {"page_read_on", "page_defect_ids"}

    def write(self, vals):
        published = vals.get("is_published") and self.filtered(
            lambda program: not program.is_published
        )
        result = super().write(vals)
        if published:
            published._check_page()
        return result

    def action_validate(self):
        """Say what the page would lack.

        :raise UserError: when the page is on the website, would show at once what it
            may not, and the company wants such a page kept off
        """
        # sudo: qualiopi.page.defect - whoever may validate
        before = self.sudo().page_defect_ids
        result = super().action_validate()
        today = self.env["qualiopi.framework"]._today()
        for program in self:
            defects = program._read_page(today)
            if program.is_published:
                program._refuse_page(defects - before)
            program._note_defects(
                defects,
                self.env._(
                    "Version %(number)s is validated. Its page would still lack:",
                    number=program.current_version_id.number,
                ),
            )
        return result

    def action_retire(self):
        result = super().action_retire()
        # sudo: qualiopi.page.defect - the page is gone, with what it lacked
        self.sudo().page_defect_ids.unlink()
        return result

    def action_read_page(self):
        """Read the page now, and open what it lacks."""
        self.check_access("read")
        self.filtered("current_version_id")._read_page(
            self.env["qualiopi.framework"]._today()
        )
        return self.action_open_page_defects()

    def action_open_page_defects(self):
        """Open what the page lacks."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance_portal.qualiopi_page_defect_action"
        )
        return action | {
            "path": False,
            "domain": [("program_id", "in", self.ids)],
            "context": {},
        }

    def _check_page(self):
        """What the page lacks is said before the public reads it.

        :raise UserError: when the company wants such a page kept off the website
        """
        today = self.env["qualiopi.framework"]._today()
        for program in self:
            defects = program._read_page(today)
            program._refuse_page(defects)
            program._note_defects(
                defects, self.env._("Published, although its page still lacks:")
            )

    def _refuse_page(self, defects):
        """:param defects: what the public would read
        :raise UserError: when some are blocking, and the company wants such a page
            kept off the website
        """
        self.ensure_one()
        blocking = defects.filtered("blocking")
        # sudo: res.company - a setting
        if not blocking or self.company_id.sudo().qualiopi_page_policy != "block":
            return
        sentences = "\n".join(f"- {row}" for row in blocking._sentences())
        raise UserError(
            self.env._(
                "The page of “%(name)s” cannot be shown to the public like this. It "
                "lacks, or says and may not say:\n%(defects)s\nCorrect it, or accept "
                "the words with a reason under Catalogue, What Pages Lack. Until then "
                "the page stays off the website.",
                name=self.name,
                defects=sentences,
            )
        )

    def _note_defects(self, defects, title):
        if defects:
            self.message_post(body=Markup("<p>%s</p>%s") % (title, defects._as_list()))

    def _read_page(self, day):
        """Read the pages of these programmes, and keep what was found.

        :param day: on which they are read: it decides the law and what is over
        :return: their defects
        """
        framework = self.env["qualiopi.framework"]._for_date(day).code
        # sudo: qualiopi.program - whoever reads, defects are written by this code
        programs = self.sudo().filtered("current_version_id")
        due = programs._with_results_due(day)
        Defect = self.env["qualiopi.page.defect"].sudo()
        for program in programs:
            page = program._linted_page(program in due)
            Defect._replace(program, read(page, framework, day=day), day)
            program.page_read_on = day
        self.invalidate_recordset(["page_defect_ids"])
        # sudo: qualiopi.page.defect - to tell whoever validates or publishes
        return self.sudo().page_defect_ids

    # Every night

    @api.model
    def _cron_read_pages(self):
        """Read the pages of each company that were not read today.

        One transaction for each company: killed at any point, the next run goes on
        with those that are left.
        """
        today = self.env["qualiopi.framework"]._today()
        Cron = self.env["ir.cron"]
        # pages that are gone lack nothing any more
        gone = Domain("program_id.active", "=", False) | Domain(
            "program_id.state", "=", "retired"
        )
        self.env["qualiopi.page.defect"].search(gone).unlink()
        left = self.search(self._unread_domain(today)).grouped("company_id")
        Cron._commit_progress(remaining=len(left))
        for company, programs in left.items():
            try:
                with self.env.cr.savepoint():
                    programs._read_at_night(today)
            except Exception:
                # the other companies must not wait for this one
                _logger.exception("Cannot read the pages of %s", company)
            if not Cron._commit_progress(1):
                break

    @api.model
    def _unread_domain(self, day):
        return (
            Domain("current_version_id", "!=", False)
            & Domain("state", "!=", "retired")
            & Domain("company_id.active", "=", True)
            & Domain("page_read_on", "not in", [day])
        )

    def _read_at_night(self, day):
        """Say what is new on pages that the public reads already."""
        # what somebody else has just read is left alone
        self.invalidate_recordset(["page_read_on"])
        for program in self.filtered(lambda row: row.page_read_on != day):
            before = program.page_defect_ids
            defects = program._read_page(day)
            new = (defects - before).filtered("gap")
            if program.is_published and new:
                program._note_defects(
                    new, self.env._("Read again: its page now lacks:")
                )
