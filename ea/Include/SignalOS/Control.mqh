// Control.mqh: control.csv, read before the rows and from its beginning at OnInit; every verb is idempotent.
#ifndef SIGNALOS_CONTROL_MQH
#define SIGNALOS_CONTROL_MQH

#include <SignalOS\AppLink.mqh>
#include <SignalOS\Guard.mqh>
#include <SignalOS\Rows.mqh>

#define CONTROL_HEADER "ctl_id,utc_ms,session,verb,arg,crc32"
#define CONTROL_COLUMNS 6
#define WAITING_MOST 100

long   g_control_offset = 0;
Line   g_control_waiting[];  // rows of a session to come, and what must be tried again
bool   g_symbols_due = true;
long   g_started_ms = 0;
int    g_timer_ms = 0;

void StartControl() {
   g_control_offset = 0;
   ArrayResize(g_control_waiting, 0, 16);
   g_symbols_due = true;
   g_started_ms = UtcMs();
   g_withdrawn = 0;
   g_withdrawn_session = 0;
   g_scope = g_set.scope;
}

void SetTimer(const int milliseconds) {
   if(milliseconds == g_timer_ms || milliseconds < 10 || milliseconds > 1000)
      return;
   g_timer_ms = milliseconds;
   EventSetMillisecondTimer(milliseconds);
}

// Rows of before OnInit are read again with every OnInit: what was refused then is old news.
void RefuseControl(const string verb, const string arg, const long utc_ms, const string why) {
   if(utc_ms >= g_started_ms)
      TellEvent("GUARD", 0, 0, verb + " " + arg + " refused: " + why);
}

string WhyNotResume(const long stop_id) {
   if(stop_id != g_halt.stop_id)
      return "the stop is " + (string)g_halt.stop_id;
   if(IsFlagLying())
      return "a flag lies there: " + g_flag_here.identity + " " + g_flag_common.identity;
   if(g_halt.damaged)
      return "intents.csv or latch.csv is damaged, START_FRESH comes first";
   return IsDailyLossReached() ? "the daily loss limit is reached" : "";
}

// Released only for this very stop, with no flag in either place and no limit of ours breached.
// False = the disk did not take RELEASED: the row is read again on the next timer.
bool ObeyResume(const long stop_id, const long utc_ms) {
   LookAtFlags();
   if(!IsLatched())
      return true;
   string why = WhyNotResume(stop_id);
   if(why == "")
      return ReleaseStop();
   RefuseControl("RESUME", (string)stop_id, utc_ms, why);
   return true;
}

// The mark is taken again from the row at every start, as long as latch.csv is the one that it began.
bool ObeyStartFresh(const long cmd_id, const long utc_ms) {
   if(g_halt.damaged && !StartFresh())
      return false;
   if(g_started_fresh)
      g_mark_floor = (long)MathMax(g_mark_floor, cmd_id);
   else
      RefuseControl("START_FRESH", (string)cmd_id, utc_ms, "nothing is damaged");
   return true;
}

void ObeySymbols(const string symbol, const long utc_ms) {
   g_symbols_due = true;
   if(symbol != "" && !SymbolSelect(symbol, true))
      RefuseControl("SYMBOLS", symbol, utc_ms, "the broker has no such symbol");
}

// The account in the inputs cannot be narrowed.
void ObeyScope(const string scope) {
   ENUM_STOP_SCOPE before = g_scope;
   if(scope == "ACCOUNT")
      g_scope = SCOPE_ACCOUNT;
   if(scope == "MAGIC")
      g_scope = g_set.scope;
   if(g_scope != before)
      g_flat_scans = 0;
}

// A sealed row that asks for nothing that can be done; empty = it can.
string WrongAsking(const string verb, const string arg) {
   long number = 0;
   if(verb == "SYMBOLS")
      return IsSymbolText(arg) ? "" : "no symbol's name";
   if(verb == "SCOPE")
      return arg == "MAGIC" || arg == "ACCOUNT" ? "" : "SCOPE is MAGIC or ACCOUNT";
   if(verb != "WITHDRAW" && verb != "TIMER" && verb != "RESUME" && verb != "START_FRESH")
      return "no such verb";
   return ParseUpTo(arg, LARGEST_ID, number) ? "" : verb + " needs a whole number";
}

// False = try the same row again on the next timer.
bool ObeyControl(const long session, const string verb, const string arg, const long utc_ms) {
   long number = 0;
   ParseWhole(arg, number);
   if(verb == "SYMBOLS")
      ObeySymbols(arg, utc_ms);
   if(verb == "SCOPE")
      ObeyScope(arg);
   if(verb == "WITHDRAW") {
      g_withdrawn = (g_withdrawn_session == session) ? (long)MathMax(g_withdrawn, number) : number;
      g_withdrawn_session = session;
   }
   if(verb == "TIMER")
      SetTimer((int)MathMin(1000, MathMax(10, number)));
   if(verb == "RESUME")
      return ObeyResume(number, utc_ms);
   if(verb == "START_FRESH")
      return ObeyStartFresh(number, utc_ms);
   return true;
}

// False = this row waits: its session is not in app.json yet, or it must be tried again.
bool TakeControlLine(const Line &line) {
   string body;
   string columns[];
   long   ctl_id = 0;
   long   session = 0;
   long   utc_ms = 0;
   if(line.clean && (line.text == "" || line.text == CONTROL_HEADER))
      return true;
   if(!line.clean || !UnsealRow(line.text, body) || SplitColumns(line.text, columns) != CONTROL_COLUMNS ||
      !ParseUpTo(columns[0], LARGEST_ID, ctl_id) || !ParseUpTo(columns[1], LARGEST_MS, utc_ms) ||
      !ParseUpTo(columns[2], LARGEST_ID, session)) {
      TellBadRow("control.csv", line, "not a control row");
      return true;
   }
   string wrong = WrongAsking(columns[3], columns[4]);
   if(wrong != "") {
      TellBadRow("control.csv", line, wrong);
      return true;
   }
   if(session > g_app.session)
      return false;
   return session < g_app.session || ObeyControl(session, columns[3], columns[4], utc_ms);
}

// A row of a session to come keeps none of the others waiting.
void KeepControlLine(const Line &line) {
   int count = ArraySize(g_control_waiting);
   if(count >= WAITING_MOST) {
      TellBadRow("control.csv", line, "its session is not known, and " + (string)count + " rows wait already");
      return;
   }
   ArrayResize(g_control_waiting, count + 1, 16);
   g_control_waiting[count] = line;
}

void TakeWaitingControl() {
   int kept = 0;
   int count = ArraySize(g_control_waiting);
   for(int i = 0; i < count; i++) {
      if(TakeControlLine(g_control_waiting[i]))
         continue;
      g_control_waiting[kept] = g_control_waiting[i];
      kept++;
   }
   ArrayResize(g_control_waiting, kept, 16);
}

void ReadControl() {
   Line lines[];
   long next = g_control_offset;
   if(!g_app.known)
      return;
   TakeWaitingControl();
   if(FileGetInteger(InFolder("control.csv"), FILE_SIZE) == g_control_offset)
      return;
   if(!ReadLines("control.csv", next, lines))
      return;
   for(int i = 0; i < ArraySize(lines); i++) {
      if(!TakeControlLine(lines[i]))
         KeepControlLine(lines[i]);
   }
   g_control_offset = next;
}

#endif
