"""Where a record may lie: on a disk of this computer, in a folder no cloud service copies behind our back.

On a network share two computers can write at once and the write-ahead log breaks; a cloud folder copies half a file.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

from db.errors import Known

CLOUDS = (
    "onedrive", "坚果云", "nutstore", "wps云盘", "wpsdrive", "wps cloud files", "百度网盘同步", "baidusyncdisk", "baidunetdisk",
    "dropbox", "icloud", "微云", "weiyun", "google drive", "googledrive", "阿里云盘", "天翼云盘", "360云盘",
)  # fmt: skip
NETWORKS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "davfs", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "fuse.sshfs",
    "fuse.gvfsd-fuse", "fuse.davfs", "fuse.rclone", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.glusterfs", "vboxsf", "vmhgfs",
    "fuse.vmhgfs-fuse", "prl_fs", "virtiofs",
})  # fmt: skip
"""The last five are folders a virtual machine shares with its host, which are no better."""
_REMOTE_DRIVE = 4


def require_local(path: Path) -> None:
    """Known when ``path`` lies on another computer or in a cloud folder, be it by a link."""
    place, really = path.absolute(), _resolved(path)
    parts = (*place.parts[:-1], *really.parts[:-1])
    cloud = next((part for part in parts if part.casefold().startswith(CLOUDS)), None)
    if cloud is not None:
        raise Known(
            f"档案不能放在同步盘文件夹“{cloud}”里，同步会弄坏正在使用的档案。", "请把两个文件一起移到本机的普通文件夹。"
        )
    if is_network(place) or is_network(really):
        raise Known("档案不能放在网络盘或共享文件夹里，多台电脑同时写会弄坏档案。", "请把两个文件一起移到本机硬盘。")


def _resolved(path: Path) -> Path:
    """Where a path leads; itself where that cannot be said (links in a circle, a share that is gone)."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_network(place: Path) -> bool:
    """Whether an absolute path lies on another computer."""
    if str(place).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE)
    mounts = Path("/proc/mounts")
    return mounts.exists() and filesystem_of(place, mounts.read_text(errors="replace")) in NETWORKS


def filesystem_of(place: Path, mounts: str) -> str:
    """The kind of file system ``place`` lies on, by the text of /proc/mounts; "" when unknown."""
    found = [(len(point), n, kind) for n, (point, kind) in enumerate(_points(mounts)) if place.is_relative_to(point)]
    return max(found, default=(0, 0, ""))[2]  # of two mounted in one place the later one lies on top


def _points(mounts: str) -> list[tuple[str, str]]:
    fields = [line.split() for line in mounts.splitlines()]
    return [(f[1].encode().decode("unicode_escape", errors="replace"), f[2]) for f in fields if len(f) > 2]
