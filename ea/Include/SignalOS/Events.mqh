// Events.mqh: events.csv, what happened beside the receipts. An event that cannot be written is kept.
#ifndef SIGNALOS_EVENTS_MQH
#define SIGNALOS_EVENTS_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Crc.mqh>
#include <SignalOS\Files.mqh>

#define EVENTS_HEADER "utc_ms,session,event,cmd_id,ticket,text,crc32"
#define EVENTS_KEPT 1000

string g_events_waiting[];
long   g_events_session = 0;

void FlushEvents() {
   int done = 0;
   int count = ArraySize(g_events_waiting);
   while(done < count && AppendRow("events.csv", EVENTS_HEADER, g_events_waiting[done]))
      done++;
   if(done > 0)
      ArrayRemove(g_events_waiting, 0, done);
}

void TellEvent(const string event, const long cmd_id, const ulong ticket, const string text) {
   string body = (string)UtcMs() + "," + (string)g_events_session + "," + event + "," + (string)cmd_id + "," +
                 (string)ticket + "," + Quoted(text, 300);
   Print(event, " ", text);
   if(ArraySize(g_events_waiting) >= EVENTS_KEPT)
      return;
   AddText(g_events_waiting, SealedRow(body));
   FlushEvents();
}

#endif
