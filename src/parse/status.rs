//! Reading one status cell. The rule above all others: a cell that does not plainly say "done" is never read as done.

mod asides;
mod remarks;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::model::{Status, StatusReading};
use crate::parse::inline::words as words_of;
use crate::parse::vocabulary::Vocabulary;
use crate::words::{fold, nearest};
use asides::without_full_percentage;

/// Reads the plain text of a status cell or value.
///
/// The order of the steps: nothing written; broken encoding; dates and the like left out (`asides`); the first clause by its words; its sign; both together,
/// where the less advanced state wins; and for a closed state a last look at what else the cell says (`remarks`).
#[must_use]
pub fn read_status(text: &str, words: &Vocabulary) -> StatusReading {
    let text = text.trim();
    if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '.' | '…')) {
        return StatusReading::Missing;
    }
    let folded = fold(text);
    let angled = text.starts_with('<') && text.ends_with('>');
    if words.status(&folded).is_none() && (angled || words.is_placeholder(&folded)) {
        return StatusReading::Missing;
    }
    if let Some(repaired) = garbled(text, words) {
        return StatusReading::Garbled { repaired };
    }
    let bare = asides::bare(text, words);
    let (clause, rest) = first_clause(&bare);
    let reading = warned(clause, words).or_else(|| join(sign_in(clause, words), phrase_in(clause, words)));
    let status = reading.as_ref().and_then(StatusReading::known);
    match (reading, status) {
        (Some(reading), Some(status)) if !status.is_closed() || is_plain(status, clause, rest, words) => reading,
        _ => StatusReading::Unknown { nearest: nearest_word(text, clause, words) },
    }
}

struct Sign {
    status: Status,
    neutral: bool,
    colour: bool,
}

enum Phrase {
    Nothing,
    Known(Status),
    /// "OK", "publicado": enough beside a sign that says "done", too little alone.
    Affirmed,
    Unknown,
}

/// What sign and words say together.
fn join(sign: Option<Sign>, phrase: Phrase) -> Option<StatusReading> {
    let known = |status| Some(StatusReading::Known(status));
    match (sign, phrase) {
        (None, Phrase::Known(status)) => known(status),
        (None, _) => None,
        (Some(sign), Phrase::Nothing | Phrase::Affirmed) => known(sign.status),
        (Some(sign), Phrase::Unknown) => known(sign.status).filter(|_| !sign.status.is_closed()),
        (Some(sign), Phrase::Known(word)) => Some(joined(&sign, word)),
    }
}

/// A warning beside a text that ends with a closed state, "⚠️ código listo": alone the words say too little to be a status, but
/// they say enough to disagree.
fn warned(clause: &str, words: &Vocabulary) -> Option<StatusReading> {
    let sign = sign_in(clause, words).filter(|sign| !sign.neutral && !sign.colour && !sign.status.is_closed())?.status;
    let folded = fold(clause);
    let is_unknown = matches!(phrase_in(clause, words), Phrase::Unknown);
    let denied = folded.split(' ').any(|word| words.is_negation(word));
    let word = known_suffix(&folded, words).filter(|word| is_unknown && !denied && word.is_closed())?;
    Some(StatusReading::Conflicting { status: less_advanced(sign, word), sign, word })
}

fn joined(sign: &Sign, word: Status) -> StatusReading {
    let status = match (sign.status.is_closed(), word.is_closed()) {
        _ if sign.status == word => word,
        // Among open states a word says more than a box, an hourglass or a colour; a warning says more than the word.
        (false, false) if sign.neutral || sign.colour => word,
        (false, false) if matches!(sign.status, Status::Blocked | Status::AtRisk) => less_advanced(sign.status, word),
        (false, false) => word,
        // Green says that it goes well, not that it is over.
        (true, false) if sign.colour => word,
        _ => {
            let status = less_advanced(sign.status, word);
            return StatusReading::Conflicting { status, sign: sign.status, word };
        }
    };
    StatusReading::Known(status)
}

/// The text before the first ` — `, `(`, `;` or full stop, and what comes behind it.
fn first_clause(text: &str) -> (&str, &str) {
    let cuts = [" — ", " – ", " - ", "(", "[", ";", ". ", ": ", " → ", " -> "];
    let at = cuts.iter().filter_map(|cut| text.find(cut)).filter(|at| *at > 0).min().unwrap_or(text.len());
    text.split_at(at)
}

/// The least advanced of the signs in a text.
fn sign_in(text: &str, words: &Vocabulary) -> Option<Sign> {
    let sign = |c| {
        let (neutral, colour) = (words.is_neutral(c), words.is_colour(c));
        words.sign(c).map(|status| Sign { status, neutral, colour })
    };
    let boxed = |status| Sign { status, neutral: status == Status::Pending, colour: false };
    let boxed = match text.trim_start() {
        text if text.starts_with("[ ]") => Some(boxed(Status::Pending)),
        text if text.starts_with("[x]") || text.starts_with("[X]") => Some(boxed(Status::Done)),
        _ => None,
    };
    let signs = || text.chars().filter_map(sign);
    let least = boxed.into_iter().chain(signs()).min_by_key(|sign| (sign.neutral, rank(sign.status)));
    // Two boxes side by side are a form that nobody filled in.
    least.map(|least| signs().find(|other| other.neutral && least.status.is_closed()).unwrap_or(least))
}

/// The text without words before a state that add nothing to it: "Ya está listo", "it's done".
fn without_leads<'a>(clause: &'a str, words: &Vocabulary) -> &'a str {
    let all = words_of(clause);
    let behind = all.iter().find(|word| !words.is_lead(&word.folded));
    behind.or(all.first()).map_or(clause, |word| &clause[word.span.start as usize..])
}

fn phrase_in(clause: &str, words: &Vocabulary) -> Phrase {
    let clause = clause.trim_start().strip_prefix("[x]").or(clause.strip_prefix("[X]")).unwrap_or(clause);
    let clause = without_full_percentage(clause);
    let folded = fold(&clause);
    if folded.is_empty() {
        return Phrase::Nothing;
    }
    if let Some(status) = words.status(&folded) {
        return Phrase::Known(status);
    }
    if words.is_affirmation(&folded) {
        return Phrase::Affirmed;
    }
    let clause = without_leads(&clause, words);
    let folded = fold(clause);
    if let Some(status) = words.status(&folded) {
        return Phrase::Known(status);
    }
    let negates = |word: &str| words.is_negation(word) || word.ends_with("n't");
    if negates(&folded) && words.truth(&folded) == Some(false) {
        return Phrase::Known(Status::Pending);
    }
    let negated = folded.split(' ').any(negates);
    let prefix = known_prefix(&folded, words);
    match prefix.map(|(phrase, _)| phrase).or_else(|| known_suffix(&folded, words)) {
        // "Pendiente de QA", "Falta firma": a state that keeps the gate shut may say more.
        Some(status) if !status.is_closed() && (prefix.is_some() || !negated) => Phrase::Known(status),
        // "NOT completed", "sin terminar": what is denied has not been reached.
        Some(Status::Done | Status::InProgress) if negated => Phrase::Known(Status::Pending),
        Some(Status::Done) => match (prefix, open_word(&folded, words)) {
            // "Hecho parcialmente" says both.
            (_, Some(open)) => Phrase::Known(open),
            (Some((_, length)), None) if remarks::tail_is_harmless(clause, length, words) => {
                Phrase::Known(Status::Done)
            }
            // "código listo" says too little.
            _ => Phrase::Unknown,
        },
        // "Não testado", "not merged".
        None if negated && folded.rsplit(' ').next().is_some_and(|last| words.is_achieved(last)) => {
            Phrase::Known(Status::Pending)
        }
        _ if !negated && affirms(clause, &folded, words) => Phrase::Affirmed,
        _ => Phrase::Unknown,
    }
}

/// "por Ana", "12 oct", "enviado a producción".
fn affirms(clause: &str, folded: &str, words: &Vocabulary) -> bool {
    words.is_affirmation(folded) || remarks::tail_is_harmless(clause, 0, words)
}

/// The status of the longest known phrase that the text begins with, and how many words that has. A "no" at the beginning belongs
/// to what follows.
fn known_prefix(folded: &str, words: &Vocabulary) -> Option<(Status, usize)> {
    let ends = folded.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    ends.iter().rev().find_map(|end| {
        let phrase = &folded[..*end];
        Some((words.status(phrase)?, phrase.split(' ').count()))
    })
}

/// The status of the longest known phrase that the text ends with.
fn known_suffix(folded: &str, words: &Vocabulary) -> Option<Status> {
    folded.match_indices(' ').find_map(|(at, _)| words.status(&folded[at + 1..]))
}

/// The least advanced open state that a word of the text names.
fn open_word(folded: &str, words: &Vocabulary) -> Option<Status> {
    let open = folded.split(' ').filter_map(|word| words.status(word)).filter(|status| !status.is_closed());
    open.min_by_key(|status| rank(*status))
}

/// Blocked and failed first, done last: which of two states is the less advanced.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Failed => 0,
        Status::Blocked => 1,
        Status::Pending => 2,
        Status::AtRisk => 3,
        Status::InProgress => 4,
        Status::NotApplicable => 5,
        Status::Done => 6,
    }
}

fn less_advanced(a: Status, b: Status) -> Status {
    if rank(a) <= rank(b) { a } else { b }
}

/// Whether a cell that seems closed casts no doubt on itself: "Done (pending sign-off)", "listo?" and "hecho 80%" do.
fn is_plain(status: Status, clause: &str, rest: &str, words: &Vocabulary) -> bool {
    let clause = without_full_percentage(clause);
    let is_na = status == Status::NotApplicable && words.status(&fold(&clause)).is_some();
    !remarks::has_doubtful_sign(&clause, is_na, words) && remarks::rest_is_harmless(status, rest, words)
}

/// The nearest known phrase, spelled as folded; none where only signs stand. A cell that says more than one word or counts
/// something gets no help towards a closed state: that would invite a false tick. Two letters are near to anything: `OK` to `KO`.
fn nearest_word(text: &str, clause: &str, words: &Vocabulary) -> Option<String> {
    let folded = fold(clause);
    let may_be_closed =
        fold(text) == folded && !text.contains(|c: char| c.is_numeric() || matches!(c, '%' | '?' | '¿' | '~'));
    // "incompleto" is near to "completo" and means the opposite.
    let denies = |phrase: &str| folded.len() > phrase.len() && folded.ends_with(phrase);
    let allowed = |phrase: &str, status: Status| !status.is_closed() || may_be_closed && !denies(phrase);
    let mut phrases: Vec<&str> =
        words.statuses().filter(|(phrase, status)| allowed(phrase, *status)).map(|(phrase, _)| phrase).collect();
    phrases.sort_unstable();
    let says_enough = folded.chars().count() > 2;
    let phrase = says_enough.then(|| nearest(&folded, phrases)).flatten()?;
    Some(words.spelled_status(phrase).to_owned())
}

/// `Some` if the text is the wreck of another one: only question marks, a replacement character, or UTF-8 that was read
/// in another encoding. The inner value is the text before the accident, where it can be told.
fn garbled(text: &str, words: &Vocabulary) -> Option<Option<String>> {
    if text.contains('\u{fffd}') || text.chars().all(|c| matches!(c, '?' | ' ' | '\u{fe0f}')) {
        return Some(None);
    }
    if text.is_ascii() {
        return None;
    }
    [MACINTOSH, WINDOWS_1252].into_iter().find_map(|encoding| repair(text, encoding, words)).map(Some)
}

/// Undoes "UTF-8 read as `encoding`", if the result makes sense as a status.
fn repair(text: &str, encoding: &'static Encoding, words: &Vocabulary) -> Option<String> {
    let (bytes, _, unmappable) = encoding.encode(text);
    let repaired = String::from_utf8(bytes.into_owned()).ok().filter(|_| !unmappable)?;
    let makes_sense = repaired != text
        && (repaired.chars().any(|c| words.sign(c).is_some())
            || matches!(phrase_in(&repaired, words), Phrase::Known(_)));
    makes_sense.then_some(repaired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Status>) {
        assert_eq!(read_status(text, Vocabulary::builtin()).known(), expected, "{text:?}");
    }

    #[test]
    fn words_and_signs_are_read() {
        for (text, status) in [
            ("⏳", Status::Pending),
            ("Pendiente", Status::Pending),
            ("NOT_STARTED", Status::Pending),
            ("🛠️ En progreso", Status::InProgress),
            ("Em andamento", Status::InProgress),
            ("🟡 En revisión", Status::InProgress),
            ("En curso (QA)", Status::InProgress),
            ("Pendiente de firma", Status::Pending),
            ("⛔ Bloqueado por legal", Status::Blocked),
            ("✅", Status::Done),
            ("✅ RESUELTO — openai npm", Status::Done),
            ("Concluído", Status::Done),
            ("N/A", Status::NotApplicable),
            ("No-Go", Status::Failed),
            ("[x]", Status::Done),
            ("[ ]", Status::Pending),
        ] {
            check(text, Some(status));
        }
    }

    #[test]
    fn less_advanced_and_negated_states_win() {
        check("⬜ Bloqueado", Some(Status::Blocked));
        check("⚠️ código listo", Some(Status::AtRisk));
        check("✅ Pendiente", Some(Status::Pending));
        check("⏳ Hecho", Some(Status::Pending));
        check("NOT completed", Some(Status::Pending));
        check("sin terminar", Some(Status::Pending));
        check("No iniciado", Some(Status::Pending));
        check("✅ / ⏳", Some(Status::Pending));
    }

    #[test]
    fn nothing_doubtful_is_done() {
        for text in [
            "Done?",
            "¿Listo?",
            "Hecho 80%",
            "Completado al 80%",
            "casi listo",
            "✅ casi",
            "Done (pending sign-off)",
            "✅ salvo calzado",
            "Listo (falta firma)",
            "✅ (⏳ firma)",
            "listo*",
            "Done - not deployed",
            "almost done",
            "Done/Pending",
            "todo listo menos QA",
            "OK",
            "sí",
            "100%",
            "Se completará",
            "Ready for review",
            "Aprobado con observaciones",
            "✅ RESUELTO — en progreso el resto",
        ] {
            let status = read_status(text, Vocabulary::builtin()).known();
            assert!(!status.is_some_and(Status::is_closed), "{text:?} was read as {status:?}");
        }
    }

    #[test]
    fn empty_unknown_and_garbled_are_told_apart() {
        let read = |text| read_status(text, Vocabulary::builtin());
        assert_eq!(read(" "), StatusReading::Missing);
        assert_eq!(read("—"), StatusReading::Missing);
        assert_eq!(read("por definir"), StatusReading::Missing);
        assert_eq!(read("@tbd"), StatusReading::Missing);
        assert_eq!(read("<estado>"), StatusReading::Missing);
        assert_eq!(read("Pendeinte"), StatusReading::Unknown { nearest: Some("pendiente".into()) });
        assert_eq!(read("Hehco"), StatusReading::Unknown { nearest: Some("hecho".into()) });
        assert_eq!(read("80% done"), StatusReading::Unknown { nearest: None });
        assert_eq!(read("Done (pending sign-off)"), StatusReading::Unknown { nearest: None });
        assert_eq!(read("patata"), StatusReading::Unknown { nearest: None });
        assert_eq!(read("?"), StatusReading::Garbled { repaired: None });
        assert_eq!(read("\u{fffd}\u{fffd}"), StatusReading::Garbled { repaired: None });
        assert_eq!(read("‚è≥"), StatusReading::Garbled { repaired: Some("⏳".into()) });
        assert_eq!(read("âœ…"), StatusReading::Garbled { repaired: Some("✅".into()) });
        assert_eq!(read("🛠️"), StatusReading::Known(Status::InProgress));
    }
}
