// Sweep.mqh: what a stop does, timer after timer, until the account is flat; and when it may say so.
#ifndef SIGNALOS_SWEEP_MQH
#define SIGNALOS_SWEEP_MQH

#include <SignalOS\Feed.mqh>

#define SLICE_MS 500   // after so long the other duties of the timer get their turn

// A ticket that could not be closed or deleted yet.
struct Target {
   ulong  ticket;
   string symbol;
   double volume;
   double loss;
   uint   retcode;
   int    attempts;
   ulong  next;      // monotonic
   bool   there;
};

Target g_targets[];
bool   g_flat_told = false;
int    g_stop_positions = 0;
int    g_stop_orders = 0;

void StartSweep() {
   ArrayResize(g_targets, 0, 32);
   g_flat_told = false;
   g_stop_positions = 0;
   g_stop_orders = 0;
}

ulong RetryDelay(const int attempts) {
   switch(attempts) {
      case 1: return 250;
      case 2: return 500;
      case 3: return 1000;
      case 4: return 2000;
      case 5: return 4000;
      default: return 5000;
   }
}

int TargetOf(const ulong ticket, const string symbol, const double volume, const double loss) {
   int n = ArraySize(g_targets);
   for(int i = 0; i < n; i++) {
      if(g_targets[i].ticket == ticket) {
         g_targets[i].there = true;
         g_targets[i].volume = volume;
         g_targets[i].loss = loss;
         return i;
      }
   }
   ArrayResize(g_targets, n + 1, 32);
   ZeroMemory(g_targets[n]);
   g_targets[n].ticket = ticket;
   g_targets[n].symbol = symbol;
   g_targets[n].volume = volume;
   g_targets[n].loss = loss;
   g_targets[n].next = Monotonic();
   g_targets[n].there = true;
   return n;
}

void DropGoneTargets() {
   for(int i = ArraySize(g_targets) - 1; i >= 0; i--) {
      if(!g_targets[i].there)
         ArrayRemove(g_targets, i, 1);
      else
         g_targets[i].there = false;
   }
}

bool IsDue(const int target) {
   return g_targets[target].next <= Monotonic();
}

void NoteAttempt(const int target, const Sent &sent) {
   if(sent.outcome == OUTCOME_DONE)
      g_targets[target].attempts = 0;
   g_targets[target].attempts++;
   g_targets[target].retcode = sent.retcode;
   g_targets[target].next = Monotonic() + RetryDelay(g_targets[target].attempts);
}

void NoLimits(SendLimits &limits) {
   limits.open = false;
   limits.expires_ms = -1;
   limits.worst_price = 0.0;
}

// Orders first: one that fills behind a close would open the account again. True = each was tried.
bool CancelOrders(const ulong end) {
   Resting    list[];
   SendLimits limits;
   Sent       sent;
   NoLimits(limits);
   int count = ListOrders(list);
   for(int i = 0; i < count; i++) {
      if(!InScope(list[i].magic))
         continue;
      int target = TargetOf(list[i].ticket, list[i].symbol, list[i].volume, 0.0);
      if(!IsDue(target))
         continue;
      if(Monotonic() >= end)
         return false;
      SendRemove(list[i].ticket, limits, sent);
      NoteAttempt(target, sent);
   }
   return true;
}

// A HALT keeps positions, but for one that a late fill opened while it holds.
bool MustClose(const Held &held) {
   if(!InScope(held.magic))
      return false;
   if(g_halt.level == STOP_FLATTEN)
      return true;
   for(int i = ArraySize(g_late_fills) - 1; i >= 0; i--) {
      if(g_late_fills[i].position == held.identifier && g_late_fills[i].utc_ms >= g_halt.latched_ms)
         return true;
   }
   return false;
}

// Which of the due positions loses most at its S/L; -1 = none is due. One without an S/L goes first.
int WorstDue(const Held &list[], bool &tried[]) {
   int    worst = -1;
   double worst_loss = 0.0;
   for(int i = 0; i < ArraySize(list); i++) {
      if(tried[i] || !MustClose(list[i]))
         continue;
      double loss = list[i].sl > 0.0 ? LossAtStop(list[i]) : DBL_MAX;
      int    target = TargetOf(list[i].ticket, list[i].symbol, list[i].volume, loss);
      if(IsDue(target) && (worst < 0 || loss > worst_loss)) {
         worst = i;
         worst_loss = loss;
      }
   }
   return worst;
}

void ClosePositions(const ulong end) {
   Held       list[];
   bool       tried[];
   SendLimits limits;
   Sent       sent;
   NoLimits(limits);
   int count = ListPositions(list);
   ArrayResize(tried, count);
   ArrayInitialize(tried, false);
   while(!IsStopped() && Monotonic() < end) {
      int index = WorstDue(list, tried);
      if(index < 0)
         return;
      tried[index] = true;
      string comment = "stop " + (string)g_halt.stop_id;
      SendClose(list[index], list[index].volume, g_set.deviation, comment, limits, sent);
      NoteAttempt(TargetOf(list[index].ticket, list[index].symbol, list[index].volume, 0.0), sent);
      LookAtFlags();
   }
}

int Unresolved() {
   return ArraySize(g_doubts) + (g_feed_behind ? 1 : 0);
}

void CountScope() {
   Held    held[];
   Resting resting[];
   g_stop_positions = 0;
   g_stop_orders = 0;
   ListPositions(held);
   ListOrders(resting);
   for(int i = 0; i < ArraySize(held); i++) {
      if(InScope(held[i].magic))
         g_stop_positions++;
   }
   for(int j = 0; j < ArraySize(resting); j++) {
      if(InScope(resting[j].magic))
         g_stop_orders++;
   }
}

bool IsFlat() {
   return IsLatched() && g_flat_scans >= 2;
}

// Two scans on consecutive timers that show nothing, connected and with nothing unresolved.
void ScanForFlat() {
   CountScope();
   bool empty = (g_stop_positions == 0 && g_stop_orders == 0 && Unresolved() == 0 && IsConnected());
   g_flat_scans = empty ? MathMin(g_flat_scans + 1, 2) : 0;
   if(IsFlat() && !g_flat_told) {
      g_flat_told = true;
      TellEvent("FLAT", 0, 0, "stop " + (string)g_halt.stop_id + ": no position, no order, nothing unresolved");
   } else if(!IsFlat() && g_flat_told) {
      g_flat_told = false;
      TellEvent("NOT_FLAT", 0, 0, "stop " + (string)g_halt.stop_id + ": " + (string)g_stop_positions + " positions, " +
                (string)g_stop_orders + " orders, " + (string)Unresolved() + " unresolved");
   }
}

void Sweep() {
   if(!IsLatched()) {
      if(ArraySize(g_targets) > 0 || g_flat_told)
         StartSweep();
      CountScope();
      return;
   }
   ulong end = Monotonic() + SLICE_MS;
   bool tried = CancelOrders(end);
   if(tried)
      ClosePositions(end);
   DropGoneTargets();
   ScanForFlat();
}

#endif
