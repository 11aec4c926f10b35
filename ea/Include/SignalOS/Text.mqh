// Text.mqh: reading and writing the plain text of fields: numbers, words, quoted columns.
#ifndef SIGNALOS_TEXT_MQH
#define SIGNALOS_TEXT_MQH

#define LARGEST_ID 2147483647
#define LARGEST_MS 253402300799999

bool IsDigit(const ushort c) {
   return c >= '0' && c <= '9';
}

bool IsLetter(const ushort c) {
   return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Every character is a letter, a digit or one of the others given.
bool OnlyChars(const string text, const string others) {
   int length = StringLen(text);
   for(int i = 0; i < length; i++) {
      ushort c = StringGetCharacter(text, i);
      if(!IsDigit(c) && !IsLetter(c) && StringFind(others, ShortToString(c)) < 0)
         return false;
   }
   return true;
}

// Digits alone, at most 18 of them, so that a long always holds the value.
bool ParseWhole(const string text, long &value) {
   int length = StringLen(text);
   value = 0;
   if(length < 1 || length > 18)
      return false;
   for(int i = 0; i < length; i++) {
      ushort c = StringGetCharacter(text, i);
      if(!IsDigit(c))
         return false;
      value = value * 10 + (c - '0');
   }
   return true;
}

// A plain decimal without sign and exponent: at most 12 digits before the point and 10 after it.
bool ParseDecimal(const string text, double &value) {
   value = 0.0;
   int length = StringLen(text);
   int point = StringFind(text, ".");
   int before = (point < 0 ? length : point);
   if(before < 1 || before > 12 || (point >= 0 && (length - point < 2 || length - point > 11)))
      return false;
   for(int i = 0; i < length; i++) {
      if(i != point && !IsDigit(StringGetCharacter(text, i)))
         return false;
   }
   value = StringToDouble(text);
   return true;
}

// A number without exponent and without trailing zeros.
string PlainNumber(const double value, const int digits) {
   string text = DoubleToString(value, digits);
   if(StringFind(text, ".") >= 0) {
      int end = StringLen(text);
      while(end > 0 && StringGetCharacter(text, end - 1) == '0')
         end--;
      if(end > 0 && StringGetCharacter(text, end - 1) == '.')
         end--;
      text = StringSubstr(text, 0, end);
   }
   return (text == "-0" || text == "") ? "0" : text;
}

// Text for a quoted column: printable ASCII, no double quote, at most so many characters.
string CleanText(const string text, const int limit) {
   string clean = "";
   int    length = MathMin(StringLen(text), limit);
   for(int i = 0; i < length; i++) {
      ushort c = StringGetCharacter(text, i);
      if(c == '"')
         c = '\'';
      if(c < 32 || c > 126)
         c = (c == 10 || c == 13 || c == 9) ? ' ' : '?';
      clean += ShortToString(c);
   }
   return clean;
}

string Quoted(const string text, const int limit) {
   return "\"" + CleanText(text, limit) + "\"";
}

void AddText(string &list[], const string text) {
   int n = ArraySize(list);
   ArrayResize(list, n + 1, 64);
   list[n] = text;
}

bool HasText(const string &list[], const string text) {
   for(int i = ArraySize(list) - 1; i >= 0; i--) {
      if(list[i] == text)
         return true;
   }
   return false;
}

// The columns of a row; a comma inside double quotes does not separate. Returns their number.
int SplitColumns(const string line, string &columns[]) {
   ArrayResize(columns, 0, 32);
   int  length = StringLen(line);
   int  start = 0;
   bool quoted = false;
   for(int i = 0; i <= length; i++) {
      ushort c = ',';
      if(i < length)
         c = StringGetCharacter(line, i);
      if(c == '"')
         quoted = !quoted;
      if(c != ',' || (quoted && i < length))
         continue;
      string column = StringSubstr(line, start, i - start);
      int    size = StringLen(column);
      if(size >= 2 && StringGetCharacter(column, 0) == '"' && StringGetCharacter(column, size - 1) == '"')
         column = StringSubstr(column, 1, size - 2);
      AddText(columns, i > start ? column : "");
      start = i + 1;
   }
   return ArraySize(columns);
}

// Does a comment carry the tag #<cmd_id> in front?
bool HasTag(const string comment, const long cmd_id) {
   string tag = "#" + (string)cmd_id;
   int    length = StringLen(tag);
   if(StringSubstr(comment, 0, length) != tag)
      return false;
   return StringLen(comment) == length || !IsDigit(StringGetCharacter(comment, length));
}

// Does a comment carry any tag?
bool IsTagged(const string comment) {
   return StringLen(comment) > 1 && StringGetCharacter(comment, 0) == '#' && IsDigit(StringGetCharacter(comment, 1));
}

#endif
