"""What holds of any page at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linter import RULES, Certification, Image, Page, Rate, Session, read
from linter.places import ITEMS, PLACES
from linter.words import Text, compact, fold
from linter_pages import CERTIFIED, DAY, TEXTS, VAE, page

CODES = [item.code for item in ITEMS]
CATEGORY = st.sampled_from(("AFC", "BC", "VAE", "CFA"))
FRAMEWORK = st.sampled_from(("rnq-2019", "rnq-2026"))
NASTY = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<b>100 %</b> financé",
        "\u202eéitnarag etissuér\u202c",
        "تكوين مجاني 100٪",
        "🎓👩‍🏫",
        "\x00\ufeff\u200b",
        "100\u00a0%\u202ffinancée",
        "&nbsp;&lt;b&gt;",
        "<" * 50,
        "[" * 50,
        "ﬁnancé à 100 ％",
        "\ud800",
    ]
)
WORDS = st.sampled_from(
    """100 % financé gratuit CPF certifiante réussite garantie emploi non sans pas de
    formation Qualiopi à compléter TODO 92 satisfaction agréé par l'État . ; « » :
    """.split()  # noqa: SIM905 - a list of words reads better so
)
SENTENCE = st.lists(WORDS, max_size=12).map(" ".join)
TEXT = st.text(max_size=80) | NASTY | SENTENCE
DAYS = st.none() | st.dates()
RATE = st.builds(
    Rate,
    st.sampled_from(("award", "presentation", "satisfaction", "")),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    DAYS,
    TEXT,
    st.booleans(),
    st.booleans(),
)
PAGE = st.builds(
    Page,
    name=TEXT,
    category=CATEGORY,
    certifying=st.booleans(),
    recognised=st.none() | st.booleans(),
    texts=st.dictionaries(
        st.sampled_from([*CODES, "unknown"]), TEXT | st.tuples(TEXT, TEXT), max_size=8
    ),
    certification=st.none() | st.builds(Certification, DAYS, DAYS, DAYS, DAYS),
    results_due=st.booleans(),
    rates=st.lists(RATE, max_size=3).map(tuple),
    updating=st.booleans(),
    scheme=TEXT,
    page_text=st.none() | TEXT,
    sheet_text=st.none() | TEXT,
    sessions=st.lists(st.builds(Session, TEXT), max_size=2).map(tuple),
    images=st.lists(st.builds(Image, TEXT, TEXT), max_size=3).map(tuple),
    logo=st.booleans(),
    lang=st.sampled_from(("fr_FR", "en_US", "ar_001", "")),
)


@settings(max_examples=300)
@given(PAGE, FRAMEWORK, st.dates())
def test_never_crashes_and_says_each_defect_once(some, framework, day):
    defects = read(some, framework, day=day)
    assert len(set(defects)) == len(defects)
    for defect in defects:
        assert defect.code in RULES
        assert defect.where in PLACES
        assert defect.indicator in (1, 2, 3)


def absent(some, framework):
    return {
        each for each in read(some, framework, day=DAY) if each.code == "item_missing"
    }


@given(
    CATEGORY,
    st.booleans(),
    FRAMEWORK,
    st.sets(st.sampled_from(CODES)),
    st.sampled_from(CODES),
)
def test_adding_an_item_never_adds_an_absence(
    category, certifying, framework, left, code
):
    words = TEXTS | CERTIFIED | VAE
    less = page(category, certifying, without=left | {code})
    more = replace(less, texts={**less.texts, code: words[code]})
    assert absent(more, framework) <= absent(less, framework)
    assert not any(each.where == code for each in absent(more, framework))


@given(PAGE, FRAMEWORK, st.randoms())
def test_order_of_the_items_does_not_matter(some, framework, random):
    items = list(some.texts.items())
    random.shuffle(items)
    assert read(some, framework, day=DAY) == read(
        replace(some, texts=dict(items)), framework, day=DAY
    )


@given(st.sampled_from(CODES), st.sampled_from(("", " ", "\n", "–", "…", "🙂")))
def test_signs_alone_say_nothing(code, nothing):
    some = page("VAE", certifying=True, texts={code: nothing})
    without = page("VAE", certifying=True, without=(code,))
    for framework in ("rnq-2019", "rnq-2026"):
        assert absent(some, framework) == absent(without, framework)


@given(TEXT)
def test_typography_does_not_matter(text):
    assert compact(text) == compact(text.replace(" ", "\u202f"))
    assert compact(fold(text)) == fold(compact(text))


@given(TEXT, st.integers(0, 80), st.integers(0, 80))
def test_a_passage_is_made_of_the_text(text, start, end):
    folded = Text(text).folded
    passage = Text(text).passage(min(start, len(folded)), min(end, len(folded)))
    assert (
        set(passage.split()) - {"…"} <= set(text.split())
        or "<" in text
        or (
            # white space that splits words, or is cut out of them
            "".join(passage.split()).strip("…") in "".join(text.split())
        )
    )


@pytest.mark.parametrize(
    "words",
    ["Formation 100 % financée ", "nous consulter ", "<b ", "[à ", "« non sans ", ". "],
)
def test_a_hostile_page_is_read_to_its_end(words):
    hostile = words * 2000
    some = page(texts={"methods": hostile, "price": hostile, "access_time": hostile})
    codes = {each.code for each in read(replace(some, page_text=hostile), day=DAY)}
    assert ("claims_funded" in codes) == ("financée" in words)
