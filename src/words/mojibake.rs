//! Mojibake: UTF-8 that was read in an old encoding and saved again, so that `á` became `√°` or `Ã¡`.
//!
//! It can be undone exactly, but only where it is certain: a person may write `Ã` or `√`, and a manual may quote a wreck. So whole
//! texts or whole lines are undone, never a part of a line. All that is not ASCII has to turn into signs that people write, and
//! at least one place has to be beyond doubt.

use std::ops::Range;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The encodings in which UTF-8 is commonly misread.
const ENCODINGS: [&Encoding; 2] = [MACINTOSH, WINDOWS_1252];

/// How much of a text is certain to be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Text,
    /// One line of a text whose other lines are right.
    Line,
}

/// A broken text or line: each run of wrong signs, in order, with what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mojibake {
    /// How much it is.
    pub extent: Extent,
    /// Bytes of the text, and what they were.
    pub runs: Vec<(Range<usize>, String)>,
}

/// A run of signs that are not ASCII.
#[derive(Clone, Debug)]
struct Run {
    range: Range<usize>,
    /// Quoted, or in code: somebody may be writing about broken signs.
    quoted: bool,
}

/// Everything in a text that is certainly mojibake.
#[must_use]
pub fn mojibake(text: &str) -> Vec<Mojibake> {
    if !touches(text) {
        return Vec::new();
    }
    let lines = lines(text);
    let all: Vec<Run> = lines.iter().flatten().cloned().collect();
    if let Some(runs) = ENCODINGS.into_iter().find_map(|encoding| undone(text, &all, encoding, Extent::Text)) {
        return vec![Mojibake { extent: Extent::Text, runs }];
    }
    let line = |runs: Vec<Run>| {
        let undone = ENCODINGS.into_iter().find_map(|encoding| undone(text, &runs, encoding, Extent::Line));
        undone.map(|runs| Mojibake { extent: Extent::Line, runs })
    };
    lines.into_iter().filter_map(line).collect()
}

/// Whether two signs that are not ASCII stand side by side, as the bytes of one sign do once they are misread.
fn touches(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] >= 0x80 && pair[1] >= 0xC0)
}

/// The runs of each line that has any.
fn lines(text: &str) -> Vec<Vec<Run>> {
    let (mut at, mut fenced, mut lines) = (0, false, Vec::new());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches([' ', '>']);
        let is_fence = start.starts_with("```") || start.starts_with("~~~");
        fenced ^= is_fence;
        let runs = runs(line, at, fenced || is_fence);
        if !runs.is_empty() {
            lines.push(runs);
        }
        at += line.len();
    }
    lines
}

fn runs(line: &str, base: usize, in_code: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut at, mut ticks) = (0, 0);
    while let Some(start) = line[at..].find(|c: char| !c.is_ascii()).map(|found| at + found) {
        let end = line[start..].find(|c: char| c.is_ascii()).map_or(line.len(), |found| start + found);
        // Between two runs all is ASCII; a word that goes on behind a run is judged by the quote before its first part.
        let between = &line[at..start];
        ticks += between.bytes().filter(|byte| *byte == b'`').count();
        let word = between.bytes().rfind(|byte| !byte.is_ascii_alphanumeric());
        let goes_on = word.is_none() && runs.last().is_some_and(|run: &Run| run.quoted);
        let quoted = in_code || ticks % 2 == 1 || goes_on || matches!(word, Some(b'"' | b'\''));
        runs.push(Run { range: base + start..base + end, quoted });
        at = end;
    }
    runs
}

/// What stood in the place of the runs, if all of them are certainly wrecks of this encoding.
fn undone(
    text: &str,
    runs: &[Run],
    encoding: &'static Encoding,
    extent: Extent,
) -> Option<Vec<(Range<usize>, String)>> {
    let mut undone = Vec::with_capacity(runs.len());
    let mut certain = 0;
    for run in runs {
        let repaired = repaired(&text[run.range.clone()], encoding)?;
        certain += usize::from(!run.quoted && is_certain(text, &run.range, &repaired));
        undone.push((run.range.clone(), repaired));
    }
    let enough = match extent {
        Extent::Text => certain >= 2 && certain * 2 >= runs.len(),
        Extent::Line => certain >= 1,
    };
    enough.then_some(undone)
}

/// One run read as it was meant. Nothing is lost: misreading the result gives the run again.
fn repaired(run: &str, encoding: &'static Encoding) -> Option<String> {
    // A misread sign is never a single one, and nearly every accent of a right text stands alone.
    run.chars().nth(1)?;
    let (bytes, _, unmappable) = encoding.encode(run);
    let repaired = String::from_utf8(bytes.into_owned()).ok().filter(|_| !unmappable)?;
    let (again, _) = encoding.decode_without_bom_handling(repaired.as_bytes());
    (again == run && repaired.chars().all(is_written)).then_some(repaired)
}

/// Signs that people of our languages write: Latin and Greek letters, punctuation, arrows, mathematics, pictures; and the three
/// that Mac Roman has besides, for what was misread twice.
fn is_written(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{3ff}' | '\u{2000}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}' | '\u{f8ff}' | '\u{fb01}' | '\u{fb02}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether no one would write the run: a sign of three bytes or more, or, in the middle of a word, an accented letter or
/// something that was misread twice.
fn is_certain(text: &str, run: &Range<usize>, repaired: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let in_a_word = letter(text[..run.start].chars().next_back()) && letter(text[run.end..].chars().next());
    let is_accented = |c: char| "áéíóúüñçãõâêôàÁÉÍÓÚÜÑÇÃÕÂÊÔÀ".contains(c);
    repaired.chars().any(|c| c.len_utf8() > 2)
        || (in_a_word && (repaired.chars().nth(1).is_some() || repaired.chars().all(is_accented)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = include_str!("../../tests/fixtures/seed/plan-rollout-retail.md");

    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn repair(text: &str) -> String {
        let mut repaired = text.to_owned();
        for (range, text) in mojibake(text).into_iter().flat_map(|it| it.runs).rev() {
            repaired.replace_range(range, &text);
        }
        repaired
    }

    #[test]
    fn a_whole_text_comes_back_byte_by_byte() {
        for encoding in ENCODINGS {
            let wreck = misread(SEED, encoding);
            assert_eq!(mojibake(&wreck).len(), 1);
            assert_eq!(repair(&wreck), SEED);
            assert_eq!(repair(&repair(&misread(&wreck, encoding))), SEED, "twice");
            let with_mark = format!("\u{feff}{}", SEED.replace('\n', "\r\n"));
            assert_eq!(repair(&misread(&with_mark, encoding)), with_mark);
        }
    }

    #[test]
    fn a_single_line_comes_back_and_the_others_stay() {
        for encoding in ENCODINGS {
            for line in SEED.lines().filter(|line| !line.is_ascii() && !line.contains('`')) {
                let text = SEED.replacen(line, &misread(line, encoding), 1);
                let found = mojibake(&text);
                assert!(found.len() <= 1 && found.iter().all(|it| it.extent == Extent::Line), "{line}");
                let repaired = repair(&text);
                assert!(repaired == SEED || repaired == text, "{line}");
            }
        }
    }

    #[test]
    fn what_somebody_meant_to_write_stays() {
        for text in [
            SEED,
            "NÃO, AMANHÃ… SÃO PAULO\n",
            "AMANHÃ…\n",
            "El área es √π y el lado √Ω.\n",
            "‚Äpfel‘ y «café»…\n",
            "Si ve “PantalÃ³n” es otra codificación.\n",
            "Si ve \"PantalÃ³n\", guarde como UTF-8.\n",
            "If you see `‚è≥` the encoding broke.\n",
            "```\nPantalÃ³n\n```\n",
            "日本語の文書\n",
            "",
        ] {
            assert_eq!(mojibake(text), [], "{text}");
        }
    }
}
