// Intents.mqh: intents.csv, what the EA is about to send, durable before the send.
#ifndef SIGNALOS_INTENTS_MQH
#define SIGNALOS_INTENTS_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Commands.mqh>
#include <SignalOS\Crc.mqh>
#include <SignalOS\Files.mqh>

#define INTENTS_FILE "intents.csv"
#define INTENTS_HEADER "cmd_id,utc_ms,session,login,action,symbol,volume,price,sl,tp,ticket,magic,crc32"
#define INTENT_COLUMNS 13

struct Intent {
   long    utc_ms;
   Command command;
};

Intent g_intents[];
bool   g_intents_damaged = false;

int FindIntent(const long cmd_id) {
   for(int i = ArraySize(g_intents) - 1; i >= 0; i--) {
      if(g_intents[i].command.cmd_id == cmd_id)
         return i;
   }
   return -1;
}

void KeepIntent(const Command &command, const long utc_ms) {
   int n = ArraySize(g_intents);
   ArrayResize(g_intents, n + 1, 256);
   g_intents[n].utc_ms = utc_ms;
   g_intents[n].command = command;
}

// Announce a send; false = the row is not on the disk, so nothing may be sent.
bool WriteIntent(const Command &command) {
   long   now = UtcMs();
   string body = (string)command.cmd_id + "," + (string)now + "," + (string)command.session + "," +
                 (string)AccountInfoInteger(ACCOUNT_LOGIN) + "," + command.verb + "," + command.symbol + "," +
                 PlainNumber(command.lots, 8) + "," + PlainNumber(command.price, 8) + "," +
                 PlainNumber(command.sl, 8) + "," + PlainNumber(command.tp, 8) + "," +
                 (string)command.ticket + "," + (string)command.magic;
   if(!AppendRow(INTENTS_FILE, INTENTS_HEADER, SealedRow(body)))
      return false;
   KeepIntent(command, now);
   return true;
}

bool ParseIntent(const string line, Intent &intent) {
   string body;
   string columns[];
   if(!UnsealRow(line, body) || SplitColumns(line, columns) != INTENT_COLUMNS)
      return false;
   long ticket = 0;
   if(!ParseCmdId(columns[0], intent.command.cmd_id) || !ParseWhole(columns[1], intent.utc_ms))
      return false;
   intent.command.verb = columns[4];
   intent.command.action = ActionOf(columns[4]);
   intent.command.symbol = columns[5];
   bool right = ParseWhole(columns[2], intent.command.session) && ParseDecimal(columns[6], intent.command.lots) &&
                ParseDecimal(columns[7], intent.command.price) && OptionalNumber(columns[8], intent.command.has_sl, intent.command.sl) &&
                OptionalNumber(columns[9], intent.command.has_tp, intent.command.tp) && OptionalWhole(columns[10], 0, ticket) &&
                ParseWhole(columns[11], intent.command.magic);
   intent.command.ticket = (ulong)ticket;
   return right && NeedsIntent(intent.command.action);
}

// A whole line that is neither a row, nor a header, nor a torn row closed with "!" is damage.
bool IsDamage(const Line &line, const string header) {
   if(line.text == "" && line.clean)
      return false;
   if(line.clean && line.text == header)
      return false;
   int length = StringLen(line.text);
   return length == 0 || StringGetCharacter(line.text, length - 1) != '!';
}

// Read intents.csv from its beginning; false if it is in use now.
bool LoadIntents() {
   ArrayResize(g_intents, 0, 256);
   g_intents_damaged = false;
   long offset = 0;
   long before = -1;
   Line lines[];
   while(offset != before) {
      before = offset;
      if(!ReadLines(INTENTS_FILE, offset, lines))
         return false;
      for(int i = 0; i < ArraySize(lines); i++) {
         Intent intent;
         ZeroMemory(intent);
         if(lines[i].clean && ParseIntent(lines[i].text, intent))
            KeepIntent(intent.command, intent.utc_ms);
         else if(IsDamage(lines[i], INTENTS_HEADER))
            g_intents_damaged = true;
      }
   }
   return true;
}

#endif
