//! Which flags a sentence turns on or off: "Encender `A`", "turn `A` off", "Flags `true` por default".
//!
//! A sentence is read from left to right. The last verb before a key says what happens to it; without a verb, the value
//! behind it does ("`A` a `false`"). A sentence that speaks of flags in the plural and names none speaks of all.

use crate::words::fold;

/// What happens to a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is turned on.
    On,
    /// It is turned off.
    Off,
}

/// What a text does to flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches<'a> {
    /// Keys that it names, in order, with what happens to them where it says so, and the first byte of each.
    pub named: Vec<(&'a str, Option<Way>, usize)>,
    /// What happens to all flags, and the first byte of the word that speaks of them.
    pub all: Option<(Way, usize)>,
}

const ON: [&str; 33] = [
    "activar",
    "active",
    "activa",
    "activan",
    "activando",
    "activacion",
    "activate",
    "activates",
    "ativar",
    "ative",
    "ativa",
    "ativando",
    "ativacao",
    "prender",
    "ligar",
    "ligue",
    "liga",
    "ligando",
    "enable",
    "enables",
    "enabling",
    "habilitar",
    "habilite",
    "habilita",
    "habilitan",
    "habilitando",
    "encender",
    "encienda",
    "enciende",
    "encienden",
    "encendiendo",
    "encendido",
    "launch",
];
const OFF: [&str; 14] = [
    "desactiv",
    "deshabilit",
    "desativ",
    "desabilit",
    "deslig",
    "apag",
    "disabl",
    "deactivat",
    "revert",
    "revier",
    "restaur",
    "restor",
    "volver",
    "retirar",
];
const FLAGS: [&str; 6] = ["flags", "banderas", "toggles", "interruptores", "sinalizadores", "chaves"];

/// Reads what `text` does to the flags with these keys.
pub fn switches<'a>(text: &str, keys: &[&'a str]) -> Switches<'a> {
    let mut switches = Switches::default();
    for (start, sentence) in sentences(text) {
        read(sentence, start, keys, &mut switches);
    }
    switches
}

/// The parts of a text between full stops, semicolons and line breaks, with their first bytes.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for (at, c) in text.char_indices() {
        let ends = matches!(c, ';' | '\n')
            || (c == '.' && text[at + 1..].starts_with([' ', '\n']))
            || text[at..].starts_with("<br");
        if ends {
            sentences.push((start, &text[start..at]));
            start = at + c.len_utf8();
        }
    }
    sentences.push((start, &text[start..]));
    sentences.into_iter()
}

fn read<'a>(sentence: &str, start: usize, keys: &[&'a str], switches: &mut Switches<'a>) {
    let first = switches.named.len();
    let (mut verb, mut turning, mut flags) = (None, false, None);
    for (at, token) in tokens(sentence) {
        let word = fold(token);
        if let Some(key) = keys.iter().find(|key| **key == token) {
            switches.named.push((key, verb, start + at));
        } else if let Some(way) = verb_of(&word) {
            verb = Some(way);
        } else if let Some(way) = value_of(&word, token, turning) {
            verb = if turning { Some(way) } else { verb };
            let undecided = switches.named[first..].iter_mut().filter(|(_, known, _)| known.is_none());
            undecided.for_each(|(_, known, _)| *known = Some(way));
            flags = flags.map(|(known, at): (Option<Way>, usize)| (known.or(Some(way)), at));
        } else if FLAGS.contains(&word.as_str()) {
            flags = Some((verb, start + at));
        }
        turning |= ["turn", "turned", "switch", "switched", "flip", "kill"].contains(&word.as_str());
    }
    if switches.named.len() == first
        && let Some((way, at)) = flags
    {
        switches.all = way.or(verb).map(|way| (way, at)).or(switches.all);
    }
}

/// Words and keys: letters, digits, `_`, and inside of them `-`, `.`, `/` and `:`; a percentage keeps its sign.
fn tokens(sentence: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '%' | ':');
    let words = sentence.split(move |c: char| !is_part(c)).map(|word| word.trim_matches(['-', '.', ':']));
    words.filter(|word| !word.is_empty()).map(|word| (word.as_ptr() as usize - sentence.as_ptr() as usize, word))
}

fn verb_of(word: &str) -> Option<Way> {
    if OFF.iter().any(|off| word.starts_with(off)) { Some(Way::Off) } else { ON.contains(&word).then_some(Way::On) }
}

/// On or off as a value. `on` is a preposition, unless something is turned.
fn value_of(word: &str, token: &str, turning: bool) -> Option<Way> {
    match word {
        "true" => Some(Way::On),
        "on" if turning || token == "ON" => Some(Way::On),
        "false" | "off" => Some(Way::Off),
        "0%" => Some(Way::Off),
        _ if word.ends_with('%') => Some(Way::On),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(&str, Option<Way>)>, Option<Way>) {
        let switches = switches(text, &["ENABLE_A", "new-cart"]);
        (switches.named.into_iter().map(|(key, way, _)| (key, way)).collect(), switches.all.map(|(way, _)| way))
    }

    #[test]
    fn verbs_and_values_are_read() {
        let (on, off) = (Some(Way::On), Some(Way::Off));
        assert_eq!(read("Encender `ENABLE_A`, asistir en carga").0, [("ENABLE_A", on)]);
        assert_eq!(
            read("Desactivar `ENABLE_A` y `new-cart` vía flag"),
            (vec![("ENABLE_A", off), ("new-cart", off)], None)
        );
        assert_eq!(read("`ENABLE_A` a `false`; ligar `new-cart`").0, [("ENABLE_A", off), ("new-cart", on)]);
        assert_eq!(read("Turn `ENABLE_A` off").0, [("ENABLE_A", off)]);
        assert_eq!(read("Turn on `new-cart` for the pilot").0, [("new-cart", on)]);
        assert_eq!(read("`ENABLE_A` al 25%").0, [("ENABLE_A", on)]);
        assert_eq!(read("Revisar `ENABLE_A`").0, [("ENABLE_A", None)]);
    }

    #[test]
    fn flags_in_the_plural_are_all_flags() {
        let all = |text| read(text).1;
        assert_eq!(all("Flags `true` por default, activar en nuevo onboarding"), Some(Way::On));
        assert_eq!(all("Apagar todos los flags"), Some(Way::Off));
        assert_eq!(all("Turn off all flags."), Some(Way::Off));
        assert_eq!(all("Desligar as flags do piloto"), Some(Way::Off));
        assert_eq!(all("Anotar el valor de los flags"), None);
        assert_eq!(all("Activar el flag"), None);
    }
}
