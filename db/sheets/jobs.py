"""Keeping a child process within its memory, and taking it along when the program ends, where the child cannot do so itself.

Elsewhere the child limits itself (`db.sheets.worker.limit_self`); Windows only lets the parent do it, through a job object.
"""

from __future__ import annotations

import subprocess
import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY, _KILL_ON_CLOSE, _DIE_ON_FAULT = 0x100, 0x2000, 0x400

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("Basic", _Basic),
            ("IoCounters", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class Fence:
        """A job object around one child; closing it ends the child. Without the right to make one the child runs unfenced."""

        def __init__(self, child: subprocess.Popen[bytes], memory: int) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
            self._kernel.SetInformationJobObject.argtypes = (
                wintypes.HANDLE,
                ctypes.c_int,
                ctypes.c_void_p,
                wintypes.DWORD,
            )
            self._kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            self._kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            self._job = self._kernel.CreateJobObjectW(None, None)
            if not self._job:
                return
            limits = _Extended()
            limits.Basic.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE | _DIE_ON_FAULT
            limits.ProcessMemoryLimit = memory
            self._kernel.SetInformationJobObject(
                self._job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            self._kernel.AssignProcessToJobObject(self._job, int(child._handle))

        def close(self) -> None:
            """Let go of the job; whatever still runs in it ends."""
            if self._job:
                self._kernel.CloseHandle(self._job)

else:

    class Fence:
        """Nothing to do: the child has limited itself and ends when its input closes."""

        def __init__(self, child: subprocess.Popen[bytes], memory: int) -> None:
            """The same arguments as on Windows."""

        def close(self) -> None:
            """Nothing is held."""
