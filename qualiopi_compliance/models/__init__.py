from . import framework
from . import organisation
from . import evidence
