"""Every request is held against aiogram's own model of its method: required, types, no unknown names at any depth."""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile, Update
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from playground import errors, keyboards
from playground.files import Upload

Json = dict[str, Any]

_INTEGER: Final = re.compile(r"-?\d{1,19}")
_ESCAPED: Final = "\\ud"
_REQUIRED_TEXTS: Final = {
    "chat_id": errors.CHAT_ID_EMPTY,
    "message_id": errors.MESSAGE_ID_MISSING,
    "message_ids": errors.MESSAGE_IDS_MISSING,
    "text": errors.TEXT_EMPTY,
    "file_id": errors.FILE_ID_MISSING,
}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """How one parameter is read and checked."""

    name: str
    required: bool
    takes_text: bool  # the raw string is the value itself, not JSON
    takes_file: bool
    takes_integer: bool
    adapter: TypeAdapter[Any] | None


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """A Bot API method as aiogram describes it."""

    name: str
    fields: Mapping[str, FieldSpec]
    required: tuple[str, ...]
    result: TypeAdapter[Any]


def _models() -> dict[str, type[TelegramMethod[Any]]]:
    found = {}
    for name in aiogram.methods.__all__:
        item = getattr(aiogram.methods, name)
        api_name = getattr(item, "__api_method__", None)
        if isinstance(api_name, str):
            found[api_name.lower()] = item
    return found


_MODELS: Final = _models()


@cache
def spec_of(method: str) -> MethodSpec | None:
    """The description of a method by its name in any case; None when Telegram has no such method."""
    model = _MODELS.get(method.lower())
    if model is None:
        return None
    fields = {
        field.alias or name: _field_spec(field.alias or name, field.annotation, required=field.is_required())
        for name, field in model.model_fields.items()
    }
    required = tuple(name for name, spec in fields.items() if spec.required)
    return MethodSpec(model.__api_method__, fields, required, TypeAdapter(model.__returning__))


def _field_spec(name: str, annotation: Any, *, required: bool) -> FieldSpec:
    is_union = typing.get_origin(annotation) in {typing.Union, types.UnionType}
    parts = typing.get_args(annotation) if is_union else (annotation,)
    parts = tuple(part for part in parts if part not in {type(None), Default})
    takes_file = InputFile in parts
    # what remains after the file itself is a plain string (an id, a URL or attach://name)
    wanted = tuple(part for part in parts if part is not InputFile)
    adapter = None
    if wanted:
        union: Any = typing.Union[wanted]  # noqa: UP007  built from a tuple at run time
        simple = isinstance(union, type) and issubclass(union, BaseModel)
        adapter = TypeAdapter(union) if simple else TypeAdapter(union, config=ConfigDict(arbitrary_types_allowed=True))
    return FieldSpec(
        name=name,
        required=required,
        takes_text=any(part is str or _is_text_enum(part) for part in parts),
        takes_file=takes_file,
        takes_integer=any(part in {int, datetime, timedelta} for part in parts),
        adapter=adapter,
    )


def _is_text_enum(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, str)


def check_request(
    spec: MethodSpec, raw: Mapping[str, Any], uploads: Mapping[str, Upload], *, trusting: bool = False
) -> Json:
    """Plain checked parameters; raises the first thing wrong, as the table words it. `trusting` only reads them."""
    checked: Json = {}
    for name, value in raw.items():
        if value is None:
            continue
        field = spec.fields.get(name)
        if field is None:
            raise errors.UNKNOWN_PARAMETER.error(name=name)
        checked[name] = _decode(field, value) if trusting and isinstance(value, str) else _check_value(field, value)
    for name, upload in uploads.items():
        field = spec.fields.get(name)
        if field is not None and field.takes_file:
            checked[name] = upload
    for name in spec.required:
        if name not in checked:
            if spec.fields[name].takes_file:
                raise errors.NO_MEDIA.error(kind=name.replace("_", " "))
            raise _REQUIRED_TEXTS.get(name, errors.PARAMETER_REQUIRED).error(name=name)
    return checked


def _check_value(field: FieldSpec, raw: Any) -> Any:
    value = _decode(field, raw) if isinstance(raw, str) else raw
    if field.name == "reply_markup":
        value = keyboards.spelled_out(value)
    if field.adapter is None:
        if isinstance(value, str) and value.startswith("attach://"):
            return value
        raise errors.PARAMETER_INVALID.error(name=field.name, detail=errors.FILE_EXPECTED)
    try:
        checked = field.adapter.validate_python(value)
    except ValidationError as problem:
        if field.name == "reply_markup" and keyboards.not_inline(value):
            raise errors.MARKUP_NOT_INLINE.error() from None
        raise errors.PARAMETER_INVALID.error(name=field.name, detail=_first_problem(problem)) from None
    unknown = _unknown_name(checked)
    if unknown is not None:
        raise errors.UNKNOWN_PARAMETER.error(name=f"{field.name}.{unknown}")
    if isinstance(value, (dict, list)):
        return without_nulls(value)
    if isinstance(checked, (datetime, timedelta)):
        return value
    return checked


def _decode(field: FieldSpec, raw: str) -> Any:
    if field.takes_text:
        return int(raw) if field.takes_integer and _INTEGER.fullmatch(raw) else raw
    try:
        value = json.loads(raw)
    except ValueError:
        return raw  # the model says what is wrong with it
    if _ESCAPED in raw.lower():
        ensure_utf8(value)
    return value


def ensure_utf8(value: Any) -> None:
    """Halves of surrogate pairs, which JSON can spell, are no text (T check_utf8)."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise errors.NOT_UTF8.error() from None


def _first_problem(problem: ValidationError) -> str:
    first = problem.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]


def _unknown_name(value: Any) -> str | None:
    """The first name in a tree of models that the models do not know."""
    if isinstance(value, BaseModel):
        if value.__pydantic_extra__:
            return next(iter(value.__pydantic_extra__))
        fields = value.__dict__
        children: Any = [fields[name] for name in value.model_fields_set if name in fields]
    elif isinstance(value, (list, tuple)):
        children = value
    else:
        return None
    for child in children:
        if isinstance(child, (BaseModel, list)):
            unknown = _unknown_name(child)
            if unknown is not None:
                return unknown
    return None


def without_nulls(value: Any) -> Any:
    """JSON without explicit nulls: some clients send them, Telegram reads them as absent."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def problem_with_update(body: Json) -> str | None:
    """The same for an update that goes out by webhook."""
    return problem_with_result(_update_adapter(), body)


@cache
def _update_adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Update)


def problem_with_result(adapter: TypeAdapter[Any], result: Any) -> str | None:
    """What aiogram would stumble over in an answer or an update of ours; None when all is well."""
    try:
        model = adapter.validate_python(result)
    except ValidationError as problem:
        return _first_problem(problem)
    unknown = _unknown_name(model)
    return None if unknown is None else errors.UNKNOWN_NAME.format(name=unknown)
