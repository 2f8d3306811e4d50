//! Comments that say what the table or list behind them is: `<!-- rollbook: checklist -->`.

use crate::model::Fault;
use crate::parse::scan::Scan;
use crate::parse::vocabulary::SectionKind;
use crate::words::nearest;

/// What a comment asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive {
    /// What follows holds entities of this kind.
    Kind(SectionKind),
    /// What follows is no part of the plan.
    Ignore,
}

/// The words, with what they ask for.
const DIRECTIVES: [(&str, Directive); 13] = [
    ("checklist", Directive::Kind(SectionKind::Checklist)),
    ("flags", Directive::Kind(SectionKind::Flags)),
    ("flag-event", Directive::Kind(SectionKind::Events)),
    ("events", Directive::Kind(SectionKind::Events)),
    ("phases", Directive::Kind(SectionKind::Phases)),
    ("metrics", Directive::Kind(SectionKind::Metrics)),
    ("rollback", Directive::Kind(SectionKind::Rollback)),
    ("communications", Directive::Kind(SectionKind::Communications)),
    ("risks", Directive::Kind(SectionKind::Risks)),
    ("decision", Directive::Kind(SectionKind::Decision)),
    ("decisions", Directive::Kind(SectionKind::Decision)),
    ("report", Directive::Kind(SectionKind::Report)),
    ("ignore", Directive::Ignore),
];

/// Suppressions, which are read elsewhere.
const ALLOW: &str = "allow";

/// What a directive asks for; `None` for one that asks nothing of recognition.
#[must_use]
pub fn read(written: &str) -> Option<Directive> {
    DIRECTIVES.iter().find(|(word, _)| *word == written).map(|(_, directive)| *directive)
}

/// Directives that mean nothing.
pub fn unknown(scan: &Scan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for directive in &scan.directives {
        let word = directive.value.split_whitespace().next().unwrap_or_default();
        if read(&directive.value).is_none() && word != ALLOW {
            let known = DIRECTIVES.iter().map(|(word, _)| *word).chain([ALLOW]);
            let nearest = nearest(&word.to_lowercase(), known);
            faults.push(Fault::UnknownDirective { word: directive.value.clone(), nearest, span: directive.span });
        }
    }
    faults
}
