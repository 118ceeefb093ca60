"""How far a file may go, and the one way it is turned down.

The limits are absolute sizes, never ratios: an honest roster compresses as well as a bomb does.
"""

from __future__ import annotations

from db.errors import Known

LARGEST_FILE = 30 * 2**20
LARGEST_PART = 320 * 2**20
LARGEST_TOTAL = 400 * 2**20
LARGEST_UNPACKED = 3 * 2**30
"""Of this much the blank tail of a sheet is looked through and left; nothing of it is kept."""
MOST_PARTS = 2000
MOST_ROWS = 250_000
MOST_COLUMNS = 1000
MOST_CELLS = 20_000_000
MOST_MERGES = 200_000
LONGEST_TEXT = 32_767
RESAVE = "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”，再重新选择。"
NEVER_CALCULATED = "公式未计算"


def refusal(name: str, what: str, remedy: str) -> Known:
    """The one way a file is turned down: what is wrong with it, that nothing was taken in, what to do."""
    return Known(f"“{name}”{what}，没有读入任何内容。", remedy)


def damaged(name: str) -> Known:
    """The sentence for a file that cannot be read to its end."""
    return refusal(name, "已损坏或没有下载完整", "请向报送单位重新要一份，或用 WPS、Excel 打开后另存再试。")


def locked(name: str) -> Known:
    """The sentence for a file that is encrypted; protecting the workbook alone encrypts it too."""
    return refusal(
        name,
        "设了打开密码（或用密码保护了工作簿），内容是加密的",
        "请先在 WPS 或 Excel 里取消密码并保存，再重新选择。",
    )


def too_large(name: str) -> Known:
    """The sentence for a file that unpacks to more than any roster."""
    return refusal(name, "解开后大得不正常", "如确是要报送的名册，请用 WPS 或 Excel 打开，把内容复制到新工作簿再试。")


def no_sheets(name: str) -> Known:
    """The sentence for a file without a single sheet of cells."""
    return refusal(name, "里没有工作表", "请核对是否选错了文件。")


def check_extent(rows: int, columns: int, name: str) -> None:
    """Refuse a sheet whose filled cells reach to row ``rows`` and column ``columns`` (counts) when that is too far."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise refusal(
            name,
            f"的内容一直写到第 {rows} 行{f'、{column_letter(columns - 1)} 列' if columns else ''}，大得不正常",
            "请把名册以外的行列删去再试。",
        )


def check_text(text: str, name: str) -> None:
    """Refuse a cell longer than Excel itself allows."""
    if len(text) > LONGEST_TEXT:
        raise refusal(name, f"有单元格超过 {LONGEST_TEXT} 个字", "请删去过长的文字后再试。")


def column_number(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letter(number: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
