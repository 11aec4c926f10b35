// Json.mqh: JSON text out, and flat objects in (app.json), read strictly.
#ifndef SIGNALOS_JSON_MQH
#define SIGNALOS_JSON_MQH

#include <SignalOS\Text.mqh>

string JsonText(const string text) {
   string out = "\"";
   int    length = StringLen(text);
   for(int i = 0; i < length; i++) {
      ushort c = StringGetCharacter(text, i);
      if(c == '"' || c == '\\')
         out += "\\" + ShortToString(c);
      else if(c < 32 || c > 126)
         out += "\\u" + StringFormat("%04x", (uint)c);
      else
         out += ShortToString(c);
   }
   return out + "\"";
}

string JsonBool(const bool value) {
   return value ? "true" : "false";
}

string JsonPair(const string key, const string value) {
   return "\"" + key + "\":" + value;
}

string JsonList(const string &items[]) {
   string out = "[";
   for(int i = 0; i < ArraySize(items); i++) {
      if(i > 0)
         out += ",";
      out += items[i];
   }
   return out + "]";
}

int SkipBlanks(const string text, const int from) {
   int at = from;
   int length = StringLen(text);
   while(at < length && StringFind(" \t\r\n", ShortToString(StringGetCharacter(text, at))) >= 0)
      at++;
   return at;
}

// A string without escapes, or a bare word; its end is behind the last character, -1 = malformed.
int ReadJsonToken(const string text, const int from, string &token) {
   int length = StringLen(text);
   token = "";
   if(from >= length)
      return -1;
   if(StringGetCharacter(text, from) == '"') {
      int close = StringFind(text, "\"", from + 1);
      if(close < 0)
         return -1;
      token = StringSubstr(text, from + 1, close - from - 1);
      if(close == from + 1)
         token = "";
      return StringFind(token, "\\") < 0 ? close + 1 : -1;
   }
   int end = from;
   while(end < length && OnlyChars(StringSubstr(text, end, 1), "-+."))
      end++;
   token = StringSubstr(text, from, end - from);
   return end > from ? end : -1;
}

// The keys and values of a flat object; false if the text is anything else.
bool ReadJsonObject(const string text, string &keys[], string &values[]) {
   ArrayResize(keys, 0, 16);
   ArrayResize(values, 0, 16);
   int at = SkipBlanks(text, 0);
   if(StringSubstr(text, at, 1) != "{")
      return false;
   while(true) {
      string key, value;
      at = ReadJsonToken(text, SkipBlanks(text, at + 1), key);
      if(at < 0)
         return false;
      at = SkipBlanks(text, at);
      if(StringSubstr(text, at, 1) != ":")
         return false;
      at = ReadJsonToken(text, SkipBlanks(text, at + 1), value);
      if(at < 0)
         return false;
      AddText(keys, key);
      AddText(values, value);
      at = SkipBlanks(text, at);
      if(StringSubstr(text, at, 1) == "}")
         return SkipBlanks(text, at + 1) == StringLen(text);
      if(StringSubstr(text, at, 1) != ",")
         return false;
   }
   return false;
}

// The value of a key that stands exactly once; false otherwise.
bool JsonValue(const string &keys[], const string &values[], const string key, string &value) {
   int found = 0;
   for(int i = 0; i < ArraySize(keys); i++) {
      if(keys[i] != key)
         continue;
      found++;
      value = values[i];
   }
   return found == 1;
}

bool JsonWhole(const string &keys[], const string &values[], const string key, long &value) {
   string text;
   return JsonValue(keys, values, key, text) && ParseWhole(text, value);
}

#endif
