from odoo import api, fields, models


class EventEvent(models.Model):
    """A session delivered for a principal: which indicators are whose.

    Per action, unlike the company's own answer: somebody who sometimes is a
    subcontractor answers for indicators 1 to 3 on his other sessions.
    """

    _inherit = "event.event"

    qualiopi_principal_note = fields.Text(
        "Indicators of This Session",
        compute="_compute_qualiopi_principal_note",
        groups="base.group_user",
    )

    @api.depends_context("lang")
    @api.depends("qualiopi_principal_id", "date_begin", "date_tz")
    def _compute_qualiopi_principal_note(self):
        for event in self:
            event.qualiopi_principal_note = (
                event._qualiopi_principal_note()
                if event.qualiopi_principal_id
                else False
            )

    def _qualiopi_principal_note(self):
        """:return: what the guide of the session's first day says of subcontractors"""
        self.ensure_one()
        # sudo: qualiopi.guide - shared reference, for who plans sessions too
        guide = self.env["qualiopi.guide"].sudo()._for_date(self._qualiopi_days()[0])
        numbers = {
            rule: ", ".join(str(entry.number) for entry in entries.sorted("number"))
            for rule, entries in guide.entry_ids.grouped("subcontractor_rule").items()
        }
        if not guide:
            return False
        return self.env._(
            "Guide %(version)s: indicators %(principals)s are the principal's and not "
            "asked of this session; %(by_tasks)s are judged by the tasks entrusted; "
            "%(special)s have a rule of their own for subcontractors.",
            version=guide.version,
            principals=numbers.get("not_applicable", "–"),
            by_tasks=numbers.get("by_tasks", "–"),
            special=numbers.get("special", "–"),
        )
