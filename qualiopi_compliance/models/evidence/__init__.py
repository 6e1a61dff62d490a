from . import qualiopi_checklist
from . import qualiopi_checklist_refresh
from . import qualiopi_checklist_line
from . import qualiopi_checklist_line_refresh
from . import qualiopi_company_category
from . import qualiopi_program
from . import res_company
from . import ir_attachment
