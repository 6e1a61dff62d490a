from . import qualiopi_checklist_close
from . import qualiopi_program_adoption
from . import qualiopi_program_adoption_line
from . import qualiopi_cpd_rejection
from . import qualiopi_trainer_report
