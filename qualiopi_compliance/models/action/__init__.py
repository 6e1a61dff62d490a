from . import qualiopi_action
from . import qualiopi_action_step
from . import qualiopi_action_life
from . import qualiopi_action_check
from . import qualiopi_team_meeting
from . import qualiopi_weak_point
from . import qualiopi_check_subject
from . import res_company
