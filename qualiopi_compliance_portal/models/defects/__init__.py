from . import qualiopi_page_defect
from . import qualiopi_page_defect_acceptance
from . import qualiopi_program_page_input
from . import qualiopi_program
from . import qualiopi_publication
from . import qualiopi_collector
from . import res_company
from . import res_config_settings
