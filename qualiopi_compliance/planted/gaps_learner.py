from .gap import Gap

# a gap is planted in place: there is nothing to return
# pylint: disable=missing-return


class FileGap(Gap):
    """A complete file that loses a piece, in a session that is over."""

    session = "meeting"
    values = {}
    lost = {}
    found = {}

    def plant(self):
        self.record = self.world.enrol(self.session, **self.values)
        self.record.write(self.lost)

    def repair(self):
        self.record.write(self.found)

    def on(self, days):
        return self.world.on(days)


class Dated(FileGap):
    """A piece that is a date on the file."""

    field = None

    def plant(self):
        self.record = self.world.enrol(self.session, **self.values)
        self.record[self.field] = False

    def repair(self):
        self.record[self.field] = self.on(-2)


class Need(Dated):
    checks = ("learner.need",)
    field = "qualiopi_need_on"


class Entry(Dated):
    checks = ("learner.entry",)
    field = "qualiopi_entry_on"


class Contract(Dated):
    checks = ("learner.contract",)
    field = "qualiopi_contract_on"


class Convocation(Dated):
    checks = ("learner.convocation",)
    field = "qualiopi_convocation_on"


class Certificate(Dated):
    checks = ("learner.certificate",)
    field = "qualiopi_certificate_on"


class ExamEnrolment(Dated):
    """A learner of a certifying programme, nowhere enrolled for the exam."""

    checks = ("learner.exam_enrolment",)
    session = "web"
    field = "qualiopi_exam_enrolled_on"


class Adjustment(FileGap):
    checks = ("learner.adjustment",)
    lost = {"qualiopi_adjustment": False}
    found = {"qualiopi_adjustment": "no"}


class ExamResult(FileGap):
    checks = ("learner.exam_result",)
    session = "apprentice"
    lost = {"qualiopi_exam_result": False}
    found = {"qualiopi_exam_result": "absent"}


class Proposal(FileGap):
    """The entry assessment proposes something, nobody has decided."""

    checks = ("learner.proposal",)
    lost = {
        "qualiopi_proposal": "Reprendre les bases avant la séance 2.",
        "qualiopi_proposal_kind": "redirect",
        "qualiopi_proposal_state": "open",
    }

    def repair(self):
        self.record.action_qualiopi_confirm_proposal()


class DropOut(FileGap):
    """He left on the way, nobody knows why."""

    checks = ("learner.drop_out",)
    session = "web"
    found = {"qualiopi_drop_out_reason": "Reprise d'emploi."}

    def plant(self):
        self.lost = {"qualiopi_dropped_on": self.on(-108)}
        super().plant()


class Documents(FileGap):
    checks = ("learner.documents",)

    def plant(self):
        super().plant()
        self.record.qualiopi_document_ids.unlink()

    def repair(self):
        self.world.env["qualiopi.learner.document"].create(
            {
                "registration_id": self.record.id,
                "name": "Livret d'accueil",
                "given_on": self.on(-2),
            }
        )


class Attendance(FileGap):
    """More than two days: no doubt whether indicator 12 concerns it."""

    checks = ("learner.attendance",)
    session = "sheet"

    def plant(self):
        super().plant()
        self.record.qualiopi_attendance_ids.unlink()

    def repair(self):
        self.world.attend(self.record, -48)


class ShortAttendance(FileGap):
    """Two days: guide V9 leaves them out of indicator 12, the framework of 2026 says
    nothing of it.
    """

    checks = ("learner.attendance",)
    framework = "rnq-2026"

    def plant(self):
        super().plant()
        self.record.qualiopi_attendance_ids.unlink()

    def repair(self):
        self.world.attend(self.record, -70)


class Absence(FileGap):
    checks = ("learner.absence",)
    session = "sheet"

    def plant(self):
        super().plant()
        self.world.attend(self.record, -47, "absent")

    def repair(self):
        self.world.follow_up(self.record, "call", -45)


class AbsenceFallingDue(Absence):
    """A month is left to answer for an absence: not a day more."""

    session = "running"
    since = 5

    def plant(self):
        self.record = self.world.enrol(self.session)
        self.world.attend(self.record, -25, "absent")

    def repair(self):
        self.world.follow_up(self.record, "interview", -20)


class Outcome(FileGap):
    """One objective out of three was never assessed."""

    checks = ("learner.outcome",)

    def plant(self):
        super().plant()
        self.record.qualiopi_outcome_ids[-1:].result = False

    def repair(self):
        self.record.qualiopi_outcome_ids[-1:].result = "reached"


class Adaptation(FileGap):
    checks = ("learner.adaptation",)
    lost = {"qualiopi_adjustment": "yes"}

    def repair(self):
        self.world.follow_up(self.record, "adaptation", -72)


class FollowUpGap(FileGap):
    """A follow-up of some kind that nobody made."""

    kind = None
    days = -2

    def plant(self):
        super().plant()
        self.record.qualiopi_follow_up_ids.filtered(
            lambda row: row.kind == self.kind
        ).unlink()

    def repair(self):
        self.world.follow_up(self.record, self.kind, self.days)


class CompanyContact(FollowUpGap):
    checks = ("learner.company_contact",)
    session = "running"
    kind = "company"


class DistanceFollowed(FollowUpGap):
    checks = ("learner.distance",)
    framework = "rnq-2026"
    session = "sheet"
    kind = "distance"


class SixMonths(FollowUpGap):
    checks = ("learner.six_months",)
    session = "assessment"
    kind = "six_months"


class Unasked(FileGap):
    """Nobody asked the learner."""

    purpose = "feedback"

    def plant(self):
        super().plant()
        self.invitation.write({"state": "failed", "failure": "Adresse inconnue"})

    def repair(self):
        self.invitation.write({"state": "sent"})

    @property
    def invitation(self):
        return self.world.env["qualiopi.survey.invitation"].search(
            [
                ("registration_id", "=", self.record.id),
                ("purpose", "=", self.purpose),
            ]
        )


class Feedback(Unasked):
    checks = ("learner.feedback",)


class TeachingFeedback(Unasked):
    checks = ("learner.teaching_feedback",)
    framework = "rnq-2026"
    session = "apprentice"
    purpose = "teaching"


LEARNER_GAPS = (
    Need,
    Entry,
    Adjustment,
    Contract,
    Convocation,
    Documents,
    Attendance,
    ShortAttendance,
    Absence,
    AbsenceFallingDue,
    DropOut,
    Outcome,
    Certificate,
    ExamEnrolment,
    ExamResult,
    Proposal,
    Adaptation,
    CompanyContact,
    DistanceFollowed,
    SixMonths,
    Feedback,
    TeachingFeedback,
)
