"""`strategy`: named sets of rules on the command line, and a damaged one spoken of."""

import json
from pathlib import Path

from signalos_desktop.adapters.settings_file import SettingsFile
from tests.unit.app.program import json_lines, one_line_error, program

CAREFUL = {"version": 1, "strategy": "careful", "rules": {"risk.percent": 0.5}}


def test_import_use_list_show_export_and_remove(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "careful.json"
    file.write_text(json.dumps(CAREFUL))

    def ask(*words: str | Path) -> list[dict[str, object]]:
        return json_lines(program("strategy", *words, "--json", "--data-dir", data))

    assert ask("import", file) == [{"strategy": "careful", "rules": 1, "for": []}]
    assert ask("use", "careful", "vip") == [{"strategy": "careful", "rules": 1, "for": ["vip"]}]
    [rule] = ask("show", "careful")
    assert (rule["key"], rule["value"], rule["without"]) == ("risk.percent", "0.5", "1")
    assert ask("export", "careful") == [{**CAREFUL, "rules": {"risk.percent": "0.5"}}]
    held = program("strategy", "remove", "careful", "--data-dir", data)
    assert "strategy.for = vip=careful" in one_line_error(held, 2)
    assert ask("use", "none", "vip") == [{"strategy": "careful", "rules": 1, "for": []}]
    table = program("strategy", "show", "careful", "--data-dir", data).stdout
    assert "risk.percent" in table
    assert "careful" in program("strategy", "list", "--data-dir", data).stdout
    assert ask("remove", "careful") == []


def test_what_is_wrong_is_one_line(tmp_path: Path) -> None:
    bad, text = tmp_path / "bad.json", tmp_path / "bad.txt"
    bad.write_text(json.dumps({**CAREFUL, "rules": {"risk.percent": 200}}))
    text.write_bytes(b"\xff")
    for words, said in (
        (("import", bad), "strategy.careful.risk.percent = 200, allowed 0.01-5"),
        (("import", text), "not UTF-8"),
        (("import", tmp_path / "none.json"), "cannot be read"),
        (("show", "bold"), "there is no strategy bold"),
        (("use", "bold"), "there is no strategy bold"),
        (("show",), "strategy show NAME"),
        (("preview", "bold"), "run --headless"),
    ):
        done = program("strategy", *words, "--data-dir", tmp_path / "data")
        assert said in one_line_error(done, 2)


def test_a_damaged_strategy_keeps_the_last_good_one_and_is_named(tmp_path: Path) -> None:
    store = SettingsFile(tmp_path)
    store.save(store.load().settings.with_change("strategy.careful.risk.percent", "0.5"))
    damaged = store.path.read_text().replace("0.5", "200")
    store.path.write_text(damaged)
    loaded = store.load()
    assert loaded.settings.shown("strategy.careful.risk.percent") == "0.5"
    assert "strategy.careful.risk.percent = 200, allowed 0.01-5" in loaded.problems[0]
