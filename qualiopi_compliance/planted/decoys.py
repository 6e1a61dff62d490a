"""What looks like a gap and is none: each makes its records and expects nothing."""


def drop_out_without_final_assessment(world):
    """Who left on the way is not assessed at the end, nor presented to the exam."""
    learner = world.enrol("web")
    learner.qualiopi_outcome_ids.unlink()
    learner.write(
        {
            "qualiopi_dropped_on": world.on(-108),
            "qualiopi_drop_out_reason": "Déménagement.",
            "qualiopi_exam_result": False,
        }
    )


def never_came(world):
    """Who left before the first half-day has neither attendance nor certificate."""
    learner = world.enrol("sheet")
    learner.qualiopi_attendance_ids.unlink()
    learner.write(
        {
            "qualiopi_dropped_on": world.on(-48),
            "qualiopi_drop_out_reason": "Problème de transport.",
            "qualiopi_certificate_on": False,
        }
    )


def not_entrusted(world):
    """The principal signs, convokes and informs: its contract leaves us no indicator
    9.
    """
    learner = world.enrol("principal")
    learner.write({"qualiopi_contract_on": False, "qualiopi_convocation_on": False})
    learner.qualiopi_document_ids.unlink()


def for_a_principal_only(world):
    """Results of what is only delivered for a principal are published by him."""
    program = world.program("Coopérer à distance", skill=world.title)
    world.trainers["lead"].program_ids |= program
    world.taught(program, -77, -76, 1, qualiopi_principal_id=world.principal.id)


def before_the_window(world):
    """A session over for longer than is looked at, with files that lack everything."""
    event = world.session("meeting", -421, -420, world.trainers["lead"].browse())
    learner = world.enrol(event)
    learner.qualiopi_need_on = learner.qualiopi_adjustment = False
    learner.qualiopi_document_ids.unlink()


def answered_out_of_the_window(world):
    """An old answer, beside the recent ones."""
    learner = world.sessions["meeting"].registration_ids[:1]
    world.answer(learner, -500)


def superseded_document(world):
    """The former version stays, and no longer counts."""
    former = world.current("welcome_booklet")
    world.document("welcome_booklet", first=-10, previous_id=former.id)


def rejected_beside_a_valid_one(world):
    world.document("house_rules", first=-20, state="rejected")


def dated_later(world):
    """Tomorrow's version takes over then: today's holds until the day before."""
    former = world.current("complaint_procedure")
    world.document("complaint_procedure", first=5, previous_id=former.id)


def called_off(world):
    """A session that did not take place."""
    event = world.session("meeting", -45, -44, world.trainers["lead"].browse())
    learner = world.enrol(event)
    learner.qualiopi_need_on = False
    event.kanban_state = "cancel"


def cancelled_registration(world):
    learner = world.enrol("meeting")
    learner.qualiopi_attendance_ids.unlink()
    learner.write({"qualiopi_need_on": False, "state": "cancel"})


def unconfirmed_request(world):
    """A request is not an enrolment: nothing is due yet."""
    world.env["event.registration"].create(
        {"event_id": world.sessions["meeting"].id, "name": "Zoé Perret"}
    )


def session_to_come(world):
    """What is planned may still lack everything."""
    event = world.session("meeting", 75, 76, world.trainers["lead"].browse())
    world.env["event.registration"].create(
        {
            "event_id": event.id,
            "name": "Théo Vasseur",
            "state": "open",
            "qualiopi_override_reason": "Place retenue par téléphone.",
        }
    )


def excused_absence(world):
    learner = world.enrol("sheet")
    world.attend(learner, -47, "excused")


def absence_caught_up(world):
    learner = world.enrol("sheet")
    world.attend(learner, -47, "absent")
    world.attend(learner, -44).kind = "catch_up"


def archived_trainer(world):
    trainer = world.trainer(
        "Hugues Simon",
        skills=(),
        cv_on=False,
        induction_on=False,
        disability_awareness_on=False,
    )
    trainer.active = False


def trainer_still_a_draft(world):
    world.env["qualiopi.trainer"].create(
        {
            "partner_id": world.partner("Ines Caron").id,
            "company_id": world.company.id,
            "kind": "employee",
            "user_id": False,
        }
    )


def newcomer(world):
    """Introduced last month, no course yet: it is what he was given so far."""
    world.trainer("Jean Thomas", developed=None, induction_on=world.on(-30))


def volunteer_without_course(world):
    """Indicator 22 speaks of employees."""
    world.trainer("Lise Perrin", "volunteer", developed=None)


def waiver(world):
    """He lacks the title, and somebody wrote why he teaches all the same."""
    trainer = world.trainer("Noé Gauthier", skills=world.expertise)
    event = world.taught("meeting", -63, -62, 1, trainer)
    event.qualiopi_assignment_ids.waiver = "Co-animation avec Élise Fontaine."


def title_ended_after_his_days(world):
    """His title ended before the session did, after the days he taught."""
    trainer = world.trainer("Olga Ferry", skills=world.expertise)
    event = world.taught("sheet", -46, -44)
    first = event.qualiopi_half_day_ids.sorted("date")[:1]
    world.hold(trainer, world.title, last=world._offset(first.date))
    world.assign(trainer, event, half_day_ids=[(6, 0, first.ids)])


def two_contracts(world):
    """One contract for the first day, another one for the second."""
    firm = world.firm("Atelier Lenoir")
    world.contract(firm, -400, -36)
    world.contract(firm, -35, 100)
    trainer = world.person_of(firm, "Vera Lenoir")
    world.taught("meeting", -36, -35, 1, trainer)


def firm_not_used(world):
    """A firm on file that has not worked for us yet."""
    world.firm("Cabinet Faure", charter_on=False, assessed_on=False)


def closed_site(world):
    world.env["qualiopi.site"].create(
        {
            "name": "Ancienne salle",
            "company_id": world.company.id,
            "opened_on": world.on(-900),
            "closed_on": world.on(-10),
        }
    )


def retired_program(world):
    program = world.program("Bureautique ancienne", certifying=True, duration_hours=35)
    program.action_retire()


def program_being_written(world):
    world.draft("Manager à distance", referent_id=False, resources=False)


def lost_request(world):
    lead = world.lead("Cabinet Leroy", -60, won=False, qualiopi_need_on=False)
    lead.action_set_lost()


DECOYS = (
    drop_out_without_final_assessment,
    never_came,
    not_entrusted,
    for_a_principal_only,
    before_the_window,
    answered_out_of_the_window,
    superseded_document,
    rejected_beside_a_valid_one,
    dated_later,
    called_off,
    cancelled_registration,
    unconfirmed_request,
    session_to_come,
    excused_absence,
    absence_caught_up,
    archived_trainer,
    trainer_still_a_draft,
    newcomer,
    volunteer_without_course,
    waiver,
    title_ended_after_his_days,
    two_contracts,
    firm_not_used,
    closed_site,
    retired_program,
    program_being_written,
    lost_request,
)
