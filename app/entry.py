"""Who may come in: everyone, unless the owner of the server asks for a sign-in.

Signing in is Streamlit's own OpenID Connect, off unless `KHAZRI_SIGN_IN=1`.
"""

import os
from typing import Final

import streamlit as st

SWITCH: Final = "KHAZRI_SIGN_IN"
OFF: Final = ("", "0")


def admitted() -> bool:
    """Return whether the page may be shown; if not, ask to sign in."""
    if os.environ.get(SWITCH, "") in OFF:
        return True
    known = getattr(st.user, "is_logged_in", None)
    if known is None:
        st.error(
            f"{SWITCH} asks for a sign-in, and .streamlit/secrets.toml has no [auth]."
        )
        return False
    if known:
        return True
    st.subheader("Who asks?")
    st.button("Sign in", on_click=st.login, key="sign.in")
    return False
