// Commands.mqh: one row of a command file, read strictly: a field is right or the row is refused.
#ifndef SIGNALOS_COMMANDS_MQH
#define SIGNALOS_COMMANDS_MQH

#include <SignalOS\Text.mqh>

#define COMMAND_COLUMNS 20

enum ENUM_ACTION {
   ACTION_NONE = 0,
   ACTION_BUY = 1,
   ACTION_SELL = 2,
   ACTION_BUY_LIMIT = 3,
   ACTION_SELL_LIMIT = 4,
   ACTION_BUY_STOP = 5,
   ACTION_SELL_STOP = 6,
   ACTION_CLOSE = 7,
   ACTION_CLOSE_ALL = 8,
   ACTION_CLOSE_TICKET = 9,
   ACTION_CLOSE_PARTIAL = 10,
   ACTION_MODIFY = 11,
   ACTION_BREAKEVEN = 12,
   ACTION_CANCEL = 13,
   ACTION_PING = 14
};

struct Command {
   long        cmd_id;
   string      symbol;
   string      verb;
   ENUM_ACTION action;
   double      lots;
   bool        has_sl;
   double      sl;
   bool        has_tp;
   double      tp;
   long        magic;
   string      comment;
   ulong       ticket;
   bool        has_price;
   double      price;
   long        order_expiry_ms;
   long        expires_ms;
   long        session;
   string      account;
   double      max_loss;
   int         deviation;   // points
   int         max_spread;  // points, -1 = no limit
};

ENUM_ACTION ActionOf(const string verb) {
   if(verb == "BUY") return ACTION_BUY;
   if(verb == "SELL") return ACTION_SELL;
   if(verb == "BUY_LIMIT") return ACTION_BUY_LIMIT;
   if(verb == "SELL_LIMIT") return ACTION_SELL_LIMIT;
   if(verb == "BUY_STOP") return ACTION_BUY_STOP;
   if(verb == "SELL_STOP") return ACTION_SELL_STOP;
   if(verb == "CLOSE") return ACTION_CLOSE;
   if(verb == "CLOSE_ALL") return ACTION_CLOSE_ALL;
   if(verb == "CLOSE_TICKET") return ACTION_CLOSE_TICKET;
   if(verb == "CLOSE_PARTIAL") return ACTION_CLOSE_PARTIAL;
   if(verb == "MODIFY") return ACTION_MODIFY;
   if(verb == "BREAKEVEN") return ACTION_BREAKEVEN;
   if(verb == "CANCEL") return ACTION_CANCEL;
   if(verb == "PING") return ACTION_PING;
   return ACTION_NONE;
}

bool IsOpen(const ENUM_ACTION action) {
   return action >= ACTION_BUY && action <= ACTION_SELL_STOP;
}

bool IsPending(const ENUM_ACTION action) {
   return action >= ACTION_BUY_LIMIT && action <= ACTION_SELL_STOP;
}

// A second execution would do a second thing: these are announced in intents.csv.
bool NeedsIntent(const ENUM_ACTION action) {
   return IsOpen(action) || action == ACTION_CLOSE_PARTIAL;
}

bool IsBuySide(const ENUM_ACTION action) {
   return action == ACTION_BUY || action == ACTION_BUY_LIMIT || action == ACTION_BUY_STOP;
}

ENUM_ORDER_TYPE OrderTypeOf(const ENUM_ACTION action) {
   switch(action) {
      case ACTION_SELL: return ORDER_TYPE_SELL;
      case ACTION_BUY_LIMIT: return ORDER_TYPE_BUY_LIMIT;
      case ACTION_SELL_LIMIT: return ORDER_TYPE_SELL_LIMIT;
      case ACTION_BUY_STOP: return ORDER_TYPE_BUY_STOP;
      case ACTION_SELL_STOP: return ORDER_TYPE_SELL_STOP;
      default: return ORDER_TYPE_BUY;
   }
}

bool OptionalNumber(const string text, bool &given, double &value) {
   given = (text != "");
   value = 0.0;
   return !given || ParseDecimal(text, value);
}

bool OptionalWhole(const string text, const long otherwise, long &value) {
   value = otherwise;
   return text == "" || ParseWhole(text, value);
}

bool ParseUpTo(const string text, const long top, long &value) {
   return ParseWhole(text, value) && value <= top;
}

bool OptionalPoints(const string text, const int otherwise, int &value) {
   long whole = 0;
   value = otherwise;
   if(text == "")
      return true;
   bool right = ParseWhole(text, whole) && whole <= LARGEST_ID;
   value = right ? (int)whole : 0;
   return right;
}

bool IsSymbolText(const string text) {
   int length = StringLen(text);
   if(length > 63)
      return false;
   for(int i = 0; i < length; i++) {
      ushort c = StringGetCharacter(text, i);
      if(c < 32 || c > 126 || c == ',' || c == '"')
         return false;
   }
   return true;
}

// The id of a row whose crc fits: 1 to 2147483647.
bool ParseCmdId(const string text, long &cmd_id) {
   return ParseWhole(text, cmd_id) && cmd_id >= 1 && cmd_id <= LARGEST_ID;
}

// What the numbers and words of a row say; empty, or the first field that is wrong.
string ReadFields(const string &columns[], const int deviation, const int max_spread, Command &command) {
   long ticket = 0;
   long life = 0;
   bool given = false;
   command.symbol = columns[2];
   command.verb = columns[3];
   command.action = ActionOf(columns[3]);
   command.comment = columns[8];
   command.account = columns[15];
   if(!IsSymbolText(columns[2])) return "symbol";
   if(!ParseDecimal(columns[4], command.lots)) return "lot";
   if(!OptionalNumber(columns[5], command.has_sl, command.sl)) return "sl";
   if(!OptionalNumber(columns[6], command.has_tp, command.tp)) return "tp";
   if(!ParseWhole(columns[7], command.magic)) return "magic";
   if(StringLen(columns[8]) > 26 || !OnlyChars(columns[8], " ._:+#-")) return "comment";
   if(!ParseUpTo(columns[9], LARGEST_ID, life)) return "ttl_sec";
   if(!OptionalWhole(columns[10], 0, ticket)) return "ticket";
   command.ticket = (ulong)ticket;
   if(!OptionalNumber(columns[11], command.has_price, command.price)) return "price";
   if(!OptionalWhole(columns[12], 0, command.order_expiry_ms) || command.order_expiry_ms > LARGEST_MS) return "order_expiry_utc_ms";
   if(!ParseUpTo(columns[13], LARGEST_MS, command.expires_ms)) return "expires_utc_ms";
   if(!ParseUpTo(columns[14], LARGEST_ID, command.session)) return "session";
   if(columns[15] == "") return "account";
   if(!OptionalNumber(columns[16], given, command.max_loss)) return "max_loss";
   if(!OptionalPoints(columns[17], deviation, command.deviation)) return "deviation";
   if(!OptionalPoints(columns[18], max_spread, command.max_spread)) return "max_spread";
   return "";
}

// What the action needs; empty, or the first field that is missing.
string MissingField(const Command &command) {
   ENUM_ACTION action = command.action;
   if(IsOpen(action)) {
      if(command.symbol == "") return "symbol";
      if(command.lots <= 0.0) return "lot";
      if(!command.has_sl) return "sl";
      if(!command.has_price || command.price <= 0.0) return "price";
      if(command.max_loss <= 0.0) return "max_loss";
   }
   if(NeedsIntent(action) && !HasTag(command.comment, command.cmd_id)) return "comment";
   if(action == ACTION_CLOSE && command.symbol == "") return "symbol";
   if(action == ACTION_CLOSE_PARTIAL && command.lots <= 0.0) return "lot";
   if(action >= ACTION_CLOSE_TICKET && action <= ACTION_CANCEL && command.ticket == 0) return "ticket";
   if(action == ACTION_BREAKEVEN && command.has_price && command.price <= 0.0) return "price";
   if(action == ACTION_MODIFY && !command.has_sl && !command.has_tp && !command.has_price) return "sl, tp or price";
   return "";
}

#endif
