"""Servers that are right in everything but one thing. Each names the check of the probe that must catch it."""
# ruff: noqa: ARG002  both hooks have one shape for all servers

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, ClassVar

from playground import LocalTelegram
from playground.api import Answer
from playground.checks import spec_of
from playground.files import Upload

Json = dict[str, Any]

TOKEN = "42:TEST"


class WrongServer(LocalTelegram):
    """`before` may change a request or answer it instead; `after` may change what is answered."""

    caught_by: ClassVar[str]
    also_run: ClassVar[tuple[str, ...]] = ()
    """Neighbours of the check, which this server must pass or fail as well."""

    def __init__(self) -> None:
        super().__init__(token=TOKEN)
        right = self._api.call

        async def call(method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Answer:
            params = dict(raw)
            answer = self.before(method, params) or await right(method, params, uploads)
            self.after(method, params, answer)
            return answer

        self._api.call = call  # type: ignore[method-assign]  # the one place where all requests pass

    def before(self, method: str, params: Json) -> Answer | None:
        """Change the parameters, or answer at once."""
        return None

    def after(self, method: str, params: Json, answer: Answer) -> None:
        """Change the answer."""


def done(result: Any = True) -> Answer:
    """An answer that says yes."""
    return Answer(200, {"ok": True, "result": result})


def refused(words: str, status: int = 400) -> Answer:
    """An answer that says no."""
    return Answer(status, {"ok": False, "error_code": status, "description": words})


def says_yes(answer: Answer, words: str, result: Any = True) -> None:
    """Turn one refusal into a yes."""
    if words in answer.body.get("description", ""):
        answer.status, answer.body = 200, {"ok": True, "result": result}


def keys_of(params: Json) -> list[Json]:
    """The inline buttons of a request."""
    markup = params.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [key for row in rows for key in row]


# Keyboards and presses


class Takes66BytesOfData(WrongServer):
    caught_by = "callback_data_over_64_bytes_are_refused"
    also_run = ("callback_data",)

    def before(self, method: str, params: Json) -> Answer | None:
        for key in keys_of(params):
            if len(key.get("callback_data", "").encode()) > 64:
                key["callback_data"] = "cut"
        return None


class CountsCallbackDataInCharacters(WrongServer):
    caught_by = "callback_data_are_counted_in_bytes"
    also_run = ("callback_data",)

    def before(self, method: str, params: Json) -> Answer | None:
        for key in keys_of(params):
            data = key.get("callback_data", "")
            if len(data) <= 64 < len(data.encode()):
                key["callback_data"] = "cut"
        return None


class TakesTextButtons(WrongServer):
    caught_by = "a_button_needs_an_action"

    def before(self, method: str, params: Json) -> Answer | None:
        for key in keys_of(params):
            if key.keys() == {"text"}:
                key["callback_data"] = "nothing"
        return None


class KeepsTheButtonsAfterAnEdit(WrongServer):
    caught_by = "an_edit_without_markup_takes_the_buttons_away"
    also_run = ("edit",)

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "editMessageText" and "reply_markup" not in params:
            chat = self.world.chats.get(params.get("chat_id", 0))
            message = chat.find(params["message_id"]) if chat and isinstance(params.get("message_id"), int) else None
            if message is not None and message.markup:
                params["reply_markup"] = message.markup
        return None


class ConfirmsAPressAfter150Seconds(WrongServer):
    caught_by = "a_press_is_too_old_after_150_seconds"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        query = self.world.queries.get(str(params.get("callback_query_id")))
        if query is not None and query.answered_at is None:
            says_yes(answer, "query is too old")


class ConfirmsAPressTwice(WrongServer):
    caught_by = "a_press_is_answered_once"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if str(params.get("callback_query_id")) in self.world.queries:
            says_yes(answer, "query is too old")


class TakesAnswersOf201Characters(WrongServer):
    caught_by = "an_answer_has_200_characters"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "answerCallbackQuery" and len(params.get("text", "")) > 200:
            params["text"] = params["text"][:200]
        return None


# Texts and formatting


class CountsCharactersBeforeParsing(WrongServer):
    caught_by = "characters_are_counted_after_parsing"
    also_run = ("characters",)

    def before(self, method: str, params: Json) -> Answer | None:
        too_long = method == "sendMessage" and len(params.get("text", "")) > 4096
        return refused("Bad Request: message is too long") if too_long else None


class LetsAnUnsupportedTagThrough(WrongServer):
    caught_by = "an_unsupported_tag_is_refused"

    def before(self, method: str, params: Json) -> Answer | None:
        if params.get("parse_mode") == "HTML":
            params["text"] = re.sub(r"<(br|p)>", "-", params.get("text", ""))
        return None


class CountsOffsetsInCodePoints(WrongServer):
    caught_by = "offsets_are_utf16"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        result = deepcopy(answer.body.get("result"))
        if method == "sendMessage" and isinstance(result, dict):
            answer.body["result"] = result
            units = result["text"].encode("utf-16-le")
            for entity in result.get("entities", ()):
                begin, end = entity["offset"], entity["offset"] + entity["length"]
                entity["offset"] = len(units[: 2 * begin].decode("utf-16-le"))
                entity["length"] = len(units[2 * begin : 2 * end].decode("utf-16-le"))


class PrefersEntitiesToTheMode(WrongServer):
    caught_by = "a_mode_wins_over_entities"

    def before(self, method: str, params: Json) -> Answer | None:
        if params.get("entities"):
            params.pop("parse_mode", None)
        return None


class KeepsCarriageReturns(WrongServer):
    caught_by = "carriage_returns_vanish"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if "\r" in str(params.get("text")):
            answer.body["result"]["text"] = params["text"]


class RepliesToNothing(WrongServer):
    caught_by = "a_reply_to_nothing_is_refused"

    def before(self, method: str, params: Json) -> Answer | None:
        if isinstance(params.get("reply_parameters"), dict):
            params["reply_parameters"]["allow_sending_without_reply"] = True
        return None


# Editing, copying, albums


class KnowsNoNotModified(WrongServer):
    caught_by = "the_same_text_is_not_modified"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "message is not modified")


class PassesOverEditsOfAnothersMessage(WrongServer):
    caught_by = "a_message_of_another_cannot_be_edited"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "message can't be edited")


class DeletesTwice(WrongServer):
    caught_by = "a_message_is_deleted_once"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "message to delete not found")


class DeletesAfterTwoDays(WrongServer):
    caught_by = "a_message_of_two_days_cannot_be_deleted"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "message can't be deleted")


class LosesTheMarkupOfACopy(WrongServer):
    caught_by = "a_copy_takes_buttons"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "copyMessage":
            params.pop("reply_markup", None)
        return None


class TakesAnAlbumOf1(WrongServer):
    caught_by = "an_album_of_1_is_refused"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "sendMediaGroup" and len(params["media"]) == 1:
            params["media"] = [*params["media"], *params["media"]]
        return None


class TakesAnAlbumOf11(WrongServer):
    caught_by = "an_album_of_11_is_refused"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "sendMediaGroup":
            params["media"] = params["media"][:10]
        return None


class TakesLongCaptions(WrongServer):
    caught_by = "a_caption_has_1024_characters"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "sendPhoto" and len(params.get("caption", "")) > 1024:
            params["caption"] = params["caption"][:1024]
        return None


class ChangesTheBytesOfDocuments(WrongServer):
    caught_by = "a_document_is_downloaded_unchanged"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if method == "getFile" and answer.status == 200:
            paths = self.world.files._by_path
            stored = paths[answer.body["result"]["file_path"]]
            paths[stored.path] = replace(stored, data=stored.data[::-1])


# Updates


class ForgetsTheOffset(WrongServer):
    caught_by = "an_offset_confirms"
    also_run = ("the_last_offset_confirms_all",)

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "getUpdates" and params.get("offset", 0) > 0:
            params.pop("offset")
        return None


class ConfirmsWhatItHandsOver(WrongServer):
    caught_by = "what_is_not_confirmed_comes_again"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if method == "getUpdates" and answer.body.get("result"):
            self.world.updates.confirm(answer.body["result"][-1]["update_id"] + 1)


class ForgetsTheWantedKinds(WrongServer):
    caught_by = "wanted_kinds_are_remembered"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "getUpdates":
            params.setdefault("allowed_updates", [])
        return None


class SendsTheNewerPollerAway(WrongServer):
    caught_by = "of_two_pollers_the_older_is_sent_away"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "getUpdates" and self.world.updates.somebody_polls:
            return refused("Conflict: terminated by other getUpdates request", 409)
        return None


class PollsBesideAWebhook(WrongServer):
    caught_by = "a_webhook_forbids_polling"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "can't use getUpdates method while webhook is active", [])


class PostsWithoutTheSecret(WrongServer):
    caught_by = "the_secret_is_in_its_header"

    def before(self, method: str, params: Json) -> Answer | None:
        if method == "setWebhook":
            params.pop("secret_token", None)
        return None


# Chats


class SendsToWhoHasBlocked(WrongServer):
    caught_by = "a_block_is_403"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "bot was blocked by the user")


class SaysForbiddenToStrangers(WrongServer):
    caught_by = "nobody_is_written_to_first"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if "chat not found" in answer.body.get("description", ""):
            answer.status, answer.body = 403, {"ok": False, "error_code": 403, "description": "Forbidden"}


class KeepsAnUpgradeToItself(WrongServer):
    caught_by = "an_upgraded_group_tells_its_new_number"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        answer.body.pop("parameters", None)


class WritesIntoGeneralByNumber(WrongServer):
    caught_by = "general_must_not_be_named"

    def before(self, method: str, params: Json) -> Answer | None:
        if params.get("message_thread_id") == 1:
            params.pop("message_thread_id")
        return None


class KeepsOneListOfCommands(WrongServer):
    caught_by = "scopes_are_kept_apart"

    def before(self, method: str, params: Json) -> Answer | None:
        if "MyCommands" in method:
            params.pop("scope", None)
        return None


class TakesEveryReaction(WrongServer):
    caught_by = "not_every_emoji_is_a_reaction"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "REACTION_INVALID")


# The connection and its parameters


class PassesOverUnknownParameters(WrongServer):
    caught_by = "an_unknown_parameter_is_refused"

    def before(self, method: str, params: Json) -> Answer | None:
        spec = spec_of(method)
        for name in [name for name in params if spec is not None and name not in spec.fields]:
            del params[name]
        return None


class TakesUnknownMethods(WrongServer):
    caught_by = "an_unknown_method_is_404"

    def before(self, method: str, params: Json) -> Answer | None:
        return done() if spec_of(method) is None else None


class TakesUnmodelledMethods(WrongServer):
    caught_by = "a_method_is_never_done_for_show"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        says_yes(answer, "not modelled")


class RefusesWithStatus200(WrongServer):
    caught_by = "status_and_error_code_agree"

    def after(self, method: str, params: Json, answer: Answer) -> None:
        if answer.body.get("ok") is False:
            answer.status = 200


class ReadsMethodsByTheLetter(WrongServer):
    caught_by = "methods_are_found_in_any_case"

    def before(self, method: str, params: Json) -> Answer | None:
        spec = spec_of(method)
        wrong = spec is not None and spec.name != method
        return refused("Not Found: method not found", 404) if wrong else None


class ReadsNoJsonText(WrongServer):
    caught_by = "objects_may_come_as_json_text"

    def before(self, method: str, params: Json) -> Answer | None:
        wrong = isinstance(params.get("reply_markup"), str)
        return refused("Bad Request: object expected as reply markup") if wrong else None


def all_of_them() -> list[type[WrongServer]]:
    """Every wrong server of this module."""
    return list(WrongServer.__subclasses__())
