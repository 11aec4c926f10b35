"""Other people's MQL5: each feature that `ea-run` takes as it is, with what it then says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ea_sim.build import BuildError, Program, build
from tests.ea_sim.conftest import MakeWorld, need_compiler
from tests.ea_sim.executors import EaExecutor
from tests.ea_sim.mq5pp import SourceError

FEATURES = {
    "csv_across_line_ends": (
        """void OnStart() {
   int h = FileOpen("a.csv", FILE_WRITE | FILE_BIN | FILE_ANSI);
   FileWriteString(h, "1,2\\r\\n3,4\\n5");
   FileClose(h);
   h = FileOpen("a.csv", FILE_READ | FILE_CSV | FILE_ANSI, ',');
   string all = "";
   while(!FileIsEnding(h)) {
      all += FileReadString(h);
      all += FileIsLineEnding(h) ? "/" : " ";
   }
   Print(all); }""",
        "1 2/3 4/5/",
    ),
    "txt_line_by_line": (
        """void OnStart() {
   int h = FileOpen("a.txt", FILE_WRITE | FILE_TXT | FILE_ANSI);
   FileWrite(h, "x,y");
   FileWrite(h, 2);
   FileClose(h);
   h = FileOpen("a.txt", FILE_READ | FILE_TXT | FILE_ANSI);
   string a = FileReadString(h), b = FileReadString(h);
   Print(a, "|", b); }""",
        "x,y|2",
    ),
    "bin_numbers": (
        """void OnStart() {
   int h = FileOpen("a.bin", FILE_WRITE | FILE_READ | FILE_BIN);
   FileWriteInteger(h, 7);
   FileWriteInteger(h, 300, 2);
   FileWriteLong(h, 9);
   FileWriteDouble(h, 1.5);
   FileSeek(h, 0, SEEK_SET);
   int a = FileReadInteger(h), s = FileReadInteger(h, 2);
   long b = FileReadLong(h);
   double c = FileReadDouble(h);
   Print(a, " ", s, " ", b, " ", c, " ", FileSize(h)); }""",
        "7 300 9 1.5 22",
    ),
    "used_before_definition": (
        "void OnStart() { Print(Later(2)); } int Later(int n) { return n * 2; }",
        "4",
    ),
    "implicit_text": (
        'void OnStart() { string s = "n=" + 5; s += 1.5; s = s + true; Print(s); }',
        "n=51.5true",
    ),
    "input_groups": (
        'input group "A"\ninput int X = 3; // X\nsinput string Y = "y"; // Y\n'
        "void OnStart() { Print(X, Y); }",
        "3y",
    ),
    "colours": (
        "void OnStart() { color c = clrTomato; Print((int)c, \" \", ColorToString(C'1,2,3')); }",
        "4678655 1,2,3",
    ),
    "two_dimensions": (
        "int g[2][3] = {{1, 2, 3}, {4, 5, 6}}; void OnStart() { double d[][2]; ArrayResize(d, 4);"
        ' d[3][1] = 2.5; Print(g[1][2] + d[3][1], " ", ArraySize(g[1])); }',
        "8.5 3",
    ),
    "pointers": (
        """class A { public: int n; A(void) { this.n = 4; } virtual int Get(void) { return n; } };
class B : public A { public: virtual int Get(void) override { return n + 1; } };
A *Make(void) { return new B(); }
void OnStart() {
   A *a = Make();
   Print(a.Get() + Make().Get(), " ", CheckPointer(a) == POINTER_DYNAMIC);
   delete a; }""",
        "10 true",
    ),
    "templates": (
        """template<typename T> T Larger(T a, T b) { return a > b ? a : b; }
template<typename T> int Count(const T &list[]) { return ArraySize(list); }
void OnStart() { int v[] = {1, 2}; Print(Larger(2, 3), Count(v)); }""",
        "32",
    ),
    "macros_and_statics": (
        """#define TWICE(x) ((x) * 2)
int Next() { static int n = 0; return ++n; }
void OnStart() { Next(); Print(TWICE(Next()), " ", EnumToString(ORDER_TYPE_BUY)); }""",
        "4 ORDER_TYPE_BUY",
    ),
    "switch_and_defaults": (
        """string Word(int n, string otherwise = "many") {
   switch(n) { case 1: return "one"; case 2: { return "two"; } default: break; }
   return otherwise; }
void OnStart() { Print(Word(1), Word(2), Word(3)); }""",
        "onetwomany",
    ),
}

LACKING = {
    'void OnStart() { int h = iMA("EURUSD", 0, 5, 0, 0, 0); }': "iMA",
    "#include <Indicators\\Trend.mqh>\nvoid OnStart() { }": "Indicators/Trend.mqh",
    '#import "user32.dll"\nint Beep(int);\n#import\nvoid OnStart() { }': "import",
}


@pytest.mark.parametrize("name", FEATURES)
def test_features_work_unchanged(make_world: MakeWorld, tmp_path: Path, name: str) -> None:
    need_compiler()
    source, said = FEATURES[name]
    path = tmp_path / f"{name}.mq5"
    path.write_text(source, "ascii")
    world = make_world(program=Program(path, permissive=True))
    assert isinstance(world.executor, EaExecutor)
    host = world.executor.load({})
    host.event("start")
    assert host.log == [said]


@pytest.mark.parametrize(("source", "lacking"), LACKING.items())
def test_what_is_lacking_is_named(tmp_path: Path, source: str, lacking: str) -> None:
    need_compiler()
    path = tmp_path / "lacking.mq5"
    path.write_text(source, "ascii")
    with pytest.raises((BuildError, SourceError), match=lacking):
        build(Program(path, permissive=True))
