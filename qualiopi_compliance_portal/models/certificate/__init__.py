from . import qualiopi_certification
from . import res_company
from . import website_menu
