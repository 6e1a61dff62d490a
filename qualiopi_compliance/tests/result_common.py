from odoo.fields import Command

from .session_common import SessionCase

TODAY = "2026-11-23"
YEAR = ("2026-01-01", "2026-12-31")
QUESTIONS = (
    {
        "title": "Did it suit you?",
        "question_type": "scale",
        "scale_min": 1,
        "scale_max": 5,
        "qualiopi_measure": "satisfaction",
    },
    {
        "title": "How did you hear of us?",
        "question_type": "multiple_choice",
        "suggested_answer_ids": [
            Command.create({"value": "Friends", "sequence": 1}),
            Command.create({"value": "Web", "sequence": 2}),
        ],
    },
    {
        "title": "What would you change?",
        "question_type": "text_box",
        "qualiopi_measure": "verbatim",
    },
    {
        "title": "Any complaint?",
        "question_type": "text_box",
        "qualiopi_measure": "complaint",
    },
)


class ResultCase(SessionCase):
    """Sessions that are over, their learners, and what these answered.

    Satisfied is whoever gives 4 or 5 of 1 to 5 (75 % of the scale and more).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.new_survey()
        cls.mark, cls.choice, cls.remark, cls.complaint = cls.survey.question_ids
        cls.rates = cls.env["qualiopi.rates"]
        cls.analysis = cls.env["qualiopi.survey.analysis"]

    @classmethod
    def new_survey(cls, title="How was it?", purpose="feedback", **vals):
        """A mark of 1 to 5, a choice of two, a remark and a complaint box."""
        return cls.env["survey.survey"].create(
            {
                "title": title,
                "qualiopi_purpose": purpose,
                "qualiopi_company_id": cls.company.id,
                "question_and_page_ids": [
                    Command.create({"sequence": number, **question})
                    for number, question in enumerate(QUESTIONS)
                ],
                **vals,
            }
        )

    @classmethod
    def answer(cls, session, mark=None, learner=None, survey=None, **said):
        """Somebody answers: what is not given is skipped.

        :param said: ``choices``, ``remark``, ``complaint``, and values of the answer
        """
        survey = survey or cls.survey
        lines = cls.lines(
            survey.question_ids,
            mark,
            *(said.pop(name, None) for name in ("choices", "remark", "complaint")),
        )
        values = {
            "survey_id": survey.id,
            "state": "done",
            "end_datetime": "2026-06-01 10:00:00",
            "qualiopi_event_id": session.id if session else False,
            "qualiopi_registration_id": learner.id if learner else False,
            "user_input_line_ids": [Command.create(line) for line in lines],
        }
        return cls.env["survey.user_input"].sudo().create({**values, **said})

    @classmethod
    def lines(cls, questions, mark, choices, remark, complaint):
        scale, choice, *texts = questions[: len(QUESTIONS)]
        given = [(scale, "scale", "value_scale", mark)]
        given += [
            (question, "text_box", "value_text_box", text)
            for question, text in zip(texts, (remark, complaint), strict=True)
        ]
        given += [
            (
                choice,
                "suggestion",
                "suggested_answer_id",
                choice.suggested_answer_ids[index].id,
            )
            for index in choices or ()
        ]
        return [
            {"question_id": question.id, "skipped": True}
            if value is None
            else {"question_id": question.id, "answer_type": kind, name: value}
            for question, kind, name, value in given
        ]

    @classmethod
    def ask(cls, learner, state="sent", survey=None, key="feedback-end-0"):
        """The learner was asked for his immediate feedback."""
        return (
            cls.env["qualiopi.survey.invitation"]
            .sudo()
            .create(
                {
                    "company_id": learner.company_id.id,
                    "survey_id": (survey or cls.survey).id,
                    "event_id": learner.event_id.id,
                    "registration_id": learner.id,
                    "key": f"{key}:registration-{learner.id}",
                    "name": learner.name,
                    "state": state,
                }
            )
        )

    @classmethod
    def attend(cls, learner, *states, day="2026-03-02"):
        return cls.env["qualiopi.attendance"].create(
            [
                {
                    "registration_id": learner.id,
                    "date": day,
                    "period": period,
                    "state": state,
                }
                for period, state in zip(("am", "pm"), states, strict=False)
            ]
        )

    def counted(self, first=YEAR[0], last=YEAR[1], day=TODAY, **options):
        """:return: the counts of the company over a period, on a day"""
        with self.on(day):
            found = self.rates._tallies(
                self.company,
                self.to_date(first),
                self.to_date(last),
                **options,
            )
        by = options.get("by", "company")
        return found[self.company.id].counts if by == "company" and found else found

    def results(self, first=YEAR[0], last=YEAR[1], **options):
        """:return: the results of the company, by code of the rate"""
        with self.on(TODAY):
            found = self.rates._rates(
                self.company, self.to_date(first), self.to_date(last), **options
            )[self.company.id]
        return {row.now.definition.code: row for row in found.rates}

    def to_date(self, day):
        return self.env["qualiopi.result"]._fields["first"].to_date(day)
