from odoo import api, models

# Of the price, once the withdrawal period is over (L. 6353-6).
FIRST_PAYMENT = 0.30


class TrainingContract(models.AbstractModel):
    """Contract with an individual who pays: L. 6353-3 to L. 6353-6."""

    _name = "report.qualiopi_compliance.training_contract"
    _description = "Training contract with an individual"
    _inherit = "qualiopi.training.document"
    _document = "contract"
    _evidence_type = "agreement"

    @api.model
    def _title(self):
        return self.env._("Vocational training contract")

    @api.model
    def _refusal(self, unit):
        return self._refused_kind(unit, "contract")

    @api.model
    def _refused_kind(self, registrations, kind):
        """:return: why this document does not suit these registrations, if so"""
        labels = dict(
            registrations._fields["qualiopi_contract_kind"]._description_selection(
                self.env
            )
        )
        for row in registrations:
            if not row.qualiopi_program_id:
                return self._no_programme(row)
            if row.state == "cancel":
                return self.env._(
                    "%(learner)s: the registration is cancelled.",
                    learner=row.display_name,
                )
            if not row.qualiopi_contract_kind:
                return self.env._(
                    "%(learner)s: who pays is not known. Choose the funding on the "
                    "learner's file.",
                    learner=row.display_name,
                )
            if row.qualiopi_contract_kind != kind:
                return self.env._(
                    "%(learner)s: “%(kind)s” replaces it (D. 6353-1 of the Labour "
                    "Code). File that document instead.",
                    learner=row.display_name,
                    kind=labels[row.qualiopi_contract_kind],
                )
        return ""

    @api.model
    def _values(self, unit):
        registration = unit
        event = registration.event_id
        currency = registration.qualiopi_currency_id
        price = registration.qualiopi_price
        partner = registration.partner_id
        first = currency.round(price * FIRST_PAYMENT)
        return (
            self._program_values(event)
            | self._session_values(event)
            | {
                "learners": registration.name and [{"name": registration.name}],
                "learner_address": self._address(partner) if partner else "",
                "price": self._amount(price, currency),
                "funders": registration.qualiopi_funder_id.name,
                "first_payment": self.env._(
                    "Nothing is paid before the withdrawal period has ended. Then at "
                    "most 30 %% of the agreed price may be paid, that is %(amount)s; "
                    "the balance is paid by instalments as the training goes on "
                    "(article L. 6353-6 of the Labour Code).",
                    amount=self._amount(first, currency),
                ),
            }
        )


class TrainingAgreement(models.AbstractModel):
    """Agreement (*convention*) with a company or a funder: D. 6353-1.

    All learners of one client in one session stand on the same agreement.
    """

    _name = "report.qualiopi_compliance.training_agreement"
    _description = "Training agreement"
    _inherit = "report.qualiopi_compliance.training_contract"
    _document = "agreement"
    _evidence_type = "agreement"

    @api.model
    def _title(self):
        return self.env._("Vocational training agreement")

    @api.model
    def _units(self, records):
        units = []
        for registration in records:
            if any(registration in unit for unit in units):
                continue
            together = registration | registration._qualiopi_same_agreement()
            units.append(together._qualiopi_by_name())
        return units

    @api.model
    def _refusal(self, unit):
        return self._refused_kind(unit, "agreement")

    @api.model
    def _lang(self, unit):
        # the client reads and signs it
        first = unit[:1]
        client = first.qualiopi_client_id
        return self._installed_lang(
            client.lang, first.partner_id.lang, first.event_id.lang
        )

    @api.model
    def _unit_name(self, unit):
        first = unit[:1]
        return (
            f"{first.qualiopi_client_id.name or first.display_name} – "
            f"{first.event_id.name}"
        )

    @api.model
    def _values(self, unit):
        event = unit[:1].event_id
        client = unit[:1].qualiopi_client_id.commercial_partner_id
        currency = unit[:1].qualiopi_currency_id
        named = all(registration.name for registration in unit)
        return (
            self._program_values(event)
            | self._session_values(event)
            | {
                "client": client.name,
                "client_address": client and self._address(client),
                "client_registry": client.company_registry,
                "learners": named
                and [
                    {
                        "name": registration.name,
                        "price": self._amount(registration.qualiopi_price, currency),
                    }
                    for registration in unit
                ],
                "funders": ", ".join(unit.qualiopi_funder_id.mapped("name")),
                "price": self._amount(sum(unit.mapped("qualiopi_price")), currency),
            }
        )
