// types.hpp: MQL5's own types: UTF-16 strings, dates, colours, arrays that check their bounds.
#pragma once
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>
#undef SEEK_SET
#undef SEEK_CUR
#undef SEEK_END

typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;

// MQL5 unloads a program that divides by zero or leaves an array; here the process ends and says why.
[[noreturn]] void mql_critical(const char *what);

#ifdef MQL_PERMISSIVE
#define MQL_TO_STRING
#else
#define MQL_TO_STRING explicit
#endif

struct datetime {
   long v;
   datetime() = default;
   constexpr datetime(long seconds) : v(seconds) {}
   constexpr operator long() const { return v; }
   datetime &operator+=(long d) { v += d; return *this; }
   datetime &operator-=(long d) { v -= d; return *this; }
};

struct color {
   uint v;
   color() = default;
   constexpr color(uint rgb) : v(rgb) {}
   constexpr operator uint() const { return v; }
};

class string {
public:
   std::u16string s;
   string() {}
   string(std::u16string text) : s(std::move(text)) {}
   MQL_TO_STRING string(bool b) : s(b ? u"true" : u"false") {}
   MQL_TO_STRING string(int v) : string((long)v) {}
   MQL_TO_STRING string(uint v) : string((ulong)v) {}
   MQL_TO_STRING string(long v);
   MQL_TO_STRING string(ulong v);
   MQL_TO_STRING string(datetime v);
#ifdef MQL_PERMISSIVE
   string(short v) : string((long)v) {}
   string(ushort v) : string((ulong)v) {}
   string(uchar v) : string((ulong)v) {}
   string(char v) : string((long)v) {}
   string(double v);
   string(color v);
   template <class E, class = decltype(mql_name(E()))> string(E e) : string((int)e) {}
   explicit operator double() const;
   explicit operator long() const;
   explicit operator int() const { return (int)(long)*this; }
   explicit operator ulong() const { return (ulong)(long)*this; }
   explicit operator datetime() const;
#else
   explicit string(double) = delete;
#endif
   string &operator+=(const string &o) { s += o.s; return *this; }
   ushort operator[](long i) const {
      if(i < 0 || (size_t)i >= s.size()) mql_critical("string index out of range");
      return s[(size_t)i];
   }
};

inline string operator+(const string &a, const string &b) { string r(a); r.s += b.s; return r; }
inline bool operator==(const string &a, const string &b) { return a.s == b.s; }
inline bool operator!=(const string &a, const string &b) { return a.s != b.s; }
inline bool operator<(const string &a, const string &b) { return a.s < b.s; }
inline bool operator>(const string &a, const string &b) { return a.s > b.s; }
inline bool operator<=(const string &a, const string &b) { return a.s <= b.s; }
inline bool operator>=(const string &a, const string &b) { return a.s >= b.s; }
inline string operator""_S(const char16_t *p, unsigned long n) { return string(std::u16string(p, n)); }

std::string mql_utf8(const string &);
string mql_from_utf8(const std::string &);

// vector<bool> has no references to its elements, so a bool is kept in a box.
template <class T> struct mql_cell { typedef T type; };
struct mql_bool { bool v; mql_bool() : v(false) {} mql_bool(bool b) : v(b) {} operator bool() const { return v; } };
template <> struct mql_cell<bool> { typedef mql_bool type; };

template <class T> class mql_array {
   typedef typename mql_cell<T>::type Cell;
   std::vector<Cell> cells;
   Cell blank_{};  // a row of an array of rows has its own length
   bool fixed_ = false;
   bool series_ = false;
   size_t at(long i) const {
      if(i < 0 || (size_t)i >= cells.size()) mql_critical("array out of range");
      return series_ ? cells.size() - 1 - (size_t)i : (size_t)i;
   }
public:
   mql_array() {}
   mql_array(std::initializer_list<Cell> list) : cells(list), fixed_(true) {}
   static mql_array sized(long n) { mql_array a; a.cells.resize((size_t)n); a.fixed_ = true; return a; }
   static mql_array filled(long n, std::initializer_list<Cell> list) {
      mql_array a(list); a.cells.resize((size_t)n); return a;
   }
   static mql_array rows(long n, const T &row) { mql_array a; a.cells.assign((size_t)n, row); a.fixed_ = true; return a; }
   static mql_array growing(const T &row) { mql_array a; a.blank_ = row; return a; }
   Cell &operator[](long i) { return cells[at(i)]; }
   const Cell &operator[](long i) const { return cells[at(i)]; }
   int size() const { return (int)cells.size(); }
   bool fixed() const { return fixed_; }
   bool series() const { return series_; }
   void set_series(bool on) { series_ = on; }
   int resize(int n, int reserve) {
      if(n < 0) return -1;
      if(fixed_) return n <= size() ? n : -1;
      if(reserve > 0 && (size_t)n > cells.capacity()) cells.reserve((size_t)n + (size_t)reserve);
      cells.resize((size_t)n, blank_);
      return n;
   }
   void cut(int start, int count) { cells.erase(cells.begin() + start, cells.begin() + start + count); }
};
