"""Small scripts of what happens between a rep and a contact, done well or with a rule broken."""
