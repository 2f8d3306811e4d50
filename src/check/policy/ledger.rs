//! What was set aside, and by what. Suppressions are asked first, then waivers, then the baseline; all that mean a finding
//! count as used, so that the order in which they are written is no matter.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::check::policy::standing::{is_approved_by_owner, stands};
use crate::check::policy::{PROTECTED, group_of, means};
use crate::diagnostic::{By, Diagnostic, SetAside};
use crate::fingerprint::{self, Topic};
use crate::model::{Baseline, Site, Suppression, Waiver};
use crate::source::{FileId, Sources, Span};

/// Findings, divided; and which of the reasons to divide them were used.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Findings that nobody set aside.
    pub kept: Vec<Diagnostic>,
    /// Findings that somebody did.
    pub set_aside: Vec<SetAside>,
    /// Waivers, by index, that mean a finding.
    pub waivers_used: BTreeSet<usize>,
    /// Waivers, by index, approved by the owner of what they are about.
    pub waivers_of_owners: BTreeSet<usize>,
    /// Suppressions that mean a finding: file, index in it, index of the rule's name.
    pub suppressions_used: BTreeSet<(FileId, usize, usize)>,
    /// How many findings each entry of the baseline met.
    pub baseline_met: Vec<usize>,
    /// Everything that a finding was about.
    pub subjects: BTreeSet<String>,
}

/// Something that lets a finding pass.
struct Pass {
    by: By,
    file: FileId,
    span: Span,
    reason: Option<String>,
}

impl Ledger {
    /// Divides the findings of a site.
    #[must_use]
    pub fn new(site: &Site, now: NaiveDate, findings: Vec<Diagnostic>) -> Self {
        let mut ledger = Self::default();
        let baseline = site.baseline.as_ref();
        let mut known = Known::new(baseline);
        ledger.baseline_met = vec![0; baseline.map_or(0, |baseline| baseline.entries.len())];
        let mut waivers = StandingWaivers::new(site, now);
        for finding in findings {
            ledger.subjects.extend(finding.subject.clone());
            let pass = if group_of(finding.rule) == PROTECTED {
                None
            } else {
                let suppression = ledger.suppression(site, &finding);
                let waiver = ledger.waiver(site, &mut waivers, &finding);
                suppression.or(waiver).or_else(|| known.take(&site.sources, &finding, &mut ledger.baseline_met))
            };
            match pass {
                None => ledger.kept.push(finding),
                Some(Pass { by, file, span, reason }) => {
                    ledger.set_aside.push(SetAside { finding, by, file, span, reason });
                }
            }
        }
        ledger
    }

    fn suppression(&mut self, site: &Site, finding: &Diagnostic) -> Option<Pass> {
        let document = site.document(site.page_of(finding.file)?);
        let length = site.sources[finding.file].text.len();
        let mut pass = None;
        for (index, suppression) in document.suppressions.iter().enumerate() {
            let Some(reason) = &suppression.reason else { continue };
            if !covers(suppression, finding.span.start, length) {
                continue;
            }
            for (name, _) in suppression.rules.iter().enumerate().filter(|(_, name)| means(&name.value, finding.rule)) {
                self.suppressions_used.insert((finding.file, index, name));
                let reason = Some(reason.value.clone());
                let first = Pass { by: By::Suppression, file: finding.file, span: suppression.span, reason };
                pass.get_or_insert(first);
            }
        }
        pass
    }

    fn waiver(&mut self, site: &Site, waivers: &mut StandingWaivers<'_>, finding: &Diagnostic) -> Option<Pass> {
        let mut pass = None;
        for (index, waiver) in waivers.about(&site.sources, finding) {
            let owner = finding.owner.as_deref();
            if owner.is_some_and(|owner| is_approved_by_owner(waiver, &site.config, owner)) {
                self.waivers_of_owners.insert(index);
                continue;
            }
            self.waivers_used.insert(index);
            let reason = waiver.reason.as_ref().map(|reason| reason.value.clone());
            pass.get_or_insert(Pass { by: By::Waiver, file: waivers.file, span: waiver.span, reason });
        }
        pass
    }
}

/// Whether a place lies in the block of a suppression. The end of the file belongs to the last block.
fn covers(suppression: &Suppression, offset: u32, length: usize) -> bool {
    let block = suppression.covers;
    block.contains(offset) || (!block.is_empty() && block.end == offset && offset as usize == length)
}

/// The waivers that hold today, by rule.
struct StandingWaivers<'a> {
    file: FileId,
    by_rule: HashMap<&'a str, Vec<(usize, &'a Waiver)>>,
    /// Whether the paths of a waiver, by its index, mean a file: findings of one file come in a row.
    means_file: HashMap<usize, (FileId, bool)>,
}

impl<'a> StandingWaivers<'a> {
    fn new(site: &'a Site, now: NaiveDate) -> Self {
        let mut by_rule: HashMap<&str, Vec<_>> = HashMap::new();
        let entries = site.waivers.iter().flat_map(|waivers| &waivers.entries).enumerate();
        for (index, waiver) in entries.filter(|(_, waiver)| stands(waiver, &site.config, now)) {
            // A waiver for a rule everywhere would be a setting.
            let is_narrow = waiver.item.is_some() || !waiver.paths.is_empty();
            if let Some(rule) = waiver.rule.as_ref().filter(|_| is_narrow) {
                by_rule.entry(&rule.value).or_default().push((index, waiver));
            }
        }
        let file = site.waivers.as_ref().map_or(FileId(0), |waivers| waivers.file);
        Self { file, by_rule, means_file: HashMap::new() }
    }

    fn about(&mut self, sources: &Sources, finding: &Diagnostic) -> Vec<(usize, &'a Waiver)> {
        let mut about = Vec::new();
        for &(index, waiver) in self.by_rule.get(finding.rule).map_or(&[][..], Vec::as_slice) {
            let item = waiver.item.as_ref().map(|item| item.value.as_str());
            if item.is_some() && item != finding.subject.as_deref() {
                continue;
            }
            let means = |file| (file, means_path(waiver, &sources[file].path));
            let known = self.means_file.entry(index).or_insert_with(|| means(finding.file));
            if known.0 != finding.file {
                *known = means(finding.file);
            }
            about.extend(known.1.then_some((index, waiver)));
        }
        about
    }
}

fn means_path(waiver: &Waiver, path: &str) -> bool {
    waiver.paths.is_empty() || waiver.paths.iter().any(|pattern| pattern.value.matches(path))
}

/// How often each entry of the baseline still lets a finding pass, by rule, path and what it is about.
struct Known<'a> {
    baseline: Option<&'a Baseline>,
    left: HashMap<String, (usize, usize)>,
}

impl<'a> Known<'a> {
    fn new(baseline: Option<&'a Baseline>) -> Self {
        let mut left = HashMap::new();
        for (index, entry) in baseline.iter().flat_map(|baseline| &baseline.entries).enumerate() {
            let key = match (&entry.item, &entry.fingerprint) {
                (Some(item), _) => key(&entry.rule.value, &entry.path, "item", item),
                (None, Some(fingerprint)) => key(&entry.rule.value, &entry.path, "fingerprint", fingerprint),
                (None, None) => continue,
            };
            left.entry(key).or_insert((index, entry.count));
        }
        Self { baseline, left }
    }

    fn take(&mut self, sources: &Sources, finding: &Diagnostic, met: &mut [usize]) -> Option<Pass> {
        let baseline = self.baseline?;
        let path = sources[finding.file].path.as_str();
        let key = match Topic::of(sources, finding) {
            Topic::Subject(subject) => key(finding.rule, path, "item", &subject),
            topic @ Topic::Line(_) => {
                key(finding.rule, path, "fingerprint", &fingerprint::first(finding.rule, path, &topic))
            }
        };
        let (index, left) = self.left.get_mut(&key).filter(|(_, left)| *left > 0)?;
        *left -= 1;
        met[*index] += 1;
        Some(Pass { by: By::Baseline, file: baseline.file, span: baseline.entries[*index].span, reason: None })
    }
}

fn key(rule: &str, path: &str, kind: &str, name: &str) -> String {
    format!("{rule}\n{path}\n{kind}\n{name}")
}
