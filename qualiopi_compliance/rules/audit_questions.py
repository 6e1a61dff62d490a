"""What an auditor is likely to ask somebody about an indicator.

Written by us, to prepare people: no text fixes the questions of an audit. They ask how
the work is done, where it shows, and whether both agree; they hold for the wordings of
2019 and of 2026.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from .marks import _lt

__all__ = ["OPENING_QUESTIONS", "QUESTIONS", "Audience", "Question", "likely_questions"]

Audience = Literal["everybody", "trainer", "staff"]


@dataclass(frozen=True)
class Question:
    """One question.

    :param indicator: its number, 0 for one about the work as a whole
    :param text: marked for translation
    :param audience: who is asked: those who teach, those who do not, or both
    """

    indicator: int
    text: str
    audience: Audience = "everybody"


OPENING_QUESTIONS: Final = (
    Question(
        0, _lt("Tell me how a course goes, from the start to the end."), "trainer"
    ),
    Question(0, _lt("What is your part in the company?"), "staff"),
)

QUESTIONS: Final = (
    Question(
        1,
        _lt(
            "Somebody is interested in this course: where does he read what it is"
            " about, what it costs and how soon he may begin?"
        ),
        "staff",
    ),
    Question(1, _lt("Who brings this page up to date, and when was it done last?")),
    Question(
        2,
        _lt("How did you work out the results you publish, and for which learners?"),
        "staff",
    ),
    Question(
        3,
        _lt(
            "Where does a candidate read how many obtained the certification, and what"
            " it leads to?"
        ),
        "staff",
    ),
    Question(
        4,
        _lt("How do you find out what this learner, or his company, really needs?"),
        "staff",
    ),
    Question(4, _lt("What are you told about the learners' needs?"), "trainer"),
    Question(
        5, _lt("How can you tell, at the end, that this objective has been reached?")
    ),
    Question(6, _lt("What did you change in this course for these learners?")),
    Question(
        7,
        _lt("Show me that the content covers what the certification asks for."),
    ),
    Question(
        8,
        _lt("How do you know what the learners can do already on the first day?"),
    ),
    Question(
        9,
        _lt("What do learners receive before the first day, and when?"),
        "staff",
    ),
    Question(
        9,
        _lt("What do you tell the learners about how the course runs?"),
        "trainer",
    ),
    Question(
        10,
        _lt("Give me a learner for whom you went about it differently. What shows it?"),
    ),
    Question(
        11, _lt("How do you assess the learners, and what becomes of the result?")
    ),
    Question(12, _lt("A learner does not come any more: what happens, and who acts?")),
    Question(
        12,
        _lt("Whom would a learner turn to about harassment or violence?"),
    ),
    Question(
        13,
        _lt("How do you agree with the company on what the learner does there?"),
    ),
    Question(
        14,
        _lt("An apprentice is about to break off his contract: what do you do?"),
    ),
    Question(
        15,
        _lt("What do apprentices learn from you about their rights and their safety?"),
    ),
    Question(
        16,
        _lt("How do you make sure a candidate may sit the examination?"),
    ),
    Question(
        17,
        _lt("How do you check that room, material and people suit the course?"),
    ),
    Question(18, _lt("Who coordinates all those who work on one course, and how?")),
    Question(
        19,
        _lt("What do learners keep from the course, and how do they get at it?"),
    ),
    Question(
        19,
        _lt("At a distance, how do you see that they really follow it?"),
        "trainer",
    ),
    Question(
        20,
        _lt("Who is in charge of mobility, of disability, of the development council?"),
        "staff",
    ),
    Question(
        21,
        _lt("How do you choose a trainer, and how do you know that he can teach this?"),
        "staff",
    ),
    Question(
        21, _lt("What makes you the right person to teach this course?"), "trainer"
    ),
    Question(
        22,
        _lt("How do you keep up your skills? What did you learn this year?"),
        "trainer",
    ),
    Question(22, _lt("How do you decide who is trained in what?"), "staff"),
    Question(
        23,
        _lt("Which change in the law did you notice last, and what did you do?"),
        "staff",
    ),
    Question(24, _lt("What changes in the occupations you train for?")),
    Question(25, _lt("Which new way of teaching, or tool, did you try?")),
    Question(
        26,
        _lt("Somebody tells you that he has a disability: what do you do, with whom?"),
    ),
    Question(
        27,
        _lt("How do you make sure that a subcontractor works as you would?"),
        "staff",
    ),
    Question(
        28,
        _lt("With which companies do you build the periods at work?"),
    ),
    Question(
        29,
        _lt("What do you do for the learners to find work, or to study further?"),
    ),
    Question(30, _lt("Whom do you ask for their opinion, when, and how many answer?")),
    Question(30, _lt("Do you hear what the learners thought of it?"), "trainer"),
    Question(31, _lt("Tell me about the last complaint or incident. What was done?")),
    Question(
        32,
        _lt("What did you improve this year, and what made you do it?"),
    ),
    Question(
        33,
        _lt(
            "How do learners assess the teaching itself, and what do the teachers make"
            " of it?"
        ),
    ),
)


def likely_questions(
    indicators: Iterable[int], *, teaches: bool
) -> tuple[Question, ...]:
    """:param indicators: numbers of those the person is met about
    :param teaches: whether he is a trainer
    :return: one to begin with, then those on the indicators, in their order
    """
    audiences = {"everybody", "trainer" if teaches else "staff"}
    asked = set(indicators)
    wanted = [each for each in QUESTIONS if each.indicator in asked]
    suitable = [each for each in wanted if each.audience in audiences]
    # rather somebody else's question than none on an indicator of his
    met = {each.indicator for each in suitable}
    suitable += [each for each in wanted if each.indicator not in met]
    return (
        *(each for each in OPENING_QUESTIONS if each.audience in audiences),
        *sorted(suitable, key=lambda each: (each.indicator, QUESTIONS.index(each))),
    )
