//! The files of the index. All are classic scripts that hand their data to one function: a page that was opened from disk may load
//! scripts, and nothing else.
//!
//! ```js
//! rollbookSearch("index", "5f0c…", {…})      // search/index.js: what there is
//! rollbookSearch("terms-0", "5f0c…", "…")    // search/terms-0.js: a shard of terms
//! rollbookSearch("texts-0", "5f0c…", […])    // search/texts-0.js: texts of some pages
//! ```
//!
//! The second value names the build. A browser that kept an old file notices by it, and asks again.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::entry::{Entry, Part, PartKind};
use super::number;
use super::shards::Shard;
use super::stems::stop_words;
use crate::lang::Lang;
use crate::render::strings::Strings;

/// Folder of the index, below the site.
const FOLDER: &str = "search";
/// Texts of neighbouring pages share a file up to about this many bytes.
const SIZE: usize = 15 << 10;
/// What `static/theme/search.js` knows how to read.
const VERSION: u32 = 1;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the site.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes all files. `strings` are the words of the interface by language.
pub fn files<'a>(entries: &[Entry], shards: &[Shard], strings: impl Fn(Lang) -> &'a Strings) -> Vec<File> {
    let groups = groups(entries);
    let texts = groups
        .par_iter()
        .enumerate()
        .map(|(at, group)| (format!("texts-{at}"), to_json(&group.iter().map(page).collect::<Vec<_>>())));
    let terms = shards.par_iter().enumerate().map(|(at, shard)| (format!("terms-{at}"), to_json(&shard.text)));
    let made: Vec<(String, String)> = terms.chain(texts).collect();
    let build = build_of(&made);
    let index = to_json(&index(entries, shards, &groups, strings));
    let file = |(name, data): (String, String)| File {
        path: format!("{FOLDER}/{name}.js"),
        bytes: format!("rollbookSearch(\"{name}\",\"{build}\",{data})\n").into_bytes(),
    };
    let mut files = vec![file(("index".to_owned(), index))];
    files.par_extend(made.into_par_iter().map(file));
    files
}

/// Names a state of the index by its data.
fn build_of(made: &[(String, String)]) -> String {
    let hashes: Vec<_> = made.par_iter().map(|(_, data)| Sha256::digest(data)).collect();
    let whole = Sha256::digest(hashes.concat());
    whole[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON is a JavaScript expression, and so it stands in the file as it is.
fn to_json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("text and numbers are JSON")
}

/// Pages whose texts share a file, in order.
fn groups(entries: &[Entry]) -> Vec<&[Entry]> {
    let mut groups = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        if at > start && size + entry.len() > SIZE {
            groups.push(&entries[start..at]);
            (start, size) = (at, 0);
        }
        size += entry.len();
    }
    if start < entries.len() {
        groups.push(&entries[start..]);
    }
    groups
}

/// `[path, title, crumbs, [[kind, anchor, title, text], …]]`
fn page(entry: &Entry) -> impl Serialize {
    (entry.out.encoded(), &entry.title, &entry.crumbs, entry.parts.iter().map(part).collect::<Vec<_>>())
}

fn part(part: &Part) -> (u8, &str, &str, &str) {
    let kind = match part.kind {
        PartKind::Top => 0,
        PartKind::Section => 1,
        PartKind::Item => 2,
    };
    (kind, &part.anchor, &part.title, &part.text)
}

/// What there is: how many pages, in which languages, where each shard begins, how many pages each file of texts holds, and the words
/// of the interface.
fn index<'a>(entries: &[Entry], shards: &[Shard], groups: &[&[Entry]], strings: impl Fn(Lang) -> &'a Strings) -> Value {
    let mut langs: Vec<(&str, usize)> = Vec::new();
    for entry in entries {
        match langs.last_mut().filter(|(code, _)| *code == entry.lang.code()) {
            Some((_, count)) => *count += 1,
            None => langs.push((entry.lang.code(), 1)),
        }
    }
    let mut texts = String::new();
    groups.iter().for_each(|group| number::push(&mut texts, group.len() as u32));
    let by_lang = |value: &dyn Fn(Lang) -> Value| -> Map<String, Value> {
        let used = Lang::ALL.into_iter().filter(|lang| entries.iter().any(|entry| entry.lang == *lang));
        used.map(|lang| (lang.code().to_owned(), value(lang))).collect()
    };
    json!({
        "version": VERSION,
        "pages": entries.len(),
        "langs": langs,
        "terms": shards.iter().map(|shard| shard.from.as_str()).collect::<Vec<_>>(),
        "texts": texts,
        "stop": by_lang(&|lang| stop_words(lang).join(" ").into()),
        "words": by_lang(&|lang| strings(lang).json("search")),
    })
}
