//! Stems by Snowball's rules, so that `importar` finds `importación`, and the small words that say nothing.
//!
//! Only the build stems. The browser learns a word's stem from the index, and so needs no stemmer of any language.

use rust_stemmers::{Algorithm, Stemmer};

use super::tokens::fold;
use crate::lang::Lang;

/// The stemmer of one language.
pub struct Stems(Stemmer);

impl Stems {
    /// The stemmer of a language.
    pub fn new(lang: Lang) -> Self {
        Self(Stemmer::create(match lang {
            Lang::En => Algorithm::English,
            Lang::Es => Algorithm::Spanish,
            Lang::Pt => Algorithm::Portuguese,
        }))
    }

    /// The folded stem of a word as written. Accents decide endings, and so they are folded last.
    pub fn stem(&self, written: &str) -> String {
        fold(&self.0.stem(&written.to_lowercase()))
    }
}

/// Words that stand on nearly every page of a language. They are not indexed on its pages, and not looked for in queries there.
pub const fn stop_words(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that",
            "the", "this", "to", "was", "with",
        ],
        Lang::Es => &[
            "a", "al", "con", "de", "del", "e", "el", "en", "es", "la", "las", "lo", "los", "o", "para", "por", "que",
            "se", "su", "sus", "un", "una", "y",
        ],
        Lang::Pt => &[
            "a", "ao", "as", "com", "da", "das", "de", "do", "dos", "e", "em", "na", "nas", "no", "nos", "o", "os",
            "ou", "para", "por", "que", "se", "um", "uma",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::{Stems, stop_words};
    use crate::lang::Lang;

    #[test]
    fn words_of_one_family_share_a_stem() {
        let same = |lang, words: &[&str]| {
            let stems = Stems::new(lang);
            let stem = stems.stem(words[0]);
            words.iter().for_each(|word| assert_eq!(stems.stem(word), stem, "{word}"));
        };
        same(Lang::Es, &["importar", "importación", "IMPORTACIONES", "importado"]);
        same(Lang::Es, &["bandera", "banderas"]);
        same(Lang::En, &["rule", "rules"]);
        same(Lang::En, &["render", "rendered", "rendering"]);
        same(Lang::Pt, &["importação", "importações"]);
    }

    #[test]
    fn stop_words_are_sorted_and_folded() {
        for lang in Lang::ALL {
            assert!(stop_words(lang).is_sorted());
            assert!(stop_words(lang).iter().all(|word| super::fold(word) == *word));
        }
    }
}
