from . import qualiopi_lead_registration
from . import qualiopi_page_acceptance
from . import qualiopi_program_adoption
from . import qualiopi_program_adoption_line
