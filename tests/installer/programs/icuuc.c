/* For tests under wine alone: Windows 10 has an icuuc.dll, wine has none, and Qt loads it.
   Every converter refuses, and Qt falls back on its own codecs. */
#define SHOWN __declspec(dllexport)
#define UNSUPPORTED 16

SHOWN void *ucnv_open(const char *name, int *error)
{
    (void)name;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

SHOWN signed char ucnv_getMaxCharSize(const void *converter)
{
    (void)converter;
    return 1;
}

SHOWN const char *ucnv_getName(const void *converter, int *error)
{
    (void)converter;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

SHOWN const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name, (void)standard;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

SHOWN const char *ucnv_getAvailableName(int number)
{
    (void)number;
    return 0;
}

SHOWN int ucnv_countAvailable(void)
{
    return 0;
}

SHOWN int ucnv_toUCountPending(const void *converter, int *error)
{
    (void)converter;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

SHOWN int ucnv_fromUCountPending(const void *converter, int *error)
{
    return ucnv_toUCountPending(converter, error);
}

/* Never reached, since no converter is ever opened. */
#define UNREACHED(name) \
    SHOWN void name(void) {}
UNREACHED(ucnv_close)
UNREACHED(ucnv_reset)
UNREACHED(ucnv_toUnicode)
UNREACHED(ucnv_fromUnicode)
UNREACHED(ucnv_getToUCallBack)
UNREACHED(ucnv_getFromUCallBack)
UNREACHED(ucnv_setToUCallBack)
UNREACHED(ucnv_setFromUCallBack)
UNREACHED(ucnv_cbToUWriteUChars)
UNREACHED(ucnv_cbFromUWriteUChars)
UNREACHED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
UNREACHED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
