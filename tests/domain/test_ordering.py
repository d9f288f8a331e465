"""Things in the order that people gave them."""

import random

import pytest

from chalicelib.domain.ordering import APART, HIGHEST, last, moved


def after_move(order, id, after):
    new = moved(order, id, after)
    numbers = {**dict(order), **new}
    assert all(0 <= number <= HIGHEST for number in numbers.values())
    return [one for one, _ in sorted(numbers.items(), key=lambda pair: (pair[1], pair[0]))], new


def test_between_two_neighbours_one_number_is_written():
    order = [("a", 0), ("b", 1000), ("c", 2000)]

    assert after_move(order, "c", "a") == (["a", "c", "b"], {"c": 500})
    assert after_move([("a", 500), ("b", 1000)], "b", None) == (["b", "a"], {"b": 250})
    assert after_move(order, "a", "c") == (["b", "c", "a"], {"a": 3000})


def test_who_stands_there_already_is_not_moved():
    order = [("a", 0), ("b", 0)]

    assert moved(order, "b", "a") == moved(order, "a", None) == {}


def test_of_things_that_share_a_number_only_those_behind_move_on():
    order = [("a", 0), ("b", 0), ("c", 0), ("d", 5000)]

    assert after_move(order, "c", "a") == (["a", "c", "b", "d"], {"c": 1000, "b": 2000})
    assert after_move(order, "c", None)[0] == ["c", "a", "b", "d"]


def test_at_the_upper_end_all_are_numbered_anew():
    order = [("a", 0), ("b", HIGHEST - 1), ("c", HIGHEST)]

    assert after_move(order, "a", "c")[0] == ["b", "c", "a"]


def test_what_is_put_last_stands_behind_all():
    assert last([]) == 0
    assert last([0, 4000]) == 4000 + APART
    assert last([HIGHEST]) == HIGHEST


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_moved_where_the_others_keep_their_order(seed):
    rolled = random.Random(seed)
    ids = [f"{number:03d}" for number in range(40)]
    numbers = {one: rolled.choice([0, 0, 1, 2, 7, HIGHEST]) for one in ids}
    for _ in range(200):
        order = sorted(numbers.items(), key=lambda pair: (pair[1], pair[0]))
        names = [one for one, _ in order]
        one, after = rolled.sample(names, 2)
        after = rolled.choice([after, None])
        wanted = [name for name in names if name != one]
        wanted.insert(wanted.index(after) + 1 if after else 0, one)
        numbers |= moved(order, one, after)
        assert [name for name, _ in sorted(numbers.items(), key=lambda pair: (pair[1], pair[0]))] == wanted
        assert all(0 <= number <= HIGHEST for number in numbers.values())


def test_moves_to_and_fro_write_one_number_nearly_always():
    rolled, numbers = random.Random(1), {f"{number:03d}": number * APART for number in range(100)}
    written = 0
    for _ in range(300):
        order = sorted(numbers.items(), key=lambda pair: (pair[1], pair[0]))
        one, after = rolled.sample([name for name, _ in order], 2)
        new = moved(order, one, after)
        numbers |= new
        written += len(new)

    assert written < 330
