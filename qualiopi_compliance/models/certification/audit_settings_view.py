"""The figures of the rules on audits, as they are shown where a company changes them.

Label, default and source stand in ``rules/audit_settings.py`` only; the views that show
them are completed from there.
"""

from lxml import etree

from ...rules.audit_settings import PARAMETERS

PREFIX = "qualiopi_audit_"


def parameter_text(env, parameter):
    """:return: the default of a figure and where it comes from, in words"""
    default = parameter.default
    if isinstance(default, bool):
        default = env._("yes") if default else env._("no")
    return env._(
        "Default: %(default)s – %(origin)s",
        default=default,
        origin=env["qualiopi.reason"]._source_text(parameter.source),
    )


def fill_company_form(env, arch):
    """Put each figure into the group made for them."""
    for group in arch.xpath("//group[@name='audit_parameters']"):
        for parameter in PARAMETERS:
            name = PREFIX + parameter.name
            label = env._(parameter.label)
            etree.SubElement(group, "label", {"for": name, "string": label})
            cell = etree.SubElement(group, "div")
            etree.SubElement(cell, "field", {"name": name, "class": "oe_inline"})
            note = etree.SubElement(cell, "div", {"class": "text-muted small"})
            note.text = parameter_text(env, parameter)


def fill_settings(env, arch):
    """Put each figure into the block made for them."""
    for block in arch.xpath("//block[@name='qualiopi_audit_parameters']"):
        for parameter in PARAMETERS:
            name = PREFIX + parameter.name
            setting = etree.SubElement(
                block,
                "setting",
                {
                    "id": name,
                    "string": env._(parameter.label),
                    "help": parameter_text(env, parameter),
                    "company_dependent": "1",
                },
            )
            etree.SubElement(setting, "field", {"name": name})
