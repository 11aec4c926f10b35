// main.cpp: registers the inputs, runs the event handlers that the host asks for, reports what they did.
#include "link.hpp"
#include <cstdlib>
#include <functional>
#include <map>
#include <unistd.h>

void note_deinit(int reason);

typedef std::map<std::string, std::function<void(const std::string &)>> Inputs;
static Inputs &inputs() { static Inputs all; return all; }

mql_input::mql_input(const char *n, bool &v) { inputs()[n] = [&v](const std::string &s) { v = s == "true" || s == "1"; }; }
mql_input::mql_input(const char *n, int &v) { inputs()[n] = [&v](const std::string &s) { v = (int)as_long(s); }; }
mql_input::mql_input(const char *n, uint &v) { inputs()[n] = [&v](const std::string &s) { v = (uint)as_ulong(s); }; }
mql_input::mql_input(const char *n, long &v) { inputs()[n] = [&v](const std::string &s) { v = as_long(s); }; }
mql_input::mql_input(const char *n, ulong &v) { inputs()[n] = [&v](const std::string &s) { v = as_ulong(s); }; }
mql_input::mql_input(const char *n, double &v) { inputs()[n] = [&v](const std::string &s) { v = as_double(s); }; }
mql_input::mql_input(const char *n, string &v) { inputs()[n] = [&v](const std::string &s) { v = mql_from_utf8(s); }; }
mql_input::mql_input(const char *n, datetime &v) { inputs()[n] = [&v](const std::string &s) { v = datetime(as_long(s)); }; }
mql_input::mql_input(const char *n, color &v) { inputs()[n] = [&v](const std::string &s) { v = color((uint)as_ulong(s)); }; }
mql_input::mql_input(const char *n, ushort &v) { inputs()[n] = [&v](const std::string &s) { v = (ushort)as_ulong(s); }; }
mql_input::mql_input(const char *n, uchar &v) { inputs()[n] = [&v](const std::string &s) { v = (uchar)as_ulong(s); }; }

bool set_input(const std::string &name, const std::string &value) {
   auto i = inputs().find(name);
   if(i == inputs().end()) return false;
   i->second(value);
   return true;
}

static long transaction(const Fields &c) {
   if(!OnTradeTransaction) return 0;
   MqlTradeTransaction t = {};
   MqlTradeRequest q = {};
   MqlTradeResult r = {};
   t.type = TRADE_TRANSACTION_DEAL_ADD;
   t.deal = as_ulong(c[5]);
   t.order = as_ulong(c[6]);
   t.position = as_ulong(c[7]);
   t.symbol = mql_from_utf8(c[8]);
   t.price = as_double(c[9]);
   t.volume = as_double(c[10]);
   OnTradeTransaction(t, q, r);
   return 0;
}

static long deinit(int reason) {
   mql_stopped = true;
   note_deinit(reason);
   if(OnDeinit) OnDeinit(reason);
   mql_stopped = false;
   return 0;
}

// Event handlers carry the clock in their first four arguments.
static long run(const Fields &c) {
   const std::string &verb = c[0];
   if(verb == "input") return set_input(c[1], c[2]) ? 0 : -1;
   if(verb == "fault") { arm_fault(c); return 0; }
   if(verb == "kill") { arm_kill(as_long(c[1]), c[2], as_long(c[3])); return 0; }
   if(verb == "unload") { close_all_files(); return 0; }
   set_clock(c, 1);
   forget_picture();
   if(verb == "init") return OnInit ? OnInit() : 0;
   if(verb == "start") { if(OnStart) OnStart(); return 0; }
   if(verb == "timer") { if(OnTimer) OnTimer(); return 0; }
   if(verb == "tick") { if(OnTick) OnTick(); return 0; }
   if(verb == "trade") { if(OnTrade) OnTrade(); return 0; }
   if(verb == "transaction") return transaction(c);
   if(verb == "deinit") return deinit((int)as_long(c[5]));
   return -2;
}

int main(int argc, char **argv) {
   if(argc < 2) return 2;
   set_roots(argv[1], argc > 2 ? argv[2] : "");
   std::string names;
   for(auto &i : inputs()) names += (names.empty() ? "" : ",") + i.first;
   std::string handlers = std::string(OnTick ? "tick," : "") + (OnTimer ? "timer," : "") + (OnTrade ? "trade," : "") +
                          (OnTradeTransaction ? "transaction," : "") + (OnStart ? "start," : "");
   tell({"READY", names, handlers});
   for(;;) {
      Fields c = receive();
      if(c[0] == "quit") break;
      long result = run(c);
      tell({"D", number(result), take_effects()});
   }
   close_all_files();
   return 0;
}
