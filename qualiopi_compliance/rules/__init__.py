"""The law as plain Python functions over dataclasses.

Nothing here imports Odoo, and imports between these modules are relative: the
same files are loaded as ``odoo.addons.qualiopi_compliance.rules`` by the addon
and as ``rules`` by tests that need no database. Whatever depends on the day
takes the day as a parameter. Each rule names its source.
"""
