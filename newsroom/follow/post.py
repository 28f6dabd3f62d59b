"""One request to somebody else's address, as hubs and webhooks take them."""

from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 5  # seconds of silence, for which everything else waits


class Refused(Exception):
    """Whoever was asked did not take it."""


class NoRedirect(HTTPRedirectHandler):
    """What is sent elsewhere would arrive as a GET and change nothing."""

    def redirect_request(self, *args, **kwargs):
        return None


def post(url, body, content_type):
    """Send `body` (bytes). Raises Refused for any answer but a success, and OSError."""
    request = Request(url, body, {"User-Agent": "newsroom", "Content-Type": content_type})
    try:
        build_opener(NoRedirect).open(request, timeout=TIMEOUT).close()
    except HTTPError as answer:
        answer.close()
        raise Refused(f"the answer was {answer.code}") from None
