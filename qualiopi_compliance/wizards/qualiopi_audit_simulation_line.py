from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..models.certification.qualiopi_finding import REQUIREMENTS
from ..models.evidence.qualiopi_checklist_line import DECLARED_STATUS
from ..models.framework.qualiopi_guide_entry import GRAVITY
from ..rules.applicability import Applicability
from ..rules.audit_rehearsal import written_as
from ..rules.audit_scope import audit_scope
from ..rules.verdict import Finding, check_finding


class QualiopiAuditSimulationLine(models.TransientModel):
    """What an auditor would write today on one indicator, or on another requirement."""

    _name = "qualiopi.audit.simulation.line"
    _description = "What an auditor would write"
    _order = "number, id"

    wizard_id = fields.Many2one(
        "qualiopi.audit.simulation", required=True, index=True, ondelete="cascade"
    )
    nothing = fields.Boolean("Nothing to Show", readonly=True)
    checklist_line_id = fields.Many2one(
        "qualiopi.checklist.line", readonly=True, ondelete="cascade"
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator", readonly=True, ondelete="cascade"
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=None)
    requirement = fields.Selection(REQUIREMENTS, "Other Requirement", readonly=True)
    subject = fields.Char(compute="_compute_subject")
    status = fields.Selection(DECLARED_STATUS, "On Our Checklist", readonly=True)
    gravity = fields.Selection(
        [*GRAVITY, ("unknown", "Not stated by the guide")], readonly=True
    )
    nonconformity_id = fields.Many2one(
        "qualiopi.nonconformity",
        "Open Since the Audit Before",
        readonly=True,
        ondelete="cascade",
    )
    reason = fields.Text("What Is Seen", readonly=True)
    written = fields.Selection(
        [("none", "Nothing"), ("minor", "Minor"), ("major", "Major")],
        "Would Be Written",
        required=True,
        default="none",
    )

    @api.depends_context("lang")
    @api.depends("indicator_id", "requirement")
    def _compute_subject(self):
        labels = dict(self._fields["requirement"]._description_selection(self.env))
        for line in self:
            line.subject = line.indicator_id.display_name or labels.get(
                line.requirement, ""
            )

    @api.onchange("written")
    def _onchange_written(self):
        """What an auditor may not write is put right at once, saying why."""
        refusal = self._refusal()
        message = refusal and self.env["qualiopi.reason"]._say(refusal)
        if self.nonconformity_id and self.written == "minor":
            message = self.env._(
                "What the audit before found and is not lifted is major at this one. "
                "If it was lifted, record that on the non-conformity."
            )
        if message:
            self.written = "major"
            title = self.env._("Always Major")
            return {"warning": {"title": title, "message": message}}

    def _check_written(self):
        """:raise UserError: for what an auditor may not write"""
        for line in self:
            refusal = line._refusal()
            if refusal:
                raise UserError(self.env["qualiopi.reason"]._say(refusal))

    def _refusal(self):
        self.ensure_one()
        if self.written not in ("minor", "major"):
            return None
        indicator = self.indicator_id and Applicability(
            number=self.number,
            status="applicable",
            categories=(),
            reasons=(),
            regime="standard",
            regimes=(),
            gravity=self.gravity or "unknown",
        )
        return check_finding(
            self.written,
            self.wizard_id.kind,
            indicator or None,
            self.requirement or None,
        )

    def _rule(self, key):
        """:rtype: Finding"""
        self.ensure_one()
        carried = self.nonconformity_id.gravity == "minor"
        return Finding(
            key=key,
            name=self.subject,
            # a minor one carried over is made major by the rules, which say why
            gravity="minor" if carried else self.written,
            indicator=self.number or None,
            requirement=self.requirement or None,
            carried_over=carried,
        )

    # What an auditor would see

    @api.model
    def _sights(self, wizard):
        """:return: values of lines; numbers of the indicators that are shown; numbers
        of those that this kind of audit does not look at
        """
        audit = self.env["qualiopi.audit"].new(
            {
                "company_id": wizard.company_id.id,
                "kind": wizard.kind,
                "date_begin": wizard.day,
                "certification_id": wizard.certification_id.id,
            }
        )
        scope = audit._scope_indicators()
        asked = {
            indicator: line.asked
            for indicator, line in zip(
                scope,
                audit_scope(scope.values(), audit._scope_facts()),
                strict=True,
            )
        }
        open_ones = self._open_nonconformities(audit)
        values, shown, out = [], set(), set()
        for line in wizard.checklist_id.line_ids:
            indicator = line.indicator_id
            before = open_ones.get(indicator)
            if line.status == "not_applicable":
                continue
            if asked.get(indicator, "no") == "no" and not before:
                out.add(line.number)
            elif line.status == "demonstrated" and not before:
                shown.add(line.number)
            else:
                values.append(self._sight(line, before))
        return values + self._display_sight(wizard), shown, out

    @api.model
    def _open_nonconformities(self, audit):
        """:return: indicator -> non-conformity of the certifier's that is open; the
        corrected ones too, as they are looked at again
        """
        rows = self.env["qualiopi.nonconformity"].search(
            [
                ("company_id", "=", audit.company_id.id),
                ("open", "=", True),
                ("indicator_id", "!=", False),
                ("audit_id.kind", "not in", ("internal", "mock")),
            ]
        )
        if audit.kind == "initial":
            return {}
        # the gravest last: it is the one that is kept
        return {row.indicator_id: row for row in rows.sorted("gravity", reverse=True)}

    @api.model
    def _sight(self, line, before):
        gravity = line.gravity or "unknown"
        written = written_as(line.status, gravity) or "none"
        texts = []
        if line.applicability == "unsettled":
            texts.append(self.env._("Whether it applies is not settled."))
        if before and before.state == "done":
            texts.append(
                self.env._(
                    "%(name)s: corrected, to be checked.", name=before.display_name
                )
            )
            before = None
        elif before:
            written = "major"
            texts.append(self.env._("%(name)s: not lifted.", name=before.display_name))
        texts += [
            text
            for text in (html2plaintext(line.conclusion or ""), line.computed_reason)
            if (text or "").strip()
        ]
        return {
            "nothing": line.status == "not_assessed" and not before,
            "checklist_line_id": line.id,
            "indicator_id": line.indicator_id.id,
            "status": line.status,
            "gravity": gravity,
            "nonconformity_id": before.id if before else False,
            "reason": "\n".join(texts),
            "written": written,
        }

    @api.model
    def _display_sight(self, wizard):
        """:return: values of the line on the display of the certificate, which a
        surveillance audit checks, where a copy is not recorded
        """
        cycle = wizard.certification_id
        if wizard.kind != "surveillance" or not cycle:
            return []
        facts = cycle._facts()
        missing = [site for site in facts.sites if site not in facts.displayed_at]
        if facts.has_website and not facts.displayed_on_website:
            missing.append(self.env._("the website"))
        if not missing:
            return []
        return [
            {
                "nothing": True,
                "requirement": "display",
                "status": "not_assessed",
                "gravity": "major_only",
                "reason": self.env._(
                    "No copy of the certificate is recorded at: %(places)s.",
                    places=", ".join(missing),
                ),
                "written": "major",
            }
        ]

    # What is made of it

    def _finding_values(self, audit):
        self.ensure_one()
        return {
            "audit_id": audit.id,
            "indicator_id": self.indicator_id.id,
            "requirement": self.requirement,
            "gravity": "major" if self.nonconformity_id else self.written,
            "name": self.reason or self.env._("Nothing to show yet."),
        }

    def _check(self):
        """:return: the check that says so, if it is one"""
        facts = self.checklist_line_id.computed_facts or {}
        number = facts.get("decided_by") or facts.get("check")
        return self.env["qualiopi.check"].browse(number or ()).exists()

    def _open_action(self):
        """:return: an open action about the same, if there is one"""
        self.ensure_one()
        check = self._check()
        domain = [
            ("company_id", "=", self.wizard_id.company_id.id),
            ("state", "in", ("todo", "doing")),
            ("check_id", "=", check.id),
            ("res_id", "in", (False, 0)),
        ]
        if not check:
            domain += [
                ("indicator_ids", "in", self.indicator_id.ids),
                ("origin", "=", "gap"),
            ]
        return self.env["qualiopi.action"].search(domain, limit=1)

    def _action_values(self):
        self.ensure_one()
        line, check = self.checklist_line_id, self._check()
        lacks = (check.lacks or check.name or self.env._("nothing to show yet")).rstrip(
            "."
        )
        return {
            "name": f"{self.subject} – {lacks}",
            "description": "\n".join(
                text for text in (self.reason, line.next_step) if text
            ),
            "origin": "gap",
            "kind": "correction",
            "company_id": self.wizard_id.company_id.id,
            "check_id": check.id,
            "indicator_ids": [fields.Command.set(self.indicator_id.ids)],
            "user_id": line.user_id.id or self.env.uid,
            "deadline": self.wizard_id.actions_by,
        }
