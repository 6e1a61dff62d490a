"""Amounts that a company types in."""

from odoo.exceptions import ValidationError


def refuse_negative(records, names):
    """:param names: of fields that hold numbers
    :raise ValidationError: naming the first field that is below zero
    """
    for record in records:
        for name in names:
            if record[name] < 0:
                raise ValidationError(
                    record.env._(
                        "“%(field)s” cannot be negative.",
                        field=record._fields[name]._description_string(record.env),
                    )
                )
