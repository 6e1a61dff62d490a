from . import framework
from . import organisation
from . import training
from . import evidence
