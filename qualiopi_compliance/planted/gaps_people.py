from ..rules.audit_calendar import add_months
from .gap import Gap

# a gap is planted in place: there is nothing to return
# pylint: disable=missing-return


class TrainerGap(Gap):
    """A trainer's file, complete but for one thing."""

    name = None
    kind = "employee"
    lost = {}

    def plant(self):
        self.record = self.world.trainer(self.name, self.kind, **self.lost)


class NoCv(TrainerGap):
    checks = ("trainer.cv",)
    name = "Anne Weber"
    lost = {"cv_on": False}

    def repair(self):
        self.record.cv_on = self.world.on(-1)


class CvGrowsOld(TrainerGap):
    """A CV counts as old a year after its date, as the company decided."""

    checks = ("trainer.cv",)
    name = "Bruno Klein"
    since = 16

    def plant(self):
        super().plant()
        self.record.cv_on = add_months(self.world.on(self.since), -12)

    def repair(self):
        self.record.cv_on = self.world.on(0)


class NoQualification(TrainerGap):
    checks = ("trainer.qualification",)
    name = "Céline Haas"
    lost = {"skills": ()}

    def repair(self):
        self.world.hold(self.record, self.world.title)


class NotAssessed(TrainerGap):
    checks = ("trainer.assessment",)
    name = "David Lopez"
    lost = {"assessed": None}

    def repair(self):
        self.world.assess(self.record, -1)


class NoInduction(TrainerGap):
    checks = ("trainer.induction",)
    name = "Émilie Roy"
    lost = {"induction_on": False}

    def repair(self):
        self.record.induction_on = self.world.on(-30)


class NotAware(TrainerGap):
    checks = ("trainer.disability",)
    name = "Fabien Petit"
    lost = {"disability_awareness_on": False}

    def repair(self):
        self.record.disability_awareness_on = self.world.on(-3)


class NothingLearnt(TrainerGap):
    """His last course was more than a year ago."""

    checks = ("trainer.development",)
    name = "Gilles Noël"
    kind = "manager"
    lost = {"developed": -430}

    def repair(self):
        self.world.develop(self.record, -5)


class FirmGap(Gap):
    """A firm that taught a session under contract, its file complete but for one
    thing.
    """

    name = None
    days = -61
    lost = {}
    agreed = {}

    def plant(self):
        world = self.world
        self.record = world.firm(self.name, **self.lost)
        self.contract = world.contract(self.record, **self.agreed)
        trainer = world.person_of(self.record, f"Associé de {self.name}")
        world.taught("meeting", self.days, self.days + 1, 1, trainer)


class NoCharter(FirmGap):
    """Neither charter nor contract in force: the contract ended with the session."""

    checks = ("subcontractor.charter",)
    name = "Cabinet Moreau"
    lost = {"charter_on": False}

    def plant(self):
        super().plant()
        self.contract.action_draft()
        self.contract.date_to = self.world.on(self.days + 1)
        self.contract.action_sign()

    def repair(self):
        self.record.charter_on = self.world.on(-1)


class FirmNotAssessed(FirmGap):
    checks = ("subcontractor.assessment",)
    name = "Studio Vidal"
    lost = {"assessed_on": False}

    def repair(self):
        self.record.assessed_on = self.world.on(-1)


class NoClause(FirmGap):
    """The contract says nothing of how the framework is respected."""

    checks = ("subcontractor.clause",)
    framework = "rnq-2026"
    name = "Formations Girard"
    agreed = {"compliance_clause": False}

    def repair(self):
        self.contract.action_draft()
        self.contract.compliance_clause = "Le sous-traitant applique le référentiel."
        self.contract.action_sign()


PEOPLE_GAPS = (
    NoCv,
    CvGrowsOld,
    NoQualification,
    NotAssessed,
    NoInduction,
    NotAware,
    NothingLearnt,
    NoCharter,
    FirmNotAssessed,
    NoClause,
)
