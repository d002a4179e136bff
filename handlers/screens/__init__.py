"""Pure rendering: view + words → Screen. Everything here can be looked at in the gallery."""
