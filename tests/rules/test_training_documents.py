import pytest
from rules import training_documents as documents


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_each_content_is_named_once_and_has_a_place(name):
    codes = [row.code for row in documents.DOCUMENTS[name]]
    assert len(codes) == len(set(codes))
    for row in documents.DOCUMENTS[name]:
        assert row.label and row.source
        assert row.place in documents.PLACES


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_nothing_is_missing_when_all_is_stated(name):
    codes = {row.code for row in documents.DOCUMENTS[name]}
    assert documents.missing_contents(name, codes) == ()


def test_what_is_missing_comes_in_the_order_of_the_document():
    codes = {row.code for row in documents.CONTRACT} - {"termination", "nda", "price"}
    missing = documents.missing_contents("contract", codes)
    assert [row.code for row in missing] == ["nda", "price", "termination"]


def test_without_a_version_its_contents_are_not_named():
    missing = documents.missing_contents("contract", ())
    codes = {row.code for row in missing}
    assert "version" in codes and "trainers" in codes
    assert not codes & {"title", "objectives", "program", "prerequisites"}


# Labour Code L. 6353-4 (contract) and D. 6353-1 I (agreement).
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (
            "contract",
            "nature hours program objectives headcount prerequisites distance methods",
        ),
        (
            "contract",
            "assessment recognition trainers payment termination price nda nda_region",
        ),
        (
            "agreement",
            "title objectives program methods hours period distance running",
        ),
        (
            "agreement",
            "follow_up recognition price payment nda nda_region client",
        ),
        ("certificate", "signatory position learners title nature period hours"),
        ("convocation", "half_days place contact disability_contact house_rules"),
        ("attendance_sheet", "half_days learners"),
        # R. 6333-6-2; guide V9 and the framework of 2026 for the others
        ("subcontract_cpf", "tasks content sanction means conditions follow_up"),
        ("subcontract_cpf", "hours period amount firm_nda clause"),
        ("subcontract", "tasks clause"),
    ],
)
def test_what_the_texts_want(name, codes):
    assert set(codes.split()) <= {row.code for row in documents.DOCUMENTS[name]}


def test_official_words_have_their_blanks():
    assert documents.NDA_WORDING.format(number="N", of_region="de R") == (
        "déclaration d'activité enregistrée sous le numéro N auprès du préfet de "
        "région de R"
    )
    text = documents.CERTIFICATE_TEXT.format(
        signatory="S", company="C", learner="L", employer="", title="T"
    )
    assert text == (
        "Je soussigné(e) S, représentant légal du dispensateur de l'action concourant "
        "au développement des compétences C atteste que M./Mme L a suivi l'action T."
    )
    assert documents.CERTIFICATE_NATURES.keys() == (
        documents.CERTIFICATE_NATURES_EN.keys()
    )


@pytest.mark.parametrize(
    ("region", "words"),
    [
        ("Auvergne-Rhône-Alpes", "d'Auvergne-Rhône-Alpes"),
        ("Île-de-France", "d'Île-de-France"),
        ("Occitanie", "d'Occitanie"),
        ("Hauts-de-France", "de Hauts-de-France"),
        (" Bretagne", "de Bretagne"),
        ("Grand Est", "de Grand Est"),
    ],
)
def test_region_after_de(region, words):
    assert documents.of_region(region) == words
