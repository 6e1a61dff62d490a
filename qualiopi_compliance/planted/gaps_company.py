from .gap import Gap


class CompanyGap(Gap):
    """Something of the company itself."""

    def plant(self):
        self.record = self.world.company
        self.damage()

    def damage(self):
        raise NotImplementedError


class NoReferent(CompanyGap):
    """A contact of the company that is not named any more."""

    field = None

    def damage(self):
        self.person = self.record[self.field]
        self.record[self.field] = False

    def repair(self):
        self.record[self.field] = self.person


class NoDisabilityReferent(NoReferent):
    checks = ("company.disability_referent",)
    field = "qualiopi_disability_contact_id"


class NoMobilityReferent(NoReferent):
    checks = ("company.mobility_referent",)
    field = "qualiopi_mobility_contact_id"


class MeetingGap(CompanyGap):
    """The last meeting was more than a year ago."""

    name = None

    def damage(self):
        meeting = getattr(self.world, self.name)
        meeting.action_reopen()
        meeting.start = f"{self.world.on(-420)} 09:00:00"
        meeting.action_hold()


class NoTeamMeeting(MeetingGap):
    checks = ("company.meeting",)
    name = "team_meeting"

    def repair(self):
        self.world.meeting("Réunion d'équipe", "teaching", -1)


class NoCouncil(MeetingGap):
    checks = ("company.council",)
    name = "council"

    def repair(self):
        self.world.meeting("Conseil de perfectionnement", "council", -2)


class NoRoles(CompanyGap):
    """The only role ended."""

    checks = ("company.roles",)

    def damage(self):
        self.world.role.until = self.world.on(-5)

    def repair(self):
        self.world.role.until = False


class FundersUnasked(CompanyGap):
    checks = ("company.funders",)

    def damage(self):
        """Last heard more than a year ago."""
        self.invitations.answered_on = self.world.on(-400)

    def repair(self):
        world = self.world
        world.asked("funder", world.funder.name, -1, "heard")

    @property
    def invitations(self):
        return self.world.env["qualiopi.survey.invitation"].search(
            [("company_id", "=", self.record.id), ("purpose", "=", "funder")]
        )


class WeakPointWaits(CompanyGap):
    """Found 50 days ago: two months are left to decide, not more."""

    checks = ("company.weak_points",)
    since = 10

    def damage(self):
        self.point = self.world.weak_point("Salle trop petite", -50)

    def repair(self):
        self.point.reason = "Salle changée en septembre."
        self.world.as_manager(self.point).action_dismiss()


class LeadGap(Gap):
    name = None
    days = -60
    values = {}

    def plant(self):
        self.record = self.world.lead(
            self.name, self.days, qualiopi_need_on=False, **self.values
        )

    def repair(self):
        self.record.qualiopi_need_on = self.world.on(-1)


class LeadNeed(LeadGap):
    """Won, and nobody has written down what they need."""

    checks = ("lead.need",)
    name = "Boulangerie Martin"


class LeadAdjustment(LeadGap):
    """Asks for an adjustment; not won yet, and nobody has looked at it."""

    checks = ("lead.adjustment",)
    name = "Camille Robin"
    values = {"won": False, "qualiopi_adjustment": "yes"}


class LeadFallingDue(LeadGap):
    """Won five days ago: a month is left to write down the need."""

    checks = ("lead.need",)
    name = "Garage Dubreuil"
    since = 25
    days = -5


COMPANY_GAPS = (
    NoDisabilityReferent,
    NoMobilityReferent,
    NoTeamMeeting,
    NoCouncil,
    NoRoles,
    FundersUnasked,
    WeakPointWaits,
    LeadNeed,
    LeadAdjustment,
    LeadFallingDue,
)
