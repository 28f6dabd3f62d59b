"""What tests of public pages share."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 12


def queries(reader, path):
    """How many times the page at this path asks the database."""
    with CaptureQueriesContext(connection) as asked:
        response = reader.get(path)
        assert response.status_code == 200, path
        response.getvalue()  # what is streamed asks as it goes
    return len(asked)


def main_of(response):
    """The page's own part: its main element."""
    return response.text.partition("<main")[2].partition("</main>")[0]
