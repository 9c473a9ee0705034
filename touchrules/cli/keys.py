"""The command `keys`: one's own key for signing, and the public keys of those that one trusts."""

from __future__ import annotations

from typing import Annotated, Any

import typer

keys = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Make the key that signs your bundles, and trust others' keys.\n\n"
    "Whoever exports makes a key once (create), and hands its public half on (show). Whoever receives bundles"
    " trusts that public half (trust). The private half stays in its file, and signs (`touchrules export`).",
)

Name = Annotated[str, typer.Option("--name", metavar="NAME", help="What the key is called here.")]
KeyName = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="Which key, by its name or id. By default your only one."),
]
TrustedName = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="What the key is called here. By default its id."),
]
Which = Annotated[
    str, typer.Argument(metavar="NAME_OR_ID", help="The key, by its name or id.", show_default=False)
]
Public = Annotated[
    str,
    typer.Argument(
        metavar="FILE_OR_TEXT",
        help="The public key, as `touchrules keys show` prints it: its file, or the text itself.",
        show_default=False,
    ),
]


@keys.command()
def create(*, name: Name = "own") -> None:
    """Make a key of your own, which signs bundles.

    Its private half stays in its file, which nobody else may read. Bundles that it signs are trusted here.
    """
    from touchrules.production.bundle.keyring import Keyring

    held = Keyring().create(name)
    _say(f"The key {held.key.label} is in {held.file}, which nobody but you may read.")
    _say("Hand on its public half, by which others check your bundles: touchrules keys show")


@keys.command("list")
def list_keys() -> None:
    """List your keys and those that you trust."""
    from touchrules.cli.screen import add_row, make_console, make_table, print_table, show
    from touchrules.production.bundle.keyring import Keyring

    ring = Keyring()
    held = ring.held()
    if not held:
        _say(f"There are no keys in {ring.folder}: touchrules keys create")
        return
    table = make_table("key", "id", "what it is for", texts=3)
    for one in held:
        add_row(table, (one.key.name, one.key.id, "your own, signs" if one.own else "trusted"))
    print_table(make_console(), show(str(ring.folder)), table)


@keys.command("show")
def show_key(*, name: KeyName = None) -> None:
    """Print the public half of a key, to be handed on."""
    from touchrules.production.bundle.keyring import Keyring

    ring = Keyring()
    held = ring.own() if name is None else ring.find(name)
    typer.echo(held.key.pem(), nl=False)


@keys.command(context_settings={"ignore_unknown_options": True})  # a key in PEM begins with hyphens
def trust(*, key: Public, name: TrustedName = None) -> None:
    """Trust the bundles of a public key that somebody has handed you.

    Take it from the one whose key it is, not from the bundle: a bundle says nothing about who may be trusted.
    """
    from touchrules.production.bundle.keyring import Keyring, read_public

    read = read_public(key)
    held = Keyring().trust(read, name or read.id)
    _say(f"Bundles signed with the key {held.key.label} are trusted from now on.")


@keys.command()
def distrust(*, key: Which) -> None:
    """Trust the bundles of a key no longer."""
    from touchrules.production.bundle.keyring import Keyring

    held = Keyring().distrust(key)
    _say(f"Bundles signed with the key {held.key.label} are trusted no longer.")


def _say(text: Any) -> None:
    from touchrules.cli.screen import show

    typer.echo(show(text))
