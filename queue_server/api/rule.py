"""叫号规则: what another rule would have made of a past day, as on the manager's page; it is changed by a command."""

import asyncio

from fastapi import APIRouter, Request, Response

from hall.rule import troubles
from hall.wire.rule import RulePreview
from queue_server.api.bodies import RULE, answer, read_body, takes
from queue_server.api.errors import UnfitRuleError
from queue_server.api.parts import parts_of

router = APIRouter()


@router.post("/api/rule/preview", response_model=RulePreview, openapi_extra=takes("Rule"))
async def preview(request: Request) -> Response:
    """The waits of the newest day with calls by this rule, beside the rule in force and first come, first served."""
    parts = parts_of(request)
    rule = await read_body(request, RULE)

    def look() -> list[str]:
        with parts.store.read() as reader:
            return list(troubles(reader.catalog(), rule))

    if wrong := await asyncio.to_thread(look):
        raise UnfitRuleError("；".join(wrong))
    return answer(await parts.rule_trials.preview(rule))
