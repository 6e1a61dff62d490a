from odoo import api, models
from odoo.fields import Domain

from .qualiopi_subcontract import TERMS_READERS

CONTRACT = "qualiopi.subcontract"


class IrAttachment(models.Model):
    """Files of a contract show its amount: they are for those who may read it.

    Whoever plans sessions reads contracts, without what they cost.
    """

    _inherit = "ir.attachment"

    @api.model
    def _qualiopi_reads_contract_files(self):
        return self.env.su or self.env.user.has_group(TERMS_READERS)

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        ids = model_and_ids.get(CONTRACT)
        if ids and not self._qualiopi_reads_contract_files():
            for number in ids:
                yield CONTRACT, number

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and not self._qualiopi_reads_contract_files():
            domain = Domain(domain) & Domain("res_model", "!=", CONTRACT)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
