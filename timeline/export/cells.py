"""Cells that no spreadsheet takes for a formula (OWASP, “CSV injection”): an apostrophe stands before what would begin one."""

import re

FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""What begins a formula, also as full-width, small and mathematical signs, which spreadsheets take for the same."""
HIDDEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"
"""What may stand before it unseen. Tabs and line breaks are dangerous by themselves."""
BREAKS = "\t\r\n;"
"""Where another cell begins for a spreadsheet that separates them by tabs or, as in French, by semicolons."""
AFTER_BREAK = re.compile(rf"(^|[{BREAKS}])([{HIDDEN}{BREAKS}]*)(?=[{re.escape(FORMULA)}])|^(?=[\t\r\n])")
BEGINNINGS = frozenset(FORMULA + HIDDEN + BREAKS)


def safe(text):
    """A text that no spreadsheet takes for a formula, in any of its cells."""
    if text[:1] in BEGINNINGS or ";" in text or "\n" in text or "\t" in text or "\r" in text:
        return AFTER_BREAK.sub(r"\1\2'", text)
    return text
