from dataclasses import dataclass
import datetime
@dataclass(frozen=True)
class PartialDate:
    text: str
    first_day: datetime.date
    last_day: datetime.date
def parse(text):
    d = datetime.date.fromisoformat((text.strip("~?") + "-01-01")[:10])
    return PartialDate(text, d, d)
def validate_partial_date(text):
    parse(text)
