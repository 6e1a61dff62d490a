from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.verdict import OUTCOMES, AuditCase, severity, verdict
from .qualiopi_audit import REHEARSALS, STANDS_FOR

# Audits by the certifier that say anew where a company stands.
FOLLOWING = ("initial", "surveillance", "renewal")


class QualiopiAudit(models.Model):
    """What follows from a closed audit today, with why and what next.

    It says what the texts lead to; only a certifier decides. Once the next audit has
    begun it says where things stood then, and no longer what comes next.
    """

    _inherit = "qualiopi.audit"

    outcome = fields.Selection(selection="_outcomes", compute="_compute_verdict")
    verdict_text = fields.Html(
        "What Follows", compute="_compute_verdict", sanitize=False
    )

    @api.model
    def _outcomes(self):
        return [(code, self.env._(label)) for code, label in OUTCOMES.items()]

    @api.model
    def _verdict_dependencies(self):
        finding = ("gravity", "indicator_id", "requirement")
        nonconformity = (
            *("gravity", "state", "notified_on", "lifted_on"),
            *("plan_due_on", "plan_sent_on", "carried_from_id"),
        )
        cycle = (
            *("obtained_on", "first_day", "last_day", "refused_on"),
            *("suspended_on", "suspension_ends_on", "reinstated_on", "withdrawn_on"),
            "previous_id.last_day",
        )
        return [
            *("kind", "stands_for", "state", "closed_on", "decided_on", "notified_on"),
            *(f"finding_ids.{name}" for name in finding),
            *(f"nonconformity_ids.{name}" for name in nonconformity),
            *(f"previous_id.nonconformity_ids.{name}" for name in nonconformity),
            *(f"certification_id.{name}" for name in cycle),
        ]

    @api.depends_context("lang")
    @api.depends(lambda self: self._verdict_dependencies())
    def _compute_verdict(self):
        for audit in self:
            if audit.state != "closed":
                audit.outcome = False
                audit.verdict_text = False
                continue
            followed_by = audit._followed_by()
            found = audit._verdict(followed_by)
            audit.outcome = found.would_be or found.outcome
            audit.verdict_text = self._verdict_html(
                found, followed_by, audit._verdict_warning(found)
            )

    def _verdict(self, followed_by):
        """:param followed_by: the certifier's next audit, if it was held
        :rtype: Verdict
        """
        self.ensure_one()
        case = self._case()
        day = self.env["qualiopi.framework"]._today()
        if followed_by:
            day = min(day, followed_by.date_begin)
        settings = self.company_id._qualiopi_audit_settings()
        return verdict(case, max(day, case.closed_on), settings)

    @api.model
    def _verdict_html(self, found, followed_by=None, warning=""):
        """:param found: :class:`Verdict`
        :param followed_by: the next audit: what comes next is for that one to say
        :param warning: shown above all
        """
        words = self.env["qualiopi.reason"]
        steps = () if followed_by else _together(found.next_steps)
        return self.env["ir.qweb"]._render(
            "qualiopi_compliance.audit_verdict",
            {
                "outcome": self.env._(OUTCOMES[found.would_be or found.outcome]),
                "rehearsal": bool(found.would_be),
                "warning": warning,
                "followed": followed_by.display_name if followed_by else "",
                "reasons": words._say_sourced(
                    statement for statement, _row in _together(found.reasons)
                ),
                "steps": [
                    {
                        "text": words._say(statement),
                        "source": words._source_text(statement.source),
                        "day": step.day,
                        "late": step.late,
                    }
                    for statement, step in steps
                ],
                "smallest": ""
                if followed_by
                else words._say(found.smallest_lifting.statement),
            },
        )

    def _verdict_warning(self, found):
        """:return: what was not said yet, or was decided otherwise than the findings
        lead to
        """
        unsaid = self._still_open()
        if unsaid:
            return self.env._(
                "Minor ones of the audit before that nobody recorded as lifted or as "
                "major: %(names)s. What follows does not count them yet.",
                names=", ".join(unsaid.mapped("display_name")),
            )
        if self.kind in REHEARSALS:
            return ""
        given_on = self.certification_id.obtained_on
        # not where the audit was held once more, and that one led to it
        once = self._followed_by().kind != self._decides()
        if given_on and once and found.outcome in ("refused", "not_renewed"):
            return self.env._(
                "The certifier gave the certificate on %(day)s, although findings "
                "recorded here stood in its way on that day: check what was written "
                "down.",
                day=format_date(self.env, given_on),
            )
        refused_on = self.certification_id.refused_on
        decided = self._decides() == "initial"
        if decided and refused_on and not severity(found.outcome):
            return self.env._(
                "The certifier refused the certificate on %(day)s, although no finding "
                "recorded here stands in its way: check what was written down.",
                day=format_date(self.env, refused_on),
            )
        return ""

    @api.constrains("decided_on", "closed_on", "date_end")
    def _check_decided_on(self):
        for audit in self:
            closing = audit.closed_on or audit.date_end
            if audit.decided_on and audit.decided_on < closing:
                raise ValidationError(
                    self.env._(
                        "The certifier decides after the closing meeting of "
                        "%(closing)s, not on %(day)s: correct one of the two days.",
                        closing=format_date(self.env, closing),
                        day=format_date(self.env, audit.decided_on),
                    )
                )

    # What the rules are given

    def _decides(self):
        """:return: the kind of audit that a decision is about; of the one followed for
        a follow-up, of the one imagined for a rehearsal
        """
        self.ensure_one()
        if self.kind not in STANDS_FOR:
            return self.kind
        return self.stands_for or self._default_stands_for()

    def _followed_by(self):
        """:return: the certifier's next audit, once it is closed"""
        self.ensure_one()
        if self.kind in REHEARSALS:
            return self.browse()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self.ids),
                ("kind", "in", FOLLOWING),
                ("state", "=", "closed"),
                ("date_begin", ">", self.date_end),
            ],
            order="date_begin, id",
            limit=1,
        )

    def _followed(self):
        """:return: the audits that a follow-up goes on with, the last one first"""
        self.ensure_one()
        found = self.browse()
        audit = self
        while audit.kind == "follow_up" and audit.previous_id - found - self:
            audit = audit.previous_id
            found |= audit
        # no decision is about what we found by ourselves
        return found.filtered(lambda audit: audit.kind not in REHEARSALS)

    def _follow_ups(self):
        """:return: the follow-ups that go on with this audit"""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "follow_up"),
                ("state", "=", "closed"),
                ("date_begin", ">=", self.date_begin),
            ]
        ).filtered(lambda audit: self in audit._followed())

    def _case(self):
        """:return: what the rules on verdicts read of this audit
        :rtype: AuditCase
        """
        self.ensure_one()
        decides = self._decides()
        certificate = self._certificate_at_stake(decides)
        rehearsal = self.kind in REHEARSALS
        last = certificate.last_day or None
        return AuditCase(
            kind=self.kind,
            closed_on=self.closed_on or self.date_end,
            findings=tuple(self._case_findings()),
            stands_for=decides if self.kind in STANDS_FOR else None,
            decided_on=None if rehearsal else self._decision_day(decides, last),
            obtained_on=self.certification_id.obtained_on or None,
            certificate_last_day=last,
            regime=self._regime(decides),
            **self._suspension(certificate),
        )

    def _case_findings(self):
        """:return: what was found, at the audits a follow-up goes on with too: a minor
        one counts as minor at the audit that wrote it, as major at the one that found
        it open
        """
        audits = self | self._followed()
        # sudo: qualiopi.nonconformity - the same verdict for every reader, whatever
        # was put away in the archive
        everything = audits.sudo().with_context(active_test=False)
        rows = everything.nonconformity_ids.sorted("number")
        others = audits.finding_ids.filtered(
            lambda finding: finding.id not in rows.finding_id.ids
        )
        return [each._rule() for each in rows] + [each._rule() for each in others]

    def _certificate_at_stake(self, decides):
        """:return: the cycle whose certificate the decision is about"""
        cycle = self.certification_id
        if decides == "renewal":
            cycle = cycle.previous_id or cycle
        if not cycle and self.kind in REHEARSALS:
            return cycle._valid_on(self.company_id, self.date_begin)
        return cycle

    def _decision_day(self, decides, last):
        """:return: the day of the certifier's decision, as far as it is known

        It is recorded on the audit, on a follow-up, or shows by the certificate that
        was given or refused.

        :param last: day of the certificate that runs
        """
        days = [self.decided_on, *self._follow_ups().mapped("decided_on")]
        cycle = self.certification_id
        if decides in ("initial", "renewal"):
            obtained = cycle.obtained_on
            if obtained and last and obtained == last + timedelta(days=1):
                # it begins when the former ends: it was decided by then
                obtained = last
            days.append(obtained)
        if decides == "initial":
            days.append(cycle.refused_on)
        closing = self.closed_on or self.date_end
        return next((day for day in days if day and day >= closing), None)

    def _suspension(self, certificate):
        """:return: what the certifier decided about the certificate since the audit; a
        suspension that was over before it has nothing to do with it
        """
        closing = self.closed_on or self.date_end
        back = certificate.reinstated_on
        over = back and back < closing
        return {
            "suspended_on": (not over and certificate.suspended_on) or None,
            "suspension_ends_on": (not over and certificate.suspension_ends_on) or None,
            "reinstated_on": (not over and back) or None,
            "withdrawn_on": certificate.withdrawn_on or None,
        }

    def _regime(self, decides):
        """:return: ``new_entrant`` where every category was audited as one"""
        if decides != "initial":
            return "standard"
        # sudo: qualiopi.company.category - facts of the company, whoever asks
        rows = self.company_id.sudo().qualiopi_company_category_ids
        new = [row._new_entrant(self.date_begin)[0] for row in rows]
        return "new_entrant" if new and all(new) else "standard"


def _together(rows):
    """Say once what is said of several findings alike.

    :param rows: statements, or steps that hold one
    :return: each statement, with all it is about, and the first of its rows
    """
    found = {}
    for row in rows:
        statement = getattr(row, "statement", row)
        values = dict(statement.values)
        about = values.pop("findings", ())
        key = (statement.code, tuple(sorted(values.items())), getattr(row, "day", None))
        _first, _values, names = found.setdefault(key, (row, values, []))
        names += about
    return [
        (
            replace(
                getattr(row, "statement", row),
                values=values | ({"findings": tuple(names)} if names else {}),
            ),
            row,
        )
        for row, values, names in found.values()
    ]
