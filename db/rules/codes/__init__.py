"""Code tables: the national code is stored, the Chinese label is shown, other labels are understood on reading.

Compare and import by label, because other systems number differently. Sources: the national 建档立卡 dictionary of 2014–2018; the
papers of 麻章区 and 华阳镇, 2016.
"""

from __future__ import annotations

from db.rules.codes.base import (
    Code,
    Valid,
)
from db.rules.codes.cross import (
    CrossKind,
    CrossMatch,
    CrossOutcome,
)
from db.rules.codes.evidence import (
    Direction,
    EvidenceKind,
    Recheck,
    RekeySubject,
    VillageAct,
)
from db.rules.codes.home import (
    ApplicationKind,
    Attribute,
    ChangeKind,
    Fuel,
    HousingGrade,
    PovertyCause,
    Relocation,
    RelocationTrouble,
    Resettlement,
    ResettlementPlace,
    Road,
    Standard,
    Structure,
    YesNo,
)
from db.rules.codes.office import (
    Agreement,
    AppraisalKind,
    BatchAct,
    BatchKind,
    Role,
    ThresholdKind,
)
from db.rules.codes.person import (
    Dropout,
    Education,
    Ethnicity,
    Health,
    IdKind,
    Labour,
    Politics,
    Relation,
    Schooling,
    Sex,
    Work,
)
from db.rules.codes.visit import (
    Bar,
    Entry,
    Finding,
    Look,
    LookItem,
    Priority,
    Verdict,
)

__all__ = [
    "Agreement",
    "ApplicationKind",
    "AppraisalKind",
    "Attribute",
    "Bar",
    "BatchAct",
    "BatchKind",
    "ChangeKind",
    "Code",
    "CrossKind",
    "CrossMatch",
    "CrossOutcome",
    "Direction",
    "Dropout",
    "Education",
    "Entry",
    "Ethnicity",
    "EvidenceKind",
    "Finding",
    "Fuel",
    "Health",
    "HousingGrade",
    "IdKind",
    "Labour",
    "Look",
    "LookItem",
    "Politics",
    "PovertyCause",
    "Priority",
    "Recheck",
    "RekeySubject",
    "Relation",
    "Relocation",
    "RelocationTrouble",
    "Resettlement",
    "ResettlementPlace",
    "Road",
    "Role",
    "Schooling",
    "Sex",
    "Standard",
    "Structure",
    "ThresholdKind",
    "Valid",
    "Verdict",
    "VillageAct",
    "Work",
    "YesNo",
]
