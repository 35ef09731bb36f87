"""Answer requests within one piece of the interpreter's stack.

CPython from 3.11 on keeps the frames of Python functions in pieces of 16 kB. A call that does not fit asks the system for
another piece, and gives it back on its return: a loop that happens to lie at the end of a piece does so on every turn, and
a page drawn there takes up to twice as long. Which pages do is a matter of how deep they are called, and changes with every
middleware and every tag of a template. A frame that needs more than a piece gets a larger one, of the next power of two,
and what it calls lies beside it.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# In slots of 8 bytes: just above 128 kB, so that its piece has 256 kB, and half of them are left for what it calls. A page
# needs some 30 kB. The room is only addressed, not touched.
SLOTS = 128 * 1024 // 8 + 1


def answer_within_one_piece(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=SLOTS)
    return middleware
