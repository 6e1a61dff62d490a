from odoo.fields import Command

FIRST_NAMES = (
    "Adèle",
    "Bastien",
    "Chloé",
    "Driss",
    "Elsa",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inès",
    "Jules",
    "Karima",
    "Loïc",
    "Manon",
    "Nolwenn",
    "Omar",
    "Pauline",
)
LAST_NAMES = ("Arnaud", "Blanc", "Carlier", "Diallo", "Estève", "Faure", "Garnier")
# What a learner's file says whatever the programme.
WORK_STUDY = ("apprenticeship", "professionalisation", "promotion")


class Teaching:
    """Sessions, and learners whose files hold what is due on the day."""

    def session(self, program, first, last, trainer=None, **vals):
        """A session with its trainer and half-days, without learners.

        :param program: short name, or record
        :param trainer: short name, record, or an empty record for nobody
        """
        if isinstance(program, str):
            program = self.programs[program]
        if trainer is None or isinstance(trainer, str):
            trainer = self.trainers[trainer or "lead"]
        event = self.env["event.event"].create(
            {
                "name": f"{program.name} – {self.on(first):%d/%m/%Y}",
                "company_id": self.company.id,
                "user_id": False,
                "date_tz": "Europe/Paris",
                "date_begin": f"{self.on(first)} 07:30:00",
                "date_end": f"{self.on(last)} 15:30:00",
                "event_mail_ids": [Command.clear()],
                "qualiopi_program_id": program.id,
                **vals,
            }
        )
        if last - first < 7:
            event.action_qualiopi_plan_half_days()
        if trainer:
            self.assign(trainer, event)
        return event

    def assign(self, trainer, event, **vals):
        return self.env["qualiopi.assignment"].create(
            {"event_id": event.id, "trainer_id": trainer.id, **vals}
        )

    def taught(self, program, first, last, learners=1, trainer=None, **vals):
        """A session with learners, about which everybody was asked when it was over."""
        event = self.session(program, first, last, trainer, **vals)
        for _number in range(learners):
            self.enrol(event)
        if last < 0:
            self.ask_about(event, last + 1)
        return event

    def ask_about(self, event, days):
        """Ask whom indicator 30 wants asked about a session, the learners aside."""
        if event.qualiopi_principal_id:
            self._ask_partner("principal", event.qualiopi_principal_id, event, days)
            return
        self._ask_partner("team", event._qualiopi_teaching_team()[:1], event, days)
        if event.qualiopi_program_id.category_id.code != "BC":
            for client in event.registration_ids.qualiopi_client_id:
                self._ask_partner("company", client, event, days)

    def _ask_partner(self, purpose, partner, event, days):
        return self.asked(
            purpose, partner.name, days, partner_id=partner.id, event_id=event.id
        )

    def learner_name(self):
        number = self._learner_count
        self._learner_count += 1
        first = FIRST_NAMES[number % len(FIRST_NAMES)]
        return f"{first} {LAST_NAMES[3 * number % len(LAST_NAMES)]}"

    def enrol(self, session, **vals):
        """A learner whose file lacks nothing on the day.

        :param session: short name, or record
        :param vals: values of the registration instead of the usual ones
        """
        event = self.sessions[session] if isinstance(session, str) else session
        first, last = (self._offset(day) for day in event._qualiopi_days())
        learner = self.env["event.registration"].create(
            {**self._file_values(event, first), "state": "open", **vals}
        )
        self.env["qualiopi.learner.document"].create(
            {
                "registration_id": learner.id,
                "name": "Livret d'accueil et règlement intérieur",
                "version": "2026-1",
                "given_on": self.on(min(first - 7, 0)),
            }
        )
        if first < 0:
            self.attend(learner, first)
            self._follow(learner, first, last)
        if last < 0:
            self._conclude(learner, last)
        return learner

    def _offset(self, day):
        return (day - self.day).days

    def _file_values(self, event, first):
        """:return: what is written before a session begins"""

        def before(days):
            return self.on(min(first - days, 0))

        name = self.learner_name()
        category = event.qualiopi_program_id.category_id.code
        return {
            "event_id": event.id,
            "name": name,
            "email": f"{name.lower().replace(' ', '.')}@example.com",
            "qualiopi_funding": {"CFA": "apprenticeship", "BC": "individual"}.get(
                category, "skills_plan"
            ),
            "qualiopi_client_id": self.client.id if category != "BC" else False,
            "qualiopi_funder_id": self.funder.id if category != "BC" else False,
            "qualiopi_need_on": before(25),
            "qualiopi_need": "Prendre en charge de nouvelles tâches.",
            "qualiopi_entry_on": before(15) if category != "BC" else False,
            "qualiopi_adjustment": "no",
            "qualiopi_contract_on": before(12),
            "qualiopi_convocation_on": before(8),
            "qualiopi_exam_enrolled_on": (
                before(5) if event.qualiopi_program_id.certifying else False
            ),
        }

    def attend(self, learner, days, state="present", period="am"):
        return self.env["qualiopi.attendance"].create(
            {
                "registration_id": learner.id,
                "date": self.on(days),
                "period": period,
                "state": state,
                "hours": 3.5 if state == "present" else 0,
            }
        )

    def follow_up(self, learner, kind, days, note="Échange noté au dossier."):
        return self.env["qualiopi.follow.up"].create(
            {
                "registration_id": learner.id,
                "kind": kind,
                "date": self.on(days),
                "user_id": self.manager.id,
                "note": note,
            }
        )

    def _follow(self, learner, first, last):
        """What is done while a session runs, where the programme calls for it."""
        event = learner.event_id
        if learner.qualiopi_funding in WORK_STUDY:
            self.follow_up(learner, "company", min(first + 15, 0))
        if event.qualiopi_distance_hours:
            self.follow_up(learner, "distance", min(last, 0))

    def _conclude(self, learner, last):
        """What is done once a session is over."""
        program = learner.qualiopi_program_id
        self.assess_objectives(learner, last)
        learner.qualiopi_certificate_on = self.on(min(last + 1, 0))
        if program.certifying:
            learner.write(
                {"qualiopi_exam_result": "obtained", "qualiopi_exam_on": self.on(last)}
            )
        self.ask_learner(learner, "feedback", last + 1)
        if program.category_id.code == "CFA":
            self.ask_learner(learner, "teaching", last + 1)
        if program.category_id.code == "BC" and last + 184 < 0:
            self.follow_up(learner, "six_months", last + 184)

    def assess_objectives(self, learner, days):
        return self.env["qualiopi.outcome"].create(
            [
                {
                    "registration_id": learner.id,
                    "objective_id": objective.id,
                    "result": "reached",
                    "assessed_on": self.on(days),
                    "method": "Mise en situation",
                }
                for objective in learner.qualiopi_program_id.objective_ids
            ]
        )

    def ask_learner(self, learner, purpose, days, state="sent"):
        return self.asked(
            purpose,
            learner.name,
            min(days, 0),
            state,
            event_id=learner.event_id.id,
            registration_id=learner.id,
        )
