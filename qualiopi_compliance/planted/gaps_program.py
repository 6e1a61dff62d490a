from .gap import Gap

# a gap is planted in place: there is nothing to return
# pylint: disable=missing-return


class ProgramGap(Gap):
    """A programme of the catalogue, complete but for one thing."""

    name = "Conduire un projet"
    values = {}
    lost = {}

    def plant(self):
        self.record = self.make({**self.values, **self.lost})

    def make(self, values):
        world = self.world
        program = world.program(self.name, skill=world.title, **values)
        world.papers([program])
        return program

    def repair(self):
        world = self.world
        world.revise(self.record, **self.mended())

    def mended(self):
        """:return: values that mend it"""
        raise NotImplementedError


class NeverValidated(ProgramGap):
    """A session of a programme whose sheet is still a draft: it follows no version."""

    checks = ("program.version",)
    name = "Accueillir un nouveau collègue"

    def plant(self):
        world = self.world
        self.record = world.draft(self.name)
        world.require(self.record, world.title)
        trainer = world.trainers["lead"]
        trainer.program_ids |= self.record
        self.session = world.taught(self.record, -75, -74, 1, trainer)
        world.answer(self.session.registration_ids, -73)

    def expected(self):
        return {*super().expected(), ("session.version", self.session)}

    def repair(self):
        self.world.validate(self.record, -80)
        self.session.qualiopi_version_id = self.record.current_version_id


class ReviewOverdue(ProgramGap):
    checks = ("program.review",)
    name = "Gérer les priorités"
    since = 9

    def plant(self):
        super().plant()
        self.record.review_on = self.world.on(9)

    def repair(self):
        self.record.review_on = self.world.on(200)


class NoReferent(ProgramGap):
    checks = ("program.referent",)
    name = "Rédiger pour être lu"
    lost = {"referent_id": False}

    def mended(self):
        return {"referent_id": self.world.company.qualiopi_quality_contact_id.id}


class NoResources(ProgramGap):
    checks = ("program.resources",)
    name = "Prendre la parole"
    lost = {"resources": False}

    def mended(self):
        return {"resources": "Livret, vidéos commentées."}


class NoSkills(ProgramGap):
    checks = ("program.skills",)
    name = "Négocier un achat"

    def make(self, values):
        program = self.world.program(self.name)
        self.world.papers([program])
        return program

    def repair(self):
        self.world.require(self.record, self.world.title)


class CertifyingGap(ProgramGap):
    values = {"certifying": True, "duration_hours": 35, "duration_days": 5}


class CertificationEnding(CertifyingGap):
    """Registered for ten more days, then no longer."""

    checks = ("program.certification",)
    name = "Administrer un réseau"
    since = 11

    def plant(self):
        self.lost = {"certification_until": self.world.on(10)}
        super().plant()

    def mended(self):
        return {"certification_until": self.world.on(700)}


class AuthorisationOver(CertifyingGap):
    checks = ("program.authorisation",)
    framework = "rnq-2026"
    name = "Gérer la paie"

    def plant(self):
        self.lost = {"authorisation_until": self.world.on(-1)}
        super().plant()

    def mended(self):
        return {"authorisation_until": self.world.on(700)}


class NoResults(ProgramGap):
    """Sessions are over, learners were asked, nobody has answered."""

    checks = ("program.results",)
    name = "Parler en public"

    def plant(self):
        super().plant()
        trainer = self.world.trainers["lead"]
        trainer.program_ids |= self.record
        self.session = self.world.taught(self.record, -66, -65, 1, trainer)

    def repair(self):
        self.world.answer(self.session.registration_ids, -60)


class NoExamResults(CertifyingGap):
    """The only learner dropped out: nothing to publish on awards."""

    checks = ("program.exam_results",)
    name = "Gérer un entrepôt"

    def plant(self):
        super().plant()
        world = self.world
        trainer = world.trainers["lead"]
        trainer.program_ids |= self.record
        session = world.taught(self.record, -88, -84, 1, trainer)
        self.learner = session.registration_ids
        self.learner.write(
            {
                "qualiopi_exam_result": False,
                "qualiopi_dropped_on": world.on(-85),
                "qualiopi_drop_out_reason": "Embauche.",
            }
        )
        world.answer(self.learner, -83)

    def repair(self):
        self.learner.qualiopi_exam_result = "absent"


PROGRAM_GAPS = (
    NeverValidated,
    ReviewOverdue,
    NoReferent,
    NoResources,
    NoSkills,
    CertificationEnding,
    AuthorisationOver,
    NoResults,
    NoExamResults,
)
