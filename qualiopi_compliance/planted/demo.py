"""What is planted in the demonstration company."""

from . import (
    decoys,
    gaps_company,
    gaps_document,
    gaps_learner,
    gaps_people,
    gaps_program,
    gaps_session,
)

DEMO_GAPS = (
    gaps_learner.Need,
    gaps_learner.Convocation,
    gaps_learner.Attendance,
    gaps_learner.Absence,
    gaps_learner.Outcome,
    gaps_learner.Feedback,
    gaps_learner.TeachingFeedback,
    gaps_learner.CompanyContact,
    gaps_session.Unqualified,
    gaps_session.ContractMissing,
    gaps_session.ClientUnasked,
    gaps_program.ReviewOverdue,
    gaps_program.CertificationEnding,
    gaps_program.NoResults,
    gaps_people.NotAssessed,
    gaps_people.CvGrowsOld,
    gaps_people.NothingLearnt,
    gaps_people.NoClause,
    gaps_company.NoCouncil,
    gaps_company.LeadNeed,
    gaps_company.WeakPointWaits,
    gaps_document.Expiring,
    gaps_document.Waiting,
    gaps_document.Violence,
    gaps_document.NewSite,
)
"""Enough to show each status, without making every indicator red."""

DEMO_DECOYS = (
    decoys.drop_out_without_final_assessment,
    decoys.not_entrusted,
    decoys.superseded_document,
    decoys.session_to_come,
    decoys.excused_absence,
    decoys.unconfirmed_request,
    decoys.newcomer,
    decoys.waiver,
    decoys.two_contracts,
)
