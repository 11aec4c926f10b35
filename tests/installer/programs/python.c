/* For tests: the interpreter of an installation, which ships none. First word: the library. It
   finds other libraries as the launcher does. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    if (count < 2)
        return 101;
    wchar_t folder[MAX_PATH];
    swprintf(folder, MAX_PATH, L"%ls", words[1]);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (end)
        *end = 0;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(folder);
    HMODULE library = LoadLibraryExW(words[1], NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    int (*run)(int, wchar_t **) = library ? (void *)GetProcAddress(library, "Py_Main") : 0;
    if (!run) {
        fprintf(stderr, "%ls: error %lu\n", words[1], GetLastError());
        return 102;
    }
    words[1] = words[0];
    return run(count - 1, words + 1);
}
