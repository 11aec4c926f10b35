/* For tests: what the windows whose title begins so show, or the press of one of their buttons.
   window TITLE         one line for each window and each control in it that can be seen:
                        left, top, right, bottom, kind (window, on, off, ticked), text, by tabs;
                        of a window the place of its inside
   window TITLE BUTTON  presses the button once, without waiting for what it does; 1 = not there */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define LONGEST 2048
#define ANSWERS_WITHIN_MS 5000

static const wchar_t *title, *button;
static HWND found;

/* As it is read: no mark of the key, no line ends. */
static void read_text(HWND window, wchar_t *text)
{
    DWORD_PTR length = 0;
    text[0] = 0;
    SendMessageTimeoutW(window, WM_GETTEXT, LONGEST, (LPARAM)text, SMTO_ABORTIFHUNG,
                        ANSWERS_WITHIN_MS, &length);
    wchar_t *end = text;
    for (wchar_t *at = text; *at; at++)
        if (*at != L'&')
            *end++ = *at < L' ' ? L' ' : *at;
    *end = 0;
}

static int is_on(HWND window)
{
    return IsWindowEnabled(window) && IsWindowEnabled(GetAncestor(window, GA_ROOT));
}

static int is_ticked(HWND window)
{
    wchar_t kind[16];
    GetClassNameW(window, kind, 16);
    return !wcscmp(kind, L"Button") && SendMessageW(window, BM_GETCHECK, 0, 0) == BST_CHECKED;
}

static void show(HWND window, const char *kind, const wchar_t *text)
{
    static char bytes[4 * LONGEST];
    RECT place;
    if (GetAncestor(window, GA_ROOT) == window) {
        GetClientRect(window, &place);
        MapWindowPoints(window, NULL, (POINT *)&place, 2);
    } else {
        GetWindowRect(window, &place);
    }
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    printf("%ld\t%ld\t%ld\t%ld\t%s\t%s\n", place.left, place.top, place.right, place.bottom, kind,
           bytes);
}

static BOOL CALLBACK each_control(HWND window, LPARAM unused)
{
    wchar_t text[LONGEST];
    (void)unused;
    if (!IsWindowVisible(window))
        return TRUE;
    read_text(window, text);
    if (button) {
        if (is_on(window) && !wcscmp(text, button))
            found = window;
    } else if (text[0]) {
        show(window, is_ticked(window) ? "ticked" : is_on(window) ? "on" : "off", text);
    }
    return TRUE;
}

static BOOL CALLBACK each_window(HWND window, LPARAM unused)
{
    wchar_t text[LONGEST];
    read_text(window, text);
    if (!IsWindowVisible(window) || wcsncmp(text, title, wcslen(title)))
        return TRUE;
    if (!button)
        show(window, "window", text);
    return EnumChildWindows(window, each_control, unused), TRUE;
}

int wmain(int count, wchar_t **words)
{
    if (count < 2)
        return 2;
    title = words[1];
    button = count > 2 ? words[2] : NULL;
    EnumWindows(each_window, 0);
    if (button && (!found || !PostMessageW(found, BM_CLICK, 0, 0)))
        return 1;
    return 0;
}
