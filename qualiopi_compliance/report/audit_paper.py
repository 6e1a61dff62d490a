from odoo import api, models
from odoo.tools import is_html_empty

from ..models.certification.qualiopi_audit import REHEARSALS


class AuditPaper(models.AbstractModel):
    """What the papers of an audit have in common.

    The mark of the certification is on none of them, and none says what the company
    is worth: only the certifier decides.
    """

    _name = "qualiopi.audit.paper"
    _description = "Paper of an audit"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.audit"

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """Nothing legal is missing on papers of our own."""

    @api.model
    def _label(self, record, name):
        """:return: the label of what is chosen in a selection"""
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(record[name], "")

    @api.model
    def _audit_values(self, audit):
        rehearsal = audit.kind in REHEARSALS
        framework = audit.framework_id
        return {
            "audit": audit.display_name,
            "kind": self._label(audit, "kind"),
            "rehearsal": rehearsal,
            "period": self._period(audit.date_begin, audit.date_end),
            "hours": self._clock_hours(audit),
            "mode": self._label(audit, "mode"),
            "place": audit.place,
            "sites": ", ".join(audit.site_ids.mapped("name")),
            "auditors": ", ".join(
                [*audit.auditor_ids.mapped("name"), *audit._other_auditor_names()]
            ),
            "certifier": not rehearsal and audit.certification_id.certifier_id.name,
            "responsible": audit.user_id.name,
            "framework": f"{framework.display_name} – {framework.legal_reference}",
            "categories": ", ".join(self._categories(audit).mapped("display_name")),
        }

    @api.model
    def _categories(self, audit):
        """:return: what the audit is about"""
        # sudo: qualiopi.company.category - only which are declared
        declared = audit.company_id.sudo().qualiopi_company_category_ids.category_id
        return (
            audit.category_ids or audit.certification_id.category_ids or declared
        ).sudo(False)

    @api.model
    def _clock_hours(self, audit):
        return self.env._(
            "from %(begin)s to %(end)s",
            begin=self._hour(audit._clock(audit.hour_begin)),
            end=self._hour(audit._clock(audit.hour_end)),
        )

    @api.model
    def _hour(self, time):
        return time.strftime("%H:%M")

    @api.model
    def _people(self, rows):
        """:param rows: attendees"""
        return [
            {
                "name": row.name,
                "function": row.function or "",
                "auditor": row.auditor,
            }
            for row in rows
        ]

    @api.model
    def _plan(self, lines):
        """:return: one dictionary for each line of the plan"""
        return [
            {
                "day": self._date(line.audit_id._local(line.start).date()),
                "from": self._hour(line.audit_id._local(line.start).time()),
                "to": self._hour(line.audit_id._local(line.stop).time()),
                "topic": line.display_name,
                "people": ", ".join(line.partner_ids.mapped("name")),
                "place": line.place or "",
                "note": line.note or "",
            }
            for line in lines
        ]

    @api.model
    def _numbers(self, items):
        return ", ".join(map(str, sorted(items.mapped("number"))))

    @api.model
    def _text(self, html):
        """:return: what was written, nothing where it is an empty paragraph"""
        return "" if is_html_empty(html) else html
