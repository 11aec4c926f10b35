// text.cpp: strings, numbers, dates and formatted output as MQL5 does them.
#include "link.hpp"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>

std::string mql_utf8(const string &t) {
   std::string o;
   for(size_t i = 0; i < t.s.size(); i++) {
      uint32_t c = t.s[i];
      if(c >= 0xD800 && c < 0xDC00 && i + 1 < t.s.size()) c = 0x10000 + ((c - 0xD800) << 10) + (t.s[++i] - 0xDC00u);
      if(c < 0x80) { o += (char)c; continue; }
      int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
      o += (char)((more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0) | (c >> (6 * more)));
      for(int k = more - 1; k >= 0; k--) o += (char)(0x80 | ((c >> (6 * k)) & 63));
   }
   return o;
}

string mql_from_utf8(const std::string &b) {
   std::u16string o;
   size_t i = 0;
   while(i < b.size()) {
      uchar c = (uchar)b[i];
      int more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : -1;
      uint32_t u = more <= 0 ? c : more == 1 ? c & 31u : more == 2 ? c & 15u : c & 7u;
      bool bad = more < 0 || i + (size_t)more >= b.size();
      for(int j = 1; !bad && j <= more; j++) {
         uchar d = (uchar)b[i + (size_t)j];
         if((d & 0xC0) != 0x80) bad = true;
         else u = u << 6 | (d & 63u);
      }
      if(bad) { o += (char16_t)0xFFFD; i++; continue; }
      i += (size_t)more + 1;
      if(u < 0x10000) { o += (char16_t)u; continue; }
      u -= 0x10000;
      o += (char16_t)(0xD800 + (u >> 10));
      o += (char16_t)(0xDC00 + (u & 1023));
   }
   return string(o);
}

// The system's ANSI code page stands for Latin-1 here.
std::string to_bytes(const string &t, uint cp) {
   if(cp == CP_UTF8) return mql_utf8(t);
   std::string o;
   for(char16_t c : t.s) o += c < 256 ? (char)c : '?';
   return o;
}
string from_bytes(const std::string &b, uint cp) {
   if(cp == CP_UTF8) return mql_from_utf8(b);
   std::u16string o;
   for(char c : b) o += (char16_t)(uchar)c;
   return string(o);
}

string::string(long v) : string(mql_from_utf8(std::to_string(v))) {}
string::string(ulong v) : string(mql_from_utf8(std::to_string(v))) {}
string::string(datetime v) : string(TimeToString(v, TIME_DATE | TIME_MINUTES | TIME_SECONDS)) {}
#ifdef MQL_PERMISSIVE
string::string(double v) { char b[40]; snprintf(b, sizeof b, "%.16g", v); s = mql_from_utf8(b).s; }
string::string(color v) { char b[40]; snprintf(b, sizeof b, "%u,%u,%u", v.v & 255, v.v >> 8 & 255, v.v >> 16 & 255); s = mql_from_utf8(b).s; }
string::operator double() const { return StringToDouble(*this); }
string::operator long() const { return StringToInteger(*this); }
string::operator datetime() const { return StringToTime(*this); }
#endif

int StringLen(const string s) { return (int)s.s.size(); }
string StringSubstr(const string s, int from, int length) {
   if(from < 0 || from >= (int)s.s.size()) return string();
   return string(s.s.substr((size_t)from, length < 0 ? std::u16string::npos : (size_t)length));
}
int StringFind(const string s, const string what, int from) {
   if(from < 0 || what.s.empty()) return -1;
   size_t p = s.s.find(what.s, (size_t)from);
   return p == s.s.npos ? -1 : (int)p;
}
ushort StringGetCharacter(const string s, int at) {
   if(at < 0 || at >= (int)s.s.size()) { mql_last_error = 5041; return 0; }
   return s.s[(size_t)at];
}
bool StringSetCharacter(string &s, int at, ushort c) {
   if(at < 0 || at > (int)s.s.size()) return false;
   if(c == 0) s.s.resize((size_t)at);
   else if(at == (int)s.s.size()) s.s += (char16_t)c;
   else s.s[(size_t)at] = (char16_t)c;
   return true;
}
int StringReplace(string &s, const string what, const string with) {
   if(what.s.empty()) return -1;
   int n = 0;
   for(size_t p = s.s.find(what.s); p != s.s.npos; p = s.s.find(what.s, p + with.s.size())) {
      s.s.replace(p, what.s.size(), with.s);
      n++;
   }
   return n;
}
string ShortToString(ushort c) { return string(std::u16string(1, (char16_t)c)); }
string CharToString(uchar c) { return ShortToString(c); }
string ColorToString(color c) {
   char b[16];
   snprintf(b, sizeof b, "%u,%u,%u", c.v & 255, c.v >> 8 & 255, c.v >> 16 & 255);
   return mql_from_utf8(b);
}
int StringSplit(const string s, ushort separator, mql_array<string> &out) {
   out.resize(0, 0);
   if(s.s.empty()) return 0;
   size_t from = 0;
   for(;;) {
      size_t to = s.s.find((char16_t)separator, from);
      out.resize(out.size() + 1, 16);
      out[out.size() - 1] = string(s.s.substr(from, to == s.s.npos ? to : to - from));
      if(to == s.s.npos) return out.size();
      from = to + 1;
   }
}
static bool blank(char16_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
int StringTrimLeft(string &s) { size_t n = 0; while(n < s.s.size() && blank(s.s[n])) n++; s.s.erase(0, n); return (int)n; }
int StringTrimRight(string &s) { int n = 0; while(!s.s.empty() && blank(s.s.back())) { s.s.pop_back(); n++; } return n; }
bool StringToUpper(string &s) { for(char16_t &c : s.s) if(c >= 'a' && c <= 'z') c = (char16_t)(c - 32); return true; }
bool StringToLower(string &s) { for(char16_t &c : s.s) if(c >= 'A' && c <= 'Z') c = (char16_t)(c + 32); return true; }
int StringCompare(const string a, const string b, bool case_sensitive) {
   string x = a, y = b;
   if(!case_sensitive) { StringToLower(x); StringToLower(y); }
   return x.s < y.s ? -1 : x.s > y.s ? 1 : 0;
}
bool StringAdd(string &s, const string more) { s.s += more.s; return true; }
bool StringInit(string &s, int length, ushort c) { s.s.assign(c ? (size_t)length : 0, (char16_t)c); return true; }
long StringToInteger(const string s) { return strtol(mql_utf8(s).c_str(), nullptr, 10); }
double StringToDouble(const string s) {
   std::string b = mql_utf8(s);
   size_t n = 0;
   while(n < b.size() && strchr(" \t", b[n])) n++;
   size_t e = n;
   while(e < b.size() && strchr("+-.0123456789eE", b[e])) e++;
   return strtod(b.substr(n, e - n).c_str(), nullptr);
}
string DoubleToString(double v, int digits) {
   char b[400];
   if(digits >= 0 && digits <= 16) snprintf(b, sizeof b, "%.*f", digits, v);
   else if(digits < 0 && digits >= -16) snprintf(b, sizeof b, "%.*e", -digits, v);
   else snprintf(b, sizeof b, "%.8f", v);
   return mql_from_utf8(b);
}
string IntegerToString(long v, int length, ushort fill) {
   std::string b = std::to_string(v);
   string o = mql_from_utf8(b);
   while((int)o.s.size() < length) o.s.insert(0, 1, (char16_t)fill);
   return o;
}
double MathRound(double v) { return std::round(v); }
double MathFloor(double v) { return std::floor(v); }
double MathCeil(double v) { return std::ceil(v); }
double MathPow(double a, double b) { return std::pow(a, b); }
double MathSqrt(double v) { return std::sqrt(v); }
double MathLog10(double v) { return std::log10(v); }
bool MathIsValidNumber(double v) { return std::isfinite(v); }
int MathRand() { return rand() % 32768; }
void MathSrand(int seed) { srand((unsigned)seed); }
double NormalizeDouble(double v, int digits) {
   char b[400];
   snprintf(b, sizeof b, "%.*f", digits < 0 ? 0 : digits > 15 ? 15 : digits, v);
   return strtod(b, nullptr);
}

datetime StructToTime(MqlDateTime &t) {
   struct tm m = {};
   m.tm_year = t.year - 1900; m.tm_mon = t.mon - 1; m.tm_mday = t.day;
   m.tm_hour = t.hour; m.tm_min = t.min; m.tm_sec = t.sec;
   return datetime(timegm(&m));
}
bool TimeToStruct(datetime v, MqlDateTime &t) {
   time_t x = v;
   struct tm m;
   gmtime_r(&x, &m);
   t = {m.tm_year + 1900, m.tm_mon + 1, m.tm_mday, m.tm_hour, m.tm_min, m.tm_sec, m.tm_wday, m.tm_yday};
   return true;
}
string TimeToString(datetime v, int mode) {
   MqlDateTime t;
   TimeToStruct(v, t);
   char b[40];
   std::string o;
   if(mode & TIME_DATE) { snprintf(b, sizeof b, "%04d.%02d.%02d", t.year, t.mon, t.day); o += b; }
   if(mode & (TIME_MINUTES | TIME_SECONDS)) {
      if(mode & TIME_SECONDS) snprintf(b, sizeof b, "%02d:%02d:%02d", t.hour, t.min, t.sec);
      else snprintf(b, sizeof b, "%02d:%02d", t.hour, t.min);
      o += (o.empty() ? "" : " ") + std::string(b);
   }
   return mql_from_utf8(o);
}
// yyyy.mm.dd, yyyy-mm-dd or yyyy/mm/dd, then hh:mm[:ss]; anything else gives 0.
datetime StringToTime(const string s) {
   MqlDateTime t = {};
   char a, b;
   int n = sscanf(mql_utf8(s).c_str(), "%4d%c%2d%c%2d %2d:%2d:%2d", &t.year, &a, &t.mon, &b, &t.day, &t.hour, &t.min, &t.sec);
   if(n < 5 || a != b || !strchr(".-/", a) || t.mon < 1 || t.mon > 12 || t.day < 1 || t.day > 31) return datetime(0);
   return StructToTime(t);
}
int StringToCharArray(const string s, mql_array<uchar> &a, int start, int count, uint cp) {
   std::string b = to_bytes(s, cp);
   b += '\0';
   int n = count < 0 ? (int)b.size() : std::min(count, (int)b.size());
   if(a.size() < start + n) a.resize(start + n, 0);
   for(int i = 0; i < n; i++) a[start + i] = (uchar)b[(size_t)i];
   return n;
}
string CharArrayToString(const mql_array<uchar> &a, int start, int count, uint cp) {
   std::string b;
   int end = count < 0 ? a.size() : std::min(a.size(), start + count);
   for(int i = start; i < end && a[i]; i++) b += (char)a[i];
   return from_bytes(b, cp);
}

std::string shown(const mql_arg &a) {
   switch(a.k) {
      case 'b': return a.i ? "true" : "false";
      case 's': return mql_utf8(a.s);
      case 'd': { char b[40]; snprintf(b, sizeof b, "%.16g", a.d); return b; }
      case 't': return mql_utf8(string(datetime(a.i)));
      case 'u': case 'L': return number(a.u);
      default: return number(a.i);
   }
}
void mql_print(const std::vector<mql_arg> &args) {
   std::string o;
   for(const mql_arg &a : args) o += shown(a);
   tell({"L", o});
}

static std::string formatted(const std::string &spec, char t, bool wide, const mql_arg &a) {
   char b[512];
   if(strchr("dixXuoc", t)) {
      bool is64 = a.k == 'l' || a.k == 'L' || a.k == 't';
      if(a.k == 's' || a.k == 'd') mql_critical("StringFormat: whole number wanted, text or double given");
#ifndef MQL_PERMISSIVE
      if(is64 != wide) mql_critical("StringFormat: the width of the number does not fit the specifier");
#endif
      if(t == 'c') { snprintf(b, sizeof b, "%c", (char)a.i); return b; }
      bool is_signed = t == 'd' || t == 'i';
      if(is_signed) snprintf(b, sizeof b, (spec + "l" + t).c_str(), wide || is64 ? a.i : (long)(int)a.i);
      else snprintf(b, sizeof b, (spec + "l" + t).c_str(), wide || is64 ? a.u : (ulong)(uint)a.u);
      return b;
   }
   if(strchr("fgGeE", t)) {
      if(a.k != 'd') mql_critical("StringFormat: double wanted");
      snprintf(b, sizeof b, (spec + t).c_str(), a.d);
      return b;
   }
   if(t != 's') mql_critical("StringFormat: a specifier that this runtime lacks");
   std::string text = a.k == 's' ? mql_utf8(a.s) : shown(a);
#ifndef MQL_PERMISSIVE
   if(a.k != 's') mql_critical("StringFormat: text wanted");
#endif
   if(spec == "%") return text;
   std::string out(text.size() + 512, '\0');
   out.resize((size_t)snprintf(&out[0], out.size(), (spec + "s").c_str(), text.c_str()));
   return out;
}

string mql_format(const string &format, const std::vector<mql_arg> &args) {
   std::string f = mql_utf8(format), o;
   size_t next = 0;
   for(size_t i = 0; i < f.size(); i++) {
      if(f[i] != '%') { o += f[i]; continue; }
      if(i + 1 < f.size() && f[i + 1] == '%') { o += '%'; i++; continue; }
      std::string spec = "%";
      i++;
      while(i < f.size() && strchr("-+ 0#123456789.", f[i])) spec += f[i++];
      bool wide = false;
      if(f.compare(i, 3, "I64") == 0) { wide = true; i += 3; }
      else if(f.compare(i, 2, "ll") == 0) { wide = true; i += 2; }
      else if(i < f.size() && (f[i] == 'l' || f[i] == 'h')) i++;
      if(next >= args.size()) mql_critical("StringFormat: too few arguments");
      o += formatted(spec, i < f.size() ? f[i] : '?', wide, args[next++]);
   }
   if(next != args.size()) mql_critical("StringFormat: too many arguments");
   return mql_from_utf8(o);
}
