"""One look: what many ask the same is answered once, and each may ask for all."""

from types import SimpleNamespace

from krets.kit.kept import at_hand, kept, one_look, whole_look

UNIT = SimpleNamespace(pk=1)


def counting():
    asked = []

    @kept
    def answer(_unit, ids=None):
        asked.append(ids)
        return len(asked)

    return answer, asked


def test_the_same_question_is_answered_once_in_a_look():
    answer, asked = counting()

    with one_look():
        told = [answer(UNIT, [1, 2]), answer(UNIT, iter([1, 2])), answer(UNIT, [3])]

    assert told == [1, 1, 2]
    assert asked == [(1, 2), (3,)]


def test_outside_a_look_each_question_is_asked():
    answer, asked = counting()

    assert [answer(UNIT, [1]), answer(UNIT, [1])] == [1, 2]
    assert len(asked) == 2


def test_who_has_some_rows_of_a_look_may_ask_for_all_of_them():
    with one_look("abc"):
        assert whole_look("b") == ("a", "b", "c")
        assert whole_look("bx") == ("b", "x")
    assert whole_look("b") == ("b",)


def test_a_row_that_is_looked_at_is_at_hand():
    row = SimpleNamespace(pk=7)

    with one_look([row]):
        assert at_hand(SimpleNamespace, 7) is row
        assert (at_hand(SimpleNamespace, 8), at_hand(int, 7)) == (None, None)
    assert at_hand(SimpleNamespace, 7) is None
