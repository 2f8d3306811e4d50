//! How much two texts say the same: whether one is the other in new words.

use crate::sorted;
use crate::words::fold;

/// A text prepared for comparison with many others.
#[derive(Debug)]
pub struct Trigrams {
    /// The words that hold a digit.
    numbers: Vec<String>,
    /// Runs of three letters, sorted; a space stands before and behind each word.
    runs: Vec<[char; 3]>,
}

impl Trigrams {
    /// Folds a text and takes it to pieces.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let numbers = folded.split(' ').filter(|word| word.contains(|c: char| c.is_ascii_digit()));
        let padded: Vec<char> = format!(" {folded} ").chars().collect();
        let mut runs: Vec<[char; 3]> = padded.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
        runs.sort_unstable();
        Self { numbers: numbers.map(str::to_owned).collect(), runs }
    }

    /// From 0 (nothing in common) to 1 (the same letters): the Dice coefficient of the runs in both texts (Dice, "Measures of
    /// the amount of ecologic association between species", 1945). Texts whose numbers differ have nothing in common:
    /// cycle 1 is not cycle 2.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f64 {
        let all = self.runs.len() + other.runs.len();
        if all == 0 || self.numbers != other.numbers {
            return 0.0;
        }
        (2 * sorted::common(&self.runs, &other.runs).count()) as f64 / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Trigrams;

    fn similarity(a: &str, b: &str) -> f64 {
        Trigrams::of(a).similarity(&Trigrams::of(b))
    }

    #[test]
    fn new_words_for_the_same_are_similar_and_other_things_are_not() {
        for (a, b) in [
            ("Manuales y guías publicados", "Manuales y guías de los verticales publicados"),
            ("QA Cycles completados (plan QA)", "QA Cycles completados"),
            ("Trainings realizados", "Training realizado"),
            ("Métricas configuradas (dashboard)", "METRICAS configuradas en el dashboard"),
            ("Rollback script rehearsed", "Rollback scripts were rehearsed"),
        ] {
            assert!(similarity(a, b) >= 0.6, "{a} / {b}: {}", similarity(a, b));
        }
        for (a, b) in [
            ("QA cycle 1 completed", "QA cycle 2 completed"),
            ("Trainings realizados", "Manuales y guías publicados"),
            ("Flags configurados para pilotos", "Métricas configuradas (dashboard)"),
            ("", "Trainings"),
            ("", ""),
        ] {
            assert!(similarity(a, b) < 0.5, "{a} / {b}: {}", similarity(a, b));
        }
    }
}
