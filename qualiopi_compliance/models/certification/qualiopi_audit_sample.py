from ast import literal_eval
from secrets import randbelow

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from ...rules.sampling import Member, draw, fingerprint

FILES = {"registration": "event.registration", "session": "event.event"}
# What a draw was made from: fixed by it.
DRAWN_FROM = {"files", "method", "domain", "size", "seed"}
DRAWN = {"population_size", "population_print", "drawn_on", "drawn_by_id", "parts"}


class QualiopiAuditSample(models.Model):
    """The files an audit looks at: how they were drawn, from how many, with what seed.

    Prepared -> drawn. The same seed and the same population give the same files again,
    whoever draws them; once drawn, what it was drawn from does not change.
    """

    _name = "qualiopi.audit.sample"
    _description = "Sample of an audit"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, drawn_on desc nulls first, id desc"

    name = fields.Char(required=True, default=lambda self: self._default_name())
    files = fields.Selection(
        [("registration", "Learner files"), ("session", "Sessions")],
        "Drawn Are",
        required=True,
        default="registration",
    )
    model_name = fields.Char("Model", compute="_compute_model_name")
    method = fields.Selection(
        [
            ("category", "At random, some of each category"),
            ("program", "At random, some of each programme"),
            ("random", "At random"),
            ("chosen", "Chosen by the auditor"),
        ],
        required=True,
        default="category",
    )
    population = fields.Text(
        "From Which Files",
        compute="_compute_population",
        store=True,
        readonly=False,
        precompute=True,
        help="In words, as it is told to the auditor.",
    )
    domain = fields.Char(
        "Filter",
        compute="_compute_population",
        store=True,
        readonly=False,
        precompute=True,
    )
    size = fields.Integer("How Many", default=5)
    seed = fields.Integer(
        default=lambda self: randbelow(10**6),
        copy=False,
        help="Any number. Who draws from the same files with the same number draws the "
        "same ones.",
    )
    population_size = fields.Integer("Files on That Day", readonly=True, copy=False)
    population_print = fields.Char(readonly=True, copy=False)
    parts = fields.Json(readonly=True, copy=False)
    parts_text = fields.Text("Of Each Part", compute="_compute_parts_text")
    drawn_on = fields.Datetime(readonly=True, copy=False)
    drawn_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    file_ids = fields.One2many("qualiopi.audit.sample.file", "sample_id", "Files")
    file_count = fields.Integer("Number of Files", compute="_compute_file_count")

    @api.model
    def _default_name(self):
        return self.env._("Files to look at")

    @api.depends("files")
    def _compute_model_name(self):
        for sample in self:
            sample.model_name = FILES.get(sample.files)

    @api.depends("file_ids")
    def _compute_file_count(self):
        for sample in self:
            sample.file_count = len(sample.file_ids)

    @api.depends("files", "audit_id")
    def _compute_population(self):
        for sample in self:
            if sample.drawn_on or not sample.audit_id:
                sample.domain, sample.population = sample.domain, sample.population
                continue
            first, last = sample._default_period()
            event = "" if sample.files == "session" else "event_id."
            sample.domain = str(
                [
                    (f"{event}qualiopi_program_id", "!=", False),
                    (f"{event}date_end", ">=", str(first)),
                    (f"{event}date_end", "<", str(last)),
                    *([("state", "in", ("open", "done"))] if event else []),
                ]
            )
            words = self.env["qualiopi.training.document"]
            sample.population = self.env._(
                "Sessions that ended from %(first)s to %(last)s, with a programme.",
                first=words._date(first),
                last=words._date(last),
            )

    def _default_period(self):
        """:return: since the certifier's last audit, or for a year, to this one"""
        last = self.audit_id.date_begin
        before = self.audit_id.previous_id.date_begin
        return before or fields.Date.subtract(last, years=1), last

    @api.depends_context("lang")
    @api.depends("parts")
    def _compute_parts_text(self):
        for sample in self:
            sample.parts_text = "\n".join(
                self.env._(
                    "%(part)s: %(drawn)s of %(population)s",
                    part=sample._part_name(code),
                    drawn=drawn,
                    population=population,
                )
                for code, drawn, population in sample.parts or ()
            )

    def _part_name(self, code):
        if self.method == "program":
            # sudo: qualiopi.program - only its name
            program = self.env["qualiopi.program"].sudo().browse(int(code or 0))
            return program.exists().name or self.env._("no programme")
        return code or self.env._("no category")

    @api.constrains("size", "method")
    def _check_size(self):
        for sample in self:
            if sample.method != "chosen" and sample.size < 1:
                raise ValidationError(self.env._("A draw takes at least one file."))

    @api.constrains("domain", "files")
    def _check_domain(self):
        for sample in self:
            sample._domain()

    @api.model_create_multi
    def create(self, vals_list):
        if any(DRAWN & vals.keys() for vals in vals_list):
            self._refuse_drawn()
        return super().create(vals_list)

    def write(self, vals):
        if DRAWN & vals.keys():
            self._refuse_drawn()
        if DRAWN_FROM & vals.keys():
            self._check_not_drawn()
        return super().write(vals)

    def _refuse_drawn(self):
        raise UserError(
            self.env._("Files are drawn by the button “Draw”: nobody types a draw.")
        )

    def _check_not_drawn(self):
        """:raise UserError: when one of these was drawn"""
        for sample in self:
            if sample.drawn_on:
                raise UserError(
                    self.env._(
                        "“%(name)s” was drawn: what it was drawn from stays as it was. "
                        "Make another sample.",
                        name=sample.name,
                    )
                )

    def _domain(self):
        """:return: the filter, of this company
        :raise ValidationError: when it cannot be read
        """
        self.ensure_one()
        records = self.env[FILES[self.files]]
        try:
            domain = Domain(literal_eval(self.domain or "[]"))
            domain.validate(records)
            records._search(domain)
        except AccessError:
            raise
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "“%(name)s”: the filter cannot be read: %(problem)s",
                    name=self.name,
                    problem=error,
                )
            ) from error
        return domain & Domain("company_id", "=", self.company_id.id)

    def _members(self):
        """:return: the population as the reader sees it, each with its part"""
        records = self.env[FILES[self.files]]
        by = "event_id" if self.files == "registration" else "qualiopi_program_id"
        found = []
        for record, numbers in records._read_group(
            self._domain(), [by], ["id:array_agg"]
        ):
            program = record if by != "event_id" else record.qualiopi_program_id
            # sudo: qualiopi.program - only which part a file belongs to
            part = {
                "category": program.sudo().category_id.code or "",
                "program": str(program.id or ""),
            }.get(self.method, "")
            found += [Member(number, part) for number in numbers]
        return found

    def action_draw(self):
        """Draw the files and record from what."""
        self.check_access("write")
        self._check_audit_open()
        self._check_not_drawn()
        for sample in self:
            sample._draw()
        return True

    def _draw(self):
        members = self._members()
        numbers = [each.key for each in members]
        found = None
        if self.method != "chosen":
            if not members:
                raise UserError(
                    self.env._(
                        "“%(name)s”: there is no such file. Widen the filter.",
                        name=self.name,
                    )
                )
            found = draw(members, self.size, self.seed)
            self._add_files(members, found.keys)
        elif not self.file_ids:
            raise UserError(
                self.env._("Add the files that the auditor chose, then record them.")
            )
        self._record_draw(
            {
                "population_size": len(numbers),
                "population_print": fingerprint(numbers),
                "parts": found
                and self.method != "random"
                and [
                    [code, count, found.population[code]]
                    for code, count in found.drawn.items()
                ],
                "drawn_on": fields.Datetime.now(),
                "drawn_by_id": self.env.uid,
            }
        )

    def _record_draw(self, values):
        """The one way to record a draw: :meth:`write` refuses it."""
        return super().write(values)

    def _add_files(self, members, keys):
        parts = {each.key: each.stratum for each in members}
        name = "registration_id" if self.files == "registration" else "event_id"
        self.file_ids = [
            Command.clear(),
            *(
                Command.create({name: key, "sequence": rank, "part": parts[key]})
                for rank, key in enumerate(keys, 1)
            ),
        ]

    def action_check_draw(self):
        """Draw again with the same seed, and say whether the files are the same."""
        self.ensure_one()
        self.check_access("read")
        members = self._members()
        same = fingerprint([each.key for each in members]) == self.population_print
        if not same:
            text = self.env._(
                "There are other files now than on that day (%(now)s, then %(then)s): "
                "the draw of that day cannot be done again.",
                now=len(members),
                then=self.population_size,
            )
        elif set(draw(members, self.size, self.seed).keys) == self._numbers():
            text = self.env._("Drawn again: the same files.")
        else:
            text = self.env._("Drawn again: these are not the files of the draw.")
            same = False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if same else "warning",
                "message": text,
                "sticky": not same,
            },
        }

    def _numbers(self):
        name = "registration_id" if self.files == "registration" else "event_id"
        return set(self.file_ids[name].ids)

    def action_open_files(self):
        """Open the drawn files: the list to prepare."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "qualiopi.audit.sample.file",
            "views": [(False, "list"), (False, "form")],
            "domain": [("sample_id", "=", self.id)],
            "context": {"default_sample_id": self.id},
        }
