// Rows.mqh: one line of a command file, from its bytes to its one receipt.
#ifndef SIGNALOS_ROWS_MQH
#define SIGNALOS_ROWS_MQH

#include <SignalOS\Levels.mqh>

#define COMMANDS_HEADER "cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl_sec,ticket,price,order_expiry_utc_ms,expires_utc_ms,session,account,max_loss,deviation,max_spread,crc32"
#define BAD_ROWS_HEADER "file,offset,text"
#define LONGEST_ROW 1000

// Told once: the receipts keep which file and offset have been told.
void TellBadRow(const string file, const Line &line, const string why) {
   string key = file + " " + (string)line.offset;
   if(HasText(g_bad_rows_told, key))
      return;
   AddText(g_bad_rows_told, key);
   AppendRow("bad_rows.csv", BAD_ROWS_HEADER, file + "," + (string)line.offset + "," + Quoted(line.text, LONGEST_ROW));
   Command none;
   ZeroMemory(none);
   none.session = g_app.session;
   AnswerPlain(none, "DENIED", "BAD_ROW " + key + ": " + why, 0);
   TellEvent("QUARANTINE", 0, 0, key + ": " + why);
}

// Whole, printable, sealed and with twenty columns; else why not.
string ReadColumns(const Line &line, string &columns[]) {
   string body;
   if(!line.clean)
      return "a character that is not printable ASCII";
   if(StringLen(line.text) > LONGEST_ROW)
      return "longer than " + (string)LONGEST_ROW + " characters";
   if(!UnsealRow(line.text, body))
      return "crc32 does not fit";
   if(StringFind(line.text, "\"") >= 0)
      return "a quote in a row without quoted columns";
   if(SplitColumns(line.text, columns) != COMMAND_COLUMNS)
      return (string)ArraySize(columns) + " columns, expected " + (string)COMMAND_COLUMNS;
   return "";
}

void Execute(const Command &command) {
   if(IsOpen(command.action)) {
      ExecuteOpen(command);
      return;
   }
   switch(command.action) {
      case ACTION_CLOSE_TICKET:
         ExecuteCloseTicket(command);
         break;
      case ACTION_CLOSE_PARTIAL:
         ExecuteClosePartial(command);
         break;
      case ACTION_CANCEL:
         ExecuteCancel(command);
         break;
      case ACTION_MODIFY:
         ExecuteModify(command);
         break;
      case ACTION_BREAKEVEN:
         ExecuteBreakeven(command);
         break;
      case ACTION_PING:
         if(!EndsExpired(command))
            AnswerPlain(command, "FILLED", EA_NAME + " " + EA_VERSION, 0);
         break;
      default:
         if(!EndsExpired(command))
            ExecuteCloseMany(command);
         break;
   }
}

// A row of this id was dealt with: by its receipt, or as a repetition below the mark.
// At OnInit only a receipt of its own settles a row, and an UNKNOWN one keeps it in doubt.
bool IsSettledRow(const Command &command, const bool at_start) {
   ENUM_SETTLED state = SettledState(command.cmd_id);
   if(state == SETTLED_UNKNOWN && at_start) {
      int doubt = FindDoubt(command.cmd_id);
      if(doubt < 0)
         DoubtAtStart(command);
      else
         g_doubts[doubt].command = command;
   }
   if(state != SETTLED_NOT)
      return true;
   if(at_start || command.session != g_app.session)
      return false;
   return command.cmd_id <= MarkOf(command.session);
}

// Opens and what is not idempotent belong to the session in force; a close is never refused for its session.
bool NeedsSession(const ENUM_ACTION action) {
   return NeedsIntent(action) || action == ACTION_MODIFY || action == ACTION_BREAKEVEN || action == ACTION_PING;
}

// False = the row must wait for receipts that are kept off the disk.
bool DispatchRow(const Command &command, const bool at_start) {
   if(at_start && NeedsIntent(command.action)) {
      DoubtAtStart(command);
      return true;
   }
   if(IsOpen(command.action) && MustOpensWait())
      return false;
   string reason = CheckOwner(command);
   if(reason == "" && NeedsSession(command.action)) reason = CheckSession(command);
   if(reason != "")
      Deny(command, reason);
   else
      Execute(command);
   return true;
}

// What is wrong with the fields of a row whose id is known; empty = nothing.
string CheckFields(const string &columns[], const string wrong, const Command &command) {
   if(command.action == ACTION_NONE)
      return "UNKNOWN_ACTION: " + columns[3];
   if(wrong != "")
      return "BAD_FIELD: " + wrong;
   string missing = MissingField(command);
   return missing == "" ? "" : "BAD_FIELD: " + command.verb + " needs " + missing;
}

// Deal with one line; false = it must be looked at again on the next timer.
bool ProcessLine(const string file, const Line &line, const bool at_start) {
   string columns[];
   if(line.clean && (line.text == "" || line.text == COMMANDS_HEADER))
      return true;
   string why = ReadColumns(line, columns);
   Command command;
   ZeroMemory(command);
   if(why == "" && !ParseCmdId(columns[0], command.cmd_id))
      why = "cmd_id is not a number from 1 to " + (string)LARGEST_ID;
   if(why != "") {
      TellBadRow(file, line, why);
      return true;
   }
   string wrong = ReadFields(columns, g_set.deviation, g_set.max_spread, command);
   if(wrong != "")
      command.session = g_app.session;
   if(IsSettledRow(command, at_start))
      return true;
   string reason = CheckFields(columns, wrong, command);
   if(reason == "")
      return DispatchRow(command, at_start);
   Deny(command, reason);
   return true;
}

#endif
