"""人员变动 on a household's file: each change a guided step that shows its effect before it is made, and the file as of a past day."""
