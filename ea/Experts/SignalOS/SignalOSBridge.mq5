// SignalOSBridge.mq5: the Expert Advisor of SignalOS Desktop. The work is done in Include\SignalOS.
#property copyright "SignalOS Desktop, MIT licence"
#property link      "https://github.com/"
#property version   "1.00"
#property description "Executes the rows of SignalOS Desktop, each at most once, and obeys halt.flag by itself."

#include <SignalOS\Bridge.mqh>

input group "Bridge"
input long               InpMagic = 4400000;              // Magic number, one for each instance
input int                InpTimerMs = 50;                 // Period of the timer, ms, 10 to 1000
input group "Limits"
input double             InpMaxLots = 50.0;               // Largest order, lots (0 = no limit)
input int                InpMaxPositions = 200;           // Positions and resting orders (0 = no limit)
input double             InpMaxDailyLoss = 0.0;           // Loss in a day, account currency (0 = no limit)
input int                InpMaxOpensPerMinute = 0;        // Opens in a minute (0 = no limit)
input int                InpMaxSpread = 0;                // Spread, points (0 = no limit)
input int                InpDeviation = 20;               // Deviation of a row that names none, points
input bool               InpSlRequired = true;            // An open needs an S/L
input bool               InpAllowNetting = false;         // Open on netting accounts
input group "Stop"
input ENUM_STOP_SCOPE    InpScope = SCOPE_MAGIC;          // What a stop reaches
input ENUM_SILENT_POLICY InpSilentPolicy = SILENT_KEEP;   // When the app is silent for 60 s
input group "Unclear sends"
input int                InpDoubtWait = 60;               // Connected so long before it is NOT_FOUND, s, 5 to 600

bool AreInputsRight() {
   return InpMagic > 0 && InpMagic < 9007199254740992 && InpTimerMs >= 10 && InpTimerMs <= 1000 &&
          InpMaxLots >= 0.0 && InpMaxPositions >= 0 && InpMaxDailyLoss >= 0.0 && InpMaxOpensPerMinute >= 0 &&
          InpMaxSpread >= 0 && InpDeviation >= 0 && InpDoubtWait >= 5 && InpDoubtWait <= 600;
}

void TakeInputs() {
   ZeroMemory(g_set);
   g_set.magic = InpMagic;
   g_set.timer_ms = InpTimerMs;
   g_set.scope = InpScope;
   g_set.allow_netting = InpAllowNetting;
   g_set.sl_required = InpSlRequired;
   g_set.deviation = InpDeviation;
   g_set.max_spread = InpMaxSpread > 0 ? InpMaxSpread : -1;
   g_set.max_lots = InpMaxLots;
   g_set.max_positions = InpMaxPositions;
   g_set.max_daily_loss = InpMaxDailyLoss;
   g_set.max_per_minute = InpMaxOpensPerMinute;
   g_set.silent_policy = InpSilentPolicy;
   g_set.doubt_wait_s = InpDoubtWait;
}

int OnInit() {
   if(MQLInfoInteger(MQL_TESTER) != 0) {
      Print("SignalOSBridge works on a live or demo chart, not in the strategy tester");
      return INIT_FAILED;
   }
   if(!AreInputsRight()) {
      Print("SignalOSBridge: an input is out of its range");
      return INIT_PARAMETERS_INCORRECT;
   }
   PrepareCrc();
   TakeInputs();
   g_active = false;
   g_begin_tried_at = 0;
   g_waiting_for = "";
   g_timer_ms = 0;
   ReleaseLock();
   SetTimer(g_set.timer_ms);
   KeepInstance();
   return INIT_SUCCEEDED;
}

void OnDeinit(const int reason) {
   EventKillTimer();
   EndWork();
}

void OnTimer() {
   Work();
}

void OnTrade() {
   NoteTrade();
}
