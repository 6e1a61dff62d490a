from . import checklist_workbook
