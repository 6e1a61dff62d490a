from odoo import api, fields, models
from odoo.tools.sql import column_exists


class SlideSlidePartner(models.Model):
    """What a learner did with one content, and on which days: core keeps none."""

    _inherit = "slide.slide.partner"

    qualiopi_completed_on = fields.Date("Completed On", readonly=True)
    qualiopi_handed_in_on = fields.Date(
        "Handed In On",
        readonly=True,
        help="First day on which the answers to the quiz or certification were sent.",
    )
    qualiopi_last_on = fields.Date("Last Worked On", readonly=True)

    def _auto_init(self):
        """What was done before is dated by what core wrote down last."""
        new = not column_exists(self.env.cr, self._table, "qualiopi_last_on")
        result = super()._auto_init()
        if new:
            self._qualiopi_date_the_past()
        return result

    @api.model
    def _qualiopi_date_the_past(self):
        self.env.cr.execute(
            """
            UPDATE slide_slide_partner trace
            SET qualiopi_last_on = stamp.day,
                qualiopi_completed_on = CASE WHEN trace.completed THEN stamp.day END,
                qualiopi_handed_in_on = CASE
                    WHEN trace.quiz_attempts_count > 0 THEN stamp.day
                    ELSE stamp.answered_on
                END
            FROM (
                SELECT own.id, (
                        own.write_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'
                    )::date AS day, (
                        min(answer.end_datetime)
                            AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'
                    )::date AS answered_on
                FROM slide_slide_partner own
                LEFT JOIN survey_user_input answer
                    ON answer.slide_partner_id = own.id AND answer.state = 'done'
                    AND answer.test_entry IS NOT TRUE
                GROUP BY own.id
            ) stamp
            WHERE stamp.id = trace.id
            """
        )

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env["qualiopi.framework"]._today()
        return super().create(
            [
                {
                    "qualiopi_last_on": today,
                    "qualiopi_completed_on": today if vals.get("completed") else False,
                    "qualiopi_handed_in_on": (
                        today if vals.get("quiz_attempts_count") else False
                    ),
                    **vals,
                }
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if "completed" not in vals or "qualiopi_completed_on" in vals:
            return super().write(vals)
        changed = self.filtered(lambda row: row.completed != vals["completed"])
        today = self.env["qualiopi.framework"]._today()
        # before core draws its conclusions from it
        super(SlideSlidePartner, changed).write(
            {
                "qualiopi_completed_on": today if vals["completed"] else False,
                "qualiopi_last_on": today,
            }
        )
        return super().write(vals)

    def _qualiopi_note_activity(self, handed_in=False):
        """The learner worked on these contents today.

        :param handed_in: he sent answers
        """
        today = self.env["qualiopi.framework"]._today()
        if handed_in:
            self.filtered(
                lambda row: not row.qualiopi_handed_in_on
            ).qualiopi_handed_in_on = today
        # a page is opened often: written once a day
        self.filtered(
            lambda row: row.qualiopi_last_on != today
        ).qualiopi_last_on = today
