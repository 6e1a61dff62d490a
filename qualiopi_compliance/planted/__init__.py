"""A training company made on purpose, with gaps that are known.

:func:`build` makes it, healthy on a day and for :data:`HEALTHY_DAYS` after it, whatever
the framework; :data:`GAPS` damage it one by one and mend it again; :data:`DECOYS` look
like gaps and are none. Plain Python over an environment: tests and demo call the same.
"""

from .decoys import DECOYS
from .demo import DEMO_DECOYS, DEMO_GAPS
from .gap import Gap
from .gaps_company import COMPANY_GAPS
from .gaps_document import DOCUMENT_GAPS
from .gaps_learner import LEARNER_GAPS
from .gaps_people import PEOPLE_GAPS
from .gaps_program import PROGRAM_GAPS
from .gaps_session import SESSION_GAPS
from .healthy import HEALTHY_DAYS, build, neighbour
from .world import World

GAPS = (
    *LEARNER_GAPS,
    *SESSION_GAPS,
    *PROGRAM_GAPS,
    *PEOPLE_GAPS,
    *COMPANY_GAPS,
    *DOCUMENT_GAPS,
)

__all__ = [
    "DECOYS",
    "DEMO_DECOYS",
    "DEMO_GAPS",
    "GAPS",
    "HEALTHY_DAYS",
    "Gap",
    "World",
    "build",
    "neighbour",
]
