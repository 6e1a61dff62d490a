"""The cycle of a training company, sixteen months after its certificate, made on
purpose: what happened, what is under way, what comes next.

:func:`plant_cycle` presses the buttons that the users of the company would have
pressed, each at his turn, and dates what the buttons stamp with the day on which they
are pressed. Plain Python over an environment: tests and demo call the same.
"""

from .story import Story
from .tell import plant_cycle

__all__ = ["Story", "plant_cycle"]
