from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

DAY = "2026-11-23"


class DefectCase(ProgramCase):
    """A company with its French website, and programmes whose pages are read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].create(
            {
                "name": "Formation Lumière",
                "company_id": cls.company.id,
                "default_lang_id": cls.env.ref("base.lang_fr").id,
                "language_ids": [(6, 0, cls.env.ref("base.lang_fr").ids)],
            }
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(DAY))

    @classmethod
    def validated(cls, *programs):
        for program in programs:
            program.with_user(cls.manager).action_validate()
        return programs[0]

    @staticmethod
    def defects(program):
        """:return: what its page lacks: code and place"""
        return {(row.code, row.place) for row in program.sudo().page_defect_ids}

    @classmethod
    def read_again(cls, program, day=DAY):
        program._read_page(
            cls.env["qualiopi.program"]._fields["review_on"].to_date(day)
        )

    @staticmethod
    def notes(program):
        return "\n".join(str(body) for body in program.message_ids.mapped("body"))
