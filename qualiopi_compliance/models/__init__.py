from . import framework
from . import organisation
from . import training
from . import trainers
from . import evidence
from . import action
from . import certification
