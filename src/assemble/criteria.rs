//! Criteria that name items of a checklist, joined once all pages are known: "Manuales publicados" is the item "Manuales y guías
//! publicados".

use crate::model::{ChecklistItem, Criterion, CriterionReading, Plan};
use crate::words::{fold, slug};

/// A word is the same as another if so many letters at their beginning are: `publicado` and `publicados`.
const SAME_BEGINNING: usize = 4;

/// Gives criteria that nobody could read otherwise the one item that they name, if there is exactly one.
pub fn join(plan: &mut Plan) {
    let items: Vec<Item<'_>> = plan
        .checklists
        .iter()
        .enumerate()
        .flat_map(|(list, checklist)| {
            checklist.items.iter().enumerate().map(move |(at, item)| Item::new(list, at, item))
        })
        .collect();
    let found: Vec<Option<CriterionReading>> =
        criteria(&plan.phases).map(|criterion| reference(criterion, &items)).collect();
    let criteria = plan.phases.iter_mut().flat_map(|phase| phase.entry.iter_mut().chain(&mut phase.exit));
    for (criterion, reading) in criteria.zip(found) {
        if let Some(reading) = reading {
            criterion.reading = reading;
        }
    }
}

fn criteria(phases: &[crate::model::Phase]) -> impl Iterator<Item = &Criterion> {
    phases.iter().flat_map(|phase| phase.entry.iter().chain(&phase.exit))
}

struct Item<'a> {
    checklist: usize,
    item: usize,
    id: &'a str,
    words: Vec<String>,
}

impl<'a> Item<'a> {
    fn new(checklist: usize, item: usize, of: &'a ChecklistItem) -> Self {
        let folded = fold(&of.text.value);
        let words = folded.split([' ', '/']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Self { checklist, item, id: &of.id, words }
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| same(own, word))
    }
}

/// The item that a judgement names by its id, or by everything that it speaks of. One word is enough only for a criterion that
/// says that something has come to an end.
fn reference(criterion: &Criterion, items: &[Item<'_>]) -> Option<CriterionReading> {
    if criterion.reading != CriterionReading::Judgement {
        return None;
    }
    let reading = |item: &Item<'_>| CriterionReading::Item { checklist: item.checklist, item: item.item };
    let text = criterion.text.value.as_str();
    let by_id = items.iter().find(|item| item.id == text || item.id == slug(text));
    if by_id.is_some() {
        return by_id.map(reading);
    }
    let folded = fold(text);
    let all: Vec<&str> = folded.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let enough = criterion.subjects.len() + usize::from(criterion.says_end) > 1;
    let names = |item: &&Item<'_>| criterion.subjects.iter().all(|word| item.has(word));
    let score = |item: &Item<'_>| all.iter().filter(|word| item.has(word)).count();
    let candidates: Vec<&Item<'_>> =
        items.iter().filter(|_| enough && !criterion.subjects.is_empty()).filter(names).collect();
    let best = candidates.iter().map(|item| score(item)).max()?;
    let mut best = candidates.into_iter().filter(|item| score(item) == best);
    let only = best.next().map(reading);
    only.filter(|_| best.next().is_none())
}

/// Whether two folded words are forms of one.
fn same(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    a == b
        || shorter >= SAME_BEGINNING
            && common >= SAME_BEGINNING
            && common + 2 >= shorter
            && a.len().abs_diff(b.len()) <= 2
}
