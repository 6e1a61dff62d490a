"""What search engines read of the pages: schema.org, as plain dictionaries.

Pure functions over the plain values of a page: no Odoo, no database.
"""

from .breadcrumb import breadcrumb
from .course import course
from .item_list import item_list

__all__ = ["breadcrumb", "course", "item_list"]
