"""The indexed fields and their analysis, stated once for both engines."""
