from . import qualiopi_checklist_close
from . import qualiopi_program_adoption
from . import qualiopi_program_adoption_line
