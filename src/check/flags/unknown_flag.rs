//! `flags/unknown-flag`

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::model::{Document, Mention};
use crate::say;
use crate::source::{FileId, Span};
use crate::words::{Trigrams, fold, nearest};

rule! {
    /// ## What it does
    /// Finds names of flags that no registry has: on pages of the plan, in code spans and in plain text, and in the record of
    /// changes. A name counts as a flag's if it is nearly a registered key, if it begins as flags do (`ENABLE_`, `FEATURE_`) or as several
    /// registered keys do, or if the word "flag" stands before it. On manuals and other pages only names that are nearly a
    /// registered key count. Without a registry nothing is said.
    ///
    /// ## Why it matters
    /// A rollback that turns off `NEW_CHEKOUT` turns off nothing.
    ///
    /// ## Example
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps |
    /// ```
    /// ```markdown content/_index.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// Phase 1 turns `NEW_CHECKOUT` on. In an incident, turn `NEW_CHEKOUT` off. See the [flags](flags.md).
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps |
    /// ```
    /// ```markdown content/_index.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// Phase 1 turns `NEW_CHECKOUT` on. In an incident, turn `NEW_CHECKOUT` off. See the [flags](flags.md).
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_FLAG = "flags/unknown-flag", Error, check;
}

/// How names of flags begin, in capitals.
const BEGINNINGS: [&str; 7] = ["ENABLE", "DISABLE", "FEATURE", "FEAT", "FF", "FLAG", "TOGGLE"];

/// Words that announce the name of a flag, folded.
const WORDS: [&str; 8] =
    ["flag", "flags", "toggle", "bandera", "banderas", "interruptor", "sinalizador", "sinalizadores"];

/// From this similarity on, a name is nearly a registered key.
const NEARLY: f64 = 0.75;
/// On pages that are no part of the plan, where names of other things abound.
const VERY_NEARLY: f64 = 0.85;

/// Endings of file names, which dots in keys look like.
const FILES: [&str; 18] = [
    "md", "yaml", "yml", "json", "toml", "ts", "tsx", "js", "css", "html", "csv", "xlsx", "sql", "sh", "py", "rs",
    "txt", "xml",
];

fn check(cx: &mut Context<'_>) {
    let registry = Registry::new(cx.site.plan.flags.iter().map(|flag| flag.key.value.as_str()));
    if registry.keys.is_empty() {
        return;
    }
    for document in cx.published() {
        for (name, places) in unknown_names(cx, document, &registry) {
            report(cx, document.file, name, &places, &registry);
        }
    }
}

/// The unknown names of a page, each with all its places.
fn unknown_names<'a>(
    cx: &Context<'a>,
    document: &'a Document,
    registry: &Registry<'_>,
) -> BTreeMap<&'a str, Vec<Span>> {
    let text = &*cx.site.sources[document.file].text;
    let mut names: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let recorded = document.plan.events.iter().map(|event| (event.flag.value.as_str(), event.flag.span));
    for (name, span) in recorded.clone().filter(|(name, _)| !registry.keys.contains(name)) {
        names.entry(name).or_default().push(inside(text, span, name));
    }
    let in_text = document.mentions.iter().chain(&document.bare_names);
    for mention in in_text.filter(|mention| !registry.keys.contains(mention.text.as_str())) {
        let is_recorded = recorded.clone().any(|(_, span)| span.to(mention.span) == span);
        let is_part = document.kind.is_part_of_a_plan();
        if !is_recorded && registry.would_have(mention, is_part, text) {
            names.entry(&mention.text).or_default().push(inside(text, mention.span, &mention.text));
        }
    }
    names.values_mut().for_each(|places| places.sort_unstable());
    names
}

/// The name itself, without backticks around it.
fn inside(text: &str, span: Span, name: &str) -> Span {
    let at = text[span.range()].find(name);
    at.map_or(span, |at| Span::new(at, at + name.len()).shifted(span.start as usize))
}

fn report(cx: &mut Context<'_>, file: FileId, name: &str, places: &[Span], registry: &Registry<'_>) {
    let lang = cx.lang;
    let near = nearest(name, registry.keys.iter().copied());
    let quoted = quoted(name);
    let message = say!(
        lang,
        en: "no registry has the flag {quoted}",
        es: "ningún registro tiene el flag {quoted}",
        pt: "nenhum registro tem a flag {quoted}"
    );
    let help = near.map_or_else(
        || {
            say!(
                lang,
                en: "register it, with what it switches, its default and its owner",
                es: "regístrelo, con lo que activa, su valor por defecto y su responsable",
                pt: "registre-a, com o que ativa, seu valor padrão e seu responsável"
            )
        },
        |near| did_you_mean(lang, near),
    );
    let text = &cx.site.sources[file];
    let edit = |span: &Span| Edit { file, span: *span, text: near.unwrap_or_default().to_owned() };
    let edits = places.iter().filter(|span| text.slice(**span) == name).map(edit).collect();
    let fix = near.map(|_| Fix { safety: Safety::Unsafe, edits });
    cx.report(file, places[0], message).help(help).about(name).fix(fix);
}

/// The registered keys, and what they have in common.
struct Registry<'a> {
    keys: BTreeSet<&'a str>,
    prepared: Vec<Trigrams>,
    shapes: BTreeSet<Shape>,
    /// First parts that at least two keys share.
    families: BTreeSet<&'a str>,
}

impl<'a> Registry<'a> {
    fn new(keys: impl Iterator<Item = &'a str>) -> Self {
        let keys: BTreeSet<&str> = keys.collect();
        let mut members: BTreeMap<&str, usize> = BTreeMap::new();
        for key in &keys {
            *members.entry(family(key)).or_default() += usize::from(family(key) != *key);
        }
        Self {
            prepared: keys.iter().map(|key| words(key)).collect(),
            shapes: keys.iter().filter_map(|key| shape(key)).collect(),
            families: members.into_iter().filter(|(_, count)| *count > 1).map(|(family, _)| family).collect(),
            keys,
        }
    }

    /// Whether a name that is not registered looks as if it should be.
    fn would_have(&self, mention: &Mention, is_part_of_a_plan: bool, text: &str) -> bool {
        let name = mention.text.as_str();
        if !shape(name).is_some_and(|shape| self.shapes.contains(&shape)) {
            return false;
        }
        if !is_part_of_a_plan {
            return self.is_nearly_a_key(name, VERY_NEARLY);
        }
        let begins_as_flags_do =
            name != family(name) && (self.families.contains(family(name)) || BEGINNINGS.contains(&family(name)));
        begins_as_flags_do || self.is_nearly_a_key(name, NEARLY) || is_announced(text, mention.span)
    }

    fn is_nearly_a_key(&self, name: &str, enough: f64) -> bool {
        let name = words(name);
        self.prepared.iter().any(|key| key.similarity(&name) >= enough)
    }
}

/// What keys of one house have in common: their case, and what stands between their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    upper: bool,
    lower: bool,
    separator: char,
}

/// The shape of a name of several words; none for what is a path, a file, an option of a program or one word.
fn shape(name: &str) -> Option<Shape> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let separator = name.chars().find(|c| matches!(c, '_' | '-' | '.' | ':'))?;
    let words = name.split(['_', '-', '.', ':']).all(|word| !word.is_empty());
    let is_file = name.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    let whole = name.chars().all(is_letter) && words && !is_file && name.starts_with(|c: char| c.is_ascii_alphabetic());
    let has = |is: fn(&char) -> bool| name.chars().any(|c| is(&c));
    let (upper, lower) = (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase));
    whole.then_some(Shape { upper, lower, separator })
}

/// A name as words, so that numbers in it are numbers.
fn words(name: &str) -> Trigrams {
    Trigrams::of(&name.replace('_', " "))
}

/// The first word of a name.
fn family(name: &str) -> &str {
    name.split(['_', '-', '.', ':']).next().unwrap_or_default()
}

/// Whether the word before a place is "flag".
fn is_announced(text: &str, span: Span) -> bool {
    let line = text[..span.start as usize].rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    // Nothing but white space, a colon and marks may stand between.
    let between = &line[before.len()..];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    between.chars().all(|c| matches!(c, ' ' | ':' | '*' | '_' | '`' | '"' | '“'))
        && WORDS.contains(&fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn would_have(keys: &[&str], text: &str, name: &str, is_part_of_a_plan: bool) -> bool {
        let at = text.find(name).unwrap();
        let mention = Mention { text: name.to_owned(), span: Span::new(at, at + name.len()) };
        Registry::new(keys.iter().copied()).would_have(&mention, is_part_of_a_plan, text)
    }

    #[test]
    fn names_of_flags_are_told_from_other_names() {
        const KEYS: [&str; 4] = ["ENABLE_VERTICAL_PROFILES", "DASHBOARD_CHARTS", "ENABLE_ASSISTANT", "ENABLE_IMPORT"];
        let plan = |text, name| would_have(&KEYS, text, name, true);
        for (text, name) in [
            ("Encender `ENABLE_VERTICAL_PROFILE`", "ENABLE_VERTICAL_PROFILE"),
            ("Encender `ENABLE_TRANSLATIONS`", "ENABLE_TRANSLATIONS"),
            ("Apagar `FEATURE_SEARCH`", "FEATURE_SEARCH"),
            ("Apagar el flag `SMART_SEARCH`", "SMART_SEARCH"),
            ("**Flag:** `SMART_SEARCH`", "SMART_SEARCH"),
            ("`DASHBAORD_CHARTS`", "DASHBAORD_CHARTS"),
        ] {
            assert!(plan(text, name), "{text}");
        }
        for (text, name) in [
            ("Definir `DATABASE_URL`", "DATABASE_URL"),
            ("`DASHBOARD_URL`", "DASHBOARD_URL"),
            ("`HTTP_404`", "HTTP_404"),
            ("`verticalProfile`", "verticalProfile"),
            ("`enable_profiles`", "enable_profiles"),
            ("`enable-profiles.ts`", "enable-profiles.ts"),
            ("el flag `--dry-run`", "--dry-run"),
            ("el flag `dry-run`", "dry-run"),
            ("`ENABLE`", "ENABLE"),
            ("`scripts/ENABLE_X.sh`", "scripts/ENABLE_X.sh"),
            ("un flag. La tabla `ORDER_ITEMS`", "ORDER_ITEMS"),
        ] {
            assert!(!plan(text, name), "{text}");
        }
    }

    #[test]
    fn a_manual_is_only_asked_for_slips_of_the_pen() {
        const KEYS: [&str; 2] = ["ENABLE_VERTICAL_PROFILES", "ENABLE_IMPORT"];
        let manual = |name| would_have(&KEYS, name, name, false);
        assert!(manual("ENABLE_VERTICAL_PROFILE"));
        assert!(!manual("ENABLE_TRANSLATIONS") && !manual("ENABLE_EXPORT") && !manual("ENABLE_DEBUG"));
    }

    #[test]
    fn keys_of_another_house_have_another_shape() {
        const KEYS: [&str; 2] = ["checkout.new-flow", "checkout.receipts"];
        let plan = |name| would_have(&KEYS, name, name, true);
        assert!(plan("checkout.receits") && plan("checkout.refunds"));
        assert!(!plan("checkout.css") && !plan("checkout") && !plan("search.new") && !plan("CHECKOUT_URL"));
    }
}
