"""A file cut into parts is the file again."""

from hypothesis import given
from hypothesis import strategies as some

from shared.documents.portions import Portions


@given(some.integers(1, 10**9), some.integers(1, 10**7))
def test_the_parts_follow_one_another_and_make_the_whole(size: int, part: int):
    portions = Portions(size, max(part, size // 1000))
    ends = [portions.offset(number) + portions.size(number) for number in portions.numbers]
    starts = [portions.offset(number) for number in portions.numbers]
    assert starts == [0, *ends[:-1]]
    assert ends[-1] == size


@given(some.integers(1, 10**9), some.integers(1, 10**7))
def test_all_parts_but_the_last_are_of_full_size(size: int, part: int):
    portions = Portions(size, max(part, size // 1000))
    sizes = [portions.size(number) for number in portions.numbers]
    assert set(sizes[:-1]) <= {portions.part_bytes}
    assert 1 <= sizes[-1] <= portions.part_bytes
