"""From a folder of TOML files to one `Catalog`, or to the list of everything that is wrong with it."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from hall.catalog import Catalog, Hall, Service, ServiceGroup
from hall.errors import CatalogError
from hall.window import Window
from installer.hall_init.catalogue.checking import check
from installer.hall_init.catalogue.problems import Mistake, plain
from installer.hall_init.catalogue.reading import Block, Kind, read_folder
from queue_server.operations.initials import search_words

_Model = TypeVar("_Model", bound=BaseModel)
_ADVICE = "请照提示逐行修改，保存后再检查一次。"


def read_catalogue(folder: Path) -> Catalog:
    """Read hall.toml, groups.toml, services/*.toml and windows.toml of a folder as one catalogue.

    Services come in the order of their files' names and then as written; their `initials` are made here.

    Raises:
        CatalogError: With every mistake found in any file, each `file:line: what is wrong，what to do`. Of a file
            that is not TOML only its first error is known, and rules that would need its content stay silent.
    """
    reading = read_folder(folder)
    mistakes = [*reading.mistakes, *check(reading)]
    blocks = reading.blocks
    halls = _models(Hall, blocks[Kind.HALL], mistakes)
    groups = _models(ServiceGroup, blocks[Kind.GROUP], mistakes)
    services = _models(Service, blocks[Kind.SERVICE], mistakes)
    windows = _models(Window, blocks[Kind.WINDOW], mistakes)
    if mistakes:
        error = CatalogError(f"办事目录 {folder}", [str(one) for one in sorted(set(mistakes))])
        error.advice = _ADVICE
        raise error
    return Catalog(
        hall=halls[0], groups=tuple(groups), services=tuple(map(_found_by_initials, services)), windows=tuple(windows)
    )


def _models(model: type[_Model], blocks: list[Block], mistakes: list[Mistake]) -> list[_Model]:
    """The blocks as models; those that are none add to the mistakes."""
    made: list[_Model] = []
    for block in blocks:
        if model is Service and "initials" in block.data:
            mistakes.append(block.mistake("不用写 initials，拼音首字母由程序算出，请删去", "initials"))
        try:
            made.append(model.model_validate(block.data))
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            mistakes += [block.mistake(plain(detail, model), *detail["loc"]) for detail in details]
    return made


def _found_by_initials(service: Service) -> Service:
    return service.model_copy(update={"initials": search_words(service.name, service.aliases)})
