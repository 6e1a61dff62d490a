from . import catalogue
from . import results
from . import certificate
from . import defects
from . import elearning
