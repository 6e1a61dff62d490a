from . import catalogue
from . import certificate
from . import request
from . import results
from . import website_event
