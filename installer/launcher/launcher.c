/* SignalOS.exe and signalos-desktop.exe: load runtime\python3XX.dll and run the program in this
   process. The first has no console; both refuse to load libraries from the current folder. */
#include <windows.h>
#include <shobjidl.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768
#define DAMAGED 102

typedef int (*python_main)(int, wchar_t **);

static const wchar_t *const OWN[] = {L"-I", L"-B", L"-X", L"utf8", L"-m", L"signalos_desktop"};
enum { OWN_COUNT = sizeof OWN / sizeof *OWN };

static int damaged(const wchar_t *what, DWORD error)
{
    wchar_t text[512];
    swprintf(text, 512,
             L"This installation of SignalOS Desktop is damaged: %ls (error %lu).\n\n"
             L"Run SignalOS-Setup.exe again. Your settings and your journal are kept.",
             what, (unsigned long)error);
#ifdef WITH_WINDOW
    /* Whoever takes our output is no person that could close a window. */
    if (GetFileType(GetStdHandle(STD_ERROR_HANDLE)) == FILE_TYPE_UNKNOWN)
        MessageBoxW(NULL, text, L"SignalOS Desktop", MB_ICONERROR | MB_SETFOREGROUND);
#endif
    fprintf(stderr, "%ls\n", text);
    return DAMAGED;
}

static int start(int count, wchar_t **words)
{
    static wchar_t folder[LONGEST], path[LONGEST];
    DWORD end = GetModuleFileNameW(NULL, folder, LONGEST);
    while (end && folder[end - 1] != L'\\')
        end--;
    folder[end] = 0;

    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    swprintf(path, LONGEST, L"%lsruntime", folder);
    AddDllDirectory(path);
    swprintf(path, LONGEST, L"%lsruntime\\" PYTHON_DLL, folder);
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!library)
        return damaged(L"runtime\\" PYTHON_DLL L" cannot be loaded", GetLastError());
    python_main run = (python_main)(void *)GetProcAddress(library, "Py_Main");
    if (!run)
        return damaged(L"runtime\\" PYTHON_DLL L" has no Py_Main", GetLastError());

    wchar_t **all = calloc((size_t)count + OWN_COUNT + 1, sizeof *all);
    if (!all)
        return damaged(L"there is no memory", ERROR_OUTOFMEMORY);
    int used = 0;
    all[used++] = words[0];
    for (int i = 0; i < OWN_COUNT; i++)
        all[used++] = (wchar_t *)OWN[i];
    for (int i = 1; i < count; i++)
        all[used++] = words[i];
    return run(used, all);
}

#ifdef WITH_WINDOW
int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, LPWSTR line, int show)
{
    (void)own, (void)before, (void)line, (void)show;
    /* One button in the task bar, which can be pinned. */
    SetCurrentProcessExplicitAppUserModelID(L"SignalOS.Desktop");
    int count = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    return words ? start(count, words) : damaged(L"the command line is unreadable", GetLastError());
}
#else
int wmain(int count, wchar_t **words)
{
    return start(count, words);
}
#endif
