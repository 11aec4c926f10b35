// Latch.mqh: latch.csv, the stop that outlives every restart. It goes up at once and down only by RELEASED.
#ifndef SIGNALOS_LATCH_MQH
#define SIGNALOS_LATCH_MQH

#include <SignalOS\Events.mqh>
#include <SignalOS\Flags.mqh>
#include <SignalOS\Intents.mqh>

#define LATCH_FILE "latch.csv"
#define LATCH_NEXT "latch.next"
#define LATCH_HEADER "stop_id,level,source,flag_identity,utc_ms,crc32"
#define LATCH_COLUMNS 6

struct Halt {
   long            stop_id;
   ENUM_STOP_LEVEL level;
   string          source;
   long            since_ms;
   long            latched_ms;  // since when it is latched without a release between; a newer stop does not change it
   bool            damaged;
   int             bad_rows;  // of latch.csv: each may have been a stop with an id of its own
};

Halt   g_halt;
string g_halt_known[];     // identities of this stop
string g_flags_ever[];     // identities of every stop
string g_latch_waiting[];  // rows that could not be written yet
string g_flag_owed = "";   // identity of our own flag that could not be written yet
int    g_flat_scans = 0;
bool   g_started_fresh = false;  // latch.csv was begun anew by a START_FRESH

bool IsLatched() {
   return g_halt.level != STOP_NONE;
}

bool IsHalted() {
   return IsLatched() || IsFlagLying();
}

string LatchRow(const long stop_id, const string level, const string source, const string identity) {
   return SealedRow((string)stop_id + "," + level + "," + source + "," + identity + "," + (string)UtcMs());
}

bool FlushLatch() {
   int done = 0;
   int count = ArraySize(g_latch_waiting);
   while(done < count && AppendRow(LATCH_FILE, LATCH_HEADER, g_latch_waiting[done]))
      done++;
   if(done > 0)
      ArrayRemove(g_latch_waiting, 0, done);
   return done == count;
}

void KnowIdentity(const string identity) {
   if(identity == "")
      return;
   if(!HasText(g_halt_known, identity))
      AddText(g_halt_known, identity);
   if(!HasText(g_flags_ever, identity))
      AddText(g_flags_ever, identity);
}

// The same stop: a further flag of it, or a higher level.
void WidenStop(const ENUM_STOP_LEVEL level, const string identity) {
   g_halt.level = HigherLevel(g_halt.level, level);
   KnowIdentity(identity);
   AddText(g_latch_waiting, LatchRow(g_halt.stop_id, LevelName(g_halt.level), g_halt.source, identity));
   FlushLatch();
   g_flat_scans = 0;
}

long NextStopId() {
   return g_halt.stop_id + g_halt.bad_rows + 1;
}

void RaiseStop(const ENUM_STOP_LEVEL level, const string source, const string identity) {
   if(!IsLatched())
      g_halt.latched_ms = UtcMs();
   g_halt.stop_id = NextStopId();
   g_halt.bad_rows = 0;
   g_halt.source = source;
   g_halt.since_ms = UtcMs();
   WidenStop(level, identity);
   TellEvent("STOPPED", 0, 0, "stop " + (string)g_halt.stop_id + " " + LevelName(g_halt.level) + " by " + source + " " + identity);
}

void PayOwedFlag() {
   if(g_flag_owed != "" && IsLatched() && WriteFlag(g_halt.level, g_flag_owed))
      g_flag_owed = "";
}

// A stop of our own: the flag first, so that it also outlives a latch.csv that cannot be written.
void RaiseOwnStop(const ENUM_STOP_LEVEL level, const string source) {
   string identity = "ea-" + (string)NextStopId() + "-" + (string)(UtcMs() / 1000);
   g_flag_owed = WriteFlag(level, identity) ? "" : identity;
   RaiseStop(level, source, identity);
}

void ObeyFlag(const Flag &flag, const string source) {
   if(!flag.lies || flag.identity == "")
      return;
   if(!IsLatched() || !HasText(g_flags_ever, flag.identity))
      RaiseStop(flag.level, source, flag.identity);
   else if(!HasText(g_halt_known, flag.identity) || flag.level > g_halt.level)
      WidenStop(flag.level, flag.identity);
}

// Look at both places; called on every timer, between two rows and before every attempt of an open.
void LookAtFlags() {
   ReadFlags();
   ObeyFlag(g_flag_here, "FLAG");
   ObeyFlag(g_flag_common, "COMMON_FLAG");
}

// RELEASED goes to the disk before anything acts on it; false = still latched.
bool ReleaseStop() {
   if(!FlushLatch())
      return false;
   string row = LatchRow(g_halt.stop_id, "RELEASED", g_halt.source, "");
   if(!AppendRow(LATCH_FILE, LATCH_HEADER, row))
      return false;
   g_halt.level = STOP_NONE;
   g_flag_owed = "";
   g_flat_scans = 0;
   ArrayResize(g_halt_known, 0);
   TellEvent("RELEASED", 0, 0, "stop " + (string)g_halt.stop_id + " is released");
   return true;
}

bool TakeLatchRow(const string line) {
   string body;
   string columns[];
   long   stop_id = 0;
   long   utc_ms = 0;
   if(!UnsealRow(line, body) || SplitColumns(line, columns) != LATCH_COLUMNS)
      return false;
   ENUM_STOP_LEVEL level = LevelOf(columns[1]);
   if(!ParseWhole(columns[0], stop_id) || !ParseWhole(columns[4], utc_ms) || (level == STOP_NONE && columns[1] != "RELEASED"))
      return false;
   if(level == STOP_NONE)
      ArrayResize(g_halt_known, 0);
   if(stop_id != g_halt.stop_id || !IsLatched())
      g_halt.since_ms = utc_ms;
   if(!IsLatched())
      g_halt.latched_ms = utc_ms;
   if(columns[2] == "START_FRESH")
      g_started_fresh = true;
   g_halt.stop_id = stop_id;
   g_halt.source = columns[2];
   g_halt.level = (level == STOP_NONE ? STOP_NONE : HigherLevel(level, g_halt.level));
   KnowIdentity(columns[3]);
   return true;
}

// A START_FRESH that was cut short after it had moved latch.csv away.
void FinishFreshLatch() {
   if(!FileIsExist(InFolder(LATCH_NEXT)))
      return;
   if(FileIsExist(InFolder(LATCH_FILE)))
      FileDelete(InFolder(LATCH_NEXT));
   else
      FileMove(InFolder(LATCH_NEXT), 0, InFolder(LATCH_FILE), FILE_REWRITE);
}

void ForgetLatch() {
   ZeroMemory(g_halt);
   g_halt.source = "";
   g_flag_owed = "";
   g_started_fresh = false;
   g_flat_scans = 0;
   ArrayResize(g_halt_known, 0);
   ArrayResize(g_flags_ever, 0);
   ArrayResize(g_latch_waiting, 0);
   ZeroMemory(g_flag_here);
   ZeroMemory(g_flag_common);
}

// Read latch.csv from its beginning; false if it is in use now.
bool LoadLatch() {
   ForgetLatch();
   FinishFreshLatch();
   long offset = 0;
   long before = -1;
   Line lines[];
   while(offset != before) {
      before = offset;
      if(!ReadLines(LATCH_FILE, offset, lines))
         return false;
      for(int i = 0; i < ArraySize(lines); i++) {
         bool taken = lines[i].clean && TakeLatchRow(lines[i].text);
         if(!taken && IsDamage(lines[i], LATCH_HEADER)) {
            g_halt.damaged = true;
            g_halt.bad_rows++;
         }
      }
   }
   return true;
}

// What cannot be read may have been a stop or a send: latched until a person starts fresh.
void LatchDamage() {
   if(g_intents_damaged)
      g_halt.damaged = true;
   if(!g_halt.damaged || (IsLatched() && g_halt.source == "DAMAGED"))
      return;
   TellEvent("DAMAGED", 0, 0, "intents.csv or latch.csv has a row that cannot be read: stopped until START_FRESH");
   RaiseOwnStop(STOP_HALT, "DAMAGED");
}

bool PutAside(const string name) {
   if(!FileIsExist(InFolder(name)))
      return true;
   FolderCreate(InFolder("damaged"));
   return FileMove(InFolder(name), 0, InFolder("damaged\\" + (string)UtcMs() + "-" + name), FILE_REWRITE);
}

// New files, still latched, under a new stop_id. Cut short anywhere it leaves a latch or a flag.
bool StartFresh() {
   string level = LevelName(HigherLevel(g_halt.level, STOP_HALT));
   string row = LatchRow(NextStopId(), level, "START_FRESH", ArraySize(g_halt_known) > 0 ? g_halt_known[0] : "");
   if(!ReplaceText(LATCH_NEXT, LATCH_HEADER + "\n" + row + "\n"))
      return false;
   if(!PutAside(INTENTS_FILE) || !PutAside(LATCH_FILE))
      return false;
   if(!FileMove(InFolder(LATCH_NEXT), 0, InFolder(LATCH_FILE), FILE_REWRITE))
      return false;
   g_halt.stop_id = NextStopId();
   g_halt.bad_rows = 0;
   g_halt.level = HigherLevel(g_halt.level, STOP_HALT);
   g_halt.source = "START_FRESH";
   g_started_fresh = true;
   g_halt.since_ms = UtcMs();
   g_halt.damaged = false;
   g_intents_damaged = false;
   ArrayResize(g_latch_waiting, 0);
   g_flat_scans = 0;
   TellEvent("STOPPED", 0, 0, "stop " + (string)g_halt.stop_id + " after START_FRESH");
   return true;
}

#endif
