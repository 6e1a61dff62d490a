from .gap import Gap

# a gap is planted in place: there is nothing to return
# pylint: disable=missing-return


class DocumentGap(Gap):
    """A document that the company does not have.

    :cvar code: of the type
    """

    code = None

    @property
    def checks(self):
        return (f"document.{self.code}",)

    def plant(self):
        self.record = self.world.company
        self.damage()

    def damage(self):
        """Filed away: it no longer proves anything."""
        self.world.current(self.code).active = False

    def repair(self):
        self.world.document(self.code, first=-1)


class Filed(DocumentGap):
    code = "entry_procedure"


class Rejected(DocumentGap):
    """There is one, and it was rejected."""

    code = "resource_list"

    def damage(self):
        super().damage()
        self.world.document(self.code, state="rejected")


class Waiting(DocumentGap):
    """There is one, nobody has validated it."""

    code = "assessment_procedure"

    def damage(self):
        super().damage()
        self.document = self.world.document(self.code, state="submitted")

    def repair(self):
        self.world.as_manager(self.document).action_validate()


class Expiring(DocumentGap):
    """Its last day is the 20th from now: no gap on that day, one on the next."""

    code = "legal_watch"
    since = 21

    def damage(self):
        super().damage()
        self.world.document(self.code, valid_until=self.world.on(20))


class NotYet(DocumentGap):
    """It is there, and dated in two weeks."""

    code = "job_watch"
    until = 14

    def damage(self):
        super().damage()
        self.world.document(self.code, first=self.until)


class OnlyIn2026(DocumentGap):
    framework = "rnq-2026"


class Violence(OnlyIn2026):
    code = "violence_procedure"


class RiskAnalysis(OnlyIn2026):
    code = "risk_analysis"


class BreakUp(OnlyIn2026):
    code = "break_up_procedure"


class TeachingReview(OnlyIn2026):
    code = "teaching_review"


class NewSite(Gap):
    """A second site whose papers are there, but for the lease."""

    checks = ("document.lease",)

    def plant(self):
        world = self.world
        self.record = world.env["qualiopi.site"].create(
            {
                "name": "Annexe de la gare",
                "company_id": world.company.id,
                "opened_on": world.on(-200),
            }
        )
        world.papers([self.record])
        world.current("lease", self.record).active = False

    def repair(self):
        self.world.document("lease", self.record, -190)


class NoAuthorisation(Gap):
    """A certifying programme without the paper of the certifying body: since 2026 the
    capacity is to be proved.
    """

    checks = ("document.authorisation",)
    framework = "rnq-2026"

    def plant(self):
        world = self.world
        self.record = world.program(
            "Maintenir des équipements",
            certifying=True,
            duration_hours=35,
            duration_days=5,
            skill=world.title,
        )

    def repair(self):
        self.world.papers([self.record])


DOCUMENT_GAPS = (
    Filed,
    Rejected,
    Waiting,
    Expiring,
    NotYet,
    Violence,
    RiskAnalysis,
    BreakUp,
    TeachingReview,
    NewSite,
    NoAuthorisation,
)
