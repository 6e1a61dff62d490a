from .page import pdf


class Papers:
    """Documents and what was asked of whom."""

    def document(self, code, record=None, first=-100, state="validated", **vals):
        """A document of a type that was handed over and judged.

        :param record: what it is about, the company by default
        :param first: its own date
        :param state: how far it got
        """
        kind = self.document_type(code)
        evidence = self.env["qualiopi.evidence"].create(
            {
                "type_id": kind.id,
                "company_id": self.company.id,
                "effective_on": self.on(first),
                "attachment_ids": [(4, self._file(kind, record, first).id)],
                **self._about(kind.scope, record),
                **vals,
            }
        )
        if state == "draft":
            return evidence
        mine = self.as_manager(evidence)
        mine.action_submit()
        if state == "validated":
            mine.action_validate()
        elif state == "rejected":
            mine._reject("Document incomplet : la dernière page manque.")
        return evidence

    def _file(self, kind, record, first):
        about = (record or self.company).display_name
        self._file_count += 1
        return self.env["ir.attachment"].create(
            {
                "name": f"{kind.name}.pdf",
                "raw": pdf(
                    kind.name,
                    f"{self.company.name} – {about}",
                    f"{self.on(first):%d/%m/%Y}, n° {self._file_count}",
                ),
            }
        )

    def document_type(self, code):
        return self.env.ref(f"qualiopi_compliance.document_type_{code}")

    def _about(self, scope, record):
        names = {
            "site": "site_id",
            "program": "program_id",
            "session": "event_id",
            "learner": "registration_id",
            "trainer": "trainer_id",
            "subcontractor": "subcontractor_id",
        }
        return {names[scope]: record.id} if scope in names else {}

    def current(self, code, record=None):
        """:return: the document of this type that holds now"""
        kind = self.document_type(code)
        found = self.env["qualiopi.evidence"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_id", "=", kind.id),
                ("state", "=", "validated"),
                ("superseded_by_id", "=", False),
            ]
        )
        if record:
            found = found.filtered(lambda row: row._record() == record)
        return found[:1]

    def papers(self, records):
        """Give these records every document that is asked of their kind.

        :param records: the company, sites or programmes
        """
        for check in self.env["qualiopi.check"].search(
            [("kind", "=", "document"), ("company_id", "=", False)]
        ):
            kind = check.document_type_id
            for record in records:
                if self._scope(record) != kind.scope:
                    continue
                if check.condition == "certifying" and not record.certifying:
                    continue
                # not all of one day, as in life
                self.document(kind.code, record, -60 - self._file_count * 7 % 115)

    def _scope(self, record):
        return {
            "res.company": "company",
            "qualiopi.site": "site",
            "qualiopi.program": "program",
        }[record._name]

    def asked(self, purpose, name, days, state="sent", **vals):
        """Somebody was asked, or heard otherwise.

        :param purpose: of the survey
        :param days: when
        """
        number = self.env["qualiopi.survey.invitation"].search_count([])
        heard = state in ("answered", "heard")
        return self.env["qualiopi.survey.invitation"].create(
            {
                "company_id": self.company.id,
                "survey_id": self.env.ref(f"qualiopi_compliance.survey_{purpose}").id,
                "key": f"planted-{self.company.id}-{number}",
                "name": name,
                "email": "personne@example.com",
                "state": state,
                "sent_on": False if state == "heard" else self.on(days),
                "answered_on": self.on(days) if heard else False,
                **vals,
            }
        )

    def answer(self, learner, days):
        """The learner's answer to the feedback survey, with a mark."""
        survey = self.env.ref("qualiopi_compliance.survey_feedback")
        [question, *_others] = survey.question_ids.filtered(
            lambda row: row.qualiopi_measure == "satisfaction"
        )
        return self.env["survey.user_input"].create(
            {
                "survey_id": survey.id,
                "state": "done",
                "end_datetime": f"{self.on(days)} 10:00:00",
                "qualiopi_event_id": learner.event_id.id,
                "qualiopi_registration_id": learner.id,
                "user_input_line_ids": [
                    (
                        0,
                        0,
                        {
                            "question_id": question.id,
                            "answer_type": "scale",
                            "value_scale": question.scale_max,
                        },
                    )
                ],
            }
        )

    def meeting(self, name, kind, days):
        """A meeting that was held, with its minutes."""
        contact = self.company.qualiopi_quality_contact_id
        meeting = self.env["qualiopi.team.meeting"].create(
            {
                "name": name,
                "kind": kind,
                "company_id": self.company.id,
                "user_id": self.manager.id,
                "start": f"{self.on(days)} 09:00:00",
                "participant_ids": [
                    (0, 0, {"partner_id": contact.id, "status": "present"})
                ],
                "notes": "<p>Point sur les sessions en cours et les appréciations.</p>",
            }
        )
        meeting.action_hold()
        return meeting

    def weak_point(self, name, days):
        """A weak point found so many days from now, not decided yet."""
        point = self.env["qualiopi.weak.point"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "first": self.on(days - 90),
                "last": self.on(days),
            }
        )
        self.stamp(point, create_date=f"{self.on(days)} 09:00:00")
        return point

    def lead(self, name, days, won=True, **vals):
        """A request for training, its need analysed."""
        lead = self.env["crm.lead"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "user_id": False,
                "team_id": False,
                "partner_name": name,
                "email_from": "demande@example.com",
                "qualiopi_program_id": self.programs["meeting"].id,
                "qualiopi_requested_on": self.on(days),
                "qualiopi_need": "Gagner du temps en réunion.",
                "qualiopi_need_on": self.on(days + 3),
                "qualiopi_adjustment": "no",
                **vals,
            }
        )
        if won:
            lead.action_set_won()
        return lead
