//! The fields of each entity as front matter writes them. `rollbook list` names fields by the same keys.

use crate::fields::{FieldSpec, FieldType};

/// One kind of entity that front matter may hold.
#[derive(Clone, Copy, Debug)]
pub struct EntityFields {
    /// The key in front matter.
    pub key: &'static str,
    /// Whether it is a list of mappings, or one mapping.
    pub takes: FieldType,
    /// The fields of one entity.
    pub fields: &'static [FieldSpec],
}

const fn text(name: &'static str) -> FieldSpec {
    FieldSpec { name, takes: FieldType::Text }
}

const fn texts(name: &'static str) -> FieldSpec {
    FieldSpec { name, takes: FieldType::TextList }
}

const fn date(name: &'static str) -> FieldSpec {
    FieldSpec { name, takes: FieldType::Date }
}

/// Keys of an entry of `checklist:`.
pub const ITEM: &[FieldSpec] = &[
    text("id"),
    text("item"),
    text("owner"),
    text("status"),
    text("phase"),
    text("due"),
    text("evidence"),
    text("blocked_by"),
    text("approver"),
    text("reason"),
    FieldSpec { name: "required", takes: FieldType::Bool },
];

/// Keys of an entry of `flags:`.
pub const FLAG: &[FieldSpec] =
    &[text("key"), text("description"), text("default"), text("remarks"), text("owner"), text("expires")];

/// Keys of an entry of `events:`.
pub const EVENT: &[FieldSpec] =
    &[text("flag"), text("date"), text("scope"), text("from"), text("to"), text("author"), text("reason")];

/// Keys of an entry of `phases:`.
pub const PHASE: &[FieldSpec] = &[
    text("id"),
    text("name"),
    text("status"),
    text("window"),
    date("start"),
    date("end"),
    text("audience"),
    text("actions"),
    text("owner"),
    texts("entry"),
    texts("exit"),
];

/// Keys of an entry of `metrics:`.
pub const METRIC: &[FieldSpec] =
    &[text("id"), text("name"), text("group"), text("source"), text("threshold"), text("owner")];

/// Keys of `rollback:`.
pub const ROLLBACK: &[FieldSpec] =
    &[text("trigger"), text("owner"), FieldSpec { name: "steps", takes: FieldType::MapList }];

/// Keys of an entry of `steps:` below `rollback:`; a text alone is a step without more.
pub const STEP: &[FieldSpec] = &[text("id"), text("step"), text("owner"), texts("substeps")];

/// Keys of an entry of `communications:`.
pub const COMMUNICATION: &[FieldSpec] = &[
    text("id"),
    text("message"),
    text("moment"),
    text("channel"),
    text("audience"),
    text("date"),
    text("owner"),
    text("status"),
];

/// Keys of an entry of `risks:`.
pub const RISK: &[FieldSpec] = &[
    text("id"),
    text("risk"),
    text("probability"),
    text("impact"),
    text("score"),
    text("mitigation"),
    text("trigger"),
    text("owner"),
    text("status"),
];

/// Keys of `decision:` and of an entry of `decisions:`.
pub const DECISION: &[FieldSpec] =
    &[text("id"), text("subject"), text("verdict"), text("approver"), date("date"), text("reason")];

/// Keys of `report:`.
pub const REPORT: &[FieldSpec] = &[text("title"), texts("parts")];

/// Every key of front matter that holds entities, with the fields of one.
pub const ENTITIES: &[EntityFields] = &[
    EntityFields { key: "checklist", takes: FieldType::MapList, fields: ITEM },
    EntityFields { key: "flags", takes: FieldType::MapList, fields: FLAG },
    EntityFields { key: "events", takes: FieldType::MapList, fields: EVENT },
    EntityFields { key: "phases", takes: FieldType::MapList, fields: PHASE },
    EntityFields { key: "metrics", takes: FieldType::MapList, fields: METRIC },
    EntityFields { key: "rollback", takes: FieldType::Map, fields: ROLLBACK },
    EntityFields { key: "communications", takes: FieldType::MapList, fields: COMMUNICATION },
    EntityFields { key: "risks", takes: FieldType::MapList, fields: RISK },
    EntityFields { key: "decision", takes: FieldType::Map, fields: DECISION },
    EntityFields { key: "decisions", takes: FieldType::MapList, fields: DECISION },
    EntityFields { key: "report", takes: FieldType::Map, fields: REPORT },
];
