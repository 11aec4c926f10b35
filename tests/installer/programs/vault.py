"""Keeps, reads or deletes a secret with the keyring of an installation: put, get, delete."""

import sys

import keyring

SERVICE, USER = "SignalOS Desktop test", "token"
verb, value = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
if verb == "put":
    keyring.set_password(SERVICE, USER, value)
elif verb == "get":
    sys.stdout.buffer.write(f"{keyring.get_password(SERVICE, USER)}".encode())
else:
    keyring.delete_password(SERVICE, USER)
