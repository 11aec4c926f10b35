// files.cpp: MQL5's files on a real folder: modes, sharing, buffers, and faults that the host arms.
#include "link.hpp"
#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fnmatch.h>
#include <map>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
std::string to_bytes(const string &t, uint cp);
string from_bytes(const std::string &b, uint cp);
std::string shown(const mql_arg &a);

enum { TOO_MANY = 5001, WRONG_NAME = 5002, CANNOT_OPEN = 5004, WRONG_HANDLE = 5007, NOT_TO_WRITE = 5009, NOT_BINARY = 5011, IS_FOLDER = 5018,
       NOT_EXIST = 5019, CANNOT_REWRITE = 5020, READ_ERROR = 5027 };

struct File {
   int fd, flags;
   uint cp;
   char delimiter;
   std::string path, name, buffer;   // buffer: written, not flushed, to stand at buffer_at
   long at = 0, buffer_at = 0;
   bool line_end = false;
};
struct Fault { std::string op, name; long count; int error; long bytes; };
struct Held { std::string name; char mode; };

static std::string root, common_root;
static std::map<int, File> files;
static std::map<long, std::pair<std::vector<std::string>, size_t>> searches;
static std::vector<Fault> faults;
static std::vector<Held> held;

void set_roots(const std::string &own, const std::string &common) { root = own; common_root = common; }

void arm_fault(const Fields &f) {
   if(f[1] == "clear") { faults.clear(); held.clear(); return; }
   if(f[1] == "hold") { held.push_back({f[2], f[3][0]}); return; }
   faults.push_back({f[1], f[2], as_long(f[3]), (int)as_long(f[4]), f.size() > 5 ? as_long(f[5]) : 0});
}

static const Fault *due(const char *op, const std::string &name) {
   for(Fault &f : faults) {
      if(f.op != op || f.count == 0 || fnmatch(f.name.c_str(), name.c_str(), 0)) continue;
      if(f.count > 0) f.count--;
      if(f.error) mql_last_error = f.error;
      return &f;
   }
   return nullptr;
}

// Another program holds the file as Windows lets it: r reads, a appends, both without FILE_SHARE_DELETE.
static bool is_held(const std::string &name, bool exclusive, bool shares_write, bool removes) {
   for(const Held &h : held)
      if(!fnmatch(h.name.c_str(), name.c_str(), 0) && (exclusive || removes || (h.mode == 'a' && !shares_write))) return true;
   return false;
}

static std::string place(const string &name, int flags) {
   std::string p = mql_utf8(name);
   for(char &c : p) if(c == '\\') c = '/';
   bool common = flags & FILE_COMMON;
   bool inside = !p.empty() && p[0] != '/' && p.find(':') == p.npos && ("/" + p + "/").find("/../") == std::string::npos;
   if(!inside || (common && common_root.empty())) { mql_last_error = inside ? NOT_EXIST : WRONG_NAME; return ""; }
   return (common ? common_root : root) + "/" + p;
}

static std::string base(const std::string &path) { return path.substr(path.rfind('/') + 1); }
static bool is_file(const std::string &p) { struct stat s; return !p.empty() && stat(p.c_str(), &s) == 0 && S_ISREG(s.st_mode); }
static bool is_folder(const std::string &p) { struct stat s; return !p.empty() && stat(p.c_str(), &s) == 0 && S_ISDIR(s.st_mode); }
static long size_of(const std::string &p) { struct stat s; return stat(p.c_str(), &s) == 0 ? (long)s.st_size : -1; }

static File *get(int h) {
   auto i = files.find(h);
   if(i == files.end()) { mql_last_error = WRONG_HANDLE; return nullptr; }
   return &i->second;
}

static void push_bytes(File &f, size_t count) {
   size_t done = 0;
   while(done < count) {
      ssize_t n = pwrite(f.fd, f.buffer.data() + done, count - done, f.buffer_at + (long)done);
      if(n <= 0) break;
      done += (size_t)n;
   }
}

static void push(File &f) {
   if(f.buffer.empty()) return;
   before_effect("write:" + f.name);
   long torn = torn_bytes(f.buffer.size());
   const Fault *lost = due("flush", f.name);
   size_t count = torn >= 0 ? (size_t)torn : lost ? std::min(f.buffer.size(), (size_t)lost->bytes) : f.buffer.size();
   push_bytes(f, count);
   f.buffer.clear();
   after_effect();
}

static void put(File &f, const std::string &bytes) {
   if(!f.buffer.empty() && f.buffer_at + (long)f.buffer.size() != f.at) push(f);
   if(f.buffer.empty()) f.buffer_at = f.at;
   f.buffer += bytes;
   f.at += (long)bytes.size();
}

static long length(File &f) {
   struct stat s;
   fstat(f.fd, &s);
   return std::max((long)s.st_size, f.buffer.empty() ? 0 : f.buffer_at + (long)f.buffer.size());
}

static bool conflicts(const std::string &path, int flags) {
   bool writes = flags & FILE_WRITE;
   for(auto &e : files) {
      if(e.second.path != path) continue;
      bool other_writes = e.second.flags & FILE_WRITE;
      bool shared = (flags & FILE_SHARE_READ) && (e.second.flags & FILE_SHARE_READ) && (!writes || (e.second.flags & FILE_SHARE_WRITE)) &&
                    (!other_writes || (flags & FILE_SHARE_WRITE));
      if(!shared) return true;
   }
   return false;
}

// Another process of this runtime: whoever opens without any sharing holds an exclusive lock.
static bool lock(int fd, int flags) {
   bool alone = !(flags & (FILE_SHARE_READ | FILE_SHARE_WRITE));
   return flock(fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
}

static int open_file(const std::string &p, int flags, bool creates) {
   bool truncates = (flags & FILE_WRITE) && !(flags & FILE_READ);
   if(flags & FILE_WRITE) fs::create_directories(fs::path(p).parent_path());
   bool visible = creates || (truncates && size_of(p) > 0);
   if(visible) before_effect("create:" + base(p));
   int fd = open(p.c_str(), (flags & FILE_WRITE ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0644);
   if(fd >= 0 && !lock(fd, flags)) { close(fd); fd = -1; }
   if(fd >= 0 && truncates && ftruncate(fd, 0) != 0) { close(fd); fd = -1; }
   if(visible) after_effect();
   return fd;
}

static void read_mark(File &f) {
   uchar b[3] = {0, 0, 0};
   ssize_t n = pread(f.fd, b, 3, 0);
   if(f.flags & FILE_BIN) return;
   if(n >= 2 && b[0] == 0xFF && b[1] == 0xFE) { f.flags = (f.flags & ~FILE_ANSI) | FILE_UNICODE; f.at = 2; return; }
   if(n == 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) { f.at = 3; f.flags |= FILE_ANSI; f.cp = CP_UTF8; return; }
   if(n <= 0 && !(f.flags & FILE_ANSI) && (f.flags & FILE_WRITE)) put(f, "\xFF\xFE");
}

int FileOpen(const string name, int flags, short delimiter, uint cp) {
   std::string p = place(name, flags);
   if(p.empty()) return INVALID_HANDLE;
   if(!(flags & (FILE_BIN | FILE_TXT | FILE_CSV))) mql_critical("FileOpen without FILE_BIN, FILE_TXT or FILE_CSV: this runtime lacks it");
   if(files.size() >= 64) { mql_last_error = TOO_MANY; return INVALID_HANDLE; }
   int error_before = mql_last_error;
   bool exists = is_file(p), alone = !(flags & (FILE_SHARE_READ | FILE_SHARE_WRITE));
   mql_last_error = CANNOT_OPEN;
   if((!exists && !(flags & FILE_WRITE)) || is_folder(p) || due("open", base(p))) return INVALID_HANDLE;
   if(conflicts(p, flags) || is_held(base(p), alone, flags & FILE_SHARE_WRITE, false)) return INVALID_HANDLE;
   int fd = open_file(p, flags, !exists);
   if(fd < 0) return INVALID_HANDLE;
   mql_last_error = error_before;
   int h = 1;
   while(files.count(h)) h++;
   File &f = files[h];
   f.fd = fd; f.flags = flags; f.cp = cp; f.delimiter = (char)delimiter; f.path = p; f.name = base(p);
   read_mark(f);
   return h;
}

void FileFlush(int h) { if(File *f = get(h)) push(*f); }
void FileClose(int h) {
   File *f = get(h);
   if(!f) return;
   push(*f);
   close(f->fd);
   files.erase(h);
}
void close_all_files() { while(!files.empty()) FileClose(files.begin()->first); }
ulong FileSize(int h) { File *f = get(h); return f ? (ulong)length(*f) : 0; }
ulong FileTell(int h) { File *f = get(h); return f ? (ulong)f->at : 0; }
bool FileSeek(int h, long offset, ENUM_FILE_POSITION origin) {
   File *f = get(h);
   if(!f) return false;
   long from = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? f->at : length(*f);
   f->at = std::max(0L, from + offset);
   return true;
}
bool FileIsEnding(int h) { File *f = get(h); return !f || f->at >= length(*f); }
bool FileIsLineEnding(int h) { File *f = get(h); return !f || f->line_end; }

uint FileReadArray(int h, mql_array<uchar> &a, int start, int count) {
   File *f = get(h);
   if(!f) return 0;
   if(!(f->flags & FILE_BIN)) { mql_last_error = NOT_BINARY; return 0; }
   push(*f);
   long room = std::max(0L, length(*f) - f->at), n = count < 0 ? room : std::min((long)count, room);
   std::string bytes((size_t)n, '\0');
   ssize_t got = pread(f->fd, &bytes[0], (size_t)n, f->at);
   if(got <= 0) return 0;
   if(a.size() < start + (int)got) a.resize(start + (int)got, 0);
   for(int i = 0; i < (int)got; i++) a[start + i] = (uchar)bytes[(size_t)i];
   f->at += got;
   return (uint)got;
}
uint FileWriteArray(int h, const mql_array<uchar> &a, int start, int count) {
   File *f = get(h);
   if(!f) return 0;
   if(!(f->flags & FILE_WRITE)) { mql_last_error = NOT_TO_WRITE; return 0; }
   int n = count < 0 ? a.size() - start : count;
   const Fault *shorter = due("write", f->name);
   if(shorter) n = std::min(n, (int)shorter->bytes);
   std::string bytes;
   for(int i = 0; i < n; i++) bytes += (char)a[start + i];
   put(*f, bytes);
   return (uint)n;
}

static std::string encoded(const File &f, const string &text) {
   if(f.flags & FILE_BIN) return to_bytes(text, f.cp);
   std::u16string lines;
   for(size_t i = 0; i < text.s.size(); i++) {
      if(text.s[i] == '\n' && (i == 0 || text.s[i - 1] != '\r')) lines += '\r';
      lines += text.s[i];
   }
   if(f.flags & FILE_ANSI) return to_bytes(string(lines), f.cp);
   std::string o;
   for(char16_t c : lines) { o += (char)(c & 255); o += (char)(c >> 8); }
   return o;
}
uint FileWriteString(int h, const string text, int length) {
   File *f = get(h);
   if(!f) return 0;
   if(!(f->flags & FILE_WRITE)) { mql_last_error = NOT_TO_WRITE; return 0; }
   std::string bytes = encoded(*f, length < 0 ? text : StringSubstr(text, 0, length));
   put(*f, bytes);
   return (uint)bytes.size();
}
uint mql_file_write(int h, const std::vector<mql_arg> &fields) {
   File *f = get(h);
   if(!f) return 0;
   std::string line;
   for(size_t i = 0; i < fields.size(); i++) {
      if(i && (f->flags & FILE_CSV)) line += f->delimiter;
      line += shown(fields[i]);
   }
   return FileWriteString(h, mql_from_utf8(line + "\n"), -1);
}

// One character of a text file at the position; -1 at its end.
static int next_char(File &f) {
   uchar b[2] = {0, 0};
   int width = f.flags & FILE_ANSI ? 1 : 2;
   if(pread(f.fd, b, (size_t)width, f.at) != width) return -1;
   f.at += width;
   return width == 1 ? b[0] : b[0] | b[1] << 8;
}

// CSV: to the next delimiter or line end; TXT: to the line end. An end of the file ends a field as well.
static string read_field(File &f) {
   std::u16string wide;
   std::string narrow;
   int c = next_char(f);
   if(c < 0) { mql_last_error = READ_ERROR; f.line_end = true; return string(); }
   for(; c >= 0; c = next_char(f)) {
      f.line_end = c == '\n';
      if(c == '\n' || ((f.flags & FILE_CSV) && c == f.delimiter)) break;
      wide += (char16_t)c;
      narrow += (char)c;
   }
   if(c < 0) f.line_end = true;
   string text = f.flags & FILE_ANSI ? from_bytes(narrow, f.cp) : string(wide);
   if(f.line_end && !text.s.empty() && text.s.back() == '\r') text.s.pop_back();
   return text;
}
string FileReadString(int h, int length) {
   File *f = get(h);
   if(!f) return string();
   push(*f);
   if(!(f->flags & FILE_BIN)) return read_field(*f);
   std::string bytes;
   for(int i = 0; i < length; i++) {
      char c;
      if(pread(f->fd, &c, 1, f->at) != 1) break;
      bytes += c;
      f->at++;
   }
   return from_bytes(bytes, f->cp);
}
double FileReadNumber(int h) { return StringToDouble(FileReadString(h)); }
bool FileReadBool(int h) { string s = FileReadString(h); return s == string(u"true") || StringToInteger(s) != 0; }
datetime FileReadDatetime(int h) { return StringToTime(FileReadString(h)); }

bool FileIsExist(const string name, int common) {
   std::string p = place(name, common);
   if(is_file(p)) return true;
   mql_last_error = is_folder(p) ? IS_FOLDER : NOT_EXIST;
   return false;
}
bool FileDelete(const string name, int common) {
   std::string p = place(name, common);
   if(!is_file(p)) { mql_last_error = NOT_EXIST; return false; }
   if(due("delete", base(p)) || conflicts(p, 0) || is_held(base(p), false, true, true)) { mql_last_error = CANNOT_OPEN; return false; }
   before_effect("delete:" + base(p));
   bool done = unlink(p.c_str()) == 0;
   after_effect();
   return done;
}
static bool transfer(const string &from, int common, const string &to, int mode, bool keep) {
   std::string p = place(from, common), q = place(to, mode & FILE_COMMON);
   if(!is_file(p)) { mql_last_error = NOT_EXIST; return false; }
   if(q.empty()) return false;
   if(is_file(q) && !(mode & FILE_REWRITE)) { mql_last_error = CANNOT_REWRITE; return false; }
   bool taken = conflicts(p, 0) || conflicts(q, 0) || is_held(base(q), false, true, true) || is_held(base(p), false, true, !keep);
   if(taken || due("move", base(q))) { mql_last_error = CANNOT_OPEN; return false; }
   before_effect((keep ? "copy:" : "move:") + base(q));
   std::error_code error;
   fs::create_directories(fs::path(q).parent_path(), error);
   if(keep) fs::copy_file(p, q, fs::copy_options::overwrite_existing, error);
   else fs::rename(p, q, error);
   after_effect();
   return !error;
}
bool FileMove(const string from, int common, const string to, int mode) { return transfer(from, common, to, mode, false); }
bool FileCopy(const string from, int common, const string to, int mode) { return transfer(from, common, to, mode, true); }
bool FolderCreate(const string name, int common) {
   std::string p = place(name, common);
   if(p.empty()) return false;
   if(is_folder(p)) return true;
   before_effect("folder:" + base(p));
   std::error_code error;
   fs::create_directories(p, error);
   after_effect();
   return !error;
}
long FileGetInteger(const string name, ENUM_FILE_PROPERTY_INTEGER property, bool common) {
   std::string p = place(name, common ? FILE_COMMON : 0);
   struct stat s;
   if(property == FILE_EXISTS) return is_file(p);
   if(p.empty() || stat(p.c_str(), &s) != 0) { mql_last_error = NOT_EXIST; return -1; }
   if(property == FILE_SIZE) return (long)s.st_size;
   if(property == FILE_MODIFY_DATE || property == FILE_CREATE_DATE) return (long)s.st_mtime;
   mql_critical("FileGetInteger: a property that this runtime lacks");
}
long FileGetInteger(int h, ENUM_FILE_PROPERTY_INTEGER property) {
   File *f = get(h);
   if(!f) return -1;
   if(property == FILE_SIZE) return length(*f);
   if(property == FILE_POSITION) return f->at;
   if(property == FILE_END) return FileIsEnding(h);
   if(property == FILE_LINE_END) return f->line_end;
   mql_critical("FileGetInteger: a property that this runtime lacks");
}
long FileFindFirst(const string filter, string &found, int common) {
   std::string p = place(filter, common);
   std::vector<std::string> names;
   std::error_code error;
   if(!p.empty())
      for(auto &entry : fs::directory_iterator(fs::path(p).parent_path(), error))
         if(!fnmatch(base(p).c_str(), entry.path().filename().c_str(), 0))
            names.push_back(entry.path().filename().string() + (entry.is_directory() ? "\\" : ""));
   if(names.empty()) { mql_last_error = NOT_EXIST; return INVALID_HANDLE; }
   std::sort(names.begin(), names.end());
   static long next = 1;
   found = mql_from_utf8(names[0]);
   searches[next] = {names, 1};
   return next++;
}
bool FileFindNext(long search, string &found) {
   auto i = searches.find(search);
   if(i == searches.end() || i->second.second >= i->second.first.size()) return false;
   found = mql_from_utf8(i->second.first[i->second.second++]);
   return true;
}
void FileFindClose(long search) { searches.erase(search); }
