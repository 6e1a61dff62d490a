"""Qualification matrix of 500 trainers by 100 programmes: SQL queries and time."""

from datetime import date

TRAINERS = 500
PROGRAMS = 100
FEW = 5
# required by each programme
SKILLS = 3
DAY = date(2026, 12, 1)


def run(env, bench):
    company = env.company
    trainers, programs = plant(env, company)
    Matrix = env["qualiopi.qualification.matrix"]

    def matrix(rows, columns):
        env.invalidate_all()
        return Matrix._matrix(DAY, columns, rows, everyone=True)

    def read_only():
        env.invalidate_all()
        trainers.fetch(["name", "state", "program_ids"])
        return trainers.program_ids.mapped("name")

    # what is asked once for all is not counted
    matrix(trainers[:FEW], programs[:FEW])
    few = bench.queries(lambda: matrix(trainers[:FEW], programs[:FEW]))
    whole = bench.median(lambda: matrix(trainers, programs))
    core = bench.median(read_only)
    found = matrix(trainers, programs)
    bench.report("trainers", len(found["trainers"]))
    bench.report("programmes", len(found["programs"]))
    bench.report("cells", sum(len(row["cells"]) for row in found["trainers"]))
    bench.report("the whole matrix, median (ms)", round(whole * 1000))
    bench.report("names of its rows and columns (ms)", round(core * 1000))
    bench.report(f"queries for {FEW} x {FEW}", few)
    bench.budget(
        f"queries for {TRAINERS} x {PROGRAMS}",
        bench.queries(lambda: matrix(trainers, programs)),
        few,
    )


def plant(env, company):
    """Trainers who hold some of what programmes require, without what writing them
    sets off.
    """
    kinds = env["hr.skill.type"].search([("skill_level_ids", "!=", False)])
    kind = max(kinds, key=lambda kind: len(kind.skill_ids), default=kinds)
    skills = kind.skill_ids
    if len(skills) < SKILLS:
        raise SystemExit("There are no skills to require: start with --demo.")
    category = env["qualiopi.category"].search([], limit=1)
    programs = env["qualiopi.program"].create(
        [
            {
                "name": f"Programme {number:03}",
                "company_id": company.id,
                "category_id": category.id,
                "skill_ids": [
                    (0, 0, {"skill_id": skills[(number + more) % len(skills)].id})
                    for more in range(SKILLS)
                ],
            }
            for number in range(PROGRAMS)
        ]
    )
    partners = env["res.partner"].create(
        [{"name": f"Trainer {number:03}"} for number in range(TRAINERS)]
    )
    trainers = env["qualiopi.trainer"].create(
        [
            {"partner_id": partner.id, "company_id": company.id, "state": "active"}
            for partner in partners
        ]
    )
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO qualiopi_trainer_program_rel (trainer_id, program_id)
        SELECT trainer, program FROM unnest(%s) trainer, unnest(%s) program
        """,
        [trainers.ids, programs.ids],
    )
    env.cr.execute(
        """
        INSERT INTO qualiopi_trainer_skill (
            trainer_id, company_id, skill_id, skill_level_id, skill_type_id,
            valid_from, valid_to
        )
        SELECT trainer, %s, skill, %s, %s, '2020-01-01'::date + trainer %% 300,
            CASE WHEN trainer %% 3 > 0 THEN '2026-10-01'::date + trainer %% 200 END
        FROM unnest(%s) trainer, unnest(%s) skill
        WHERE (trainer + skill) %% 4 > 0
        """,
        [company.id, kind.skill_level_ids[-1].id, kind.id, trainers.ids, skills.ids],
    )
    env.invalidate_all()
    return trainers, programs
