from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_amount, format_date

from ..rules.training_documents import NDA_WORDING, NDA_WORDING_EN, of_region


class QualiopiTrainingDocument(models.AbstractModel):
    """What the documents say of the company, the programme and the session."""

    _inherit = "qualiopi.training.document"

    @api.model
    def _today(self):
        return self.env["qualiopi.framework"]._today()

    @api.model
    def _date(self, day):
        return format_date(self.env, day, date_format="long") if day else ""

    @api.model
    def _number(self, value):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{round(value, 2):g}".replace(".", lang.decimal_point or ".")

    @api.model
    def _amount(self, amount, currency):
        return format_amount(self.env, amount, currency) if amount else ""

    @api.model
    def _person(self, partner):
        parts = (partner.name, partner.phone, partner.email)
        return " – ".join(part for part in parts if part)

    @api.model
    def _address(self, partner):
        lines = partner._display_address(without_company=True).split("\n")
        return "\n".join(line.strip() for line in lines if line.strip())

    @api.model
    def _company_values(self, company):
        nda, region = company.qualiopi_nda, company.qualiopi_nda_region
        filled = {
            "number": nda,
            "region": region,
            "of_region": of_region(region or ""),
        }
        english = not (self.env.lang or "en_US").startswith("fr")
        person = (company.qualiopi_signatory, company.qualiopi_signatory_position)
        signed_by = ", ".join(part for part in person if part)
        return {
            "company": company,
            "company_address": self._address(company.partner_id),
            "company_logo": not company.uses_default_logo and company.logo,
            "nda": nda,
            "nda_region": region,
            # the wording is the regulation's, whatever the language
            "nda_wording": NDA_WORDING.format(**filled) if nda and region else "",
            "nda_translation": (
                NDA_WORDING_EN.format(**filled) if english and nda and region else ""
            ),
            "signatory": company.qualiopi_signatory,
            "position": company.qualiopi_signatory_position,
            "signed_by": signed_by,
            "represented": signed_by
            and self.env._("represented by %(person)s", person=signed_by),
            "disability_contact": self._person(company.qualiopi_disability_contact_id),
            "house_rules": company.qualiopi_house_rules,
        }

    @api.model
    def _program_values(self, event):
        """What the validated sheet said, in the language of the context."""
        version = event.qualiopi_version_id
        if not version:
            return {"version": ""}
        sheet = version._read_content(self.env.lang)
        recognition = [sheet.get("recognition"), sheet.get("recognition_note")]
        return {
            "version": version.display_name,
            "made": self.env._(
                "Made in two copies. The programme is that of %(version)s, validated "
                "on %(day)s.",
                version=version.display_name,
                day=self._date(version.validated_on),
            ),
            "title": sheet.get("name"),
            "nature": self._category(sheet),
            "objectives": sheet.get("objectives"),
            "program": sheet.get("lesson_plan"),
            "audience": sheet.get("audience"),
            "prerequisites": sheet.get("prerequisites"),
            "methods": sheet.get("methods"),
            "resources": sheet.get("resources"),
            "running": sheet.get("teaching_arrangements"),
            "assessment": sheet.get("assessment"),
            "recognition": " – ".join(part for part in recognition if part),
            "contact": sheet.get("contact"),
            "accessibility": sheet.get("accessibility"),
            "number": self._number,
        }

    @api.model
    def _category(self, sheet):
        """:return: the category in words, without our code for it"""
        return (sheet.get("category") or "").split(" – ", 1)[-1]

    @api.model
    def _session_values(self, event):
        labels = dict(
            event._fields["qualiopi_teaching_mode"]._description_selection(self.env)
        )
        company = event.company_id
        hours = event.qualiopi_hours
        return {
            "event": event,
            "mode": labels.get(event.qualiopi_teaching_mode),
            "hours": self._hours(hours) if hours else "",
            "period": self._period(*event._qualiopi_days()),
            "half_days": self._half_days(event),
            "timetable": event.qualiopi_timetable,
            "distance": self._distance(event),
            "place": self._place(event),
            "access": event.qualiopi_access,
            "headcount": event.seats_limited and event.seats_max,
            "trainers": event._qualiopi_trainers_text(),
            "referent": event.qualiopi_referent_id.name,
            "follow_up": event.qualiopi_follow_up_terms
            or company.qualiopi_follow_up_terms,
            "payment": event.qualiopi_payment_terms or company.qualiopi_payment_terms,
            "termination": event.qualiopi_termination_terms
            or company.qualiopi_termination_terms,
        }

    @api.model
    def _hours(self, hours):
        return self.env._("%(hours)s hours", hours=self._number(hours))

    @api.model
    def _period(self, first, last):
        if not first or not last:
            return ""
        if first == last:
            return self.env._("on %(day)s", day=self._date(first))
        return self.env._(
            "from %(first)s to %(last)s",
            first=self._date(first),
            last=self._date(last),
        )

    @api.model
    def _half_days(self, event):
        """:return: one line for each day, with its halves and hours"""
        days = {}
        labels = dict(
            self.env["qualiopi.half.day"]
            ._fields["period"]
            ._description_selection(self.env)
        )
        for row in event.qualiopi_half_day_ids.sorted(lambda r: (r.date, r.period)):
            half = f"{labels[row.period].lower()} ({self._hours(row.hours)})"
            days.setdefault(row.date, []).append(half)
        return [
            f"{format_date(self.env, day, date_format='full')} – {', '.join(halves)}"
            for day, halves in days.items()
        ]

    @api.model
    def _distance(self, event):
        """The share of distance teaching over the total (D. 6353-1): stated even
        when there is none, unknown when the arrangement and the hours disagree."""
        hours, distance = event.qualiopi_hours, event.qualiopi_distance_hours
        if not hours:
            # the duration is missing, and said to be: there is no share to state
            return "–"
        if distance > hours:
            return ""
        if not distance and event.qualiopi_teaching_mode in ("distance", "blended"):
            return ""
        return self.env._(
            "%(share)s %% of the duration (%(distance)s hours of %(hours)s)",
            share=self._number(100 * distance / hours),
            distance=self._number(distance),
            hours=self._number(hours),
        )

    @api.model
    def _place(self, event):
        if event.qualiopi_place == "online":
            return self.env._("Online")
        site = event.qualiopi_site_id if event.qualiopi_place == "site" else None
        partner = site.partner_id if site else event.address_id
        name = site.name if site else partner.name
        lines = [name, partner and self._address(partner)]
        return "\n".join(line for line in lines if line)

    @api.model
    def _bold(self, text, **values):
        """:return: an official text with its blanks filled in, in bold"""
        bold = Markup("<strong>%s</strong>")
        return Markup(text).format(
            **{
                name: value if isinstance(value, Markup) else bold % (value or "")
                for name, value in values.items()
            }
        )
