; SignalOS-Setup.exe: one user, no administrator, nothing is downloaded.
;
; The new files are put into setup.new inside the target. Only when all of them lie there, they
; change places with the old ones, which wait in setup.old until the last change has worked; a
; change that fails is taken back. A setup that was killed is mended by the next one.
;
; Defined by the recipe: TARGET, VERSION, NUMBERS (four of them), OUT, ICON, SIDE, SIZE_KB, FILES
; (the list of File lines), ENTRIES (the macro EachEntry), SIGN_UNINSTALLER and FAST if wanted.

Unicode true
Target ${TARGET}
!ifdef FAST
    SetCompressor zlib
!else
    SetCompressor /SOLID /FINAL lzma
    SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define NAME "SignalOS Desktop"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SignalOS"
!define DATA "$LOCALAPPDATA\SignalOS Desktop"
!define MENU "$SMPROGRAMS\SignalOS Desktop"

; Exit codes; installer/README.md explains them.
!define CANCELLED 1
!define RUNNING 3
!define DOWNGRADE 4
!define NO_SPACE 5
!define NOT_WRITABLE 6
!define ANOTHER_SETUP 7
!define NOT_OURS 8
!define FILE_HELD 9
!define COPY_FAILED 10
!define OLD_WINDOWS 11

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\SignalOS"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
AllowSkipFiles off
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey CompanyName "SignalOS Desktop contributors"
VIAddVersionKey FileDescription "${NAME} Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence, SignalOS Desktop contributors"
!ifdef SIGN_UNINSTALLER
    !uninstfinalize '${SIGN_UNINSTALLER}'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_ABORT SayCancelled
!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "This puts ${NAME} on this computer for you alone. It needs no \
administrator and no Internet.$\r$\n$\r$\nThe Expert Advisor for MetaTrader 5 travels along; the \
panel puts it into the terminals that you choose. Setup itself touches no terminal.$\r$\n$\r$\n\
Settings and journal are kept in$\r$\n${DATA}$\r$\nand stay there through upgrades and removal."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\SignalOS.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "--demo"
!define MUI_FINISHPAGE_RUN_TEXT "&Start the demo: a simulated terminal, no account"
!define MUI_FINISHPAGE_TEXT "${NAME} and its demo are in the start menu.$\r$\n$\r$\nDone with it? \
Windows' own list of apps removes it."
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "The program is removed. What is yours stays: settings, journal \
and logs in ${DATA}, a sign-in in Windows' Credential Manager, and the Expert Advisor in your \
terminals."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

!include "${ENTRIES}"

Var Code
Var Text
Var Held
Var Failed
Var Upgrade

!macro Say CODE TEXT
    StrCpy $Code "${CODE}"
    StrCpy $Text "${TEXT}"
    Call ${UN}Log
!macroend

; Ends setup with a code and a text: a window, or with /S the log alone.
!macro Refuse CODE TEXT
    !insertmacro Say ${CODE} "${TEXT}"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$Text" /SD IDOK
    SetErrorLevel $Code
    Quit
!macroend

; Opening for writing fails while Windows runs a program from the file.
!macro RefuseIfRunning FILE
    ${If} ${FileExists} "${FILE}"
        ClearErrors
        FileOpen $0 "${FILE}" a
        ${If} ${Errors}
            !insertmacro Refuse ${RUNNING} "SignalOS Desktop is running, and it may be watching \
open trades. Nothing was changed. Close its window (and a running demo), then start setup again."
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

!macro SharedFunctions UN
Function ${UN}Log
    FileOpen $R9 "$TEMP\SignalOS-Setup.log" w
    FileWriteUTF16LE /BOM $R9 "$Code $Text$\r$\n"
    FileClose $R9
    DetailPrint "$Text"
FunctionEnd

; One setup or removal at a time; the mutex goes with the process.
Function ${UN}BeAlone
    System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\SignalOS-Setup") p .r0 ?e'
    Pop $0
    ${If} $0 = 183
        !insertmacro Refuse ${ANOTHER_SETUP} "Another setup or removal of SignalOS Desktop is \
running. Nothing was changed. Let it finish first."
    ${EndIf}
FunctionEnd

; $Held becomes the first file below the folder $0 that somebody holds open, else it stays.
Function ${UN}FindHeld
    Push $1
    Push $2
    Push $3
    FindFirst $1 $2 "$0\*.*"
    ${DoWhile} $2 != ""
        ${If} $Held != ""
        ${OrIf} $2 == "."
        ${OrIf} $2 == ".."
            Nop
        ${ElseIf} ${FileExists} "$0\$2\*.*"
            Push $0
            StrCpy $0 "$0\$2"
            Call ${UN}FindHeld
            Pop $0
        ${Else}
            ClearErrors
            FileOpen $3 "$0\$2" a
            ${If} ${Errors}
                StrCpy $Held "$0\$2"
            ${Else}
                FileClose $3
            ${EndIf}
        ${EndIf}
        FindNext $1 $2
    ${Loop}
    FindClose $1
    Pop $3
    Pop $2
    Pop $1
FunctionEnd

Function ${UN}RefuseIfInUse
    !insertmacro RefuseIfRunning "$INSTDIR\SignalOS.exe"
    !insertmacro RefuseIfRunning "$INSTDIR\signalos-desktop.exe"
    StrCpy $Held ""
    StrCpy $0 "$INSTDIR\runtime"
    Call ${UN}FindHeld
    StrCpy $0 "$INSTDIR\lib"
    Call ${UN}FindHeld
    StrCpy $0 "$INSTDIR\app"
    Call ${UN}FindHeld
    ${If} $Held != ""
        !insertmacro Refuse ${FILE_HELD} "Another program holds $Held open, perhaps a virus \
scanner or an editor. Nothing was changed. Close it or wait a minute, then start setup again."
    ${EndIf}
FunctionEnd
!macroend
!define UN ""
!insertmacro SharedFunctions ""
!undef UN
!define UN "un."
!insertmacro SharedFunctions "un."
!undef UN
!define UN ""

Function .onInit
    SetShellVarContext current
    ${IfNot} ${RunningX64}
    ${OrIfNot} ${AtLeastWin10}
        !insertmacro Refuse ${OLD_WINDOWS} "SignalOS Desktop needs a 64-bit Windows 10 or 11. \
Nothing was changed."
    ${EndIf}
    Call BeAlone
    Call TakeFolder
FunctionEnd

; /DIR=FOLDER, quoted as Windows understands it; NSIS' own /D= takes no quotes at all.
Function TakeFolder
    System::Call 'kernel32::GetCommandLineW() w .r0'
    System::Call 'shell32::CommandLineToArgvW(w r0, *i .r1) p .r2'
    IntOp $1 $1 - 1
    ${For} $3 1 $1
        IntOp $4 $3 * ${NSIS_PTR_SIZE}
        IntPtrOp $4 $2 + $4
        System::Call '*$4(w .r5)'
        StrCpy $6 $5 5
        ${If} $6 == "/DIR="
            StrCpy $INSTDIR $5 "" 5
        ${EndIf}
    ${Next}
    System::Call 'kernel32::LocalFree(p r2)'
FunctionEnd

Function SayCancelled
    !insertmacro Say ${CANCELLED} "Cancelled. Nothing was changed."
FunctionEnd

; Extraction or a change of places failed: whatever was there before is there again.
Function .onInstFailed
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\setup.new"
    RMDir "$INSTDIR"
    ${If} $Code == ""
        !insertmacro Say ${COPY_FAILED} "The files could not be copied into $INSTDIR: the disk \
may be full, or a virus scanner stopped it. Nothing was changed. Look at that and start again."
        MessageBox MB_OK|MB_ICONSTOP "$Text" /SD IDOK
    ${EndIf}
    SetErrorLevel $Code
FunctionEnd

; Only an empty folder, a new one, or an installation of ours may be the target.
Function RefuseForeignFolder
    ${If} ${FileExists} "$INSTDIR\manifest.json"
    ${OrIf} ${FileExists} "$INSTDIR\setup.old\*.*"
        StrCpy $Upgrade 1
        Return
    ${EndIf}
    StrCpy $Upgrade 0
    ${If} ${FileExists} "$INSTDIR\SignalOS.exe"
        StrCpy $Upgrade 1
        Return
    ${EndIf}
    RMDir /r "$INSTDIR\setup.new"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
        !insertmacro Refuse ${NOT_OURS} "$INSTDIR holds other files and no SignalOS Desktop. \
Nothing was changed. Choose an empty or a new folder."
    ${EndIf}
FunctionEnd

Function RefuseDowngrade
    ClearErrors
    ${GetFileVersion} "$INSTDIR\SignalOS.exe" $0
    ${IfNot} ${Errors}
        ${VersionCompare} "$0" "${NUMBERS}" $1
        ${If} $1 = 1
            !insertmacro Refuse ${DOWNGRADE} "A newer version ($0) is installed; this is \
${VERSION}. Nothing was changed. An older program may not read what a newer one has written: \
remove the newer one first if you are sure, your data stays."
        ${EndIf}
    ${EndIf}
FunctionEnd

Function RefuseWithoutSpace
    StrCpy $1 ""
    System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r0'
    ${If} $0 <> 0
        System::Int64Op $1 / 1024
        Pop $1
        System::Int64Op $1 < ${SIZE_KB}
        Pop $0
        ${If} $0 <> 0
            RMDir /r "$INSTDIR\setup.new"
            RMDir "$INSTDIR"
            IntOp $1 $1 / 1024
            IntOp $2 ${SIZE_KB} / 1024
            !insertmacro Refuse ${NO_SPACE} "$2 MB are needed at $INSTDIR, $1 MB are free. \
Nothing was changed. Free some space, or choose another disk."
        ${EndIf}
    ${EndIf}
FunctionEnd

Function MakeTarget
    ; Looking at the error flag clears it: the last step alone decides.
    CreateDirectory "$INSTDIR\setup.new"
    ClearErrors
    FileOpen $0 "$INSTDIR\setup.new\manifest.json" w
    ${If} ${Errors}
        RMDir "$INSTDIR\setup.new"
        RMDir "$INSTDIR"
        !insertmacro Refuse ${NOT_WRITABLE} "$INSTDIR cannot be written. Nothing was changed. \
Choose a folder of your own, such as the one that setup proposes."
    ${EndIf}
    FileClose $0
FunctionEnd

!macro Discard NAME
    ${If} ${FileExists} "$INSTDIR\${NAME}\*.*"
        RMDir /r "$INSTDIR\${NAME}"
    ${Else}
        Delete "$INSTDIR\${NAME}"
    ${EndIf}
!macroend

!macro SwapIn NAME
    ${If} $Failed == ""
        ClearErrors
        ${If} ${FileExists} "$INSTDIR\${NAME}"
            Rename "$INSTDIR\${NAME}" "$INSTDIR\setup.old\${NAME}"
        ${EndIf}
        ; An error of either stays until it is looked at.
        Rename "$INSTDIR\setup.new\${NAME}" "$INSTDIR\${NAME}"
        ${If} ${Errors}
            StrCpy $Failed "${NAME}"
        ${EndIf}
    ${EndIf}
!macroend

; Puts an old entry back; what a first installation has put in goes again.
!macro TakeBack NAME
    ${If} ${FileExists} "$INSTDIR\setup.old\${NAME}"
        !insertmacro Discard "${NAME}"
        Rename "$INSTDIR\setup.old\${NAME}" "$INSTDIR\${NAME}"
    ${ElseIf} $Upgrade = 0
        !insertmacro Discard "${NAME}"
    ${EndIf}
!macroend

Function TakeBackAll
    !insertmacro EachEntry TakeBack
    RMDir "$INSTDIR\setup.old"
FunctionEnd

Section
    SetShellVarContext current
    StrCpy $Code ""
    Call RefuseForeignFolder
    Call RefuseDowngrade
    Call RefuseIfInUse
    RMDir /r "$INSTDIR\setup.new"
    Call MakeTarget
    Call RefuseWithoutSpace
    ; An earlier setup was killed between two changes of places.
    ${If} ${FileExists} "$INSTDIR\setup.old\*.*"
        Call TakeBackAll
    ${EndIf}
    RMDir /r "$INSTDIR\setup.gone"

    SetOverwrite on
    !include "${FILES}"
    SetOutPath "$INSTDIR"
    ClearErrors
    WriteUninstaller "$INSTDIR\setup.new\uninstall.exe"
    ${If} ${Errors}
        Abort
    ${EndIf}

    CreateDirectory "$INSTDIR\setup.old"
    StrCpy $Failed ""
    !insertmacro EachEntry SwapIn
    ${If} $Failed != ""
        Call TakeBackAll
        !insertmacro Say ${FILE_HELD} "Another program holds $INSTDIR\$Failed open. The version \
that was there is there again. Close that program or wait a minute, then start setup again."
        MessageBox MB_OK|MB_ICONEXCLAMATION "$Text" /SD IDOK
        Abort
    ${EndIf}
    ; From here on the new version counts: nothing below is taken back.
    Rename "$INSTDIR\setup.old" "$INSTDIR\setup.gone"
    RMDir /r "$INSTDIR\setup.gone"
    RMDir "$INSTDIR\setup.new"

    CreateDirectory "${MENU}"
    CreateShortcut "${MENU}\SignalOS Desktop.lnk" "$INSTDIR\SignalOS.exe" "" "$INSTDIR\SignalOS.exe" 0
    CreateShortcut "${MENU}\SignalOS Desktop (demo).lnk" "$INSTDIR\SignalOS.exe" "--demo" \
        "$INSTDIR\SignalOS.exe" 0
    WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayName "${NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayVersion "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\SignalOS.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" Publisher "SignalOS Desktop contributors"
    WriteRegStr HKCU "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" EstimatedSize ${SIZE_KB}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" NoModify 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" NoRepair 1
    !insertmacro Say 0 "${NAME} ${VERSION} is installed in $INSTDIR."
SectionEnd

!undef UN
!define UN "un."
Function un.onInit
    SetShellVarContext current
    Call un.BeAlone
FunctionEnd

Section Uninstall
    SetShellVarContext current
    ${IfNot} ${FileExists} "$INSTDIR\manifest.json"
        !insertmacro Refuse ${NOT_OURS} "$INSTDIR holds no installation of SignalOS Desktop: \
its manifest.json is missing. Nothing was removed. Run SignalOS-Setup.exe first, then remove it."
    ${EndIf}
    Call un.RefuseIfInUse
    !insertmacro EachEntry Discard
    RMDir /r "$INSTDIR\setup.new"
    RMDir /r "$INSTDIR\setup.old"
    RMDir /r "$INSTDIR\setup.gone"
    ; Not with its contents: what somebody else has put there is not ours.
    RMDir "$INSTDIR"
    Delete "${MENU}\SignalOS Desktop.lnk"
    Delete "${MENU}\SignalOS Desktop (demo).lnk"
    RMDir "${MENU}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    !insertmacro Say 0 "SignalOS Desktop is removed. Your settings, journal and logs are still in \
${DATA}, a sign-in in Windows' Credential Manager."
SectionEnd
