from . import checklist_workbook
from . import survey_invitation
from . import trainer_report
from . import training_documents
