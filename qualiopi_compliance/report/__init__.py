from . import training_document
from . import training_document_values
from . import training_document_contract
from . import training_document_convocation
from . import training_document_attendance
from . import training_document_certificate
from . import training_document_sheet
