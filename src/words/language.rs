//! Which language a text is written in, for sites that do not say: told by the small words that every text is full of.

use crate::lang::Lang;

/// Words that are frequent in one of the languages and rare in the others.
const MARKS: [(Lang, &[&str]); 3] = [
    (Lang::En, &["the", "and", "of", "to", "is", "with", "for", "from", "this", "that"]),
    (Lang::Es, &["el", "los", "las", "y", "del", "con", "en", "una", "por", "al"]),
    (Lang::Pt, &["o", "os", "do", "da", "não", "com", "em", "uma", "ao", "são"]),
];

/// So many marks are needed before a language is believed.
const ENOUGH: usize = 5;

/// The language whose small words are the most frequent in these texts, if they are frequent enough.
#[must_use]
pub fn guess_language<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Lang> {
    let mut counts = [0; MARKS.len()];
    for word in texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        let word = word.to_lowercase();
        for (count, (_, marks)) in counts.iter_mut().zip(MARKS) {
            *count += usize::from(marks.contains(&word.as_str()));
        }
    }
    let best = (0..MARKS.len()).max_by_key(|index| (counts[*index], MARKS.len() - index))?;
    (counts[best] >= ENOUGH).then_some(MARKS[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_told_by_their_small_words() {
        let guess = |text: &str| guess_language([text]);
        assert_eq!(guess(include_str!("../../tests/fixtures/seed/plan-rollout-retail.md")), Some(Lang::Es));
        assert_eq!(
            guess("The plan of the rollout is kept with the flags and the list of what is open."),
            Some(Lang::En)
        );
        assert_eq!(
            guess("O plano não é feito com uma só pessoa: os donos do sistema são avisados ao fim da fase, em dia."),
            Some(Lang::Pt)
        );
        assert_eq!(guess("QA Lead"), None);
    }
}
