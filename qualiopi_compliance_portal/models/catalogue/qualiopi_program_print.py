from odoo import SUPERUSER_ID, models

REPORT = "qualiopi_compliance.training_program_sheet_report"


class QualiopiProgram(models.Model):
    """The sheet that visitors take away: printed once for each version and language.

    The file is not public: the page's own route gives it to whom may see the page.
    """

    _inherit = "qualiopi.program"

    def _can_print_sheet(self):
        """:return: whether the server can print at all"""
        return self.env["ir.actions.report"].get_wkhtmltopdf_state() != "install"

    def _public_sheet(self):
        """The sheet of the version in force, in the language of the visitor.

        :return: name and content of the file
        """
        self.ensure_one()
        lang = self.env.lang or "fr_FR"
        kept = self._kept_sheet(lang)
        if not kept:
            kept = self._print_sheet(lang)
        return self._sheet_name(), kept.raw

    def _sheet_name(self):
        return f"{self.current_version_id.page_slug}.pdf"

    def _sheet_key(self, lang):
        return f"website-sheet-{lang}"

    def _kept_sheet(self, lang):
        """:return: the file printed before, unless what its letterhead says changed"""
        version = self.current_version_id
        company = version.company_id
        since = max(company.write_date, company.partner_id.write_date)
        # sudo: ir.attachment - a file of this version, for the route that gives it
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", version._name),
                    ("res_id", "=", version.id),
                    ("description", "=", self._sheet_key(lang)),
                    ("create_date", ">=", since),
                ],
                order="id desc",
                limit=1,
            )
        )

    def _print_sheet(self, lang):
        version = self.current_version_id
        # the engine files what it prints: in nobody's name
        report = self.env["ir.actions.report"].with_user(SUPERUSER_ID)
        content, _extension = report.with_context(lang=lang)._render_qweb_pdf(
            REPORT, version.ids
        )
        attachments = self.env["ir.attachment"].with_user(SUPERUSER_ID)
        old = attachments.search(
            [
                ("res_model", "=", version._name),
                ("res_id", "=", version.id),
                ("description", "=", self._sheet_key(lang)),
            ]
        )
        old.unlink()
        return attachments.create(
            {
                "name": self._sheet_name(),
                "description": self._sheet_key(lang),
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": version._name,
                "res_id": version.id,
            }
        )
