// A drop-folder executor in an old, compact style: one text file a trade, deleted when it is done.
#property description "one file, one trade"

sinput string   drop    = "drop\\";
input  group    "money"
input  double   MaxLot  = 1;
input  color    Shade   = C'10,200,30';
extern int      Slippage = 30;
enum MODE { ASK_FIRST = 1, FIRE = 5 };
input MODE Mode = FIRE;

struct Trade { string symbol; string side; double lot, sl, tp; bool ok; };
double stats[2][3];
string names[] = {"sent", "failed"};
datetime started = D'2020.01.02 03:04';

int OnInit() { EventSetMillisecondTimer(100); for(int r=0;r<2;r++) for(int c=0;c<3;c++) stats[r][c]=0; return 0; }
void OnDeinit(const int why) { EventKillTimer(); Comment("bye ", why); }

void OnTimer() {
  string name; long search = FileFindFirst(drop+"*.txt", name);
  if(search==INVALID_HANDLE) return;
  do { Handle(name); } while(FileFindNext(search,name));
  FileFindClose(search);
}

void Handle(string name) {
  int h=FileOpen(drop+name,FILE_READ|FILE_TXT|FILE_ANSI);
  if(h<0) return;
  Trade t; t.ok=false; t.lot=0; t.sl=0; t.tp=0;
  while(!FileIsEnding(h)) {
    string line=FileReadString(h), parts[];
    if(StringSplit(line,'=',parts)!=2) continue;
    StringTrimLeft(parts[1]); StringTrimRight(parts[1]); StringToUpper(parts[0]);
    if(parts[0]=="SYMBOL") t.symbol=parts[1]; else if(parts[0]=="SIDE") t.side=parts[1];
    else if(parts[0]=="LOT") t.lot=(double)parts[1]; else if(parts[0]=="SL") t.sl=StringToDouble(parts[1]);
    else if(parts[0]=="TP") t.tp=StringToDouble(parts[1]); t.ok=true;
  }
  FileClose(h);
  int row = Fire(t) ? 0 : 1; stats[row][0]++; stats[row][1]+=t.lot;
  string said = names[row]+" "+stats[row][0]+" since "+started+" shade "+Shade;
  int log=FileOpen("log.txt",FILE_READ|FILE_WRITE|FILE_TXT); FileSeek(log,0,SEEK_END); FileWrite(log,said); FileClose(log);
  FileDelete(drop+name);
}

bool Fire(Trade &t, int tries=2) {
  if(!t.ok || t.lot<=0 || t.lot>MaxLot || Mode!=FIRE) return false;
  MqlTradeRequest q={}; MqlTradeResult r={};
  q.action=TRADE_ACTION_DEAL; q.symbol=t.symbol; q.volume=t.lot; q.sl=t.sl; q.tp=t.tp; q.deviation=Slippage; q.magic=77;
  q.type = t.side=="BUY" ? ORDER_TYPE_BUY : ORDER_TYPE_SELL; q.type_filling=ORDER_FILLING_IOC;
  for(int i=0;i<tries;i++) {
    q.price=SymbolInfoDouble(t.symbol, t.side=="BUY"?SYMBOL_ASK:SYMBOL_BID);
    if(OrderSend(q,r) && (r.retcode==TRADE_RETCODE_DONE || r.retcode==10010)) return true;
    Sleep(50);
  }
  return false;
}
