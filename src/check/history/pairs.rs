//! Which thing of today is which of the last revision: by id, or by what it says, so that new words are not "removed".

use std::collections::BTreeMap;

use crate::words::Trigrams;

/// From this similarity on, two texts are taken for one in new words.
const SAME: f64 = 0.6;

/// More comparisons than this are not made: then nearly everything is new.
const MOST_COMPARISONS: usize = 1_000_000;

/// What identifies a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// Path of its file.
    pub path: &'a str,
    /// Its id, which is unique within the file only.
    pub id: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// For each of `before`, the index of the same thing in `today`. Ids in the same file come first, then ids anywhere, then the
/// most similar texts. Ids that only count rows say nothing where the texts differ.
#[must_use]
pub fn pair(before: &[Identity<'_>], today: &[Identity<'_>]) -> Vec<Option<usize>> {
    let mut pairing = Pairing { of: vec![None; before.len()], taken: vec![false; today.len()] };
    pairing.by_key(before, today, |it| (it.path, it.id));
    pairing.by_key(before, today, |it| ("", it.id));
    pairing.by_similarity(before, today);
    pairing.of
}

struct Pairing {
    of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    fn by_key<'a>(
        &mut self,
        before: &[Identity<'a>],
        today: &[Identity<'a>],
        key: impl Fn(&Identity<'a>) -> (&'a str, &'a str),
    ) {
        let mut free: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, it) in today.iter().enumerate().rev().filter(|(index, _)| !self.taken[*index]) {
            free.entry(key(it)).or_default().push(index);
        }
        for (index, it) in before.iter().enumerate() {
            let candidate = free.get(&key(it)).and_then(|free| free.last().copied());
            if let Some(found) = candidate.filter(|found| self.of[index].is_none() && is_same(it, &today[*found])) {
                self.take(index, found);
                free.entry(key(it)).or_default().pop();
            }
        }
    }

    fn by_similarity(&mut self, before: &[Identity<'_>], today: &[Identity<'_>]) {
        let left = indices(self.of.iter().map(Option::is_none));
        let free = indices(self.taken.iter().map(|taken| !taken));
        if left.len().saturating_mul(free.len()) > MOST_COMPARISONS {
            return;
        }
        let prepared = |all: &[Identity<'_>], indices: &[usize]| {
            indices.iter().map(|index| (*index, Trigrams::of(all[*index].text))).collect::<Vec<_>>()
        };
        let (left, free) = (prepared(before, &left), prepared(today, &free));
        let mut similar: Vec<(f64, usize, usize)> = Vec::new();
        for (a, text) in &left {
            let found = free.iter().map(|(b, other)| (text.similarity(other), *a, *b));
            similar.extend(found.filter(|(similarity, ..)| *similarity >= SAME));
        }
        similar.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, a, b) in similar {
            if self.of[a].is_none() && !self.taken[b] {
                self.take(a, b);
            }
        }
    }

    fn take(&mut self, before: usize, today: usize) {
        self.of[before] = Some(today);
        self.taken[today] = true;
    }
}

fn indices(wanted: impl Iterator<Item = bool>) -> Vec<usize> {
    wanted.enumerate().filter(|(_, wanted)| *wanted).map(|(index, _)| index).collect()
}

/// Whether two things with one id are one thing: always, unless the id is a number, which a list that was renumbered gives to
/// another row.
fn is_same(before: &Identity<'_>, today: &Identity<'_>) -> bool {
    let only_counts = !before.id.contains(|c: char| c.is_alphabetic());
    !only_counts || before.text == today.text || Trigrams::of(before.text).similarity(&Trigrams::of(today.text)) >= SAME
}

#[cfg(test)]
mod tests {
    use super::{Identity, pair};

    type Written = (&'static str, &'static str, &'static str);

    #[track_caller]
    fn check(before: &[Written], today: &[Written], expected: &[Option<usize>]) {
        let identity = |(path, id, text): &Written| Identity { path, id, text };
        let identities = |all: &[Written]| all.iter().map(identity).collect::<Vec<_>>();
        assert_eq!(pair(&identities(before), &identities(today)), expected, "{before:?} {today:?}");
    }

    #[test]
    fn ids_come_before_words_and_words_before_nothing() {
        let qa = ("a.md", "qa", "QA completed");
        check(&[qa], &[("a.md", "qa", "Regression tests finished")], &[Some(0)]);
        check(&[qa], &[("b.md", "other", "x"), ("b.md", "qa", "QA completed")], &[Some(1)]);
        check(&[qa], &[("a.md", "qa-is-completed", "QA is completed")], &[Some(0)]);
        check(&[qa], &[("a.md", "manuals", "Manuals published")], &[None]);
        check(&[qa, ("a.md", "qa", "QA completed")], &[qa], &[Some(0), None]);
    }

    #[test]
    fn a_renumbered_list_is_told_by_its_words() {
        let before =
            [("a.md", "1", "Seeds ready"), ("a.md", "2", "Manuals published"), ("a.md", "3", "Trainings held")];
        let today = [("a.md", "1", "Manuals published"), ("a.md", "2", "Trainings held")];
        check(&before, &today, &[None, Some(0), Some(1)]);
    }
}
