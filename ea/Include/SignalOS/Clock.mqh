// Clock.mqh: UTC in milliseconds, the monotonic clock, and the trade server's distance to UTC.
#ifndef SIGNALOS_CLOCK_MQH
#define SIGNALOS_CLOCK_MQH

long UtcMs() {
   return (long)TimeGMT() * 1000;
}

ulong Monotonic() {
   return GetTickCount64();
}

// Seconds that the trade server is ahead of UTC; whole quarters of an hour, since both clocks tick apart.
long ServerOffset() {
   double quarters = (double)((long)TimeTradeServer() - (long)TimeGMT()) / 900.0;
   return (long)MathRound(quarters) * 900;
}

long ServerToUtcMs(const long server_ms) {
   return server_ms - ServerOffset() * 1000;
}

datetime UtcMsToServer(const long utc_ms) {
   return (datetime)(utc_ms / 1000 + ServerOffset());
}

// The next whole second of TimeGMT counts, so that an expiry is seen early, never late.
bool IsExpired(const long expires_utc_ms) {
   return ((long)TimeGMT() + 1) * 1000 > expires_utc_ms;
}

#endif
