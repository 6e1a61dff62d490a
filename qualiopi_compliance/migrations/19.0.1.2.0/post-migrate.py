from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import table_exists

RELATION = "qualiopi_checklist_line_attachment_rel"


def migrate(cr, version):
    """Files that hung on the lines of checklists become evidence, one document each.

    A file on several lines of a company serves all their indicators. It is dated on the
    day it was uploaded: nothing better is known, and the note says so. What a manager
    had before him when he assessed or closed a line is validated, by that; what came
    later, or was never looked at, waits for validation. The files stay as they are, and
    closed checklists show the same ones as before.
    """
    if not table_exists(cr, RELATION):
        return
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    rows = env.execute_query(
        SQL(
            """
            SELECT file.id, line.company_id, array_agg(line.id ORDER BY line.id)
            FROM %s rel
            JOIN ir_attachment file ON file.id = rel.attachment_id
            JOIN qualiopi_checklist_line line ON line.id = rel.line_id
            WHERE NOT EXISTS (
                SELECT FROM qualiopi_evidence_attachment_rel done
                JOIN qualiopi_evidence evidence ON evidence.id = done.evidence_id
                WHERE done.attachment_id = file.id
                    AND evidence.company_id = line.company_id
            )
            GROUP BY file.id, line.company_id
            ORDER BY file.id
            """,
            SQL.identifier(RELATION),
        )
    )
    env["qualiopi.evidence"]._adopt(rows)
