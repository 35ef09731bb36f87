"""Files that people brought, given out behind the brand's door."""

# Whatever a file may pretend to be, a browser neither guesses nor runs anything in it.
ARMOUR = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
