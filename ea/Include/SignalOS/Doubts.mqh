// Doubts.mqh: sends whose outcome is not known, looked for until found or surely absent; late fills.
#ifndef SIGNALOS_DOUBTS_MQH
#define SIGNALOS_DOUBTS_MQH

#include <SignalOS\Answers.mqh>
#include <SignalOS\Intents.mqh>
#include <SignalOS\Latch.mqh>
#include <SignalOS\Search.mqh>

#define BLIND_MS 5000
#define WATCH_MS 1000

struct Doubt {
   Command command;
   long    utc_ms;
   ulong   since;        // monotonic
   int     empty_scans;
};

Doubt g_doubts[];
Doubt g_watched[];           // NOT_FOUND, and perhaps not for ever
ulong g_connected_since = 0;  // monotonic, 0 = not connected
ulong g_looked_at = 0;
ulong g_watched_at = 0;
bool  g_trade_seen = true;    // a trade event came since the last look

int FindDoubt(const long cmd_id) {
   for(int i = ArraySize(g_doubts) - 1; i >= 0; i--) {
      if(g_doubts[i].command.cmd_id == cmd_id)
         return i;
   }
   return -1;
}

void AppendDoubt(Doubt &list[], const Command &command, const long utc_ms) {
   int n = ArraySize(list);
   ArrayResize(list, n + 1, 64);
   list[n].command = command;
   list[n].utc_ms = utc_ms;
   list[n].since = Monotonic();
   list[n].empty_scans = 0;
}

void AddDoubt(const Command &command, const long utc_ms) {
   if(FindDoubt(command.cmd_id) < 0)
      AppendDoubt(g_doubts, command, utc_ms);
   g_flat_scans = 0;
}

void AnswerUnknown(const Command &command, const string message, const uint retcode, const Fill &fill) {
   Answer(command, "UNKNOWN", message, retcode, fill);
   AddDoubt(command, UtcMs());
}

// A row that was there at OnInit: it cannot be told from one that was sent.
void DoubtAtStart(const Command &command) {
   int intent = FindIntent(command.cmd_id);
   if(SettledState(command.cmd_id) == SETTLED_NOT)
      AnswerPlain(command, "UNKNOWN", "IN_DOUBT: it was there without a receipt when the Expert Advisor started", 0);
   AddDoubt(command, intent >= 0 ? g_intents[intent].utc_ms : UtcMs());
}

// Intents without a final receipt, and what was called NOT_FOUND in the last day.
void RestoreDoubts() {
   ArrayResize(g_doubts, 0, 64);
   ArrayResize(g_watched, 0, 64);
   g_connected_since = 0;
   g_looked_at = Monotonic();
   g_watched_at = 0;
   g_trade_seen = true;
   for(int i = 0; i < ArraySize(g_intents); i++) {
      ENUM_SETTLED state = SettledState(g_intents[i].command.cmd_id);
      if(state == SETTLED_NOT || state == SETTLED_UNKNOWN)
         DoubtAtStart(g_intents[i].command);
   }
   for(int j = 0; j < ArraySize(g_settled); j++) {
      if(g_settled[j].state != SETTLED_NOT_FOUND || UtcMs() - g_settled[j].utc_ms > (long)DAY_SECONDS * 1000)
         continue;
      Command command;
      ZeroMemory(command);
      int intent = FindIntent(g_settled[j].cmd_id);
      if(intent >= 0)
         command = g_intents[intent].command;
      command.cmd_id = g_settled[j].cmd_id;
      command.session = g_settled[j].session;
      command.magic = g_set.magic;
      AppendDoubt(g_watched, command, g_settled[j].utc_ms);
   }
}

// How long the terminal has been connected and looked at, without a gap.
ulong ConnectedFor() {
   ulong now = Monotonic();
   if(!IsConnected())
      g_connected_since = 0;
   else if(g_connected_since == 0 || now - g_looked_at > BLIND_MS)
      g_connected_since = now;
   g_looked_at = now;
   return g_connected_since == 0 ? 0 : now - g_connected_since;
}

bool AnyPositionMeant(const Command &command) {
   Held list[];
   int  count = ListPositions(list);
   for(int i = 0; i < count; i++) {
      bool ours = (command.action == ACTION_CLOSE ? list[i].magic == command.magic : InScope(list[i].magic));
      if(ours && (command.symbol == "" || command.symbol == list[i].symbol))
         return true;
   }
   return false;
}

bool AreLevelsSet(const Command &command, Fill &fill) {
   Held    held;
   Resting resting;
   ZeroMemory(held);
   ZeroMemory(resting);
   bool is_position = FindPosition(command.ticket, held);
   if(!is_position && !FindOrder(command.ticket, resting))
      return false;
   double sl = is_position ? held.sl : resting.sl;
   double tp = is_position ? held.tp : resting.tp;
   if(is_position)
      fill.position = command.ticket;
   else
      fill.order = command.ticket;
   if(command.action == ACTION_BREAKEVEN)
      return SameNumber(sl, command.has_price ? command.price : held.price_open);
   bool same = (!command.has_sl || SameNumber(sl, command.sl)) && (!command.has_tp || SameNumber(tp, command.tp));
   return same && (is_position || !command.has_price || SameNumber(resting.price, command.price));
}

// Closes, cancels and levels: what the account shows now is the answer.
bool IsSeenDone(const Command &command, Fill &fill) {
   Held    held;
   Resting resting;
   ZeroMemory(held);
   ZeroMemory(resting);
   NoFill(fill);
   switch(command.action) {
      case ACTION_CLOSE_TICKET:
         if(FindPosition(command.ticket, held))
            return false;
         if(!ClosingFill(command.ticket, command.comment, fill))
            fill.position = command.ticket;
         return true;
      case ACTION_CANCEL:
         fill.order = command.ticket;
         return !FindOrder(command.ticket, resting);
      case ACTION_MODIFY:
      case ACTION_BREAKEVEN:
         return AreLevelsSet(command, fill);
      default:
         return !AnyPositionMeant(command);
   }
}

bool AnswerFound(const Command &command, const Found &found, const string words) {
   if(found.kind == FOUND_RESTING && (IsPending(command.action) || command.action == ACTION_NONE)) {
      Answer(command, "PLACED", words, 0, found.fill);
      return true;
   }
   if(found.kind == FOUND_FILL) {
      bool   whole = IsFullVolume(found.fill.volume, command.lots);
      string status = IsPending(command.action) ? "PLACED" : (whole ? "FILLED" : "PARTIAL");
      Answer(command, status, words, 0, found.fill);
      return true;
   }
   if(found.kind == FOUND_REFUSED && command.action != ACTION_NONE) {
      Answer(command, "REJECTED", words + ": the order was not executed", 0, found.fill);
      return true;
   }
   return false;
}

bool IsAnswered(const Doubt &doubt) {
   if(!IsConnected())
      return false;
   if(!NeedsIntent(doubt.command.action)) {
      Fill fill;
      if(!IsSeenDone(doubt.command, fill))
         return false;
      Answer(doubt.command, "FILLED", "found done at the broker", 0, fill);
      return true;
   }
   Found found;
   SearchCommand(doubt.command, doubt.utc_ms, true, found);
   return AnswerFound(doubt.command, found, "found at the broker");
}

// Connected for long enough, and two scans in a row without it.
bool IsSurelyAbsent(Doubt &doubt, const ulong connected) {
   ulong wait = (ulong)g_set.doubt_wait_s * 1000;
   if(connected < wait || Monotonic() - doubt.since < wait) {
      doubt.empty_scans = 0;
      return false;
   }
   doubt.empty_scans++;
   return doubt.empty_scans >= 2;
}

void CallNotFound(const Doubt &doubt) {
   AnswerPlain(doubt.command, "ERROR", "NOT_FOUND: connected for " + (string)g_set.doubt_wait_s + " s, two scans without it", 0);
   if(NeedsIntent(doubt.command.action))
      AppendDoubt(g_watched, doubt.command, doubt.utc_ms);
}

void ResolveDoubts() {
   ulong connected = ConnectedFor();
   for(int i = ArraySize(g_doubts) - 1; i >= 0; i--) {
      bool ended = IsAnswered(g_doubts[i]);
      if(!ended && IsSurelyAbsent(g_doubts[i], connected)) {
         CallNotFound(g_doubts[i]);
         ended = true;
      }
      if(ended)
         ArrayRemove(g_doubts, i, 1);
   }
}

// What was called NOT_FOUND and is there after all: a correction, and an event.
void WatchForLateFills() {
   if(ArraySize(g_watched) == 0 || !IsConnected() || (!g_trade_seen && Monotonic() - g_watched_at < WATCH_MS))
      return;
   g_watched_at = Monotonic();
   for(int i = ArraySize(g_watched) - 1; i >= 0; i--) {
      Found found;
      SearchCommand(g_watched[i].command, g_watched[i].utc_ms, false, found);
      if(found.kind == FOUND_REFUSED || !AnswerFound(g_watched[i].command, found, "LATE_FILL: found after NOT_FOUND"))
         continue;
      ulong ticket = found.fill.position != 0 ? found.fill.position : found.fill.order;
      TellEvent("LATE_FILL", g_watched[i].command.cmd_id, ticket, "executed after NOT_FOUND");
      ArrayRemove(g_watched, i, 1);
      g_flat_scans = 0;
   }
}

#endif
