// Files.mqh: the instance's folder, appends that cannot leave a readable half row, replaces, reads.
#ifndef SIGNALOS_FILES_MQH
#define SIGNALOS_FILES_MQH

#include <SignalOS\Text.mqh>

#define READ_BLOCK 1048576
#define READ_ABSENT (-1)
#define READ_BUSY (-2)

// One line of a file without its line end; clean = printable ASCII throughout.
struct Line {
   long   offset;
   string text;
   bool   clean;
};

string g_folder = "";

string InFolder(const string name) {
   return g_folder + "\\" + name;
}

bool WriteText(const int handle, const string text) {
   uchar bytes[];
   int   count = StringToCharArray(text, bytes, 0, WHOLE_ARRAY, CP_UTF8) - 1;
   return FileWriteArray(handle, bytes, 0, count) == (uint)count;
}

bool EndsInLineFeed(const int handle, const long size) {
   if(size == 0)
      return true;
   uchar last[];
   if(!FileSeek(handle, -1, SEEK_END) || FileReadArray(handle, last, 0, 1) != 1)
      return false;
   FileFlush(handle);
   return last[0] == 10;
}

// Append rows and see that they reached the file. What a torn write left is closed with "!" first.
bool AppendRow(const string name, const string header, const string row) {
   string path = InFolder(name);
   int    handle = FileOpen(path, FILE_READ | FILE_WRITE | FILE_BIN | FILE_SHARE_READ);
   if(handle == INVALID_HANDLE)
      return false;
   long   size = (long)FileSize(handle);
   string text = row + "\n";
   if(size == 0)
      text = header + "\n" + text;
   if(!EndsInLineFeed(handle, size))
      text = "!\n" + text;
   bool written = FileSeek(handle, 0, SEEK_END) && WriteText(handle, text);
   FileFlush(handle);
   FileClose(handle);
   return written && FileGetInteger(path, FILE_SIZE) == size + StringLen(text);
}

bool WriteWhole(const string path, const int common, const string text) {
   int handle = FileOpen(path, FILE_WRITE | FILE_BIN | common);
   if(handle == INVALID_HANDLE)
      return false;
   bool written = WriteText(handle, text);
   FileFlush(handle);
   FileClose(handle);
   return written;
}

// Write beside, then move over: a reader sees the old text or the new one.
bool ReplaceText(const string name, const string text) {
   string path = InFolder(name);
   string beside = path + ".tmp";
   if(!WriteWhole(beside, 0, text))
      return false;
   if(FileGetInteger(beside, FILE_SIZE) != StringLen(text))
      return false;
   return FileMove(beside, 0, path, FILE_REWRITE);
}

// Bytes from an offset on, at most READ_BLOCK; their number, READ_ABSENT or READ_BUSY.
int ReadBytes(const string path, const int common, const long offset, uchar &bytes[], long &size) {
   size = 0;
   if(!FileIsExist(path, common))
      return READ_ABSENT;
   int handle = FileOpen(path, FILE_READ | FILE_BIN | FILE_SHARE_READ | FILE_SHARE_WRITE | common);
   if(handle == INVALID_HANDLE)
      return FileIsExist(path, common) ? READ_BUSY : READ_ABSENT;
   size = (long)FileSize(handle);
   int got = 0;
   if(size > offset && FileSeek(handle, offset, SEEK_SET))
      got = (int)FileReadArray(handle, bytes, 0, (int)MathMin(size - offset, (long)READ_BLOCK));
   FileClose(handle);
   return got;
}

void AddLine(Line &lines[], const uchar &bytes[], const int start, const int end, const long offset) {
   int length = end - start;
   if(length > 0 && bytes[end - 1] == 13)
      length--;
   int n = ArraySize(lines);
   ArrayResize(lines, n + 1, 1024);
   lines[n].offset = offset + start;
   lines[n].clean = true;
   for(int i = start; i < start + length; i++) {
      if(bytes[i] < 32 || bytes[i] > 126)
         lines[n].clean = false;
   }
   lines[n].text = "";
   if(length > 0)
      lines[n].text = CharArrayToString(bytes, start, length, CP_ACP);
}

// Whole lines from an offset on, which moves behind the last one. False if the file is in use.
// A file that shrank is read from its beginning. A line longer than a block ends where the block ends.
bool ReadLines(const string name, long &offset, Line &lines[]) {
   ArrayResize(lines, 0, 1024);
   uchar bytes[];
   long  size = 0;
   int   got = ReadBytes(InFolder(name), 0, offset, bytes, size);
   if(got == READ_BUSY)
      return false;
   if(got == READ_ABSENT || size < offset) {
      offset = 0;
      if(got != READ_ABSENT)
         got = ReadBytes(InFolder(name), 0, 0, bytes, size);
   }
   int start = 0;
   if(offset == 0 && got >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
      start = 3;
   int consumed = 0;
   for(int i = start; i < got; i++) {
      if(bytes[i] != 10 && !(consumed == 0 && i == READ_BLOCK - 1))
         continue;
      AddLine(lines, bytes, start, i, offset);
      start = i + 1;
      consumed = start;
   }
   offset += consumed;
   return true;
}

#endif
