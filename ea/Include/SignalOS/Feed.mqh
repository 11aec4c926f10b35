// Feed.mqh: every command file that is not archived, oldest first, row by row.
#ifndef SIGNALOS_FEED_MQH
#define SIGNALOS_FEED_MQH

#include <SignalOS\Control.mqh>
#include <SignalOS\Rows.mqh>

#define LIST_MS 1000
#define FEED_MS 500

struct CommandFile {
   string name;
   long   session;
   long   offset;
   long   bound;   // what lies before it was there at OnInit; -1 = not looked at since
};

CommandFile g_files[];
ulong       g_listed_at = 0;
bool        g_feed_behind = true;  // rows may lie there that were not looked at yet

// The session that a command file belongs to; 0 = not a command file.
long SessionOfFile(const string name) {
   long session = 0;
   if(name == "commands.csv")
      return 1;
   int length = StringLen(name);
   if(length < 14 || StringSubstr(name, 0, 9) != "commands." || StringSubstr(name, length - 4) != ".csv")
      return 0;
   return ParseWhole(StringSubstr(name, 9, length - 13), session) ? session : 0;
}

bool HasFile(const string name) {
   for(int i = 0; i < ArraySize(g_files); i++) {
      if(g_files[i].name == name)
         return true;
   }
   return false;
}

void AddFile(const string name, const bool at_start) {
   long session = SessionOfFile(name);
   if(session == 0 || HasFile(name))
      return;
   int count = ArraySize(g_files);
   ArrayResize(g_files, count + 1, 16);
   int place = count;
   while(place > 0 && g_files[place - 1].session > session) {
      g_files[place] = g_files[place - 1];
      place--;
   }
   g_files[place].name = name;
   g_files[place].session = session;
   g_files[place].offset = 0;
   g_files[place].bound = at_start ? -1 : 0;
}

// Files that are gone were archived.
void DropGoneFiles() {
   for(int i = ArraySize(g_files) - 1; i >= 0; i--) {
      if(!FileIsExist(InFolder(g_files[i].name)))
         ArrayRemove(g_files, i, 1);
   }
}

void ListFiles(const bool at_start) {
   string name = "";
   long   search = FileFindFirst(InFolder("commands*.csv"), name);
   g_listed_at = Monotonic();
   if(search == INVALID_HANDLE)
      return;
   AddFile(name, at_start);
   while(FileFindNext(search, name))
      AddFile(name, at_start);
   FileFindClose(search);
}

void StartFeed() {
   ArrayResize(g_files, 0, 16);
   g_feed_behind = true;
   ListFiles(true);
}

// Rows from where the last one ended; false if the file is in use now. What is whole at the first reading was
// there at OnInit.
bool FeedFile(CommandFile &file) {
   Line lines[];
   long before = -1;
   ulong began = Monotonic();
   if(file.bound < 0 && FileIsExist(InFolder(file.name)))
      file.bound = FileGetInteger(InFolder(file.name), FILE_SIZE);
   while(file.offset != before && !IsStopped()) {
      before = file.offset;
      if(!ReadLines(file.name, file.offset, lines))
         return false;
      for(int i = 0; i < ArraySize(lines); i++) {
         LookAtFlags();
         ReadControl();
         // A long batch is dealt with in pieces, so that the heartbeat goes on.
         if(Monotonic() - began > FEED_MS || !ProcessLine(file.name, lines[i], lines[i].offset < file.bound)) {
            file.offset = lines[i].offset;
            return false;
         }
      }
   }
   file.bound = (long)MathMin(file.bound, file.offset);
   return true;
}

// All rows that are whole, in order: the session's file at once, any other one within a second. Before the rows of OnInit are dealt with no newer file is begun.
void FeedRows() {
   if(Monotonic() - g_listed_at >= LIST_MS) {
      DropGoneFiles();
      ListFiles(false);
   }
   if(g_app.file != "" && SessionOfFile(g_app.file) > 0 && !HasFile(g_app.file) && FileIsExist(InFolder(g_app.file)))
      AddFile(g_app.file, false);
   bool behind = false;
   for(int i = 0; i < ArraySize(g_files) && !behind; i++) {
      if(!FeedFile(g_files[i]))
         behind = true;
   }
   g_feed_behind = behind;
}

string CurrentFile() {
   int count = ArraySize(g_files);
   return count > 0 ? g_files[count - 1].name : "";
}

long CurrentOffset() {
   int count = ArraySize(g_files);
   return count > 0 ? g_files[count - 1].offset : 0;
}

#endif
