"""The main window, its navigation, actions and theme."""
