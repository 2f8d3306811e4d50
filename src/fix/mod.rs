//! Mending: findings that know their remedy become changed texts. Pure; `store` alone writes.
//!
//! It goes in rounds until nothing is left to mend. In each round the fixes that do not overlap are tried together on a copy, and
//! the site is read and checked again. They stay only if the rest of every page reads as before and the findings became fewer;
//! otherwise halves are tried, until the fix that spoils it is alone. So a fix never buys one finding with another.

mod apply;
mod diff;
mod skeleton;
pub mod store;

pub use diff::unified_diff;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fix, Safety, Severity};
use crate::model::Site;
use skeleton::Skeleton;

/// More rounds than this no text needs: a fix that another one waits for is rare, a third one unheard of.
const ROUNDS: usize = 16;

/// Texts that stand for those on disk, by path.
pub type Texts = BTreeMap<String, Arc<str>>;

/// The site as read from some texts, and what is wrong with it.
#[derive(Debug)]
pub struct View {
    /// The site.
    pub site: Site,
    /// Its findings, in order.
    pub findings: Vec<Diagnostic>,
}

/// Which fixes are wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Whether those that a person should look at are wanted too.
    pub with_unsafe: bool,
    /// Only of these rules; empty for all.
    pub rules: &'a [String],
    /// Only in these files or folders below the root; empty for all.
    pub paths: &'a [String],
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Mended {
    /// The changed texts.
    pub texts: Texts,
    /// How many fixes were applied, by rule.
    pub applied: BTreeMap<&'static str, usize>,
    /// Fixes that were not applied, since they would have spoiled something else, in the order of the findings.
    pub refused: Vec<Refused>,
}

/// A fix that was not applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// File, line and column.
    pub place: String,
    /// The rule of the finding.
    pub rule: &'static str,
    /// Why not.
    pub why: Refusal,
}

/// Why a fix was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Something else on the page would be read otherwise.
    ReadsOtherwise,
    /// The findings would not become fewer.
    NewFindings,
}

/// Mends what can be mended. `open` reads and checks the site with some texts instead of those on disk.
///
/// # Errors
/// When the site cannot be read.
pub fn mend<E>(wanted: &Wanted<'_>, mut open: impl FnMut(&Texts) -> Result<View, E>) -> Result<Mended, E> {
    let mut mended = Mended::default();
    let mut view = open(&mended.texts)?;
    let mut refused: BTreeSet<Refused> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let candidates = candidates(&view, wanted, &refused);
        if candidates.is_empty() {
            break;
        }
        let mut round = Round { view: &view, texts: &mended.texts, open: &mut open, refused: &mut refused };
        let Some((texts, next, applied)) = round.best_of(&candidates)? else { continue };
        for index in applied {
            *mended.applied.entry(view.findings[index].rule).or_default() += 1;
        }
        mended.texts = texts;
        view = next;
    }
    mended.refused = refused.into_iter().collect();
    Ok(mended)
}

/// The findings, by index, whose fixes are wanted and can be applied together: of two that overlap the first wins, the other has
/// its turn in the next round. What restores broken signs goes before the rest, which is judged better when all can be read.
fn candidates(view: &View, wanted: &Wanted<'_>, refused: &BTreeSet<Refused>) -> Vec<usize> {
    let is_wanted = |finding: &Diagnostic, fix: &Fix| {
        let source = &view.site.sources[finding.file];
        let in_paths = |path: &String| source.path == *path || source.path.starts_with(&format!("{path}/"));
        (wanted.with_unsafe || fix.safety == Safety::Safe)
            && (wanted.rules.is_empty() || wanted.rules.iter().any(|rule| rule == finding.rule))
            && (wanted.paths.is_empty() || wanted.paths.iter().any(in_paths))
            && view.site.page_of(finding.file).is_some()
            && source.invalid_utf8.is_none()
            && fix.edits.iter().all(|edit| edit.file == finding.file)
            && !refused.iter().any(|it| it.rule == finding.rule && it.place == place(view, finding))
    };
    let fixes = view.findings.iter().enumerate().filter_map(|(index, finding)| Some((index, finding.fix.as_ref()?)));
    let wanted: Vec<(usize, &Fix)> = fixes.filter(|(index, fix)| is_wanted(&view.findings[*index], fix)).collect();
    let restoring = |fix: &Fix| restores_signs(view, fix);
    let only_restoring = wanted.iter().any(|(_, fix)| restoring(fix));
    apply::without_overlaps(wanted.into_iter().filter(|(_, fix)| !only_restoring || restoring(fix)))
}

/// Whether a fix only exchanges signs beyond ASCII, of which neither Markdown nor YAML is made. Then all that it brings to light
/// was there before.
fn restores_signs(view: &View, fix: &Fix) -> bool {
    let beyond_ascii = |text: &str| !text.is_empty() && !text.bytes().any(|byte| byte.is_ascii());
    fix.edits.iter().all(|edit| beyond_ascii(&edit.text) && beyond_ascii(view.site.sources[edit.file].slice(edit.span)))
}

fn place(view: &View, finding: &Diagnostic) -> String {
    view.site.sources.locate(finding.file, finding.span)
}

/// One round: a view, and the texts that it was read from.
struct Round<'a, O> {
    view: &'a View,
    texts: &'a Texts,
    open: &'a mut O,
    refused: &'a mut BTreeSet<Refused>,
}

/// Changed texts, what they read as, and the findings whose fixes are in them.
type Step = (Texts, View, Vec<usize>);

impl<E, O: FnMut(&Texts) -> Result<View, E>> Round<'_, O> {
    /// As many of these fixes as do no harm together. Fixes that do harm alone are refused.
    fn best_of(&mut self, fixes: &[usize]) -> Result<Option<Step>, E> {
        let texts = self.with(fixes);
        let next = (self.open)(&texts)?;
        let Some(why) = self.objection(fixes, &next) else { return Ok(Some((texts, next, fixes.to_vec()))) };
        if let [single] = fixes {
            let finding = &self.view.findings[*single];
            self.refused.insert(Refused { place: place(self.view, finding), rule: finding.rule, why });
            return Ok(None);
        }
        let (left, right) = fixes.split_at(fixes.len() / 2);
        let (left, right) = (self.best_of(left)?, self.best_of(right)?);
        let (Some(left), Some(right)) = (&left, &right) else { return Ok(left.or(right)) };
        let both = [left.2.as_slice(), &right.2].concat();
        if both.len() == fixes.len() {
            // Each half is harmless and the whole is not: the other half has its turn in the next round.
            return Ok(Some(self.step(&left.2)?));
        }
        let step = self.step(&both)?;
        let harmless = self.objection(&both, &step.1).is_none();
        Ok(Some(if harmless { step } else { self.step(&left.2)? }))
    }

    fn step(&mut self, fixes: &[usize]) -> Result<Step, E> {
        let texts = self.with(fixes);
        let next = (self.open)(&texts)?;
        Ok((texts, next, fixes.to_vec()))
    }

    fn with(&self, fixes: &[usize]) -> Texts {
        let edits = fixes.iter().filter_map(|index| self.view.findings[*index].fix.as_ref()).flat_map(|fix| &fix.edits);
        let mut texts = self.texts.clone();
        for (file, edits) in apply::by_file(edits) {
            let source = &self.view.site.sources[file];
            texts.insert(source.path.clone(), apply::apply(&source.text, &edits).into());
        }
        texts
    }

    /// Why these fixes must not be applied together, if they must not.
    fn objection(&self, fixes: &[usize], next: &View) -> Option<Refusal> {
        let of = |index: &usize| self.view.findings[*index].fix.as_ref();
        let restoring = fixes.iter().filter_map(of).all(|fix| restores_signs(self.view, fix));
        let edits = || fixes.iter().filter_map(of).flat_map(|fix| &fix.edits);
        for (file, edits) in apply::by_file(edits()) {
            let lines = apply::lines(&self.view.site.sources[file], &edits);
            let (before, after) = (Skeleton::of(&self.view.site, file), Skeleton::of(&next.site, file));
            // Signs before the first line hide a heading or the front matter until they are a byte order mark again.
            let restores_mark = edits.iter().any(|edit| edit.text.starts_with('\u{feff}'));
            let same = match restoring {
                true => restores_mark || before.has_shape_of(&after),
                false => before.equals_outside(&after, &lines),
            };
            if !same {
                return Some(Refusal::ReadsOtherwise);
            }
        }
        let fewer = weight(&next.findings) < weight(&self.view.findings);
        (!restoring && !fewer).then_some(Refusal::NewFindings)
    }
}

/// How bad findings are together: first the errors count, then all.
fn weight(findings: &[Diagnostic]) -> (usize, usize) {
    (findings.iter().filter(|finding| finding.severity == Severity::Error).count(), findings.len())
}
