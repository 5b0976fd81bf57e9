"""What a person types or writes in a file → the IRI of the thing to show."""

from __future__ import annotations

from functools import partial

from samverkan.errors import InputError, UnknownNameError
from samverkan.knowledge import Knowledge
from samverkan.language import mark as _
from samverkan.namespaces import ID, of_address, term

_BODY = term("org:Organization").value


def of_name(knowledge: Knowledge, name: str) -> str:
    """The IRI of the thing that *name* stands for; also one as the files write it.

    That is ``person:ola-karlsson``, or the end of the IRI, ``person/ola-karlsson``.

    Raises:
        InputError: it has no letter and no figure.
        UnknownNameError: none does.
        AmbiguousNameError: several do.
    """
    if not any(character.isalnum() for character in name):
        raise InputError(_("Name what to show: a body, a person, a document."))
    if name.startswith((ID, "http://", "https://")):
        return name
    iri = of_address(name)
    if iri and (iri.startswith(ID) or knowledge.names.thing(iri)):
        return iri
    return knowledge.names.find(name).iri


def of_body(knowledge: Knowledge, name: str) -> str:
    """The IRI of the body that *name* stands for, also given by its IRI or the end of that.

    Raises:
        UnknownNameError: no body bears it.
        AmbiguousNameError: several do.
    """
    names = knowledge.names
    iri = name if name.startswith(("http://", "https://")) else of_address(name)
    if iri is None:
        return names.find(name, _BODY).iri
    body = names.thing(iri)
    if body is None or _BODY not in body.kinds:
        raise UnknownNameError(
            _("Nothing in the graph is called “{name}”."),
            partial(names.nearest, name, _BODY),
            name=name,
        )
    return iri
