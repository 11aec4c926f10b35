/* For tests: holds a file with the share mode given (0, 1 read, 3 read and write), or a mutex
   (--mutex NAME), says so, and ends when its input does. Without words it is a running program. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    if (count == 3 && !wcscmp(words[1], L"--mutex")) {
        CreateMutexW(NULL, FALSE, words[2]);
    } else if (count == 3) {
        HANDLE file = CreateFileW(words[1], GENERIC_READ, (DWORD)_wtoi(words[2]), NULL,
                                  OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
        if (file == INVALID_HANDLE_VALUE) {
            fprintf(stderr, "%ls: error %lu\n", words[1], GetLastError());
            return 1;
        }
    }
    printf("holding\n");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return 0;
}
