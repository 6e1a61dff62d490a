from odoo import api, models
from odoo.fields import Command

# Days before today whose results are worked out for the demonstration company.
WEEKS = 8


class ResCompany(models.Model):
    """The demonstration company: planted, with gaps that are known."""

    _inherit = "res.company"

    @api.model
    def _qualiopi_plant_demo(self, xmlid, manager, *others):
        """Make the demonstration company, unless it was made before.

        :param xmlid: by which it is known from then on
        :param manager: id of the user who is its quality manager
        :param others: ids of users who have access to it too
        """
        if self.env.ref(xmlid, raise_if_not_found=False):
            return
        # only demonstrations need it
        from ...planted import DEMO_DECOYS, DEMO_GAPS, build

        users = self.env["res.users"]
        today = self.env["qualiopi.framework"]._today()
        # what is named after a type of document is named in the language of its readers
        lang = users.browse(manager).lang
        env = self.with_context(lang=lang).env
        world = build(env, today, users.browse(manager))
        users.browse(others).company_ids = [Command.link(world.company.id)]
        for decoy in DEMO_DECOYS:
            decoy(world)
        for gap in DEMO_GAPS:
            gap(world).plant()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": xmlid, "record": world.company, "noupdate": True}]
        )
        for weeks in range(WEEKS, 0, -1):
            world.company._qualiopi_record(world.on(-7 * weeks))
        lines = world.company._qualiopi_living_checklist().line_ids
        seen = lines.filtered(lambda line: line.review_needed and line.number % 3)
        world.as_manager(seen).action_review()
        world.company._qualiopi_record()
