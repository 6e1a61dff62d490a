class Gap:
    """One thing that is missing, on purpose.

    :cvar checks: codes of the checks that find it
    :cvar since: days after the world's day from which they do
    :cvar until: days after it from which they no longer do, ``None`` for never
    :cvar framework: code of the only framework that asks for it
    :ivar record: in which it is found
    """

    checks = ()
    since = 0
    until = None
    framework = None
    record = None

    def __init__(self, world):
        self.world = world

    def __repr__(self):
        return type(self).__name__

    def plant(self):
        """Make the gap."""
        raise NotImplementedError

    def repair(self):
        """Mend it, as its remediation says."""
        raise NotImplementedError

    def shows(self, day, framework):
        """:param day: on which the records are read
        :param framework: code of the one in force on that day
        """
        days = self.world._offset(day)
        if days < self.since or (self.until is not None and days >= self.until):
            return False
        return self.framework in (None, framework)

    def expected(self):
        """:return: pairs of the code of a check and the record that it finds wanting"""
        return {(code, self.record) for code in self.checks}
