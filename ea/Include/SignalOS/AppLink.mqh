// AppLink.mqh: app.json, the panel's heartbeat. An age is ours since its seq changed, never a wall clock's.
#ifndef SIGNALOS_APPLINK_MQH
#define SIGNALOS_APPLINK_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Events.mqh>
#include <SignalOS\Files.mqh>
#include <SignalOS\Json.mqh>
#include <SignalOS\Settings.mqh>

#define APP_LOST_MS 10000
#define APP_SILENT_MS 60000
#define APP_JSON_LIMIT 4096

struct AppLink {
   bool   known;       // a whole app.json was read since OnInit
   bool   absent;      // there was none at OnInit, so the first one is a change
   bool   changed;     // its seq has changed since OnInit
   bool   closing;
   bool   lost;        // APP_LOST was told
   long   seq;
   long   session;
   string file;
   ulong  changed_at;  // monotonic
};

AppLink g_app;

void StartAppLink() {
   ZeroMemory(g_app);
   g_app.file = "";
   g_app.absent = !FileIsExist(InFolder("app.json"));
   g_app.changed_at = Monotonic();
}

bool ParseApp(const string text, AppLink &app) {
   string keys[];
   string values[];
   string closing;
   long   protocol = 0;
   long   end = 0;
   if(!ReadJsonObject(text, keys, values))
      return false;
   if(!JsonWhole(keys, values, "seq", app.seq) || !JsonWhole(keys, values, "end", end) || app.seq != end)
      return false;
   if(!JsonWhole(keys, values, "session", app.session) || !JsonWhole(keys, values, "protocol", protocol))
      return false;
   if(!JsonValue(keys, values, "file", app.file) || !JsonValue(keys, values, "closing", closing))
      return false;
   if(app.session > LARGEST_ID)
      return false;
   app.closing = (closing == "true");
   return protocol == PROTOCOL_VERSION && (closing == "true" || closing == "false");
}

// A session below the one known is an app that was fenced: it is no heartbeat.
void TakeApp(const AppLink &read) {
   if(g_app.known && read.session < g_app.session)
      return;
   bool moved = g_app.known ? (read.seq != g_app.seq || read.session != g_app.session) : g_app.absent;
   g_app.known = true;
   g_app.seq = read.seq;
   g_app.session = read.session;
   g_app.file = read.file;
   g_app.closing = read.closing;
   g_events_session = read.session;
   if(moved) {
      g_app.changed = true;
      g_app.changed_at = Monotonic();
   }
}

void ReadApp() {
   uchar bytes[];
   long  size = 0;
   int   got = ReadBytes(InFolder("app.json"), 0, 0, bytes, size);
   if(got <= 0 || size > APP_JSON_LIMIT)
      return;
   AppLink read;
   ZeroMemory(read);
   if(ParseApp(CharArrayToString(bytes, 0, got, CP_UTF8), read))
      TakeApp(read);
}

bool IsAppAlive() {
   return g_app.known && g_app.changed && !g_app.closing && Monotonic() - g_app.changed_at <= APP_LOST_MS;
}

// Silent for a minute, without a clean quit: the policy of the inputs applies.
bool IsAppSilent() {
   return g_app.known && !g_app.closing && Monotonic() - g_app.changed_at > APP_SILENT_MS;
}

string AppText() {
   if(!g_app.known)
      return "no app.json was read yet";
   if(g_app.closing)
      return "the app has quit";
   return "app.json seq " + (string)g_app.seq + " unchanged for " + (string)((Monotonic() - g_app.changed_at) / 1000) + " s";
}

void TellAppChanges() {
   bool alive = IsAppAlive();
   if(g_app.lost && alive) {
      g_app.lost = false;
      TellEvent("APP_BACK", 0, 0, "the app writes app.json again");
   } else if(!g_app.lost && g_app.changed && !alive && !g_app.closing) {
      g_app.lost = true;
      TellEvent("APP_LOST", 0, 0, AppText() + ": opens are denied");
   }
}

#endif
