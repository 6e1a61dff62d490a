"""Searching by a count that is computed, not stored."""


def count_condition(operator, value):
    """:param operator: as a search method receives it
    :return: a function that tells whether a count is asked for, ``None`` where the
        operator is not supported
    """
    return {
        ">": lambda count: count > value,
        ">=": lambda count: count >= value,
        "in": lambda count: count in value,
    }.get(operator)
