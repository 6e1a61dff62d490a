from .world import World

HEALTHY_DAYS = 40
"""For how long nothing falls due that was not done already."""


def build(env, day, manager, name="Atelier des Compétences"):
    """Make a training company that lacks nothing.

    Trainings, skills assessments and apprenticeship; programmes that certify, at a
    distance, in work-study; sessions over, running and planned, one of them for a
    principal and one taught by a subcontractor.

    :param day: from which all its days are counted: today, for whoever writes records
    :param manager: user who becomes its quality manager
    :rtype: World
    """
    world = World(env, day, name, manager)
    make_organisation(world)
    make_offer(world)
    make_people(world)
    make_sessions(world)
    make_files(world)
    make_company_records(world)
    world.papers([world.company, world.site, *world.programs.values()])
    world.env.flush_all()
    return world


def make_organisation(world):
    company = world.company
    people = {
        "quality": world.partner("Sophie Lambert", parent_id=company.partner_id.id),
        "disability": world.partner("Yann Le Goff", parent_id=company.partner_id.id),
        "mobility": world.partner("Laura Mendes", parent_id=company.partner_id.id),
    }
    company.write(
        {
            "qualiopi_nda": "84691234569",
            "qualiopi_bpf_state": "filed",
            "qualiopi_last_bpf_year": str(world.day.year - 1),
            **{
                f"qualiopi_{role}_contact_id": partner.id
                for role, partner in people.items()
            },
        }
    )
    for code, facts in (
        ("AFC", {"leads_to_rncp": True, "acting_as_subcontractor": "sometimes"}),
        ("BC", {}),
        ("CFA", {}),
    ):
        world.env["qualiopi.company.category"].create(
            {
                "company_id": company.id,
                "category_id": world.category(code).id,
                "started_on": world.on(-2200),
                "in_last_bpf": True,
                "over_two_days": True,
                **facts,
            }
        )
    world.site = world.env["qualiopi.site"].create(
        {
            "name": "Siège et salles",
            "company_id": company.id,
            "is_central": True,
            "opened_on": world.on(-2200),
        }
    )
    world.client = world.partner("Menuiserie Roussel", is_company=True)
    world.funder = world.partner("Opco des métiers", is_company=True)
    world.principal = world.partner("Grand Institut", is_company=True)


def make_offer(world):
    world.make_skills()
    programs = {
        "meeting": world.program("Animer une réunion efficace", skill=world.title),
        "web": world.program(
            "Développer une application web",
            certifying=True,
            duration_hours=35,
            duration_days=5,
            teaching_mode="blended",
            distance_hours=14,
            skill=world.expertise,
        ),
        "sheet": world.program(
            "Tableur avancé à distance",
            duration_hours=21,
            duration_days=3,
            teaching_mode="distance",
            skill=world.title,
        ),
        "assessment": world.program(
            "Bilan de compétences",
            "BC",
            duration_hours=24,
            prerequisites_kind=False,
            skill=world.title,
        ),
        "apprentice": world.program(
            "Développeur web en apprentissage",
            "CFA",
            duration_hours=455,
            duration_days=65,
            skill=world.expertise,
        ),
    }
    world.programs.update(programs)


def make_people(world):
    world.trainers["lead"] = world.employee("Élise Fontaine")
    world.trainers["manager"] = world.trainer("Marc Aubry", "manager")
    world.firm_one = world.firm("Atelier Dupont")
    world.contract(world.firm_one)
    world.trainers["outside"] = world.person_of(world.firm_one, "Nadia Dupont")


def make_sessions(world):
    world.contract_received = world.received(
        world.principal,
        indicator_ids=world.indicators(5, 6, 7, 10, 11, 17, 19, 21, 26, 30).ids,
    )
    world.sessions.update(
        {
            "meeting": world.taught("meeting", -70, -69, 2),
            "web": world.taught("web", -110, -106, 2),
            "sheet": world.taught("sheet", -48, -46, 2, "manager"),
            "assessment": world.taught("assessment", -240, -215, 2, "manager"),
            "apprentice": world.taught("apprentice", -340, -60, 2),
            "running": world.taught("apprentice", -65, 250, 2),
            "principal": world.taught(
                "meeting", -90, -89, 2, qualiopi_principal_id=world.principal.id
            ),
            "outside": world.taught("meeting", -40, -39, 1, "outside"),
            "planned": world.taught("meeting", 60, 61, 1),
        }
    )
    for name in ("meeting", "web", "sheet", "assessment", "apprentice"):
        event = world.sessions[name]
        days = world._offset(event._qualiopi_days()[1]) + 2
        world.answer(event.registration_ids[:1], days)


def make_files(world):
    """Files with a story: somebody left, was absent, asked for an adjustment."""
    session = world.sessions["meeting"]
    absent = world.enrol(session)
    world.attend(absent, -69, "absent")
    world.follow_up(absent, "reminder", -68)
    adjusted = world.enrol(session, qualiopi_adjustment="yes")
    world.follow_up(adjusted, "adaptation", -75)
    in_work_study = world.enrol("web", qualiopi_funding="professionalisation")
    in_work_study.write(
        {"qualiopi_dropped_on": world.on(-107), "qualiopi_drop_out_reason": "Embauche."}
    )


def make_company_records(world):
    world.asked("funder", world.funder.name, -60, "heard", partner_id=world.funder.id)
    world.team_meeting = world.meeting("Réunion d'équipe", "team", -40)
    world.council = world.meeting("Conseil de perfectionnement", "council", -100)
    world.role = world.env["qualiopi.team.role"].create(
        {
            "function": "administration",
            "company_id": world.company.id,
            "partner_id": world.partner("Paul Giraud").id,
            "since": world.on(-900),
            "missions": "Conventions, convocations, émargements.",
        }
    )
    point = world.weak_point("Rythme jugé trop dense", -80)
    point.write({"reason": "Durée revue depuis."})
    world.as_manager(point).action_dismiss()
    world.lead("Menuiserie Roussel", -100)
    world.lead("Association Cap Sud", -90, qualiopi_adjustment="yes")


def neighbour(env, day, manager, name="Formation du Littoral"):
    """Another company of the same Odoo, with a document, a site, and gaps of its own.

    :return: its world; its only session is ``only``
    """
    world = World(env, day, name, manager)
    world.env["qualiopi.company.category"].create(
        {
            "company_id": world.company.id,
            "category_id": world.category("AFC").id,
            "started_on": world.on(-1500),
            "in_last_bpf": True,
        }
    )
    world.company.qualiopi_bpf_state = "filed"
    world.client = world.partner("Hôtel du Port", is_company=True)
    world.funder = world.partner("Opco du littoral", is_company=True)
    world.company.qualiopi_quality_contact_id = world.partner("Rémi Costa")
    world.make_skills()
    world.programs["only"] = world.program("Accueil en hôtellerie")
    world.trainers["lead"] = world.trainer("Maud Rossi", skills=())
    world.sessions["only"] = world.session("only", -60, -59)
    learner = world.enrol("only")
    learner.qualiopi_need_on = False
    world.document("entry_procedure")
    world.env.flush_all()
    return world
