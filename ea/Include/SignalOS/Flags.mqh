// Flags.mqh: the halt flags in the instance's folder and in Common. What lies there stops, readable or not.
#ifndef SIGNALOS_FLAGS_MQH
#define SIGNALOS_FLAGS_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Crc.mqh>
#include <SignalOS\Files.mqh>

#define FLAG_NAME "halt.flag"
#define FLAG_BUSY_MS 1000
#define ERROR_IS_FOLDER 5018

enum ENUM_STOP_LEVEL {
   STOP_NONE = 0,
   STOP_HALT = 1,
   STOP_FLATTEN = 2
};

struct Flag {
   bool            lies;
   ENUM_STOP_LEVEL level;
   string          identity;    // empty = it cannot be read at this moment
   ulong           busy_since;  // monotonic, 0 = readable
};

Flag g_flag_here;
Flag g_flag_common;

string LevelName(const ENUM_STOP_LEVEL level) {
   switch(level) {
      case STOP_HALT: return "HALT";
      case STOP_FLATTEN: return "FLATTEN";
      default: return "NONE";
   }
}

ENUM_STOP_LEVEL LevelOf(const string name) {
   if(name == "HALT")
      return STOP_HALT;
   return name == "FLATTEN" ? STOP_FLATTEN : STOP_NONE;
}

ENUM_STOP_LEVEL HigherLevel(const ENUM_STOP_LEVEL a, const ENUM_STOP_LEVEL b) {
   return a > b ? a : b;
}

// The word at a place of the first bytes of a flag; words are separated by blanks and line ends.
string FlagWord(const uchar &bytes[], const int count, const int place) {
   string word = "";
   int    seen = 0;
   int    from = (count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) ? 3 : 0;
   for(int i = from; i < count && i < 400; i++) {
      bool blank = (bytes[i] == 32 || (bytes[i] >= 9 && bytes[i] <= 13));
      if(!blank && seen == place)
         word += (bytes[i] > 32 && bytes[i] < 127) ? ShortToString((ushort)bytes[i]) : "?";
      if(blank && i > from && !(bytes[i - 1] == 32 || (bytes[i - 1] >= 9 && bytes[i - 1] <= 13)))
         seen++;
   }
   return word;
}

string HandIdentity(const string path, const int common, const string crc) {
   return "hand:" + crc + ":" + (string)FileGetInteger(path, FILE_MODIFY_DATE, common != 0);
}

// A press id goes into latch.csv as it is, so only such an id counts as one.
bool IsPressId(const string text) {
   return text != "" && StringLen(text) <= 64 && OnlyChars(text, "._:-") && StringFind(text, "hand:") != 0;
}

void NoteUnreadable(const string path, const int common, Flag &flag) {
   if(flag.busy_since == 0)
      flag.busy_since = Monotonic() + 1;
   flag.lies = true;
   flag.level = HigherLevel(flag.level, STOP_HALT);
   if(Monotonic() + 1 - flag.busy_since >= FLAG_BUSY_MS && flag.identity == "")
      flag.identity = HandIdentity(path, common, "00000000");
}

void ReadFlag(const string path, const int common, Flag &flag) {
   uchar bytes[];
   long  size = 0;
   ResetLastError();
   int   got = ReadBytes(path, common, 0, bytes, size);
   if(got == READ_BUSY || (got == READ_ABSENT && GetLastError() == ERROR_IS_FOLDER)) {
      NoteUnreadable(path, common, flag);
      return;
   }
   flag.busy_since = 0;
   flag.lies = (got != READ_ABSENT);
   flag.level = STOP_NONE;
   flag.identity = "";
   if(!flag.lies)
      return;
   flag.level = FlagWord(bytes, got, 0) == "FLATTEN" ? STOP_FLATTEN : STOP_HALT;
   flag.identity = FlagWord(bytes, got, 1);
   if(!IsPressId(flag.identity))
      flag.identity = HandIdentity(path, common, CrcOfBytes(bytes, got));
}

void ReadFlags() {
   ReadFlag(InFolder(FLAG_NAME), 0, g_flag_here);
   ReadFlag(FLAG_NAME, FILE_COMMON, g_flag_common);
}

bool IsFlagLying() {
   return g_flag_here.lies || g_flag_common.lies;
}

// Put our own flag into the instance's folder, unless one of this level or a higher one lies there.
bool WriteFlag(const ENUM_STOP_LEVEL level, const string identity) {
   ReadFlag(InFolder(FLAG_NAME), 0, g_flag_here);
   if(g_flag_here.lies && g_flag_here.level >= level)
      return true;
   string text = LevelName(level) + " " + identity + "\n";
   return ReplaceText(FLAG_NAME, text) || WriteWhole(InFolder(FLAG_NAME), 0, text);
}

#endif
