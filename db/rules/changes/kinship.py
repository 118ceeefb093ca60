"""What the members are to a new head, from what they were to the old one; None where only the family knows.

A proposal the clerk confirms line by line (R74): with two sons at home nobody can tell from the paper whose wife the daughter-in-law is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.rules.codes import Relation as Kin
from db.rules.codes import Sex
from db.rules.values import Member

_Table = Mapping[Kin, Kin]

_OF_SPOUSE: _Table = {r: r for r in (
    Kin.SON, Kin.DAUGHTER, Kin.DAUGHTER_IN_LAW, Kin.SON_IN_LAW, Kin.GRANDSON, Kin.GRANDDAUGHTER, Kin.DAUGHTERS_SON, Kin.DAUGHTERS_DAUGHTER,
)}  # fmt: skip
_TO_WIFE: _Table = {
    **_OF_SPOUSE,
    Kin.FATHER: Kin.HUSBANDS_FATHER,
    Kin.MOTHER: Kin.HUSBANDS_MOTHER,
    Kin.WIFES_FATHER: Kin.FATHER,
    Kin.WIFES_MOTHER: Kin.MOTHER,
}
_TO_HUSBAND: _Table = {
    **_OF_SPOUSE,
    Kin.FATHER: Kin.WIFES_FATHER,
    Kin.MOTHER: Kin.WIFES_MOTHER,
    Kin.HUSBANDS_FATHER: Kin.FATHER,
    Kin.HUSBANDS_MOTHER: Kin.MOTHER,
}
_TO_CHILD_OF_FATHER: _Table = {
    Kin.FATHER: Kin.GRANDFATHER,
    Kin.MOTHER: Kin.GRANDMOTHER,
    Kin.WIFES_FATHER: Kin.MOTHERS_FATHER,
    Kin.WIFES_MOTHER: Kin.MOTHERS_MOTHER,
}
_TO_CHILD_OF_MOTHER: _Table = {
    Kin.FATHER: Kin.MOTHERS_FATHER,
    Kin.MOTHER: Kin.MOTHERS_MOTHER,
    Kin.HUSBANDS_FATHER: Kin.GRANDFATHER,
    Kin.HUSBANDS_MOTHER: Kin.GRANDMOTHER,
}
_OWN_FAMILY: Mapping[Kin, _Table] = {
    Kin.SON: {Kin.DAUGHTER_IN_LAW: Kin.SPOUSE, Kin.GRANDSON: Kin.SON, Kin.GRANDDAUGHTER: Kin.DAUGHTER},
    Kin.DAUGHTER: {Kin.SON_IN_LAW: Kin.SPOUSE, Kin.DAUGHTERS_SON: Kin.SON, Kin.DAUGHTERS_DAUGHTER: Kin.DAUGHTER},
}
"""Husband or wife and children of a child of the old head; certain only where it is the only one of its kind."""
_BY_MARRIAGE: Mapping[Kin, tuple[Kin, _Table]] = {
    Kin.DAUGHTER_IN_LAW: (Kin.SON, {Kin.SON: Kin.SPOUSE, Kin.GRANDSON: Kin.SON, Kin.GRANDDAUGHTER: Kin.DAUGHTER}),
    Kin.SON_IN_LAW: (
        Kin.DAUGHTER,
        {Kin.DAUGHTER: Kin.SPOUSE, Kin.DAUGHTERS_SON: Kin.SON, Kin.DAUGHTERS_DAUGHTER: Kin.DAUGHTER},
    ),
}
_PARENTS = {Kin.FATHER: Kin.MOTHER, Kin.MOTHER: Kin.FATHER}
_GRANDPARENTS: Mapping[Kin, _Table] = {
    Kin.FATHER: {Kin.GRANDFATHER: Kin.FATHER, Kin.GRANDMOTHER: Kin.MOTHER, Kin.MOTHERS_FATHER: Kin.WIFES_FATHER, Kin.MOTHERS_MOTHER: Kin.WIFES_MOTHER},
    Kin.MOTHER: {Kin.MOTHERS_FATHER: Kin.FATHER, Kin.MOTHERS_MOTHER: Kin.MOTHER, Kin.GRANDFATHER: Kin.HUSBANDS_FATHER, Kin.GRANDMOTHER: Kin.HUSBANDS_MOTHER},
}  # fmt: skip


def relations_to(members: Sequence[Member], head: int) -> dict[int, Kin | None]:
    """Place -> relation to the member at ``head``; the old head among them, whether or not he stays."""
    old = next((n for n, m in enumerate(members) if m.relation is Kin.HEAD), None)
    if old is None or old == head:
        return {n: Kin.HEAD if n == head else m.relation for n, m in enumerate(members)}
    made: dict[int, Kin | None] = {}
    for n, m in enumerate(members):
        if n == head:
            made[n] = Kin.HEAD
        elif n == old:
            made[n] = _old_head(m, members[head].relation, members[head].sex)
        else:
            made[n] = _other(m, members, head, members[old].sex)
    return made


def _old_head(old: Member, new_was: Kin | None, new_sex: Sex | None) -> Kin | None:
    """What the old head is to the new one, who was ``new_was`` to him."""
    man = old.sex is Sex.MALE
    if old.sex is None:
        return None
    pairs = {
        Kin.SPOUSE: (Kin.SPOUSE, Kin.SPOUSE),
        Kin.SON: (Kin.FATHER, Kin.MOTHER),
        Kin.DAUGHTER: (Kin.FATHER, Kin.MOTHER),
        Kin.FATHER: (Kin.SON, Kin.DAUGHTER),
        Kin.MOTHER: (Kin.SON, Kin.DAUGHTER),
        Kin.DAUGHTER_IN_LAW: (Kin.HUSBANDS_FATHER, Kin.HUSBANDS_MOTHER),
        Kin.SON_IN_LAW: (Kin.WIFES_FATHER, Kin.WIFES_MOTHER),
        Kin.GRANDSON: (Kin.GRANDFATHER, Kin.GRANDMOTHER),
        Kin.GRANDDAUGHTER: (Kin.GRANDFATHER, Kin.GRANDMOTHER),
        Kin.DAUGHTERS_SON: (Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER),
        Kin.DAUGHTERS_DAUGHTER: (Kin.MOTHERS_FATHER, Kin.MOTHERS_MOTHER),
        Kin.WIFES_FATHER: (Kin.SON_IN_LAW, Kin.SON_IN_LAW),
        Kin.WIFES_MOTHER: (Kin.SON_IN_LAW, Kin.SON_IN_LAW),
        Kin.HUSBANDS_FATHER: (Kin.DAUGHTER_IN_LAW, Kin.DAUGHTER_IN_LAW),
        Kin.HUSBANDS_MOTHER: (Kin.DAUGHTER_IN_LAW, Kin.DAUGHTER_IN_LAW),
    }
    if new_was not in pairs:
        return None
    found = pairs[new_was][0 if man else 1]
    return None if found is Kin.SPOUSE and new_sex is old.sex else found


def _other(member: Member, members: Sequence[Member], head: int, old_sex: Sex | None) -> Kin | None:
    was, new_was = member.relation, members[head].relation
    if was is None or new_was is None or old_sex is None:
        return None
    if new_was is Kin.SPOUSE:
        return (_TO_WIFE if old_sex is Sex.MALE else _TO_HUSBAND).get(was)
    if new_was in _OWN_FAMILY:
        return _to_child(was, member, new_was, members, old_sex)
    if new_was in _BY_MARRIAGE:
        partner, table = _BY_MARRIAGE[new_was]
        return table.get(was) if _only(members, partner) and _only(members, new_was) else None
    if new_was in _PARENTS:
        return _to_parent(was, member, new_was, old_sex)
    return None


def _to_child(was: Kin, member: Member, new_was: Kin, members: Sequence[Member], old_sex: Sex) -> Kin | None:
    if was is Kin.SPOUSE:
        return Kin.FATHER if member.sex is Sex.MALE else Kin.MOTHER
    if was in (Kin.SON, Kin.DAUGHTER):
        return Kin.OTHER  # brothers and sisters have no code of their own
    if was in _OWN_FAMILY[new_was]:
        return _OWN_FAMILY[new_was][was] if _only(members, new_was) else None
    return (_TO_CHILD_OF_FATHER if old_sex is Sex.MALE else _TO_CHILD_OF_MOTHER).get(was)


def _to_parent(was: Kin, member: Member, new_was: Kin, old_sex: Sex) -> Kin | None:
    if was is _PARENTS[new_was]:
        return Kin.SPOUSE
    if was is Kin.SPOUSE:
        return Kin.SON_IN_LAW if member.sex is Sex.MALE else Kin.DAUGHTER_IN_LAW
    through_son = old_sex is Sex.MALE
    children = {
        Kin.SON: Kin.GRANDSON if through_son else Kin.DAUGHTERS_SON,
        Kin.DAUGHTER: Kin.GRANDDAUGHTER if through_son else Kin.DAUGHTERS_DAUGHTER,
    }
    return children.get(was) or _GRANDPARENTS[new_was].get(was)


def _only(members: Sequence[Member], relation: Kin) -> bool:
    """Whether exactly one member stands in ``relation`` to the old head."""
    return sum(m.relation is relation for m in members) == 1
