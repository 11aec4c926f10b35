// link.hpp: the pipe to the host, and what the parts of the runtime share.
#pragma once
#include "mql5.hpp"

typedef std::vector<std::string> Fields;

extern int mql_last_error;
extern bool mql_stopped;

// Ask the host; the first field of an answer is R, or E with an error number behind it.
Fields ask(const Fields &question);
void tell(const Fields &message);
Fields receive();
bool ok(const Fields &answer);
Fields split(const std::string &text, char separator);
std::string number(long v);
std::string number(ulong v);
std::string number(double v);
long as_long(const std::string &s);
ulong as_ulong(const std::string &s);
double as_double(const std::string &s);

// The clock as the host gave it last.
void set_clock(const Fields &fields, size_t from);

// What the broker shows is asked once and kept until something may have changed.
void forget_picture();

// Everything visible outside the process is an effect; the host may kill the process at any of them.
void before_effect(const std::string &name);
long torn_bytes(size_t size);
void after_effect();
void arm_kill(long at, const std::string &mode, long bytes);
std::string take_effects();
[[noreturn]] void die_now();

// Files: faults are armed by the host and counted down here.
void set_roots(const std::string &files, const std::string &common);
void arm_fault(const Fields &fields);
void close_all_files();
bool set_input(const std::string &name, const std::string &value);
