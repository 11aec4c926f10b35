// Instance.mqh: which folder is ours, and that nobody else works in it. Begins and ends the work on an account.
#ifndef SIGNALOS_INSTANCE_MQH
#define SIGNALOS_INSTANCE_MQH

#include <SignalOS\Deals.mqh>
#include <SignalOS\Status.mqh>
#include <SignalOS\Symbols.mqh>
#include <SignalOS\Watch.mqh>

#define BEGIN_MS 1000

bool   g_active = false;
int    g_lock = INVALID_HANDLE;
ulong  g_begin_tried_at = 0;
string g_waiting_for = "";

// What could not be written on an earlier timer comes before anything new.
void WriteWhatWaits() {
   FlushLatch();
   PayOwedFlag();
   FlushReceipts();
   FlushEvents();
}

string SafeServer(const string server) {
   string safe = "";
   for(int i = 0; i < StringLen(server); i++) {
      string c = StringSubstr(server, i, 1);
      safe += OnlyChars(c, ".-") ? c : "_";
   }
   return safe;
}

void NameInstance() {
   g_login = AccountInfoInteger(ACCOUNT_LOGIN);
   g_server = AccountInfoString(ACCOUNT_SERVER);
   string safe = SafeServer(g_server);
   g_account = (string)g_login + "@" + safe;
   g_folder = "SignalOS\\" + (string)g_login + "-" + safe + "-" + (string)g_set.magic;
}

void ReleaseLock() {
   if(g_lock != INVALID_HANDLE)
      FileClose(g_lock);
   g_lock = INVALID_HANDLE;
}

// A file that nobody else can open while we hold it; the system lets go of it when the terminal dies.
bool TakeLock() {
   ReleaseLock();
   g_lock = FileOpen(InFolder("ea.lock"), FILE_WRITE | FILE_BIN);
   return g_lock != INVALID_HANDLE;
}

void SayWaiting(const string reason) {
   if(reason != g_waiting_for && reason != "")
      Print(EA_NAME, " waits: ", reason);
   g_waiting_for = reason;
}

// What is in memory is taken from the files alone; globals survive a change of the chart.
bool LoadEverything() {
   ReadFlags();
   return LoadReceipts() && LoadIntents() && LoadLatch() && LoadDeals();
}

bool Begin() {
   if(AccountInfoInteger(ACCOUNT_LOGIN) == 0) {
      SayWaiting("the terminal is not logged in");
      return false;
   }
   NameInstance();
   if(!TakeLock()) {
      SayWaiting("another chart or terminal works in " + g_folder);
      return false;
   }
   if(!LoadEverything()) {
      SayWaiting("a file in " + g_folder + " is in use by another program");
      return false;
   }
   SayWaiting("");
   ArrayResize(g_events_waiting, 0);
   ArrayResize(g_open_times, 0);
   g_events_session = 0;
   g_phase = "IDLE";
   StartAppLink();
   StartControl();
   StartSweep();
   StartWatch();
   StartSnapshots();
   StartSymbols();
   StartStatus();
   ReadApp();
   LatchDamage();
   LookAtFlags();
   RestoreDoubts();
   StartFeed();
   TellEvent("INIT", 0, 0, EA_NAME + " " + EA_VERSION + " in " + g_folder + ", reason " + (string)UninitializeReason());
   return true;
}

// Begin, or begin anew on another account. True = this instance may work now.
bool KeepInstance() {
   if(g_active && !IsOurAccount()) {
      WriteWhatWaits();
      Print(EA_NAME, ": the account changed to ", (string)AccountInfoInteger(ACCOUNT_LOGIN));
      g_active = false;
      g_begin_tried_at = 0;
   }
   if(g_active)
      return true;
   if(g_begin_tried_at != 0 && Monotonic() - g_begin_tried_at < BEGIN_MS)
      return false;
   g_begin_tried_at = (ulong)MathMax(Monotonic(), (ulong)1);
   g_active = Begin();
   if(!g_active)
      ReleaseLock();
   return g_active;
}

#endif
