from . import qualiopi_company_category
from . import qualiopi_reminder
from . import qualiopi_site
from . import res_company
from . import res_company_reminders
from . import res_config_settings
