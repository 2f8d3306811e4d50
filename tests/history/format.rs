//! `revision.yaml`: whatever a path or a message holds, it comes back.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;
use rollbook::history::manifest::{from_yaml, to_yaml};
use rollbook::model::{FileRecord, Rename, Revision, Summary, Unreadable};

/// Texts that YAML could take for something else, and any other.
fn hostile() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "  leading",
        "trailing  ",
        "null",
        "~",
        "true",
        "no",
        "12",
        "007",
        "1e3",
        ".inf",
        "2025-10-20",
        "# no comment",
        "a: b",
        "- a",
        "[a, b]",
        "{a: b}",
        "&a",
        "*a",
        "!tag",
        "|",
        ">",
        "%x",
        "@x",
        "`x`",
        "\"quoted\"",
        "it's",
        "back\\slash",
        "two\nlines",
        "\r\n",
        "\ttab",
        "---",
        "...",
        "\u{0}",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{ffff}",
        "\u{202e}",
        "año ñ",
        "🛠️",
        "\u{10ffff}",
        "? x",
        "<<",
        "=",
        "{{ x }}",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), any::<String>(), "(?s).{0,40}"]
}

/// Paths: hostile parts with what no path may hold taken out.
fn path() -> impl Strategy<Value = String> {
    let part = hostile().prop_map(|part| part.replace(['/', '\\', '\0'], "_"));
    let part = part.prop_filter("a part has a name", |part| !matches!(part.as_str(), "" | "." | ".."));
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.join("/"))
}

fn hash() -> impl Strategy<Value = String> {
    "[0-9a-f]{64}"
}

fn date() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0i64..4_000_000_000, -23 * 60..23 * 60).prop_map(|(seconds, minutes)| {
        DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap())
    })
}

fn records(number: u32) -> impl Strategy<Value = Vec<FileRecord>> {
    prop::collection::btree_map(path(), (hash(), 0..=i64::MAX as u64, 1..=number), 0..6).prop_map(|files| {
        let record = |(path, (sha256, bytes, revision))| FileRecord { path, sha256, bytes, revision };
        files.into_iter().map(record).collect()
    })
}

prop_compose! {
    fn revision()(number in 1..u32::MAX)(
        number in Just(number),
        (date, parent, phase) in (date(), prop::option::of(hash()), prop::option::of(hostile())),
        (author, message) in (hostile(), hostile()),
        items in prop::collection::btree_map(hostile(), any::<u32>().prop_map(|n| n as usize), 0..4),
        flags in prop::collection::btree_map(hostile(), hostile(), 0..4),
        files in records(number),
        removed in prop::collection::btree_set(path(), 0..4),
        renamed in prop::collection::btree_map(path(), path(), 0..4),
    ) -> Revision {
        let renamed = renamed.into_iter().map(|(to, from)| Rename { from, to }).collect();
        let (folder, hash) = (format!("{number:04}-x"), String::new());
        let summary = Summary { items, flags };
        let removed = removed.into_iter().collect();
        Revision { number, folder, date, author, message, phase, parent, hash, summary, files, removed, renamed }
    }
}

/// What happens to the text of a manifest.
#[derive(Clone, Debug)]
enum Edit {
    Nothing,
    Insert(&'static str),
    Remove,
    DropLine,
}

fn edit() -> impl Strategy<Value = Edit> {
    let inserted = [
        " ",
        "0",
        "1",
        "-",
        "+",
        "\"",
        "\\",
        "\n",
        "\t",
        ",",
        "}",
        "{",
        "# ",
        "\u{a0}",
        "\u{85}",
        "é",
        "\\u0041",
        "\\t",
        "\\x41",
        "/",
        "..",
        "null",
        "  - ",
        "\r\n",
        "\u{feff}",
        "\\/",
        "9999999999999999999",
        "files: []\n",
    ];
    prop_oneof![
        Just(Edit::Nothing),
        prop::sample::select(inserted.to_vec()).prop_map(Edit::Insert),
        Just(Edit::Remove),
        Just(Edit::DropLine),
    ]
}

proptest! {
    #[test]
    fn a_revision_survives_writing_and_reading(revision in revision()) {
        let yaml = to_yaml(&revision);
        let read = from_yaml(&revision.folder, yaml.as_bytes()).unwrap();
        prop_assert_eq!(&Revision { hash: String::new(), ..read.clone() }, &revision);
        prop_assert_eq!(to_yaml(&read), yaml);
    }

    #[test]
    fn line_ends_do_not_matter_for_reading(revision in revision()) {
        let yaml = to_yaml(&revision).replace('\n', "\r\n");
        let read = from_yaml(&revision.folder, yaml.as_bytes()).unwrap();
        prop_assert_eq!(Revision { hash: String::new(), ..read }, revision);
    }

    /// The quick way to read and the way over YAML, which a comment asks for, agree on every text.
    #[test]
    fn both_ways_to_read_agree(revision in revision(), at in any::<prop::sample::Index>(), with in edit()) {
        let mut text = to_yaml(&revision);
        let at = (0..=at.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        match with {
            Edit::Nothing => {}
            Edit::Insert(new) => text.insert_str(at, new),
            Edit::Remove => drop(text[at..].chars().next().map(|c| text.replace_range(at..at + c.len_utf8(), ""))),
            Edit::DropLine => text = text.lines().filter(|line| !text[at..].starts_with(line)).map(|line| format!("{line}\n")).collect(),
        }
        let read = |text: &str| from_yaml("0001-x", text.as_bytes()).map(|it| Revision { hash: String::new(), ..it });
        match (read(&text), read(&format!("# x\n{text}"))) {
            (Ok(quick), Ok(slow)) => prop_assert_eq!(quick, slow),
            (Err(quick), Err(slow)) => prop_assert_eq!(quick.why, slow.why),
            (quick, slow) => prop_assert!(false, "{:?} and {:?}: {}", quick, slow, text),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let _ = from_yaml("0001-x", &bytes);
    }

    #[test]
    fn any_change_of_one_byte_is_read_or_refused(revision in revision(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = to_yaml(&revision).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = from_yaml(&revision.folder, &bytes);
    }
}

fn sample() -> Revision {
    Revision {
        number: 3,
        folder: "0003-cierre-del-piloto".to_owned(),
        date: DateTime::parse_from_rfc3339("2025-10-20T18:30:00-05:00").unwrap(),
        author: "Ana Gómez".to_owned(),
        message: "Cierre del piloto".to_owned(),
        phase: Some("Fase 1".to_owned()),
        parent: Some("ab".repeat(32)),
        hash: String::new(),
        summary: Summary {
            items: BTreeMap::from([("done".to_owned(), 3), ("pending".to_owned(), 4)]),
            flags: BTreeMap::from([("DASHBOARD_CHARTS".to_owned(), "true (admin)".to_owned())]),
        },
        files: vec![FileRecord { path: "content/plan.md".into(), sha256: "cd".repeat(32), bytes: 12, revision: 1 }],
        removed: vec!["content/a.md".to_owned()],
        renamed: vec![Rename { from: "content/b.md".to_owned(), to: "content/c.md".to_owned() }],
    }
}

/// The example of `docs/content/revision-format.md`, byte for byte.
#[test]
fn the_format_is_as_documented() {
    let document = include_str!("../../docs/content/revision-format.md").replace("\r\n", "\n");
    let yaml = to_yaml(&sample());
    assert!(
        document.contains(&format!("```yaml\n{yaml}```")),
        "docs/content/revision-format.md does not show:\n{yaml}"
    );
}

#[test]
fn keys_longer_than_yaml_likes_survive() {
    let mut revision = sample();
    revision.summary.flags.insert("K".repeat(5000), "v".repeat(5000));
    let read = from_yaml(&revision.folder, to_yaml(&revision).as_bytes()).unwrap();
    assert_eq!(read.summary, revision.summary);
}

#[test]
fn a_site_of_twenty_thousand_files_has_a_manifest() {
    let record = |n| FileRecord { path: format!("content/{n:05}.md"), sha256: "cd".repeat(32), bytes: n, revision: 1 };
    let revision = Revision { files: (0..20_000).map(record).collect(), ..sample() };
    for yaml in [to_yaml(&revision), to_yaml(&revision).replace('\n', "\r\n")] {
        assert_eq!(from_yaml(&revision.folder, yaml.as_bytes()).unwrap().files, revision.files);
    }
}

#[track_caller]
fn refused(from: &str, to: &str) -> Unreadable {
    let yaml = to_yaml(&sample());
    assert!(yaml.contains(from), "{from}");
    from_yaml("0003-x", yaml.replacen(from, to, 1).as_bytes()).unwrap_err().why
}

#[test]
fn what_is_no_manifest_is_refused_with_the_reason() {
    assert_eq!(refused("format: 1", "format: 2\nnew: x"), Unreadable::Format(2));
    assert_eq!(refused("number: 3", "number: -3"), Unreadable::Field("number"));
    assert_eq!(refused("number: 3", "number: 3\nnumber: 3"), Unreadable::RepeatedKey("number".into()));
    assert_eq!(refused("author:", "autor:"), Unreadable::UnknownKey("autor".into()));
    assert_eq!(refused("2025-10-20T", "20-10-2025 "), Unreadable::Field("date"));
    assert_eq!(refused("parent: \"ab", "parent: \"zz"), Unreadable::Field("parent"));
    assert_eq!(refused("content/plan.md", "../../etc/passwd"), Unreadable::Field("path"));
    assert_eq!(refused("revision: 1", "revision: 4"), Unreadable::Field("revision"));
    assert_eq!(refused("\"done\": 3", "\"pending\": 3"), Unreadable::RepeatedKey("pending".into()));
    assert!(matches!(refused("files:", "files"), Unreadable::Syntax(_)));
    assert_eq!(from_yaml("0003-x", b"- a").unwrap_err().why, Unreadable::NotAMapping);
    assert_eq!(from_yaml("0003-x", b"").unwrap_err().why, Unreadable::NotAMapping);
    assert_eq!(from_yaml("0003-x", b"a: \xff").unwrap_err().why, Unreadable::NotUtf8);
}
