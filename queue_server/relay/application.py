"""The relay's addresses: the phone page for citizens, one address for the hall's signed pushes."""

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from pydantic import ValidationError

from hall.errors import CodeError
from hall.wire.relay import ADDRESS, SIGNATURE, RelayPush, is_signed, sign_answer, sign_push
from queue_server.api.errors import TooLargeError
from queue_server.api.limits import Door
from queue_server.api.problems import refuse
from queue_server.relay.shelf import Shelf
from queue_server.web import look, ticket
from queue_server.web.ticket import kind_words
from queue_server.web.ticket.routes import PhonePage


def application(shelf: Shelf, key: bytes) -> FastAPI:
    """The whole relay over what it knows.

    Args:
        shelf: What the hall told.
        key: The key it shares with the hall.
    """
    app = FastAPI(title="OneWindow relay", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post(ADDRESS)
    async def hear(request: Request) -> Response:
        body, told = await request.body(), request.headers.get(SIGNATURE, "")
        if not is_signed(told, sign_push(key, body)):
            return Response(status_code=403)
        try:
            push = RelayPush.model_validate_json(body)
        except ValidationError:
            return Response(status_code=400)
        answer = shelf.take(push).model_dump_json().encode()
        signed = {SIGNATURE: sign_answer(key, told, answer), "Cache-Control": "no-store"}
        return Response(answer, media_type="application/json", headers=signed)

    async def lost(_request: Request, _error: Exception) -> Response:
        error = CodeError("网址可能写错了", advice="请扫取号单上的二维码")
        return HTMLResponse(kind_words.no_such_code(error, "", english=False), 404)

    async def too_large(_request: Request, error: Exception) -> Response:
        assert isinstance(error, TooLargeError)
        return refuse(error)

    app.include_router(PhonePage(shelf).routes())
    app.mount("/look", StaticFiles(directory=look.FOLDER))
    app.mount("/ticket/parts", StaticFiles(directory=ticket.PARTS))
    for status in (404, 405):
        app.add_exception_handler(status, lost)
    app.add_exception_handler(TooLargeError, too_large)
    app.add_middleware(Door)
    return app
