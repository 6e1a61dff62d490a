from . import checklist_workbook
from . import training_documents
