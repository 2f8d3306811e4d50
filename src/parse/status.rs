//! Reading one status cell. The rule above all others: a cell that does not plainly say "done" is never read as done.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::model::{Status, StatusReading};
use crate::parse::vocabulary::Vocabulary;
use crate::words::{fold, nearest};

/// Reads the plain text of a status cell or value.
///
/// The order of the steps: nothing written; broken encoding; the first clause by its words; its sign; both together,
/// where the less advanced state wins; and for a closed state a last look at what else the cell says.
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
    let (clause, rest) = first_clause(text);
    if let Some(status) = conflict(clause, words) {
        return StatusReading::Conflicting { status };
    }
    let status = match (sign_in(clause, words), phrase_in(clause, words)) {
        (None, Phrase::Unknown | Phrase::Nothing) => None,
        (Some(sign), Phrase::Nothing) => Some(sign.status),
        (None, Phrase::Known(status)) => Some(status),
        (Some(sign), Phrase::Known(status)) if sign.neutral => Some(status),
        (Some(_), Phrase::Known(status)) => Some(status),
        (Some(sign), Phrase::Unknown) => Some(sign.status).filter(|status| !status.is_closed()),
    };
    match status {
        Some(status) if !status.is_closed() || says_nothing_else(clause, rest, words) => StatusReading::Known(status),
        _ => StatusReading::Unknown { nearest: nearest_word(text, clause, words) },
    }
}

/// The less advanced of a sign and a word that disagree: "✅ Pendiente", "⚠️ código listo".
fn conflict(clause: &str, words: &Vocabulary) -> Option<Status> {
    let sign = sign_in(clause, words).filter(|sign| !sign.neutral)?.status;
    let folded = fold(clause);
    let word = match phrase_in(clause, words) {
        Phrase::Known(status) => status,
        // Alone such words say too little, but beside another sign they say enough to disagree.
        Phrase::Unknown if !folded.split(' ').any(|word| words.is_negation(word)) => known_suffix(&folded, words)?,
        Phrase::Unknown | Phrase::Nothing => return None,
    };
    (word != sign).then(|| less_advanced(sign, word))
}

struct Sign {
    status: Status,
    neutral: bool,
}

enum Phrase {
    Nothing,
    Known(Status),
    Unknown,
}

/// The text before the first ` — `, `(`, `;` or full stop, and what comes behind it.
fn first_clause(text: &str) -> (&str, &str) {
    let cuts = [" — ", " – ", " - ", "(", ";", ". ", ": "];
    let at = cuts.iter().filter_map(|cut| text.find(cut)).filter(|at| *at > 0).min().unwrap_or(text.len());
    text.split_at(at)
}

/// The least advanced of the signs in a text.
fn sign_in(text: &str, words: &Vocabulary) -> Option<Sign> {
    let sign = |c| words.sign(c).map(|status| Sign { status, neutral: words.is_neutral(c) });
    let boxed = match text.trim_start() {
        text if text.starts_with("[ ]") => Some(Sign { status: Status::Pending, neutral: true }),
        text if text.starts_with("[x]") || text.starts_with("[X]") => {
            Some(Sign { status: Status::Done, neutral: false })
        }
        _ => None,
    };
    boxed.into_iter().chain(text.chars().filter_map(sign)).min_by_key(|sign| (sign.neutral, rank(sign.status)))
}

fn phrase_in(clause: &str, words: &Vocabulary) -> Phrase {
    let clause = clause.trim_start().strip_prefix("[x]").or(clause.strip_prefix("[X]")).unwrap_or(clause);
    let folded = fold(clause);
    if folded.is_empty() {
        return Phrase::Nothing;
    }
    if let Some(status) = words.status(&folded) {
        return Phrase::Known(status);
    }
    let negated = folded.split(' ').any(|word| words.is_negation(word));
    let known = known_prefix(&folded, words).or_else(|| known_suffix(&folded, words));
    match known {
        // "NOT completed", "sin terminar": what is denied has not been reached.
        Some(status) if negated && matches!(status, Status::Done | Status::InProgress) => {
            Phrase::Known(Status::Pending)
        }
        // "Pendiente de QA": a state that keeps the gate shut may say more.
        Some(status) if !negated && !status.is_closed() => Phrase::Known(status),
        // "código listo" beside a sign takes part in the comparison; alone it says too little.
        Some(_) | None => Phrase::Unknown,
    }
}

/// The status of the longest known phrase that the text begins with.
fn known_prefix(folded: &str, words: &Vocabulary) -> Option<Status> {
    let ends = folded.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    ends.iter().rev().find_map(|end| words.status(&folded[..*end]))
}

/// The status of the longest known phrase that the text ends with.
fn known_suffix(folded: &str, words: &Vocabulary) -> Option<Status> {
    folded.match_indices(' ').find_map(|(at, _)| words.status(&folded[at + 1..]))
}

/// Blocked and failed first, done last: which of two states is the less advanced.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Failed => 0,
        Status::Blocked => 1,
        Status::Pending => 2,
        Status::AtRisk => 3,
        Status::InProgress => 4,
        Status::Done => 5,
        Status::NotApplicable => 6,
    }
}

fn less_advanced(a: Status, b: Status) -> Status {
    if rank(a) <= rank(b) { a } else { b }
}

/// Whether a cell that seems closed casts no doubt on itself: "Done (pending sign-off)", "listo?" and "hecho 80%" do.
fn says_nothing_else(clause: &str, rest: &str, words: &Vocabulary) -> bool {
    let doubtful = |c: char| matches!(c, '?' | '¿' | '%' | '~' | '≈' | '*' | '/');
    let clause_is_clean = !clause.contains(doubtful) || fold(clause) == "n/a";
    let folded = fold(rest);
    let denies =
        folded.split(' ').any(|word| words.is_negation(word) || words.status(word).is_some_and(|it| !it.is_closed()));
    let open_sign = rest.chars().filter_map(|c| words.sign(c)).any(|status| !status.is_closed());
    let open_phrase =
        words.statuses().any(|(phrase, status)| !status.is_closed() && phrase.contains(' ') && folded.contains(phrase));
    clause_is_clean && !denies && !open_sign && !open_phrase && !rest.contains(['?', '¿', '%'])
}

/// The nearest known phrase, spelled as folded; none where only signs stand. A cell that says more than one word or counts
/// something gets no help towards a closed state: that would invite a false tick.
fn nearest_word(text: &str, clause: &str, words: &Vocabulary) -> Option<String> {
    let folded = fold(clause);
    let may_be_closed =
        fold(text) == folded && !text.contains(|c: char| c.is_numeric() || matches!(c, '%' | '?' | '¿' | '~'));
    let allowed = |status: Status| may_be_closed || !status.is_closed();
    let mut phrases: Vec<&str> =
        words.statuses().filter(|(_, status)| allowed(*status)).map(|(phrase, _)| phrase).collect();
    phrases.sort_unstable();
    if folded.is_empty() {
        None
    } else {
        nearest(&folded, phrases).map(|phrase| words.spelled_status(phrase).to_owned())
    }
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
