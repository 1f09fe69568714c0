"""JSON in and out: strict models read from the raw bytes, answers written once, both shown in OpenAPI."""

from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hall.quoting import quote
from hall.rule import Rule
from hall.wire.acts import Memory
from hall.wire.bookings import Book, BookHere, CancelBooking, PortalName
from hall.wire.commands import Command, SignIn, Withdraw
from hall.wire.health import HealthReport
from hall.wire.hello import Hello
from hall.wire.sync import Push
from queue_server.api.errors import BadBodyError
from queue_server.forecast.asked import CloseOne, OpenOne, PlanDay

HELLO: TypeAdapter[Hello] = TypeAdapter(Hello)
PUSH: TypeAdapter[Push] = TypeAdapter(Push)
HEALTH: TypeAdapter[HealthReport] = TypeAdapter(HealthReport)
SIGN_IN: TypeAdapter[SignIn] = TypeAdapter(SignIn)
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
WITHDRAW: TypeAdapter[Withdraw] = TypeAdapter(Withdraw)
MEMORY: TypeAdapter[Memory] = TypeAdapter(Memory)
BOOK: TypeAdapter[Book] = TypeAdapter(Book)
BOOK_HERE: TypeAdapter[BookHere] = TypeAdapter(BookHere)
CANCEL_BOOKING: TypeAdapter[CancelBooking] = TypeAdapter(CancelBooking)
PORTAL_NAME: TypeAdapter[PortalName] = TypeAdapter(PortalName)
RULE: TypeAdapter[Rule] = TypeAdapter(Rule)

WHAT_IF: TypeAdapter[OpenOne | CloseOne] = TypeAdapter(Annotated[OpenOne | CloseOne, Field(discriminator="kind")])
PLAN_DAY: TypeAdapter[PlanDay] = TypeAdapter(PlanDay)

_COMPONENTS: dict[str, TypeAdapter[Any]] = {
    "Hello": HELLO,
    "Push": PUSH,
    "HealthReport": HEALTH,
    "SignIn": SIGN_IN,
    "Command": COMMAND,
    "Withdraw": WITHDRAW,
    "Memory": MEMORY,
    "Book": BOOK,
    "BookHere": BOOK_HERE,
    "CancelBooking": CANCEL_BOOKING,
    "PortalName": PORTAL_NAME,
    "Rule": RULE,
    "WhatIf": WHAT_IF,
    "PlanDay": PLAN_DAY,
}
_REF = "#/components/schemas/{model}"
_TOLD = 5
T = TypeVar("T")


async def read_body(request: Request, adapter: TypeAdapter[T]) -> T:
    """The request's body as a strict model.

    Read from the bytes because strict models take JSON's text for an enum or a date only there.

    Raises:
        BadBodyError: If it is not what the address takes. Values are left out: a body may hold a PIN.
    """
    try:
        return adapter.validate_json(await request.body())
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise BadBodyError(f"请求的内容不对：{'；'.join(map(_told, found[:_TOLD]))}") from None


def answer(model: BaseModel, status: int = 200) -> Response:
    """A model as the JSON answer, never kept by anybody on the way."""
    return Response(
        model.model_dump_json(), status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )


def takes(name: str) -> dict[str, Any]:
    """What OpenAPI says about a route's body; give it as `openapi_extra`."""
    schema = {"$ref": _REF.format(model=name)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def describe_bodies(app: FastAPI) -> None:
    """Add the models of all bodies to the OpenAPI document of an application."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        keyed = [(name, "validation", adapter) for name, adapter in _COMPONENTS.items()]
        _, definitions = TypeAdapter.json_schemas(keyed, ref_template=_REF)  # type: ignore[arg-type]
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(definitions.get("$defs", {}))
        for name, adapter in _COMPONENTS.items():
            schemas.setdefault(name, _flat(adapter))
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _told(detail: ErrorDetails) -> str:
    """Where something is wrong and what, without any word of the sender's that could be a person's."""
    *place, last = map(str, detail["loc"] or ("内容",))
    match detail["type"]:
        case "extra_forbidden":
            return f"{'.'.join((*place, quote(last)))}：多出来的，这里没有这一项"
        case "union_tag_invalid":
            return f"{'.'.join((*place, last))}：没有这一种"
    return f"{'.'.join((*place, last))}：{detail['msg']}"


def _flat(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    schema = adapter.json_schema(ref_template=_REF)
    schema.pop("$defs", None)
    return schema
