/* For tests: the interpreter of an installation, which ships none. First word: the library. */
#include <windows.h>
#include <stdio.h>

int wmain(int count, wchar_t **words)
{
    if (count < 2)
        return 101;
    HMODULE library = LoadLibraryExW(words[1], NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    int (*run)(int, wchar_t **) = library ? (void *)GetProcAddress(library, "Py_Main") : 0;
    if (!run) {
        fprintf(stderr, "%ls: error %lu\n", words[1], GetLastError());
        return 102;
    }
    words[1] = words[0];
    return run(count - 1, words + 1);
}
