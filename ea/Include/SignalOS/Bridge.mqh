// Bridge.mqh: the order of work on every timer, as PROTOCOL.md gives it.
#ifndef SIGNALOS_BRIDGE_MQH
#define SIGNALOS_BRIDGE_MQH

#include <SignalOS\Instance.mqh>

void WriteSnapshots() {
   WriteStatus();
   WriteAccountSnapshots();
   WriteSymbolSnapshots();
}

void Work() {
   if(!KeepInstance())
      return;
   WriteWhatWaits();
   ReadApp();
   LookAtFlags();
   ReadControl();
   FeedRows();
   ResolveDoubts();
   WatchForLateFills();
   WatchLoss();
   WatchSilence();
   Sweep();
   ScanDeals();
   g_trade_seen = false;
   WriteSnapshots();
}

void NoteTrade() {
   g_trade_seen = true;
   g_deals_due = true;
}

void EndWork() {
   if(g_active) {
      WriteWhatWaits();
      g_status_file.written_at = 0;
      WriteStatus();
   }
   ReleaseLock();
   g_active = false;
   g_begin_tried_at = 0;
}

#endif
