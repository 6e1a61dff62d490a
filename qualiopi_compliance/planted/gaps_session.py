from .gap import Gap

# a gap is planted in place: there is nothing to return
# pylint: disable=missing-return


class SessionGap(Gap):
    """A session that is over and complete, but for one thing."""

    program = "meeting"
    first, last = -55, -54
    trainer = "lead"
    values = {}

    def plant(self):
        self.record = self.world.taught(
            self.program, self.first, self.last, 1, self.trainer, **self.values
        )
        self.damage()

    def damage(self):
        raise NotImplementedError


class Version(SessionGap):
    """A session planned by hand, without saying which version it follows."""

    checks = ("session.version",)

    def damage(self):
        self.record.qualiopi_version_id = False

    def repair(self):
        self.record.qualiopi_version_id = (
            self.record.qualiopi_program_id.current_version_id
        )


class Trainer(SessionGap):
    checks = ("session.trainer",)

    def damage(self):
        self.record.qualiopi_assignment_ids.unlink()

    def repair(self):
        self.world.assign(self.world.trainers["lead"], self.record)


class Unqualified(SessionGap):
    """Taught by somebody whose title had run out on the last day."""

    checks = ("session.qualified",)
    first, last = -57, -56

    def plant(self):
        self.trainer = self.world.trainer("Hervé Martin", skills=self.world.expertise)
        super().plant()

    def damage(self):
        days = self.record.qualiopi_half_day_ids.mapped("date")
        self.days = self.world._offset(max(days))
        self.world.hold(self.trainer, self.world.title, last=self.days - 1)

    def repair(self):
        self.world.hold(self.trainer, self.world.title, first=self.days)


class NotHisProgram(SessionGap):
    """Taught by somebody who may not teach this programme."""

    checks = ("session.qualified",)
    first, last = -59, -58

    def plant(self):
        self.trainer = self.world.trainer("Rose Kieffer", program_ids=[])
        super().plant()

    def damage(self):
        """That nobody let her teach it is the gap."""

    def repair(self):
        """The waiver says why all the same, and answers this problem only."""
        self.record.qualiopi_assignment_ids.waiver = "Remplacement au pied levé."


class QualificationEnding(Gap):
    """A session runs, the certification of its trainer ends on the way."""

    checks = ("session.qualified",)
    since = 13

    def plant(self):
        world = self.world
        self.trainer = world.trainer("Iris Colin", skills=world.title)
        world.hold(self.trainer, world.expertise, last=12)
        self.record = world.taught("apprentice", -62, 180, 1, self.trainer)

    def repair(self):
        self.world.hold(self.trainer, self.world.expertise, first=13)


class ContractMissing(SessionGap):
    """Taught by a firm's person, a day before the contract begins."""

    checks = ("session.contract",)
    first, last = -53, -52

    def plant(self):
        self.firm = self.world.firm("Conseil Bertin")
        self.trainer = self.world.person_of(self.firm, "Luc Bertin")
        super().plant()

    def damage(self):
        days = self.record.qualiopi_half_day_ids.mapped("date")
        self.days = self.world._offset(min(days))
        self.world.contract(self.firm, self.days + 1)

    def repair(self):
        self.world.contract(self.firm, self.days, self.days)


class GivenWithoutContract(SessionGap):
    """The whole session is given to a firm with a contract for something else."""

    checks = ("session.contract",)
    first, last = -51, -50

    def plant(self):
        world = self.world
        self.firm = world.firm("Web Atelier")
        self.trainer = world.person_of(self.firm, "Tom Rey")
        world.contract(self.firm, program_ids=world.programs["web"].ids)
        self.values = {"qualiopi_subcontractor_id": self.firm.partner_id.id}
        super().plant()

    def damage(self):
        """That the contract is about another programme is the gap."""

    def repair(self):
        self.world.contract(self.firm, program_ids=self.world.programs["meeting"].ids)


class Unasked(SessionGap):
    """Somebody whom indicator 30 names was not asked."""

    purpose = None

    def damage(self):
        self.invitations.write({"state": "failed", "failure": "Boîte pleine"})

    def repair(self):
        self.invitations.write({"state": "heard", "answered_on": self.world.on(-1)})

    @property
    def invitations(self):
        return self.world.env["qualiopi.survey.invitation"].search(
            [("event_id", "=", self.record.id), ("purpose", "=", self.purpose)]
        )


class TeamUnasked(Unasked):
    checks = ("session.team_feedback",)
    purpose = "team"


class ClientUnasked(Unasked):
    checks = ("session.company_feedback",)
    purpose = "company"


class PrincipalUnasked(Unasked):
    checks = ("session.principal_feedback",)
    purpose = "principal"

    def plant(self):
        self.values = {"qualiopi_principal_id": self.world.principal.id}
        super().plant()


SESSION_GAPS = (
    Version,
    Trainer,
    Unqualified,
    NotHisProgram,
    QualificationEnding,
    ContractMissing,
    GivenWithoutContract,
    TeamUnasked,
    ClientUnasked,
    PrincipalUnasked,
)
