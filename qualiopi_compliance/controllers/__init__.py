from . import checklist_workbook
from . import trainer_report
from . import training_documents
