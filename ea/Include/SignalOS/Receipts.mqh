// Receipts.mqh: receipts.csv, and what it says is settled. A receipt is never dropped: it waits in order.
#ifndef SIGNALOS_RECEIPTS_MQH
#define SIGNALOS_RECEIPTS_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Crc.mqh>
#include <SignalOS\Files.mqh>

#define RECEIPTS_HEADER "cmd_id,status,ticket,retcode,fill_price,message,position,volume,deal,utc_ms,session,login,crc32"
#define RECEIPT_COLUMNS 13
#define RECEIPTS_BUSY_MS 500

enum ENUM_SETTLED {
   SETTLED_NOT = 0,
   SETTLED_UNKNOWN = 1,    // UNKNOWN: settles the row, not the question
   SETTLED_FINAL = 2,
   SETTLED_NOT_FOUND = 3,  // final, watched for a late fill
   SETTLED_LATE = 4        // final, and corrected by a LATE_FILL
};

struct Receipt {
   long   cmd_id;
   string status;
   ulong  ticket;
   uint   retcode;
   double price;
   string message;
   ulong  position;
   double volume;
   ulong  deal;
   long   session;
};

struct Settled {
   long         cmd_id;
   ENUM_SETTLED state;
   long         session;
   ulong        ticket;
   long         utc_ms;
};

// A position that a LATE_FILL told of.
struct LateFill {
   ulong position;
   long  utc_ms;
};

Settled g_settled[];           // ascending by cmd_id
string  g_bad_rows_told[];     // "<file> <offset>" of rows that have a BAD_ROW receipt
string  g_receipts_waiting[];
ulong   g_receipts_busy_since = 0;  // monotonic, 0 = none waits
LateFill g_late_fills[];
long    g_mark_floor = 0;
long    g_mark_session = -1;
long    g_mark = 0;

// Index of the first entry that is not below the id.
int PlaceOfSettled(const long cmd_id) {
   int low = 0;
   int high = ArraySize(g_settled);
   while(low < high) {
      int middle = low + (high - low) / 2;
      if(g_settled[middle].cmd_id < cmd_id)
         low = middle + 1;
      else
         high = middle;
   }
   return low;
}

int FindSettled(const long cmd_id) {
   int place = PlaceOfSettled(cmd_id);
   return (place < ArraySize(g_settled) && g_settled[place].cmd_id == cmd_id) ? place : -1;
}

ENUM_SETTLED SettledState(const long cmd_id) {
   int place = FindSettled(cmd_id);
   return place < 0 ? SETTLED_NOT : g_settled[place].state;
}

void InsertSettled(const int place, const Settled &entry) {
   int count = ArraySize(g_settled);
   ArrayResize(g_settled, count + 1, 4096);
   for(int i = count; i > place; i--)
      g_settled[i] = g_settled[i - 1];
   g_settled[place] = entry;
}

ENUM_SETTLED StateOfReceipt(const string status, const string message) {
   if(status == "UNKNOWN")
      return SETTLED_UNKNOWN;
   if(StringFind(message, "LATE_FILL") == 0)
      return SETTLED_LATE;
   if(status == "ERROR" && StringFind(message, "NOT_FOUND") == 0)
      return SETTLED_NOT_FOUND;
   return SETTLED_FINAL;
}

// The first final receipt of a row counts; only a LATE_FILL changes it.
void NoteSettled(const Settled &entry) {
   if(entry.session == g_mark_session && entry.cmd_id > g_mark)
      g_mark = entry.cmd_id;
   int place = PlaceOfSettled(entry.cmd_id);
   if(place >= ArraySize(g_settled) || g_settled[place].cmd_id != entry.cmd_id) {
      InsertSettled(place, entry);
      return;
   }
   ENUM_SETTLED known = g_settled[place].state;
   if(known == SETTLED_UNKNOWN || (known == SETTLED_NOT_FOUND && entry.state == SETTLED_LATE))
      g_settled[place] = entry;
}

// The largest settled id of a session; a START_FRESH lifts it.
long MarkOf(const long session) {
   if(session != g_mark_session) {
      g_mark_session = session;
      g_mark = 0;
      for(int i = 0; i < ArraySize(g_settled); i++) {
         if(g_settled[i].session == session)
            g_mark = g_settled[i].cmd_id;
      }
   }
   return (long)MathMax(g_mark, g_mark_floor);
}

long LastSettled() {
   int count = ArraySize(g_settled);
   return (long)MathMax(count > 0 ? g_settled[count - 1].cmd_id : 0, g_mark_floor);
}

bool FlushReceipts() {
   int done = 0;
   int count = ArraySize(g_receipts_waiting);
   while(done < count && AppendRow("receipts.csv", RECEIPTS_HEADER, g_receipts_waiting[done]))
      done++;
   if(done > 0)
      ArrayRemove(g_receipts_waiting, 0, done);
   return done == count;
}

// Receipts that are kept off the disk for a moment are written before a new open; for longer, opens are denied.
bool MustOpensWait() {
   if(FlushReceipts()) {
      g_receipts_busy_since = 0;
      return false;
   }
   if(g_receipts_busy_since == 0)
      g_receipts_busy_since = (ulong)MathMax(Monotonic(), (ulong)1);
   return Monotonic() - g_receipts_busy_since < RECEIPTS_BUSY_MS;
}

void NoteLateFill(const ulong position, const long utc_ms) {
   int n = ArraySize(g_late_fills);
   ArrayResize(g_late_fills, n + 1, 16);
   g_late_fills[n].position = position;
   g_late_fills[n].utc_ms = utc_ms;
}

void WriteReceipt(const Receipt &receipt) {
   string body = (string)receipt.cmd_id + "," + receipt.status + "," + (string)receipt.ticket + "," +
                 (string)receipt.retcode + "," + PlainNumber(receipt.price, 8) + "," +
                 Quoted(receipt.message, 300) + "," + (string)receipt.position + "," +
                 PlainNumber(receipt.volume, 8) + "," + (string)receipt.deal + "," + (string)UtcMs() + "," +
                 (string)receipt.session + "," + (string)AccountInfoInteger(ACCOUNT_LOGIN);
   Settled entry;
   ZeroMemory(entry);
   entry.cmd_id = receipt.cmd_id;
   entry.state = StateOfReceipt(receipt.status, receipt.message);
   entry.session = receipt.session;
   entry.ticket = receipt.ticket;
   entry.utc_ms = UtcMs();
   if(receipt.cmd_id > 0)
      NoteSettled(entry);
   if(entry.state == SETTLED_LATE)
      NoteLateFill(receipt.position, entry.utc_ms);
   AddText(g_receipts_waiting, SealedRow(body));
   FlushReceipts();
}

void NoteReceiptRow(const string &columns[]) {
   Settled entry;
   ZeroMemory(entry);
   long ticket = 0;
   long position = 0;
   if(!ParseWhole(columns[0], entry.cmd_id) || !ParseWhole(columns[2], ticket))
      return;
   if(!ParseWhole(columns[9], entry.utc_ms) || !ParseWhole(columns[10], entry.session))
      return;
   entry.ticket = (ulong)ticket;
   entry.state = StateOfReceipt(columns[1], columns[5]);
   if(entry.state == SETTLED_LATE && ParseWhole(columns[6], position))
      NoteLateFill((ulong)position, entry.utc_ms);
   if(entry.cmd_id > 0) {
      NoteSettled(entry);
      return;
   }
   int colon = StringFind(columns[5], ":");
   if(StringFind(columns[5], "BAD_ROW ") == 0 && colon > 8)
      AddText(g_bad_rows_told, StringSubstr(columns[5], 8, colon - 8));
}

// Read receipts.csv from its beginning; false if it is in use now. A row cut short says nothing.
bool LoadReceipts() {
   ArrayResize(g_settled, 0, 4096);
   ArrayResize(g_bad_rows_told, 0);
   ArrayResize(g_receipts_waiting, 0);
   ArrayResize(g_late_fills, 0);
   g_receipts_busy_since = 0;
   g_mark_floor = 0;
   g_mark_session = -1;
   long   offset = 0;
   long   before = -1;
   Line   lines[];
   string columns[];
   while(offset != before) {
      before = offset;
      if(!ReadLines("receipts.csv", offset, lines))
         return false;
      for(int i = 0; i < ArraySize(lines); i++) {
         string body;
         if(lines[i].clean && UnsealRow(lines[i].text, body) && SplitColumns(lines[i].text, columns) == RECEIPT_COLUMNS)
            NoteReceiptRow(columns);
      }
   }
   return true;
}

// Is an order's ticket already the answer to a command?
bool IsTicketTold(const ulong ticket) {
   for(int i = ArraySize(g_settled) - 1; i >= 0; i--) {
      if(g_settled[i].ticket == ticket)
         return true;
   }
   return false;
}

#endif
