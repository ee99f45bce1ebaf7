"""What an investor sees: Streamlit views over the trunk; no arithmetic of their own."""
