// Status.mqh: status.json, what the Expert Advisor says of itself; its age is the heartbeat.
#ifndef SIGNALOS_STATUS_MQH
#define SIGNALOS_STATUS_MQH

#include <SignalOS\Snapshots.mqh>
#include <SignalOS\Sweep.mqh>

Snapshot g_status_file;

void StartStatus() {
   NameSnapshot(g_status_file, "status.json");
}

string PhaseName() {
   if(g_phase != "IDLE")
      return g_phase;
   return ArraySize(g_doubts) > 0 ? "IN_DOUBT" : "IDLE";
}

string DoubtList() {
   string items[];
   for(int i = 0; i < ArraySize(g_doubts); i++)
      AddText(items, (string)g_doubts[i].command.cmd_id);
   return JsonList(items);
}

string TextList(const string &texts[]) {
   string items[];
   for(int i = 0; i < ArraySize(texts); i++)
      AddText(items, JsonText(texts[i]));
   return JsonList(items);
}

string LyingList() {
   string items[];
   if(g_flag_here.lies)
      AddText(items, JsonText(g_flag_here.identity));
   if(g_flag_common.lies && (!g_flag_here.lies || g_flag_common.identity != g_flag_here.identity))
      AddText(items, JsonText(g_flag_common.identity));
   return JsonList(items);
}

string TargetList() {
   string items[];
   ulong  now = Monotonic();
   for(int i = 0; i < ArraySize(g_targets); i++) {
      long wait = g_targets[i].next > now ? (long)(g_targets[i].next - now) : 0;
      AddText(items, "{" + JsonPair("ticket", JsonTicket((long)g_targets[i].ticket)) + "," +
                     JsonPair("symbol", JsonText(g_targets[i].symbol)) + "," +
                     JsonPair("volume", JsonNumber(g_targets[i].volume, 8)) + "," +
                     JsonPair("retcode", (string)g_targets[i].retcode) + "," +
                     JsonPair("attempts", (string)g_targets[i].attempts) + "," +
                     JsonPair("next_ms", (string)(UtcMs() + wait)) + "}");
   }
   return JsonList(items);
}

string HaltBody() {
   return "{" + JsonPair("stop_id", (string)g_halt.stop_id) + "," + JsonPair("level", JsonText(LevelName(g_halt.level))) + "," +
          JsonPair("source", JsonText(IsLatched() ? g_halt.source : "")) + "," +
          JsonPair("since_ms", (string)(IsLatched() ? g_halt.since_ms : 0)) + "," +
          JsonPair("flags", LyingList()) + "," + JsonPair("known", TextList(g_halt_known)) + "," +
          JsonPair("flat", JsonBool(IsFlat())) + "," + JsonPair("positions", (string)g_stop_positions) + "," +
          JsonPair("orders", (string)g_stop_orders) + "," + JsonPair("unresolved", (string)Unresolved()) + "," +
          JsonPair("damaged", JsonBool(g_halt.damaged)) + "," + JsonPair("tickets", TargetList()) + "}";
}

string PermissionsBody() {
   return "{" + JsonPair("connected", JsonBool(IsConnected())) + "," +
          JsonPair("terminal_trade", JsonBool(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) != 0)) + "," +
          JsonPair("ea_trade", JsonBool(MQLInfoInteger(MQL_TRADE_ALLOWED) != 0)) + "," +
          JsonPair("account_expert", JsonBool(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) != 0)) + "," +
          JsonPair("account_trade", JsonBool(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) != 0)) + "}";
}

// Why an open would be refused now, in words.
string RefusedList() {
   string reasons[];
   string permission = CheckPermission();
   if(permission != "")
      AddText(reasons, permission);
   if(!IsHedging() && !g_set.allow_netting)
      AddText(reasons, CheckNetting());
   return TextList(reasons);
}

string OwnPart() {
   return JsonPair("protocol", (string)PROTOCOL_VERSION) + "," + JsonPair("ea", JsonText(EA_NAME)) + "," +
          JsonPair("version", JsonText(EA_VERSION)) + "," + JsonPair("utc_ms", (string)UtcMs()) + "," +
          JsonPair("server_utc_offset_s", (string)ServerOffset()) + "," + JsonPair("account", JsonText(g_account)) + "," +
          JsonPair("login", (string)AccountInfoInteger(ACCOUNT_LOGIN)) + "," +
          JsonPair("server", JsonText(AccountInfoString(ACCOUNT_SERVER))) + "," + JsonPair("magic", (string)g_set.magic) + "," +
          JsonPair("margin_mode", JsonText(MarginModeName(AccountInfoInteger(ACCOUNT_MARGIN_MODE))));
}

string FeedPart() {
   return JsonPair("session", (string)g_app.session) + "," + JsonPair("phase", JsonText(PhaseName())) + "," +
          JsonPair("last_settled", (string)LastSettled()) + "," + JsonPair("file", JsonText(CurrentFile())) + "," +
          JsonPair("consumed", (string)CurrentOffset()) + "," + JsonPair("in_doubt", DoubtList()) + "," +
          JsonPair("timer_ms", (string)g_timer_ms) + "," + JsonPair("scope", JsonText(ScopeName(g_scope))) + "," +
          JsonPair("sl_required", JsonBool(g_set.sl_required)) + "," +
          JsonPair("common", JsonText(TerminalInfoString(TERMINAL_COMMONDATA_PATH) + "\\Files"));
}

void WriteStatus() {
   if(!IsWriteAllowed(g_status_file))
      return;
   WriteSnapshot(g_status_file, OwnPart() + "," + FeedPart() + "," + JsonPair("permissions", PermissionsBody()) + "," +
                                JsonPair("refused", RefusedList()) + "," + JsonPair("halt", HaltBody()));
}

#endif
