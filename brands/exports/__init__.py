"""A brand as a file to keep, and a brand made anew from such a file. `docs/brand-export.md` describes it."""
