// Control.mqh: control.csv, read before the rows and from its beginning at OnInit; every verb is idempotent.
#ifndef SIGNALOS_CONTROL_MQH
#define SIGNALOS_CONTROL_MQH

#include <SignalOS\AppLink.mqh>
#include <SignalOS\Guard.mqh>
#include <SignalOS\Rows.mqh>

#define CONTROL_HEADER "ctl_id,utc_ms,session,verb,arg,crc32"
#define CONTROL_COLUMNS 6

long   g_control_offset = 0;
bool   g_symbols_due = true;
string g_symbol_wanted = "";
int    g_timer_ms = 0;

void StartControl() {
   g_control_offset = 0;
   g_symbols_due = true;
   g_symbol_wanted = "";
   g_withdrawn = 0;
   g_withdrawn_session = 0;
}

void SetTimer(const int milliseconds) {
   if(milliseconds == g_timer_ms || milliseconds < 10 || milliseconds > 1000)
      return;
   g_timer_ms = milliseconds;
   EventSetMillisecondTimer(milliseconds);
}

// Released only for this very stop, with no flag in either place and no limit of ours breached.
// False = the disk did not take RELEASED: the row is read again on the next timer.
bool ObeyResume(const long stop_id) {
   if(!IsLatched() || stop_id != g_halt.stop_id || g_halt.damaged)
      return true;
   LookAtFlags();
   if(IsFlagLying() || stop_id != g_halt.stop_id || IsDailyLossReached())
      return true;
   return ReleaseStop();
}

bool ObeyStartFresh(const long cmd_id) {
   g_mark_floor = (long)MathMax(g_mark_floor, cmd_id);
   return !g_halt.damaged || StartFresh();
}

void ObeySymbols(const string symbol) {
   g_symbols_due = true;
   if(symbol != "" && IsSymbolText(symbol) && !SymbolSelect(symbol, true))
      Print("SYMBOLS: the broker has no symbol ", symbol);
}

// False = try the same row again on the next timer.
bool ObeyControl(const long session, const string verb, const string arg) {
   long number = 0;
   bool whole = ParseWhole(arg, number);
   if(verb == "SYMBOLS")
      ObeySymbols(arg);
   if(!whole)
      return true;
   if(verb == "WITHDRAW") {
      g_withdrawn = (g_withdrawn_session == session) ? (long)MathMax(g_withdrawn, number) : number;
      g_withdrawn_session = session;
   }
   if(verb == "TIMER" && number <= 1000)
      SetTimer((int)number);
   if(verb == "RESUME")
      return ObeyResume(number);
   if(verb == "START_FRESH")
      return ObeyStartFresh(number);
   return true;
}

// False = this row waits: its session is not in app.json yet, or it must be tried again.
bool TakeControlLine(const Line &line) {
   string body;
   string columns[];
   long   session = 0;
   if(line.clean && (line.text == "" || line.text == CONTROL_HEADER))
      return true;
   if(!line.clean || !UnsealRow(line.text, body) || SplitColumns(line.text, columns) != CONTROL_COLUMNS ||
      !ParseWhole(columns[2], session)) {
      TellBadRow("control.csv", line, "not a control row");
      return true;
   }
   if(!g_app.known || session > g_app.session)
      return false;
   return session < g_app.session || ObeyControl(session, columns[3], columns[4]);
}

void ReadControl() {
   Line lines[];
   long next = g_control_offset;
   if(FileGetInteger(InFolder("control.csv"), FILE_SIZE) == g_control_offset)
      return;
   if(!ReadLines("control.csv", next, lines))
      return;
   for(int i = 0; i < ArraySize(lines); i++) {
      if(!TakeControlLine(lines[i])) {
         g_control_offset = lines[i].offset;
         return;
      }
   }
   g_control_offset = next;
}

#endif
