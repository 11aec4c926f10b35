// Settings.mqh: the inputs of the Expert Advisor, copied once in OnInit so that includes can read them.
#ifndef SIGNALOS_SETTINGS_MQH
#define SIGNALOS_SETTINGS_MQH

#define EA_NAME "SignalOSBridge"
#define EA_VERSION "1.0.0"
#define PROTOCOL_VERSION 2

enum ENUM_STOP_SCOPE {
   SCOPE_MAGIC = 0,   // our magic only
   SCOPE_ACCOUNT = 1  // the whole account
};

enum ENUM_SILENT_POLICY {
   SILENT_KEEP = 0,    // keep everything
   SILENT_CANCEL = 1,  // stop: delete resting orders
   SILENT_FLATTEN = 2  // stop: close everything in scope
};

struct Settings {
   long               magic;
   int                timer_ms;
   ENUM_STOP_SCOPE    scope;
   bool               allow_netting;
   bool               sl_required;
   int                deviation;       // points
   int                max_spread;      // points, 0 = no limit
   double             max_lots;        // per order, 0 = no limit
   int                max_positions;   // positions and resting orders, 0 = no limit
   double             max_daily_loss;  // account currency, 0 = no limit
   int                max_per_minute;  // opens, 0 = no limit
   ENUM_SILENT_POLICY silent_policy;
   int                doubt_wait_s;
};

Settings g_set;

#endif
