//! Rules about phases.

pub mod ambiguous_metric;
pub mod missing_dates;
pub mod missing_exit_criteria;
pub mod out_of_order;
pub mod premature;
pub mod unknown_phase;
pub mod vague_criteria;

use crate::check::wording::quoted;
use crate::model::{ChecklistItem, Phase, Plan, Site};
use crate::source::{Span, Spanned};
use crate::words::fold;

/// Phases that stand in one table, list or mapping, in order. Where text stands between two of them, a new one begins.
pub fn lists(site: &Site) -> impl Iterator<Item = &[Phase]> {
    let belongs_together = |a: &Phase, b: &Phase| {
        a.file == b.file && a.in_front_matter == b.in_front_matter && {
            let between = site.sources[a.file].text.get(a.span.end as usize..b.span.start as usize);
            between.is_some_and(|between| !between.contains(char::is_alphanumeric))
        }
    };
    site.plan.phases.chunk_by(belongs_together)
}

/// The name of a phase without what stands in parentheses: `Piloto Controlado` of `Piloto Controlado (Semana 1)`.
fn short_name(phase: &Phase) -> &str {
    let name = phase.name.value.as_str();
    let short = name.split('(').next().unwrap_or_default().trim();
    if short.is_empty() { name } else { short }
}

/// When it is, as written: its window, or what stands in parentheses behind its name.
fn window(site: &Site, phase: &Phase) -> Option<Spanned<String>> {
    let in_name = || {
        let written = site.sources[phase.file].slice(phase.name.span);
        let start = written.find('(')? + 1;
        let end = start + written[start..].find(')')?;
        let span = Span::new(start, end).shifted(phase.name.span.start as usize);
        Some(Spanned::new(written[start..end].trim().to_owned(), span))
    };
    phase.window.clone().or_else(in_name)
}

/// The first week that a window names: 2 for `Semana 2-3`.
fn week(window: &str) -> Option<u32> {
    const WEEKS: [&str; 5] = ["semana", "sem", "week", "wk", "w"];
    let folded = fold(window);
    let mut words = folded.split(' ');
    words.next().filter(|word| WEEKS.contains(&word.trim_end_matches('s')))?;
    words.next()?.parse().ok()
}

/// The name between backticks, for messages.
pub fn named(phase: &Phase) -> String {
    quoted(short_name(phase))
}

/// Whether an item names the phase as its own.
pub fn is_item_of(item: &ChecklistItem, phase: &Phase) -> bool {
    let named = item.phase.as_ref().map(|named| fold(&named.value)).filter(|named| !named.is_empty());
    named.is_some_and(|named| named == fold(&phase.name.value) || named == fold(short_name(phase)) || named == phase.id)
}

/// The phases that a text such as "Previo a piloto" may speak of: those that share a word with it.
pub fn meant_by<'a>(plan: &'a Plan, text: &str) -> impl Iterator<Item = &'a Phase> {
    let text = fold(text);
    let shares_a_word = move |phase: &&Phase| {
        let name = fold(short_name(phase));
        name.split(' ').filter(|word| !is_particle(word)).any(|word| text.split(' ').any(|other| other == word))
    };
    plan.phases.iter().filter(shares_a_word)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "" | "de"
            | "del"
            | "la"
            | "el"
            | "y"
            | "a"
            | "e"
            | "do"
            | "da"
            | "of"
            | "the"
            | "and"
            | "fase"
            | "phase"
            | "etapa"
    )
}
