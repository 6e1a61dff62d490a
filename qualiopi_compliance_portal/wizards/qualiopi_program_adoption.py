from odoo import api, models
from odoo.fields import Command

from odoo.addons.qualiopi_compliance.wizards.event_names import name_key


class QualiopiProgramAdoption(models.TransientModel):
    """Courses become programmes too: one for each, unless their name is known.

    A course joins the events, or the only programme, of the same name: it is another
    way to follow the same training.
    """

    _inherit = "qualiopi.program.adoption"

    @api.depends_context("lang")
    @api.depends("line_ids.course_ids")
    def _compute_summary(self):
        result = super()._compute_summary()
        for wizard in self:
            courses = wizard.line_ids.filtered("selected").course_ids
            if courses:
                wizard.summary = self.env._(
                    "%(events)s Courses to attach: %(courses)s.",
                    events=wizard.summary,
                    courses=len(courses),
                )
        return result

    def _proposals(self):
        proposals = super()._proposals()
        by_name = {name_key(vals["name"]): vals for vals in proposals}
        programs = self._programs_by_name()
        language = self.company_id.partner_id.lang
        for course in self._courses():
            key = name_key(course.with_context(lang=language).name or "")
            vals = by_name.get(key)
            if vals is None:
                vals = by_name[key] = self._course_proposal(course, programs.get(key))
                proposals.append(vals)
            vals["course_ids"] = [
                *vals.get("course_ids", []),
                Command.link(course.id),
            ]
            vals["selected"] = vals["selected"] or not vals["event_ids"][0][2]
        return sorted(proposals, key=lambda vals: vals["name"].casefold())

    def _courses(self):
        """:return: courses without programme that are on no other company's website"""
        return self.env["slide.channel"].search(
            [
                ("qualiopi_program_id", "=", False),
                ("channel_type", "=", "training"),
                "|",
                ("website_id", "=", False),
                ("website_id.company_id", "=", self.company_id.id),
            ],
            order="name, id",
        )

    def _programs_by_name(self):
        """:return: name as it is compared -> the only programme that has it"""
        found = {}
        for program in self.env["qualiopi.program"].search(
            [("company_id", "=", self.company_id.id), ("state", "!=", "retired")]
        ):
            key = name_key(program.name)
            found[key] = None if key in found else program
        return found

    def _course_proposal(self, course, program):
        """:param program: the one that has its name, if any
        :return: values of one line, without the course itself
        """
        return {
            "selected": True,
            "origin_channel_id": course.id,
            "name": program.name if program else course.name,
            "program_id": program.id if program else False,
            "category_id": self.category_id.id,
            "event_ids": [Command.set([])],
            "duration_hours": course.total_time,
            "duration_days": 0,
        }
