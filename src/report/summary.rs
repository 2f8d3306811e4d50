//! Findings in numbers: by severity, by rule, by owner.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::say;

/// How many findings there are of each severity. The order is that of weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Counts {
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        findings.iter().for_each(|finding| counts.add(finding.severity));
        counts
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }

    /// `2 errors, 1 warning`.
    pub fn in_words(self, lang: Lang) -> String {
        let kinds = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)];
        let parts: Vec<String> =
            kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| counted(*count, *kind, lang)).collect();
        if parts.is_empty() {
            return say!(lang, en: "no findings", es: "sin hallazgos", pt: "nenhum achado");
        }
        parts.join(", ")
    }
}

/// `1 error`, `3 errors`.
pub(super) fn counted(count: usize, severity: Severity, lang: Lang) -> String {
    match (severity, count) {
        (Severity::Error, 1) => say!(lang, en: "1 error", es: "1 error", pt: "1 erro"),
        (Severity::Error, _) => say!(lang, en: "{count} errors", es: "{count} errores", pt: "{count} erros"),
        (Severity::Warning, 1) => say!(lang, en: "1 warning", es: "1 advertencia", pt: "1 aviso"),
        (Severity::Warning, _) => {
            say!(lang, en: "{count} warnings", es: "{count} advertencias", pt: "{count} avisos")
        }
        (Severity::Info, 1) => say!(lang, en: "1 note", es: "1 nota", pt: "1 nota"),
        (Severity::Info, _) => say!(lang, en: "{count} notes", es: "{count} notas", pt: "{count} notas"),
    }
}

/// Findings by rule, the heaviest first.
pub(super) fn by_rule(findings: &[Diagnostic]) -> Vec<(&str, Counts)> {
    tally(findings, |finding| finding.rule)
}

/// Findings by who answers for them, the heaviest first; those for which nobody is named stand last.
pub(super) fn by_owner(findings: &[Diagnostic]) -> Vec<(Option<&str>, Counts)> {
    let mut owners = tally(findings, |finding| finding.owner.as_deref());
    owners.sort_by_key(|(owner, _)| owner.is_none());
    owners
}

fn tally<'a, K: Copy + Ord>(findings: &'a [Diagnostic], key: impl Fn(&'a Diagnostic) -> K) -> Vec<(K, Counts)> {
    let mut tally: BTreeMap<K, Counts> = BTreeMap::new();
    findings.iter().for_each(|finding| tally.entry(key(finding)).or_default().add(finding.severity));
    let mut tally: Vec<(K, Counts)> = tally.into_iter().collect();
    tally.sort_by_key(|(_, counts)| Reverse(*counts));
    tally
}

/// What stands for an owner where nobody is named.
pub(super) fn nobody(lang: Lang) -> String {
    say!(lang, en: "nobody named", es: "sin responsable", pt: "sem responsável")
}
