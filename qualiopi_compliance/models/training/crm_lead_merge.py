from odoo import models


class CrmLead(models.Model):
    """What the request keeps when sales merge several into one.

    Leads come by order of confidence: what contradicts itself is taken from the
    first that says it, and the others stand in the note that the merge leaves.
    """

    _inherit = "crm.lead"

    def _merge_get_fields_specific(self):
        return super()._merge_get_fields_specific() | {
            "qualiopi_program_id": lambda name, leads: leads._qualiopi_asked()[0].id,
            "qualiopi_event_id": lambda name, leads: leads._qualiopi_asked()[1].id,
            "qualiopi_need": lambda name, leads: (
                "\n\n".join(dict.fromkeys(filter(None, leads.mapped(name)))) or False
            ),
            "qualiopi_need_on": _earliest,
            "qualiopi_requested_on": _earliest,
            "qualiopi_funding": _first,
            "qualiopi_funder_id": lambda name, leads: leads._qualiopi_funder().id,
            # the default of 1 says less than a number that somebody typed
            "qualiopi_learner_count": lambda name, leads: max(leads.mapped(name)),
            # from and until belong together
            "qualiopi_wished_from": lambda name, leads: leads._qualiopi_wish()[name],
            "qualiopi_wished_until": lambda name, leads: leads._qualiopi_wish()[name],
            "qualiopi_adjustment": lambda name, leads: (
                "yes" if "yes" in leads.mapped(name) else _first(name, leads)
            ),
        }

    def _qualiopi_in_company(self):
        """:return: those of the company that the merged request will have"""
        company = self.company_id[:1]
        return self.filtered(lambda lead: lead.company_id in (company, company[:0]))

    def _qualiopi_asked(self):
        """:return: the programme of the merged request, and a session of it"""
        leads = self._qualiopi_in_company()
        program = leads.qualiopi_program_id[:1]
        # sudo: event.event - compared only, by who may not read sessions
        events = leads.sudo().qualiopi_event_id.filtered(
            lambda event: event.qualiopi_program_id == program
        )
        return program, events[:1]

    def _qualiopi_funder(self):
        """:return: the funder of who said the funding, else any"""
        leads = self._qualiopi_in_company()
        funding = _first("qualiopi_funding", self)
        said = leads.filtered(lambda lead: lead.qualiopi_funding == funding)
        return (said.qualiopi_funder_id or leads.qualiopi_funder_id)[:1]

    def _qualiopi_wish(self):
        """:return: the first request that wishes for dates, one without if none does"""
        wishes = self.filtered(
            lambda lead: lead.qualiopi_wished_from or lead.qualiopi_wished_until
        )
        return (wishes or self)[:1]

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        merged = self.with_context(active_test=False)
        # sudo: event.registration, survey.user_input, qualiopi.survey.invitation -
        # they go with the request, whether or not who merges may read them
        for name in ("event.registration", "survey.user_input"):
            rows = merged.env[name].sudo()
            found = rows.search([("qualiopi_lead_id", "in", opportunities.ids)])
            found.qualiopi_lead_id = self
        invitations = merged.env["qualiopi.survey.invitation"].sudo()
        for invitation in invitations.search([("lead_id", "in", opportunities.ids)]):
            invitation._move_to_lead(self)
        return result


def _first(name, leads):
    return next(filter(None, leads.mapped(name)), False)


def _earliest(name, leads):
    return min(filter(None, leads.mapped(name)), default=False)
