"""Dates in French as the public pages write them: “1er août 2020”, then “2 août 2020”; the rest is Django's.

`S`, the ending of a day's number, is English in Django; publishing/apps.py has it say what the language says.
"""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y à H:i"
MONTH_DAY_FORMAT = "jS F"
