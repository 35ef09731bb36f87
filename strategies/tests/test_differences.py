"""What changed between two states of a strategy, and between two texts."""

import pytest

from strategies.differences import Difference, Piece, differences, word_pieces


def content(**parts) -> dict:
    return {"strategy": {"name": "Spring", "version": 1}} | parts


def goal(pk: int, **fields) -> dict:
    return {"id": pk, "text": "Leads", "version": 1, **fields}


def test_the_same_twice_is_no_difference():
    one = content(goals=[goal(1)])
    assert differences(one, one) == []


def test_a_field_a_new_row_and_a_lost_one_are_told_apart():
    before = content(goals=[goal(1), goal(2)])
    after = content(goals=[goal(1, text="More leads"), goal(3)])
    assert differences(before, after) == [
        Difference("added", "goals", 3, "", None, goal(3)),
        Difference("changed", "goals", 1, "text", "Leads", "More leads"),
        Difference("removed", "goals", 2, "", goal(2), None),
    ]


def test_what_nobody_writes_is_passed_over():
    before, after = content(goals=[goal(1)]), content(goals=[goal(1, version=2)])
    assert differences(before, after, {"goals": {"version"}}) == []
    assert len(differences(before, after)) == 1


def test_the_strategys_own_fields_have_no_row():
    after = {"strategy": {"name": "Summer", "version": 1}}
    assert differences(content(), after) == [Difference("changed", "strategy", 0, "name", "Spring", "Summer")]


def test_rows_that_come_and_go_with_their_goal_are_carried_by_it():
    target = {"id": 7, "goal": 1, "value": "5"}
    without, whole = content(goals=[], targets=[]), content(goals=[goal(1)], targets=[target])
    (came,), (went,) = differences(without, whole), differences(whole, without)
    assert came.became == goal(1) | {"targets": [target]}
    assert (went.part, went.was) == ("goals", goal(1) | {"targets": [target]})


def test_a_row_under_a_goal_that_stays_is_told_by_itself():
    target = {"id": 7, "goal": 1, "value": "5"}
    (found,) = differences(content(goals=[goal(1)], targets=[]), content(goals=[goal(1)], targets=[target]))
    assert (found.act, found.part, found.row) == ("added", "targets", 7)


def test_what_an_older_version_does_not_speak_of_is_no_difference():
    assert differences(content(), content(risks=[{"id": 1, "name": "Storm"}])) == []
    assert differences(content(goals=[{"id": 1, "text": "Leads"}]), content(goals=[goal(1, deadline="2027-01-01")])) == []


def test_an_empty_question_that_appears_is_no_news():
    blank, said = {"id": 1, "question": "product", "text": ""}, {"id": 1, "question": "product", "text": "Dresses"}
    assert differences(content(audience_answers=[]), content(audience_answers=[blank])) == []
    assert differences(content(audience_answers=[]), content(audience_answers=[said]))[0].act == "added"


def test_line_breaks_of_a_browser_are_no_change():
    assert differences(content(goals=[goal(1, text="a\nb")]), content(goals=[goal(1, text="a\r\nb")])) == []


@pytest.mark.parametrize(
    ("was", "became", "pieces"),
    [
        ("", "New", [("added", "New")]),
        ("Old", "", [("removed", "Old")]),
        ("same", "same", [("same", "same")]),
        ("one two", "one three", [("same", "one "), ("removed", "two"), ("added", "three")]),
        ("one two", "three four", [("removed", "one two"), ("added", "three four")]),
        ("a, b", "a; b", [("same", "a"), ("removed", ","), ("added", ";"), ("same", " b")]),
        ("Oʻgʻil keldi", "Qiz keldi", [("removed", "Oʻgʻil"), ("added", "Qiz"), ("same", " keldi")]),
    ],
)
def test_texts_are_compared_word_by_word(was, became, pieces):
    assert word_pieces(was, became) == [Piece(*piece) for piece in pieces]


def test_of_a_long_unchanged_run_only_the_ends_are_shown():
    run = " ".join(f"word{number}" for number in range(100))
    pieces = word_pieces(f"old {run} end", f"new {run} END")
    assert [piece.kind for piece in pieces] == ["removed", "added", "same", "left", "same", "removed", "added"]
    assert len(pieces[2].text.split()) == len(pieces[4].text.split()) == 8


def test_texts_without_end_are_not_compared_word_by_word():
    was, became = "a " * 5000, "b " * 5000
    assert word_pieces(was, became) == [Piece("removed", was), Piece("added", became)]
