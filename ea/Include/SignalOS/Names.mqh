// Names.mqh: MetaTrader's constants as the snapshots and deals.csv spell them.
#ifndef SIGNALOS_NAMES_MQH
#define SIGNALOS_NAMES_MQH

#include <SignalOS\Settings.mqh>

// The name of a constant without its prefix, such as BUY_LIMIT of ORDER_TYPE_BUY_LIMIT.
string ShortName(const string name, const string prefix) {
   int length = StringLen(prefix);
   return StringSubstr(name, 0, length) == prefix ? StringSubstr(name, length) : name;
}

string OrderTypeName(const long type) {
   return ShortName(EnumToString((ENUM_ORDER_TYPE)type), "ORDER_TYPE_");
}

string OrderStateName(const long state) {
   return ShortName(EnumToString((ENUM_ORDER_STATE)state), "ORDER_STATE_");
}

string DealTypeName(const long type) {
   return ShortName(EnumToString((ENUM_DEAL_TYPE)type), "DEAL_TYPE_");
}

string DealEntryName(const long entry) {
   return ShortName(EnumToString((ENUM_DEAL_ENTRY)entry), "DEAL_ENTRY_");
}

string DealReasonName(const long reason) {
   return ShortName(EnumToString((ENUM_DEAL_REASON)reason), "DEAL_REASON_");
}

string CalcModeName(const long mode) {
   return ShortName(EnumToString((ENUM_SYMBOL_CALC_MODE)mode), "SYMBOL_CALC_MODE_");
}

string TradeModeName(const long mode) {
   return ShortName(EnumToString((ENUM_SYMBOL_TRADE_MODE)mode), "SYMBOL_TRADE_MODE_");
}

string ExecutionName(const long mode) {
   return ShortName(EnumToString((ENUM_SYMBOL_TRADE_EXECUTION)mode), "SYMBOL_TRADE_EXECUTION_");
}

string MarginModeName(const long mode) {
   return ShortName(EnumToString((ENUM_ACCOUNT_MARGIN_MODE)mode), "ACCOUNT_MARGIN_MODE_");
}

string AccountModeName(const long mode) {
   return ShortName(EnumToString((ENUM_ACCOUNT_TRADE_MODE)mode), "ACCOUNT_TRADE_MODE_");
}

string ScopeName(const ENUM_STOP_SCOPE scope) {
   return scope == SCOPE_ACCOUNT ? "ACCOUNT" : "MAGIC";
}

#endif
