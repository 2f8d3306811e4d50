//! What words can name: the parts of a plan that headings announce, and the fields that columns hold.

/// What a heading says of the text below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Registry of flags.
    Flags,
    /// Changes of flags.
    Events,
    /// The go-live checklist.
    Checklist,
    /// The phases.
    Phases,
    /// The metrics.
    Metrics,
    /// The way back.
    Rollback,
    /// Who is told what.
    Communications,
    /// What could go wrong.
    Risks,
    /// What was resolved.
    Decision,
    /// The closing report.
    Report,
    /// When to stop: the opposite of what a checklist asks for.
    StopCriteria,
}

impl SectionKind {
    /// Every kind with its key in the data files and, but for `events`, in directives.
    pub const KEYS: [(&'static str, Self); 11] = [
        ("flags", Self::Flags),
        ("events", Self::Events),
        ("checklist", Self::Checklist),
        ("phases", Self::Phases),
        ("metrics", Self::Metrics),
        ("rollback", Self::Rollback),
        ("communications", Self::Communications),
        ("risks", Self::Risks),
        ("decision", Self::Decision),
        ("report", Self::Report),
        ("stop_criteria", Self::StopCriteria),
    ];
}

/// What a column or a label holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the fields of the entities")]
pub enum Field {
    Flag,
    Description,
    Default,
    Remarks,
    Expires,
    Phase,
    Audience,
    Window,
    Start,
    End,
    Actions,
    EntryCriteria,
    ExitCriteria,
    Item,
    Owner,
    Status,
    Due,
    Evidence,
    BlockedBy,
    Approver,
    Reason,
    Id,
    Required,
    Date,
    Scope,
    From,
    To,
    Author,
    Meaning,
    Version,
    Metric,
    Group,
    Source,
    Threshold,
    Step,
    Trigger,
    Message,
    Moment,
    Channel,
    Risk,
    Probability,
    Impact,
    Score,
    Mitigation,
    Subject,
    Verdict,
}

impl Field {
    /// Every field with its key in the data files.
    pub const KEYS: [(&'static str, Self); 46] = [
        ("flag", Self::Flag),
        ("description", Self::Description),
        ("default", Self::Default),
        ("remarks", Self::Remarks),
        ("expires", Self::Expires),
        ("phase", Self::Phase),
        ("audience", Self::Audience),
        ("window", Self::Window),
        ("start", Self::Start),
        ("end", Self::End),
        ("actions", Self::Actions),
        ("entry", Self::EntryCriteria),
        ("exit", Self::ExitCriteria),
        ("item", Self::Item),
        ("owner", Self::Owner),
        ("status", Self::Status),
        ("due", Self::Due),
        ("evidence", Self::Evidence),
        ("blocked_by", Self::BlockedBy),
        ("approver", Self::Approver),
        ("reason", Self::Reason),
        ("id", Self::Id),
        ("required", Self::Required),
        ("date", Self::Date),
        ("scope", Self::Scope),
        ("from", Self::From),
        ("to", Self::To),
        ("author", Self::Author),
        ("meaning", Self::Meaning),
        ("version", Self::Version),
        ("metric", Self::Metric),
        ("group", Self::Group),
        ("source", Self::Source),
        ("threshold", Self::Threshold),
        ("step", Self::Step),
        ("trigger", Self::Trigger),
        ("message", Self::Message),
        ("moment", Self::Moment),
        ("channel", Self::Channel),
        ("risk", Self::Risk),
        ("probability", Self::Probability),
        ("impact", Self::Impact),
        ("score", Self::Score),
        ("mitigation", Self::Mitigation),
        ("subject", Self::Subject),
        ("verdict", Self::Verdict),
    ];
}

/// What a word means in a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CriterionWord {
    /// "al menos", "at least": the bound itself is enough.
    AtLeast,
    /// "como máximo", "at most".
    AtMost,
    /// "más de", "over".
    Above,
    /// "menos de", "below".
    Below,
    /// "igual a", "equal to".
    Equal,
    /// "o más", behind the number.
    OrMore,
    /// "o menos", behind the number.
    OrLess,
    /// "en", "over the last": a span of time follows.
    Within,
    /// "seguidos", "consecutive".
    Consecutive,
    /// "con 90% …": the operator is not written.
    With,
    /// "cero", "ningún": none, whatever follows.
    Zero,
    /// "sin", "no": none, where what follows can be counted.
    Without,
    /// What can be counted, and of which less is better: "incidentes", "bugs".
    Counted,
    /// A word for a number.
    Number(u32),
    /// A unit of time by its key: `h`, `d`, `week`, `month`.
    Time(&'static str),
    /// A unit of a quantity as it is written in readings: `ms`, `s`, `min`, `h`, `d`.
    Unit(&'static str),
}

impl CriterionWord {
    /// Every meaning with its key in the data files. A unit of time that is also one of quantities stands in both.
    pub const KEYS: [(&'static str, &'static [Self]); 27] = [
        ("at_least", &[Self::AtLeast]),
        ("at_most", &[Self::AtMost]),
        ("above", &[Self::Above]),
        ("below", &[Self::Below]),
        ("equal", &[Self::Equal]),
        ("or_more", &[Self::OrMore]),
        ("or_less", &[Self::OrLess]),
        ("within", &[Self::Within]),
        ("consecutive", &[Self::Consecutive]),
        ("with", &[Self::With]),
        ("zero", &[Self::Zero]),
        ("without", &[Self::Without]),
        ("counted", &[Self::Counted]),
        ("one", &[Self::Number(1)]),
        ("two", &[Self::Number(2)]),
        ("three", &[Self::Number(3)]),
        ("four", &[Self::Number(4)]),
        ("five", &[Self::Number(5)]),
        ("seven", &[Self::Number(7)]),
        ("ten", &[Self::Number(10)]),
        ("ms", &[Self::Unit("ms")]),
        ("s", &[Self::Unit("s")]),
        ("min", &[Self::Unit("min")]),
        ("h", &[Self::Unit("h"), Self::Time("h")]),
        ("d", &[Self::Unit("d"), Self::Time("d")]),
        ("week", &[Self::Time("week")]),
        ("month", &[Self::Time("month")]),
    ];
}
