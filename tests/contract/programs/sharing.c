/* What another handle may do with a file that is held as MQL5's FileOpen holds it. */
#include <stdio.h>
#include <windows.h>

static const wchar_t *NAME = L"shared.csv", *OTHER = L"other.csv";

static void say(const char *held, const char *what, BOOL done) {
    printf("%s %s %lu\n", held, what, done ? 0 : GetLastError());
}

static HANDLE open_file(const wchar_t *name, DWORD access, DWORD share, DWORD how) {
    return CreateFileW(name, access, share, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);
}

static void try_open(const char *held, const char *what, DWORD access) {
    /* As Python's open(): reading and writing shared, deleting not. */
    HANDLE handle = open_file(NAME, access, FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING);
    say(held, what, handle != INVALID_HANDLE_VALUE);
    if(handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
}

static void make(const wchar_t *name) {
    CloseHandle(open_file(name, GENERIC_WRITE, 0, CREATE_ALWAYS));
}

static void probe(const char *held, DWORD share) {
    make(NAME);
    make(OTHER);
    HANDLE handle = open_file(NAME, GENERIC_READ | GENERIC_WRITE, share, OPEN_EXISTING);
    try_open(held, "read", GENERIC_READ);
    try_open(held, "append", FILE_APPEND_DATA);
    try_open(held, "overwrite", GENERIC_WRITE);
    say(held, "replace", MoveFileExW(OTHER, NAME, MOVEFILE_REPLACE_EXISTING));
    say(held, "rename_new", MoveFileExW(NAME, L"aside.csv", 0));
    say(held, "remove", DeleteFileW(NAME));
    CloseHandle(handle);
    DeleteFileW(NAME);
    DeleteFileW(OTHER);
}

static void probe_other_way(void) {
    /* The app holds the file as Python does; the EA opens, moves onto it, deletes. */
    make(NAME);
    make(OTHER);
    HANDLE app = open_file(NAME, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING);
    HANDLE alone = open_file(NAME, GENERIC_READ, 0, OPEN_EXISTING);
    say("app", "ea_alone", alone != INVALID_HANDLE_VALUE);
    HANDLE shared = open_file(NAME, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING);
    say("app", "ea_shared", shared != INVALID_HANDLE_VALUE);
    if(shared != INVALID_HANDLE_VALUE) CloseHandle(shared);
    say("app", "ea_move", MoveFileExW(OTHER, NAME, MOVEFILE_REPLACE_EXISTING));
    CloseHandle(app);
}

int main(void) {
    if(!SetCurrentDirectoryW(L"C:\\windows\\temp")) return 1;
    probe("none", 0);
    probe("read", FILE_SHARE_READ);
    probe("read_write", FILE_SHARE_READ | FILE_SHARE_WRITE);
    probe_other_way();
    return 0;
}
