"""What is kept between commands, and for whom."""

import stat
from pathlib import Path

import pytest

from deploy.cli.drawer import Drawer, current_user, keep_current_user
from deploy.cli.failures import Misuse


def test_what_is_kept_is_found_again_and_read_by_its_owner_only(tmp_path: Path) -> None:
    drawer = Drawer(tmp_path / "tokens", "rina")
    drawer.keep_token({"access_token": "abc", "expires_at": "2099-01-01T00:00:00+00:00"})
    drawer.keep_version("innovations/abc", 7)
    drawer.keep_sequence("submission", 41)
    drawer.keep_lease("abc", "token-1")
    again = Drawer(tmp_path / "tokens", "rina")
    assert again.token() == {"access_token": "abc", "expires_at": "2099-01-01T00:00:00+00:00"}
    assert (again.version("innovations/abc"), again.lease("abc")) == (7, "token-1")
    assert again.written_sequence("submission") == 41
    files = [file for file in (tmp_path / "tokens").rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    again.empty()
    assert list((tmp_path / "tokens").rglob("*")) == []


def test_nothing_is_kept_of_another_person(tmp_path: Path) -> None:
    Drawer(tmp_path, "rina").keep_version("innovations/abc", 7)
    other = Drawer(tmp_path, "budi")
    assert (other.version("innovations/abc"), other.lease("abc"), other.token()) == (None,) * 3


@pytest.mark.parametrize("user", ["", ".", "..", "../rina", "a/b", "a\\b", "a\n", "x" * 101, "-x"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, user: str) -> None:
    with pytest.raises(Misuse, match="letters, digits"):
        Drawer(tmp_path, user)


def test_the_last_login_is_remembered_until_it_is_forgotten(tmp_path: Path) -> None:
    assert current_user(tmp_path) is None
    keep_current_user(tmp_path, "rina")
    assert current_user(tmp_path) == "rina"
    keep_current_user(tmp_path, None)
    assert current_user(tmp_path) is None


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "rina.json").write_text("{")
    with pytest.raises(Misuse, match="cannot be read"):
        Drawer(tmp_path, "rina").token()
