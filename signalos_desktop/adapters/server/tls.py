"""Whom to trust: the system's certificates and certifi's; verification cannot be switched off."""

import ssl

import certifi


def tls_context() -> ssl.SSLContext:
    """Takes some 40 ms; to be shared. Ignores SSLKEYLOGFILE, which would open the connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.load_verify_locations(certifi.where())
    return context
