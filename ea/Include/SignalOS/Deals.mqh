// Deals.mqh: deals.csv, every deal of the account. A trade event is a hint; the history is the truth.
#ifndef SIGNALOS_DEALS_MQH
#define SIGNALOS_DEALS_MQH

#include <SignalOS\Crc.mqh>
#include <SignalOS\Files.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Settings.mqh>
#include <SignalOS\Names.mqh>

#define DEALS_HEADER "ticket,order,position_id,time_msc,symbol,type,entry,reason,volume,price,commission,swap,fee,profit,magic,comment,crc32"
#define DEALS_MS 60000

long  g_deals_written[];   // tickets, ascending
ulong g_deals_scanned_at = 0;
bool  g_deals_due = true;

int PlaceOfDeal(const long ticket) {
   int low = 0;
   int high = ArraySize(g_deals_written);
   while(low < high) {
      int middle = low + (high - low) / 2;
      if(g_deals_written[middle] < ticket)
         low = middle + 1;
      else
         high = middle;
   }
   return low;
}

bool IsDealWritten(const long ticket) {
   int place = PlaceOfDeal(ticket);
   return place < ArraySize(g_deals_written) && g_deals_written[place] == ticket;
}

void NoteDealWritten(const long ticket) {
   int place = PlaceOfDeal(ticket);
   int count = ArraySize(g_deals_written);
   ArrayResize(g_deals_written, count + 1, 4096);
   for(int i = count; i > place; i--)
      g_deals_written[i] = g_deals_written[i - 1];
   g_deals_written[place] = ticket;
}

string DealRow(const ulong deal) {
   string symbol = HistoryDealGetString(deal, DEAL_SYMBOL);
   int    digits = symbol == "" ? 2 : 8;
   return SealedRow((string)deal + "," + (string)HistoryDealGetInteger(deal, DEAL_ORDER) + "," +
                    (string)HistoryDealGetInteger(deal, DEAL_POSITION_ID) + "," +
                    (string)ServerToUtcMs(HistoryDealGetInteger(deal, DEAL_TIME_MSC)) + "," + CleanText(symbol, 63) + "," +
                    DealTypeName(HistoryDealGetInteger(deal, DEAL_TYPE)) + "," +
                    DealEntryName(HistoryDealGetInteger(deal, DEAL_ENTRY)) + "," +
                    DealReasonName(HistoryDealGetInteger(deal, DEAL_REASON)) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_VOLUME), 8) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_PRICE), digits) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_COMMISSION), 8) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_SWAP), 8) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_FEE), 8) + "," +
                    PlainNumber(HistoryDealGetDouble(deal, DEAL_PROFIT), 8) + "," +
                    (string)HistoryDealGetInteger(deal, DEAL_MAGIC) + "," +
                    Quoted(HistoryDealGetString(deal, DEAL_COMMENT), 64));
}

// Tickets that stand in deals.csv; false if it is in use now.
bool LoadDeals() {
   ArrayResize(g_deals_written, 0, 4096);
   g_deals_due = true;
   long   offset = 0;
   long   before = -1;
   Line   lines[];
   string columns[];
   while(offset != before) {
      before = offset;
      if(!ReadLines("deals.csv", offset, lines))
         return false;
      for(int i = 0; i < ArraySize(lines); i++) {
         string body;
         long   ticket = 0;
         if(lines[i].clean && UnsealRow(lines[i].text, body) && SplitColumns(body, columns) > 0 &&
            ParseWhole(columns[0], ticket) && !IsDealWritten(ticket))
            NoteDealWritten(ticket);
      }
   }
   return true;
}

// Write the deals of the last day that do not stand in the file; what the disk refuses is due again.
void ScanDeals() {
   if(!g_deals_due && Monotonic() - g_deals_scanned_at < DEALS_MS)
      return;
   g_deals_scanned_at = Monotonic();
   if(!SelectHistory(UtcMs() - (long)DAY_SECONDS * 1000))
      return;
   g_deals_due = false;
   int total = HistoryDealsTotal();
   for(int i = 0; i < total; i++) {
      ulong deal = HistoryDealGetTicket(i);
      if(deal == 0 || IsDealWritten((long)deal))
         continue;
      if(!AppendRow("deals.csv", DEALS_HEADER, DealRow(deal))) {
         g_deals_due = true;
         return;
      }
      NoteDealWritten((long)deal);
   }
}

#endif
