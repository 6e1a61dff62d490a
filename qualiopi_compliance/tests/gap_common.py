from .check_common import TODAY, CheckCase

LEAD_DAY = "2026-01-20"


class GapCase(CheckCase):
    """Two learners of a session that is over: one file is in order, the other lacks the
    need analysis and the contract. Nothing else is asked.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sessions[1:].unlink()
        cls.need = cls.ship("learner_need")
        cls.contract = cls.ship("learner_contract")
        cls.alice, cls.bruno = cls.new_learners(cls.session, 2)
        cls.alice.write(
            {
                "name": "Alice Petit",
                "qualiopi_need_on": "2026-02-10",
                "qualiopi_contract_on": "2026-02-12",
            }
        )
        cls.bruno.name = "Bruno Roy"
        cls.planner = cls.new_user("q_planner", "contributor")
        cls.planner.group_ids += cls.env.ref("event.group_event_user")

    @classmethod
    def subjects(cls, user=None, company=None, **context):
        """:return: the model, as a user reads it in one company"""
        return (
            cls.env["qualiopi.check.subject"]
            .with_user(user or cls.manager)
            .with_context(allowed_company_ids=(company or cls.company).ids, **context)
        )

    @classmethod
    def rows(cls, *domain, user=None, company=None, **context):
        """:return: the rows a user finds, in the order he is shown"""
        cls.env.invalidate_all()
        return cls.subjects(user, company, **context).search(list(domain))

    @classmethod
    def missing(cls, *domain, user=None, **context):
        """:return: code of the check and name of the record of each gap found"""
        rows = cls.rows(("satisfied", "=", False), *domain, user=user, **context)
        return [(row.check_id.code, row.record_name) for row in rows]

    @classmethod
    def new_lead(cls, **vals):
        """A request that was won without its need being analysed."""
        stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        return cls.env["crm.lead"].create(
            {
                "name": "Ten learners",
                "type": "opportunity",
                "company_id": cls.company.id,
                "qualiopi_program_id": cls.program.id,
                "qualiopi_requested_on": LEAD_DAY,
                "stage_id": stage.id,
                **vals,
            }
        )

    def run_action(self, action, user=None):
        """:return: the rows that a browser shows for such an action"""
        model = (
            self.env[action["res_model"]]
            .with_user(user or self.manager)
            .with_context(**action["context"])
        )
        domain = list(action.get("domain") or [])
        for name, condition in (("missing", False), ("satisfied", True)):
            if action["context"].get(f"search_default_{name}"):
                domain.append(("satisfied", "=", condition))
        self.forget()
        return model.search(domain)


__all__ = ["TODAY", "GapCase"]
