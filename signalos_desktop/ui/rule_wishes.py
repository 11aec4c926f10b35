"""What the pages of providers and strategies ask of the engine; they tell the answer themselves."""

from collections.abc import Callable, Mapping, Sequence

from signalos_desktop.domain.parsing.teaching import Mark
from signalos_desktop.engine.controls import Answer, Controls, answered
from signalos_desktop.engine.setting_strategies import EVERYWHERE
from signalos_desktop.ui.actions import Actions


class RuleWishes:
    """One coroutine for each wish; what was changed is in force when it answers."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    # ------------------------------------------------------------------ providers

    async def providers(self) -> Answer:
        return await self._now(lambda c: c.providers())

    async def set_provider(self, name: str, values: Mapping[str, object]) -> Answer:
        return await self._changed(lambda c: c.provider_set(name, values))

    async def reset_provider(self, name: str, fields: Sequence[str]) -> Answer:
        return await self._changed(lambda c: c.provider_reset(name, fields))

    async def teach(
        self, provider: str, signal: str, marks: Sequence[Mark], last: int, *, save: bool = False
    ) -> Answer:
        """save False: only what it would change."""
        answer = await self._actions.ask(
            "Teach", lambda c: c.teach(provider, signal, marks, last, save=save), aloud=False
        )
        if answer.ok and save:
            self._actions.settings_changed.emit()
        return answer

    # ------------------------------------------------------------------ strategies

    async def take_strategy(self, document: object) -> Answer:
        """A strategy as a document or its text; in place of one of the same name."""
        return await self._changed(lambda c: answered(c.strategies.take_in(document)))

    async def use_strategy(self, name: str, target: str = EVERYWHERE) -> Answer:
        return await self._changed(lambda c: answered(c.strategies.use(name, target)))

    async def export_strategy(self, name: str) -> Answer:
        return await self._now(lambda c: answered(c.strategies.export(name)))

    async def remove_strategy(self, name: str) -> Answer:
        return await self._changed(lambda c: answered(c.strategies.remove(name)))

    async def preview_strategy(self, name: str, last: int) -> Answer:
        account = self._actions.account
        return await self._now(lambda c: c.strategy_preview(name, last, account))

    # ------------------------------------------------------------------ asking

    async def _now(self, verb: Callable[[Controls], Answer]) -> Answer:
        async def wish(controls: Controls) -> Answer:
            return verb(controls)

        return await self._actions.ask("", wish, aloud=False)

    async def _changed(self, verb: Callable[[Controls], Answer]) -> Answer:
        answer = await self._now(verb)
        if answer.ok:
            self._actions.settings_changed.emit()
        return answer
