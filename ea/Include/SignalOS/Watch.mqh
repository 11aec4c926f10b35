// Watch.mqh: stops that the Expert Advisor raises itself: its own loss limit, an app that fell silent.
#ifndef SIGNALOS_WATCH_MQH
#define SIGNALOS_WATCH_MQH

#include <SignalOS\Sweep.mqh>

bool g_silence_acted = false;

void StartWatch() {
   g_silence_acted = false;
}

void WatchLoss() {
   if(IsLatched() || !IsDailyLossReached())
      return;
   TellEvent("GUARD", 0, 0, "lost " + DoubleToString(LossToday(), 2) + " today, allowed " + DoubleToString(g_set.max_daily_loss, 2));
   RaiseOwnStop(STOP_HALT, "LIMIT_DAILY_LOSS");
}

// Silent for a minute: the policy acts once, and latches; keep does nothing.
void WatchSilence() {
   TellAppChanges();
   if(!IsAppSilent()) {
      g_silence_acted = false;
      return;
   }
   if(g_silence_acted || g_set.silent_policy == SILENT_KEEP)
      return;
   g_silence_acted = true;
   TellEvent("GUARD", 0, 0, AppText() + ": the policy of the inputs acts");
   RaiseOwnStop(g_set.silent_policy == SILENT_FLATTEN ? STOP_FLATTEN : STOP_HALT, "APP_LOST");
}

#endif
