"""Tests of catalogue.py and wording.py: docs/messages.md says everything that Gazette may say, by code."""

from gazette.messages.catalogue import FAMILIES, entry, messages, page, patterns
from gazette.messages.wording import wordings
from tests.samples import ROOT

SOURCE = """
NAMES = {"AAA-01": "appel"}
REMEDIES = {"AAA-01": "appelez", "AAA-02": ("un", "écrivez {key}")}

def _found(path, message, remedy):
    return Finding("AAA-01", Severity.NOTE, path, message, remedy)

def first(entry):
    message = f"{entry.name} manque" if entry else "rien"
    yield _found(entry, message, "ajoutez " + "le")

ROWS = {"a": ("trois", "comptez"), "b": ("quatre", "recomptez")}

def third(kind):
    what, remedy = ROWS.get(kind, ("cinq", "partez"))
    return ("AAA-03", what, remedy)

def fourth():
    return Finding("AAA-03", Severity.NOTE, "p", "six", f"vouliez-vous dire « {''} » ?")

def second(kind):
    what, remedy = REMEDIES.get(kind, ("deux", "retirez-le"))
    return ("AAA-02", what.format(a=1), remedy)
"""


def test_the_page_is_the_one_that_the_code_says():
    """``./gazette messages > docs/messages.md`` writes it again."""
    assert page() == (ROOT / "docs" / "messages.md").read_text("utf-8")


def test_every_code_says_what_and_what_to_do():
    """No code is without a message, nor a message without a remedy, and every family has a title."""
    known = messages()
    assert [] == [code for code, said in known.items() if not said.told or not said.remedies]
    assert set(FAMILIES) == {code.partition("-")[0] for code in known}


def test_words_are_followed_to_where_they_are_given():
    """Through the parameters of a helper, both branches of a choice, a joined text and the rows of a dictionary."""
    found = {code: (said.told, said.remedies) for code, said in wordings(SOURCE, ("AAA",)).items()}
    assert (("… manque", "rien"), ("appelez", "ajoutez le")) == found["AAA-01"]
    assert (("un", "deux"), ("écrivez …", "retirez-le")) == found["AAA-02"]


def test_each_cause_stands_with_its_own_remedy():
    """Rows of a table are told one by one, and a quotation of nothing is a hole."""
    said = wordings(SOURCE, ("AAA",))["AAA-03"]
    told = "- trois\n  - → comptez\n- quatre\n  - → recomptez\n- cinq\n  - → partez\n"
    assert told in entry("AAA-03", said)
    assert "vouliez-vous dire « … » ?" in said.remedies
    assert "«  »" not in page()
    date = entry("LEC-02", messages()["LEC-02"])
    assert "- heure illisible « … »\n  - → écrivez …: 14:30\n" in date


def test_what_a_worker_answers_is_told_too():
    """Of a source that cannot be read, the reason that its own process found, in a constant or in another module."""
    told = messages()["FLX-01"].told
    assert {"ce n’est pas un calendrier", "flux illisible (XML abîmé)", "JSON illisible"} <= set(told)
    assert any(text.startswith("jeu de caractères inconnu") for text in told)


def test_one_code_is_told_alone():
    """Its messages, each with what to do."""
    assert "### LEC-28\n\n- deux en-têtes à la suite\n  - → gardez un seul" in entry("LEC-28", messages()["LEC-28"])


def test_a_message_is_known_by_its_words():
    """What depends on the file fills the holes."""
    assert any(form.fullmatch("date illisible « 6/10/26 »") for form in patterns()["LEC-02"])
    assert not any(form.fullmatch("autre chose") for form in patterns()["LEC-02"])
