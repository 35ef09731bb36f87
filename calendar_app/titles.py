"""A post's title out of its text. Pure."""


def first_line(text: str, longest: int) -> str:
    """The first line that says something; a longer one is cut after a word and ends in “…”, `longest` characters in all."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= longest:
        return line
    cut = line[:longest]
    return (cut.rpartition(" ")[0] or cut[:-1]) + "…"
