"""Files of posts, out of the calendar and into it: our own format, which loses nothing, and those of other planners."""
