"""Keyrings for tests: one that works in memory, and what can be wrong with one."""

import threading


class MemoryVault:
    """As much of a keyring as the program uses; longest: characters of one secret."""

    name = "Test Vault"

    def __init__(self, longest: int = 1280) -> None:
        self.kept: dict[str, str] = {}
        self.longest = longest
        self.writes: list[str] = []
        self.fail_at_write = -1

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(service)

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(self.writes) == self.fail_at_write:
            self.fail_at_write = -1
            raise RuntimeError(f"no room for {password}")
        if len(password) > self.longest:
            raise OSError(1783, "The stub received bad data")
        self.writes.append(service)
        self.kept[service] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service]


class LockedVault(MemoryVault):
    """Its first call asks a question on the screen, and waits for the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return super().get_password(service, username)


class ForgetfulVault(MemoryVault):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None: ...


class StallingVault(MemoryVault):
    """Falls silent in its second write, and goes on when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(self.writes) == 1:
            self.answered.wait(30)
        super().set_password(service, username, password)
