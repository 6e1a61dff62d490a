from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# Rows of the sheet that a quote repeats, before and after its own rows.
FIRST_ROWS = ("objectives", "audience", "prerequisites", "duration")
INCLUDED = (
    "teaching_arrangements",
    "methods",
    "resources",
    "assessment",
    "recognition",
)
LAST_ROWS = ("funding_arrangements", "access_arrangements", "access_time")


class CrmLead(models.Model):
    """What can be offered for a request, in the words of the validated programme.

    To be pasted into a quote or a mail, or printed. It engages nobody, and carries
    neither logo nor claim of the certification: it is about one course.
    """

    _inherit = "crm.lead"

    qualiopi_summary = fields.Text(
        "Summary for a Quote", compute="_compute_qualiopi_summary"
    )

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_program_id.current_version_id",
        "qualiopi_event_id.qualiopi_version_id",
        "qualiopi_event_id.date_begin",
        "qualiopi_event_id.date_end",
        "qualiopi_learner_count",
        "qualiopi_wished_from",
        "qualiopi_wished_until",
        "qualiopi_funding",
        "qualiopi_funder_id",
        "lang_id",
    )
    def _compute_qualiopi_summary(self):
        document = self.env["report.qualiopi_compliance.training_request_summary"]
        for lead in self:
            if not lead._qualiopi_version():
                lead.qualiopi_summary = False
                continue
            translated = lead.with_context(lang=document._lang(lead))
            lead.qualiopi_summary = translated._qualiopi_summary_text()

    def _qualiopi_version(self):
        """:return: the version of the programme offered: that of the session wished,
        else the one in force
        """
        self.ensure_one()
        # sudo: event.event, qualiopi.program - the version is read by who may choose
        # the programme
        lead = self.sudo()
        version = (
            lead.qualiopi_event_id.qualiopi_version_id
            or lead.qualiopi_program_id.current_version_id
        )
        return version

    def _qualiopi_summary_text(self):
        """:return: the summary as plain text, to be pasted anywhere"""
        sheet, rows, notes = self._qualiopi_summary_parts()
        blocks = [sheet.get("name") or ""]
        for row in rows:
            lines = row["lines"]
            text = lines[0]
            if len(lines) > 1 or "\n" in text:
                text = "\n" + "\n".join(f"- {line}" for line in lines)
            blocks.append(
                self.env._("%(label)s: %(text)s", label=row["label"], text=text)
            )
        return "\n\n".join(blocks + notes)

    def _qualiopi_summary_parts(self):
        """Say what is offered, in the language of the context.

        :return: the sheet of the programme, label and lines of each row, and the
            sentences below them
        """
        version = self._qualiopi_version()
        sheet = version._read_content(self.env.lang)
        program = version.program_id.with_env(self.env)
        said = {row["code"]: row for row in program._sheet_rows(sheet)}
        included = [said[code]["lines"] for code in INCLUDED if code in said]
        rows = [said.get(code) for code in FIRST_ROWS]
        rows += [
            self._qualiopi_row(self.env._("Dates"), self._qualiopi_dates_text()),
            self._qualiopi_row(self.env._("Included"), *chain(*included)),
            self._qualiopi_price_row(sheet),
            self._qualiopi_row(self.env._("Funding"), self._qualiopi_funding_text()),
            *(said.get(code) for code in LAST_ROWS),
            self._qualiopi_accessibility_row(said, version.company_id),
            said.get("contact"),
        ]
        notes = [
            self.env._(
                "This summary is information, not a contract: it engages neither side. "
                "Nobody is enrolled or charged before the need has been analysed and "
                "the contract or agreement signed."
            )
        ]
        return sheet, [row for row in rows if row and row["lines"]], notes

    @api.model
    def _qualiopi_row(self, label, *lines):
        return {"label": label, "lines": [line for line in lines if line]}

    def _qualiopi_dates_text(self):
        # sudo: event.event - its dates are public once it is offered
        event = self.sudo().qualiopi_event_id
        if event:
            first, last = event._qualiopi_days()
            if first == last:
                return format_date(self.env, first, date_format="long")
        else:
            first, last = self.qualiopi_wished_from, self.qualiopi_wished_until
        first, last = (
            day and format_date(self.env, day, date_format="long")
            for day in (first, last)
        )
        values = {"first": first, "last": last}
        if event:
            return self.env._("from %(first)s to %(last)s", **values)
        if first and last:
            return self.env._("to be agreed, between %(first)s and %(last)s", **values)
        if first:
            return self.env._("to be agreed, from %(first)s on", **values)
        if last:
            return self.env._("to be agreed, before %(last)s", **values)
        return self.env._("to be agreed")

    def _qualiopi_price_row(self, sheet):
        """:return: price of the sheet, times the learners; what it says of the price"""
        program = self.env["qualiopi.program"]
        price = program._price_text(sheet)
        count = self.qualiopi_learner_count
        if price and count > 1:
            price = self.env._(
                "%(price)s × %(count)s learners = %(total)s",
                price=price,
                count=count,
                total=program._price_text(sheet | {"price": sheet["price"] * count}),
            )
        return self._qualiopi_row(
            self.env._("Price"), price, *(sheet.get("price_note") or "").split("\n")
        )

    def _qualiopi_funding_text(self):
        labels = dict(self._fields["qualiopi_funding"]._description_selection(self.env))
        parts = (labels.get(self.qualiopi_funding), self.qualiopi_funder_id.name)
        return " – ".join(part for part in parts if part)

    @api.model
    def _qualiopi_accessibility_row(self, said, company):
        row = said.get("accessibility") or self._qualiopi_row(
            self.env["qualiopi.program"]._label("accessibility")
        )
        document = self.env["qualiopi.training.document"]
        contact = document._person(company.qualiopi_disability_contact_id)
        return self._qualiopi_row(row["label"], *row["lines"], contact)

    def action_qualiopi_print_summary(self):
        """Print the summary; it stays on the request, as what was offered that day.

        :raise UserError: without programme, or validated version of it
        """
        self._qualiopi_check_program()
        for lead in self:
            if not lead._qualiopi_version():
                raise UserError(
                    self.env._(
                        "“%(program)s” has no validated version: validate it before "
                        "offering it in writing.",
                        program=lead.qualiopi_program_id.name,
                    )
                )
        document = self.env["report.qualiopi_compliance.training_request_summary"]
        return document._print(self)._qualiopi_download_action()
