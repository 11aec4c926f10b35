// link.cpp: lines over stdin and stdout, fields apart by 0x1f; effects are counted here.
#include "link.hpp"
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

static const char UNIT = '\x1f';
int mql_last_error = 0;
bool mql_stopped = false;

static std::string escaped(const std::string &s) {
   if(s.find_first_of("\n\r\\") == s.npos) return s;
   std::string out;
   for(char c : s) {
      if(c == '\n') out += "\\n";
      else if(c == '\r') out += "\\r";
      else if(c == '\\') out += "\\\\";
      else out += c;
   }
   return out;
}

static std::string unescaped(const std::string &s) {
   if(s.find('\\') == s.npos) return s;
   std::string out;
   for(size_t i = 0; i < s.size(); i++) {
      if(s[i] != '\\' || i + 1 == s.size()) { out += s[i]; continue; }
      char c = s[++i];
      out += c == 'n' ? '\n' : c == 'r' ? '\r' : c;
   }
   return out;
}

Fields split(const std::string &text, char separator) {
   Fields out;
   size_t from = 0;
   for(;;) {
      size_t to = text.find(separator, from);
      out.push_back(text.substr(from, to == text.npos ? to : to - from));
      if(to == text.npos) return out;
      from = to + 1;
   }
}

void tell(const Fields &message) {
   std::string line;
   for(size_t i = 0; i < message.size(); i++) {
      if(i) line += UNIT;
      line += escaped(message[i]);
   }
   line += '\n';
   size_t done = 0;
   while(done < line.size()) {
      ssize_t n = write(STDOUT_FILENO, line.data() + done, line.size() - done);
      if(n <= 0) _exit(3);
      done += (size_t)n;
   }
}

Fields receive() {
   static std::string buffer;
   static char block[65536];
   for(;;) {
      size_t end = buffer.find('\n');
      if(end != buffer.npos) {
         Fields fields = split(buffer.substr(0, end), UNIT);
         buffer.erase(0, end + 1);
         for(std::string &f : fields) f = unescaped(f);
         return fields;
      }
      ssize_t n = read(STDIN_FILENO, block, sizeof block);
      if(n <= 0) _exit(0);
      buffer.append(block, (size_t)n);
   }
}

Fields ask(const Fields &question) {
   Fields message{"C"};
   message.insert(message.end(), question.begin(), question.end());
   tell(message);
   Fields answer = receive();
   while(answer[0] == "STOP") { mql_stopped = true; answer = receive(); }
   if(answer[0] == "E" && answer.size() > 1) mql_last_error = atoi(answer[1].c_str());
   return answer;
}

bool ok(const Fields &answer) { return answer[0] == "R"; }
std::string number(long v) { return std::to_string(v); }
std::string number(ulong v) { return std::to_string(v); }
std::string number(double v) { char b[40]; snprintf(b, sizeof b, "%.17g", v); return b; }
long as_long(const std::string &s) { return strtol(s.c_str(), nullptr, 10); }
ulong as_ulong(const std::string &s) { return strtoul(s.c_str(), nullptr, 10); }
double as_double(const std::string &s) { return strtod(s.c_str(), nullptr); }

void mql_critical(const char *what) {
   tell({"X", what});
   _exit(99);
}

static long effects = 0, kill_at = 0, kill_bytes = 0;
static std::string kill_mode, names;

void arm_kill(long at, const std::string &mode, long bytes) {
   effects = 0;
   kill_at = at;
   kill_mode = mode;
   kill_bytes = bytes;
}

void die_now() {
   kill(getpid(), SIGKILL);
   for(;;) pause();
}

void before_effect(const std::string &name) {
   effects++;
   names += (names.empty() ? "" : ";") + name;
   if(effects == kill_at && kill_mode == "before") die_now();
}

// How much of a write reaches the file before the process dies there; -1 = all of it.
long torn_bytes(size_t size) {
   if(effects != kill_at || kill_mode != "torn") return -1;
   return kill_bytes < (long)size ? kill_bytes : (long)size;
}

void after_effect() {
   if(effects == kill_at && kill_mode != "before") die_now();
}

std::string take_effects() {
   std::string out;
   out.swap(names);
   return out;
}
