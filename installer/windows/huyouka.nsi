; The installer of 户有卡 for one Windows user: no administrator, Chinese pages, silent with /S and /D=FOLDER (last, without quotes).
; Made from the root of the tree after build.py:  makensis -NOCD -INPUTCHARSET UTF8 installer/windows/huyouka.nsi
; /RUN begins the program afterwards, whatever came of it, and takes an older version as meant: the program's own updating asks before.
; Exit codes: 0 done, 1 stopped by the user, 2 a file could not be written, 3 Windows too old, 4 in use, 5 the folder will not do,
; 6 a newer version is installed.
;
; Only the names in PARTS are ever moved and only the files named in files.txt are ever deleted, so whatever else lies in the folder,
; a record for instance, stays where it is. The version before is kept beside the folder as FOLDER.previous.
!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
Unicode true
!include "build/windows/facts.nsh"
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include TextFunc.nsh
!include x64.nsh

!define NAME "户有卡"
!define CLASS "Huyouka.Record"
!define CLASSES "Software\Classes"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Huyouka"
!define OLDEST_BUILD 17763 ; Windows 10 1809, the first Qt 6.9 runs on
!define IN_USE "${NAME}正开着，或者它的文件正被别的程序占用。$\n$\n请在${NAME}里保存并退出，再点“重试”。档案没有动。"

Name "${NAME}"
Caption "${NAME} ${VERSION} 安装"
BrandingText "${NAME} ${VERSION}"
OutFile "dist/huyouka-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Huyouka"
InstallDirRegKey HKCU "${ENTRY}" "InstallLocation"
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
SetCompressor /SOLID lzma
AllowSkipFiles off
VIProductVersion "${VERSION4}"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"

!define MUI_ICON "build/windows/tree/installer/windows/huyouka.ico"
!define MUI_UNICON "${MUI_ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "build/windows/side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "镇扶贫办的贫困户档案和台账。$\r$\n$\r$\n安装不需要管理员权限，也不联网；只给当前这个 Windows 用户安装。$\r$\n$\r$\n已装有旧版的，直接装上去就行：档案不会动，旧版程序留着，可以回到上一版。$\r$\n$\r$\n请先退出正在使用的${NAME}，再点“下一步”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\huyouka.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "在桌面放一个${NAME}的图标"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。档案（.huk）、钥匙文件、备份和材料都不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Run

!macro REFUSE code text
  MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
  !insertmacro LEAVE ${code}
!macroend
!macro LEAVE code
  ${If} $Run = 1
    Exec '"$INSTDIR\huyouka.exe"'
  ${EndIf}
  SetErrorLevel ${code}
  Quit
!macroend
!define Refuse "!insertmacro REFUSE"

; The program's parts from folder to folder; $R9 becomes 1 when one of them could not be moved.
!macro MOVE_PART part from to
  ${If} ${FileExists} "${from}\${part}"
    ClearErrors
    Rename "${from}\${part}" "${to}\${part}"
    ${If} ${Errors}
      StrCpy $R9 1
    ${EndIf}
  ${EndIf}
!macroend
!macro MOVE_PARTS from to
  StrCpy $R9 0
  CreateDirectory "${to}"
  !insertmacro MOVE_PART huyouka.exe "${from}" "${to}"
  ${If} $R9 = 0
    !insertmacro MOVE_PART _internal "${from}" "${to}"
  ${EndIf}
  ${If} $R9 = 0
    !insertmacro MOVE_PART uninstall.exe "${from}" "${to}"
  ${EndIf}
  ${If} $R9 = 0
    !insertmacro MOVE_PART files.txt "${from}" "${to}"
  ${EndIf}
!macroend
!define MoveParts "!insertmacro MOVE_PARTS"

; What installer and uninstaller both do.
!macro SHARED un

; Takes the program out of the folder $0: the files its files.txt names, and folders that are empty then.
Function ${un}RemoveProgram
  ClearErrors
  FileOpen $1 "$0\files.txt" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $1 $2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${${un}TrimNewLines} $2 $2
      StrCpy $3 $2 1 -1
      ${If} $2 == ""
      ${OrIf} $2 == "files.txt"
        ${Continue}
      ${ElseIf} $3 == "\"
        StrCpy $2 $2 -1
        RMDir "$0\$2"
      ${Else}
        Delete "$0\$2"
      ${EndIf}
    ${Loop}
    FileClose $1
    Delete "$0\files.txt"
  ${EndIf}
  RMDir "$0"
  ClearErrors
FunctionEnd

; Waits until nobody runs the program in $INSTDIR: Windows lets nobody write to an .exe that runs. Asks, or tries for 20 s when silent.
Function ${un}WaitUntilUnused
  StrCpy $1 0
  ${DoWhile} ${FileExists} "$INSTDIR\huyouka.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\huyouka.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
    ${AndIf} $1 < 40
      IntOp $1 $1 + 1
      Sleep 500
      ${Continue}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${IN_USE}" /SD IDCANCEL IDCANCEL`
      !insertmacro LEAVE 4
    ${EndIf}
  ${Loop}
  ClearErrors
FunctionEnd

; The version of the program in the folder $0, as 1.2.3 in $1; empty when there is none.
Function ${un}VersionIn
  StrCpy $1 ""
  ClearErrors
  GetDLLVersion "$0\huyouka.exe" $2 $3
  ${IfNot} ${Errors}
    IntOp $4 $2 >> 16
    IntOp $4 $4 & 0xFFFF
    IntOp $5 $2 & 0xFFFF
    IntOp $6 $3 >> 16
    IntOp $6 $6 & 0xFFFF
    StrCpy $1 "$4.$5.$6"
  ${EndIf}
  ClearErrors
FunctionEnd

; Makes the program in $INSTDIR known to Windows: start menu, file type, list of programs.
Function ${un}Register
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\huyouka.exe"
  ${If} ${FileExists} "$INSTDIR.previous\huyouka.exe"
    CreateShortcut "$SMPROGRAMS\${NAME} 回到上一版.lnk" "$INSTDIR\uninstall.exe" "/previous" "$INSTDIR\huyouka.exe"
  ${Else}
    Delete "$SMPROGRAMS\${NAME} 回到上一版.lnk"
  ${EndIf}
  WriteRegStr HKCU "${CLASSES}\.huk" "" "${CLASS}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${NAME}档案"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" "$INSTDIR\huyouka.exe,0"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\huyouka.exe" "%1"'
  StrCpy $0 "$INSTDIR"
  Call ${un}VersionIn
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "$1"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\huyouka.exe,0"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  ${RefreshShellIcons}
FunctionEnd
!macroend
!insertmacro SHARED ""
!insertmacro SHARED "un."

Function .onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/RUN" $1
  ${If} ${Errors}
    StrCpy $Run 0
  ${Else}
    StrCpy $Run 1
  ${EndIf}
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    ${Refuse} 3 "${NAME}要装在 64 位的 Windows 10（1809 版）或更新的 Windows 上，这台电脑的 Windows 太旧，没有安装。$\n$\n请先升级 Windows，或换一台电脑。"
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "HuyoukaSetup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183
    ${Refuse} 4 "${NAME}的安装程序已经开着一个了。"
  ${EndIf}
FunctionEnd

; An older version over a newer one only when it is really meant: it cannot open what the newer one has upgraded.
Function AskBeforeOlder
  StrCpy $0 "$INSTDIR"
  Call VersionIn
  ${If} $1 == ""
    Return
  ${EndIf}
  ${VersionCompare} "$1" "${VERSION}" $2
  ${If} $2 = 1
  ${AndIf} $Run = 0
  ${AndIf} ${Cmd} `MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "这里已装有更新的 $1 版，您正要装上较旧的 ${VERSION} 版。$\n$\n新版升级过的档案，旧版打不开。仍要装旧版吗？" /SD IDNO IDNO`
    !insertmacro LEAVE 6
  ${EndIf}
FunctionEnd

Section
  StrLen $0 "$INSTDIR"
  ${If} $0 > ${LONGEST_TARGET}
    ${Refuse} 5 "文件夹的名字太长了，没有安装。$\n$\n请换一个短一些的文件夹。"
  ${EndIf}
  Call WaitUntilUnused
  Call AskBeforeOlder

  ; The new program grows beside the old one; until all of it is there, the old one is whole.
  StrCpy $0 "$INSTDIR.new"
  Call RemoveProgram
  ClearErrors
  CreateDirectory "$INSTDIR"
  CreateDirectory "$INSTDIR.new"
  ${If} ${Errors}
    ${Refuse} 5 "不能在这个文件夹里写文件，没有安装：$\n$INSTDIR$\n$\n请换一个文件夹，不选就用自动给出的那个。"
  ${EndIf}
  SetOutPath "$INSTDIR.new"
  File "build/windows/dist/huyouka/files.txt"
  File /r "build/windows/dist/huyouka/*"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP" ; the folder it stands in could not be moved

  ; The same version once more is a repair and not worth keeping.
  StrCpy $0 "$INSTDIR"
  Call VersionIn
  StrCpy $8 $1
  StrCpy $7 "$INSTDIR.previous"
  ${If} $8 == "${VERSION}"
    StrCpy $7 "$INSTDIR.replaced"
  ${EndIf}
  ${If} $8 != ""
    StrCpy $0 "$7"
    Call RemoveProgram
    ${If} ${FileExists} "$7\_internal"
      ${Refuse} 5 "“$7”里有不属于程序的文件，没有安装，原来的程序没有变化。$\n$\n请把它们移到别处，再装一次。"
    ${EndIf}
  ${EndIf}

  ${Do}
    ${If} $8 != ""
      ${MoveParts} "$INSTDIR" "$7"
    ${Else}
      StrCpy $R9 0
    ${EndIf}
    ${If} $R9 = 0
      ${MoveParts} "$INSTDIR.new" "$INSTDIR"
      ${If} $R9 <> 0
        ${MoveParts} "$INSTDIR" "$INSTDIR.new"
        StrCpy $R9 1
      ${EndIf}
    ${EndIf}
    ${If} $R9 = 0
      ${ExitDo}
    ${EndIf}
    ${If} $8 != ""
      ${MoveParts} "$7" "$INSTDIR"
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${IN_USE}" /SD IDCANCEL IDCANCEL`
      StrCpy $0 "$INSTDIR.new"
      Call RemoveProgram
      !insertmacro LEAVE 4
    ${EndIf}
  ${Loop}
  RMDir "$INSTDIR.new"
  ${If} $7 == "$INSTDIR.replaced"
    StrCpy $0 "$7"
    Call RemoveProgram
  ${EndIf}
  Call Register
  ${If} $Run = 1
    Exec '"$INSTDIR\huyouka.exe"'
  ${EndIf}
SectionEnd

Function .onInstFailed
  StrCpy $0 "$INSTDIR.new"
  SetOutPath "$TEMP"
  Call RemoveProgram
  ${If} $Run = 1
    Exec '"$INSTDIR\huyouka.exe"'
  ${EndIf}
FunctionEnd

Function PutOnDesktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\huyouka.exe"
FunctionEnd

Function un.onInit
  StrCpy $Run 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/previous" $1
  ${IfNot} ${Errors}
    Call un.GoBack
    Quit
  ${EndIf}
FunctionEnd

; 回到上一版: the program and the version before it change places, so that it can be undone the same way.
Function un.GoBack
  StrCpy $0 "$INSTDIR.previous"
  Call un.VersionIn
  ${If} $1 == ""
    ${Refuse} 5 "没有留着上一版，现在的程序没有变化。"
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION "要回到 $1 版吗？$\n$\n现在这一版会留着，可以再换回来。新版升级过的档案，旧版打不开，要用升级前自动做的那份备份。" /SD IDYES IDYES +2
  Quit
  Call un.WaitUntilUnused
  SetOutPath "$TEMP"
  StrCpy $0 "$INSTDIR.replaced"
  Call un.RemoveProgram
  ${MoveParts} "$INSTDIR" "$INSTDIR.replaced"
  ${If} $R9 <> 0
    ${MoveParts} "$INSTDIR.replaced" "$INSTDIR"
    RMDir "$INSTDIR.replaced"
    ${Refuse} 4 "程序的文件正被占用，没有换成。请退出${NAME}后再试。"
  ${EndIf}
  ${MoveParts} "$INSTDIR.previous" "$INSTDIR"
  ${If} $R9 <> 0
    ${MoveParts} "$INSTDIR" "$INSTDIR.previous"
    ${MoveParts} "$INSTDIR.replaced" "$INSTDIR"
    RMDir "$INSTDIR.replaced"
    ${Refuse} 4 "上一版的文件正被占用，没有换成，现在的程序没有变化。请稍后再试。"
  ${EndIf}
  ${MoveParts} "$INSTDIR.replaced" "$INSTDIR.previous"
  RMDir "$INSTDIR.replaced"
  Call un.Register
  MessageBox MB_OK|MB_ICONINFORMATION "已回到上一版。" /SD IDOK
FunctionEnd

; Nothing of the clerk's is deleted: records, keys, backups and evidence are the office's files. Settings, logs and update files go when asked.
Section Uninstall
  Call un.WaitUntilUnused
  SetOutPath "$TEMP"
  StrCpy $0 "$INSTDIR"
  Call un.RemoveProgram
  StrCpy $0 "$INSTDIR.previous"
  Call un.RemoveProgram
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME} 回到上一版.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $0 HKCU "${CLASSES}\.huk" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey HKCU "${CLASSES}\.huk"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
  DeleteRegKey HKCU "${ENTRY}"
  ${RefreshShellIcons}
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "${NAME}已卸载。档案（.huk）、钥匙文件、备份和材料都没有动，还在原来的文件夹里；当初没有另选文件夹的，在：$\n$LOCALAPPDATA\huyouka$\n$\n要不要再删去窗口位置、列宽这些设置，日志和留着的更新文件？里面没有农户资料。" /SD IDNO IDNO kept
  Delete "$LOCALAPPDATA\huyouka\settings.ini"
  Delete "$LOCALAPPDATA\huyouka\Logs\crash.log"
  Delete "$LOCALAPPDATA\huyouka\Logs\operations.log"
  Delete "$LOCALAPPDATA\huyouka\Logs\operations.log.1"
  Delete "$LOCALAPPDATA\huyouka\Logs\operations.log.2"
  RMDir "$LOCALAPPDATA\huyouka\Logs"
  Delete "$LOCALAPPDATA\huyouka\更新\*.hukup"
  Delete "$LOCALAPPDATA\huyouka\更新\updates.json"
  Delete "$LOCALAPPDATA\huyouka\更新\安装包\*.exe"
  RMDir "$LOCALAPPDATA\huyouka\更新\安装包"
  RMDir "$LOCALAPPDATA\huyouka\更新"
  RMDir "$LOCALAPPDATA\huyouka"
  kept:
SectionEnd
