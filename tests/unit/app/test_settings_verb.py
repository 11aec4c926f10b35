"""`settings`: everything of each setting, and a refused file spoken of."""

from pathlib import Path

from tests.unit.app.program import json_lines, program


def test_list_tells_everything_of_each_setting(tmp_path: Path) -> None:
    rows = json_lines(program("settings", "list", "--json", "--data-dir", tmp_path))
    by_key = {row["key"]: row for row in rows}
    assert by_key["risk.percent"] == {
        "key": "risk.percent",
        "value": "1",
        "type": "decimal",
        "default": "1",
        "range": "0.01-5",
        "unit": "%",
        "help": by_key["risk.percent"]["help"],
    }
    assert all(row["help"] for row in rows)
    assert by_key["autonomy"]["range"] == "confirm, auto, observe"
    table = program("settings", "list", "--data-dir", tmp_path).stdout
    assert [line.split()[0] for line in table.splitlines()[1:]] == list(by_key)


def test_set_then_get(tmp_path: Path) -> None:
    done = program(
        "settings", "set", "symbol.map", "GOLD=XAUUSD.m", "--json", "--data-dir", tmp_path
    )
    assert json_lines(done)[0]["value"] == {"GOLD": "XAUUSD.m"}
    got = program("settings", "get", "symbol.map", "--data-dir", tmp_path)
    assert got.stdout == "GOLD=XAUUSD.m\n"


def test_a_negative_value_is_a_value_and_no_flag(tmp_path: Path) -> None:
    done = program("settings", "set", "risk.percent", "-1", "--data-dir", tmp_path)
    assert done.returncode == 2
    assert "risk.percent = -1, allowed 0.01-5" in done.stderr


def test_a_refused_file_is_spoken_of_and_the_last_good_one_used(tmp_path: Path) -> None:
    program("settings", "set", "magic", "77", "--data-dir", tmp_path)
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")
    done = program("settings", "get", "magic", "--data-dir", tmp_path)
    assert (done.returncode, done.stdout) == (0, "77\n")
    assert "CONFIG_INVALID" in done.stderr


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = program("settings", "set", "magic", "77", "--data-dir", tmp_path / "file")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
