"""What is interrupted or goes wrong leaves nothing half-made, and says why."""

import errno
import socket

import pytest

from stack.console import Problem, duration
from stack.paths import build_folder, cache_folder
from stack.postgres import LONGEST_SOCKET, SOCKET_NAME, socket_folder
from stack.process import clean_environment, run_logged, why_it_failed
from stack.server import require_free_port


def test_folder_is_built_once(tmp_path):
    final = tmp_path / "thing"
    built = []
    for _attempt in range(2):
        build_folder(final, lambda folder: built.append(folder.name))
    assert built == ["thing.partial"]
    assert [path.name for path in tmp_path.iterdir()] == ["thing"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, "full")])
def test_interrupted_build_leaves_nothing(tmp_path, error):
    def build(folder):
        (folder / "half").touch()
        raise error

    with pytest.raises(type(error) if isinstance(error, OSError) else error):
        build_folder(tmp_path / "thing", build)
    assert not list(tmp_path.iterdir())


def test_leftover_of_a_killed_build_is_removed(tmp_path):
    leftover = tmp_path / "thing.partial"
    leftover.mkdir()
    (leftover / "half").touch()
    final = build_folder(tmp_path / "thing", lambda folder: None)
    assert not list(final.iterdir())


def test_cache_is_where_xdg_says_and_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "new"))
    assert cache_folder() == tmp_path / "new" / "qualiopi"
    assert cache_folder().stat().st_mode & 0o077 == 0


def test_relative_cache_is_ignored(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == tmp_path / ".cache" / "qualiopi"


def test_cache_in_an_impossible_place_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(Problem, match="cannot be made"):
        cache_folder()


def test_socket_lies_in_the_cluster_unless_its_path_is_too_long(tmp_path):
    assert socket_folder(tmp_path) == tmp_path
    deep = tmp_path / ("x" * LONGEST_SOCKET)
    assert len(str(socket_folder(deep) / SOCKET_NAME)) <= LONGEST_SOCKET
    assert socket_folder(deep) != socket_folder(deep / "other")


def test_taken_port_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken.*--port {port + 1}"):
            require_free_port(port)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("tar: x: No space left on device", "The disk is full: unpacking failed"),
        ("Err:1 Temporary failure resolving 'x'", "The network cannot be reached"),
        ("npm error code ENOTFOUND", "The network cannot be reached"),
        ("some text\nE: Broken thing\nmore", "Unpacking failed: E: Broken thing"),
        ("", "Unpacking failed: no message"),
    ],
)
def test_failure_is_one_sentence(tmp_path, output, sentence):
    problem = why_it_failed("unpacking", output.splitlines(), tmp_path / "log")
    assert str(problem).startswith(sentence)
    assert "\n" not in str(problem)


def test_full_disk_is_a_problem_and_a_bug_is_not():
    full = OSError(errno.ENOSPC, "No space left on device")
    assert "disk is full" in str(Problem.from_os_error(full))
    assert Problem.from_os_error(OSError(errno.ENOENT, "No such file")) is None


def test_output_reaches_the_log_and_the_reader(tmp_path):
    seen = []
    log = tmp_path / "log"
    code, tail = run_logged(
        ["sh", "-c", "echo one; echo two >&2; exit 3"], log, seen.append
    )
    assert (code, tail) == (3, ["one", "two"])
    assert seen == tail
    assert log.read_text() == "one\ntwo\n"


def test_settings_of_the_callers_shell_do_not_reach_odoo(monkeypatch):
    monkeypatch.setenv("ODOO_RC", "/somewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    environment = clean_environment(PYTHONPATH="ours")
    assert "ODOO_RC" not in environment
    assert environment["PYTHONPATH"] == "ours"


def test_durations_are_readable():
    assert duration(4.25) == "4.2 s"
    assert duration(125) == "2 min 05 s"
