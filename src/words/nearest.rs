//! "Did you mean": the known word that is nearest to an unknown one.

/// The candidate within a third of the word's length in edits (at least one, at most three). Of equals the one whose length
/// is nearest, then the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let wanted = letters(word);
    candidates
        .into_iter()
        // An edit takes one letter away at most; this spares nearly all candidates the full comparison.
        .filter(|candidate| (wanted & !letters(candidate)).count_ones() as usize <= allowed)
        .filter_map(|candidate| distance_within(word, candidate, allowed).map(|distance| (distance, candidate)))
        .min_by_key(|(distance, candidate)| (*distance, candidate.len().abs_diff(word.len())))
        .map(|(_, candidate)| candidate)
}

/// Which letters a word has, as a set of 64; far letters may share a place.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, if it is at most `limit`
/// (optimal string alignment; see Boytsov, "Indexing methods for approximate dictionary searching", 2011).
fn distance_within(a: &str, b: &str, limit: usize) -> Option<usize> {
    // A character has four bytes at most, and what both begin and end with takes no edit.
    if a.len().abs_diff(b.len()) > limit * 4 {
        return None;
    }
    let (a, b) = without_common_ends(a, b);
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Three rows take turns: a candidate costs no more memory than that.
    let (mut before, mut row) = (vec![0; b.len() + 1], vec![0; b.len() + 1]);
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        // A swap reaches back two rows.
        if row.iter().chain(&last).all(|distance| *distance > limit) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= limit)
}

fn without_common_ends<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["title", "tags", "weight", "description"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("descripcion", known), Some("description"));
        assert_eq!(nearest("wieght", known), Some("weight"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest("", known), None);
    }
}
