"""What forms for rules show and write: choices, sentences with blanks, and drafts."""
