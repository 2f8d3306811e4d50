//! Parsing never panics, and every place that it names lies in the file and on character boundaries.

use proptest::prelude::*;
use rollbook::fields::FieldFault;
use rollbook::model::{ChecklistItem, Document, Fault, Flag, FlagEvent, ShapeFault};
use rollbook::parse::parse;
use rollbook::parse::vocabulary::Vocabulary;
use rollbook::source::{FileId, SourceFile, Span, Spanned};

/// Pieces that mean something to the parser, in three languages, so that random texts reach deep into recognition.
const PIECES: [&str; 56] = [
    "---\n",
    "...\n",
    "kind: checklist\n",
    "kind: plan\n",
    "title: ",
    "checklist:\n",
    "  - item: A\n",
    "    owner: ",
    "    status:\n",
    "flags: [{key: X}]\n",
    "events:\n",
    "aliases: [",
    "cascade: {kind: plan}\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "    ",
    "> ",
    "- ",
    "- [ ] ",
    "- [x] ",
    "- [] ",
    "1. ",
    "# Checklist de Go-Live\n",
    "## Feature Flags\n",
    "## Riesgos {#r}\n",
    "| Ítem | Responsable | Estado |\n",
    "|---|---|---|\n",
    "| Flag | Default | Descripción |\n",
    "| QA | QA Lead | ⏳ |\n",
    "| a | TBD |\n",
    "|",
    "\\|",
    "`",
    "``",
    "`A_B`",
    "**",
    "~~",
    "[x](y.md#z)",
    "![i](p.png)",
    "<a id=\"x\">",
    "<br>",
    "<!-- rollbook: checklist -->\n",
    "<!-- rollbook: ignore -->\n",
    "Responsable: QA — ",
    "@ana",
    "{#id}",
    "ñ",
    "⏳",
    "✅",
    "🛠\u{fe0f}",
    "\u{feff}",
    "\u{a0}",
    "‚è≥",
];

/// Values that YAML parsers stumble over.
const HOSTILE: [&str; 28] = [
    "",
    "~",
    "null",
    "{}",
    "[]",
    "[",
    "{",
    "&a",
    "*a",
    "!!binary x",
    "!x y",
    "|",
    ">\n   x",
    "\"\\x",
    "'",
    "'' '",
    "- -",
    "? a",
    ": b",
    "0x1F",
    ".inf",
    "1e999",
    "2025-02-30",
    "<<: {a: b}",
    "\u{85}",
    "\t",
    "# c",
    "ñ: \u{1f6e0}",
];

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

fn document(source: &SourceFile) -> Document {
    parse(FileId(0), source, None, Vocabulary::builtin())
}

/// Fails where a place of the document is none of its file.
fn check(source: &SourceFile) -> Result<(), TestCaseError> {
    let document = document(source);
    for (what, span) in places(&document) {
        prop_assert!(source.text.get(span.range()).is_some(), "{what} at {span:?} of {:?}", source.text);
    }
    prop_assert!(source.text.is_char_boundary(document.body));
    Ok(())
}

fn places(document: &Document) -> Vec<(&'static str, Span)> {
    let mut places = Vec::new();
    places.extend(document.faults.iter().flat_map(fault).map(|span| ("fault", span)));
    places.extend(document.headings.iter().map(|heading| ("heading", heading.span)));
    places.extend(document.links.iter().flat_map(|it| [("link", it.span), ("destination", it.destination_span)]));
    places.extend(document.mentions.iter().map(|mention| ("mention", mention.span)));
    places.extend(document.lead.iter().map(|lead| ("lead", lead.span)));
    places.extend(document.tables.iter().map(|table| ("table", table.span)));
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    places.extend(rows.map(|row| ("row", Span::at(row.start as usize))));
    for list in &document.plan.checklists {
        places.push(("checklist", list.span));
        places.extend(list.faults.iter().flat_map(shape_fault).map(|span| ("shape", span)));
        places.extend(list.items.iter().flat_map(item).map(|span| ("item", span)));
    }
    places.extend(document.plan.flags.iter().flat_map(flag).map(|span| ("flag", span)));
    places.extend(document.plan.events.iter().flat_map(event).map(|span| ("event", span)));
    places
}

fn fault(fault: &Fault) -> Vec<Span> {
    match fault {
        Fault::InvalidUtf8 { span, .. }
        | Fault::YamlSyntax { span, .. }
        | Fault::NotAMapping { span, .. }
        | Fault::Unclosed { span }
        | Fault::UnreadChecklist { header: span }
        | Fault::UnknownDirective { span, .. } => vec![*span],
        Fault::Field(FieldFault::DuplicateKey { first, again, .. }) => vec![*first, *again],
        Fault::Field(
            FieldFault::UnknownField { span, .. }
            | FieldFault::WrongType { span, .. }
            | FieldFault::MissingField { span, .. },
        )
        | Fault::ImplicitType { span, .. }
        | Fault::UndefinedReference { span, .. }
        | Fault::MissingAlt { span, .. } => vec![*span],
        Fault::DuplicateAnchor { first, again, .. } => vec![*first, *again],
        Fault::Garbled { runs, .. } => runs.iter().map(|run| run.span).collect(),
    }
}

fn shape_fault(fault: &ShapeFault) -> Vec<Span> {
    match fault {
        ShapeFault::MissingColumn { header, resembles, .. } => {
            resembles.iter().map(|word| word.span).chain([*header]).collect()
        }
        ShapeFault::ExtraCells { extra, pipes_in_code, .. } => pipes_in_code.iter().copied().chain([*extra]).collect(),
        ShapeFault::ShortRow { end, completion, .. } => completion.iter().map(|it| it.span).chain([*end]).collect(),
        ShapeFault::UnknownColumn { header, .. } => vec![header.span],
        ShapeFault::DetachedRows { first } => vec![*first],
        ShapeFault::Empty { declared } => vec![*declared],
    }
}

fn item(item: &ChecklistItem) -> Vec<Span> {
    let optional =
        [&item.written_id, &item.phase, &item.due, &item.evidence, &item.blocked_by, &item.approver, &item.reason];
    spans(&optional).into_iter().chain([item.span, item.text.span, item.owner.span, item.status.span]).collect()
}

fn flag(flag: &Flag) -> Vec<Span> {
    let optional = [&flag.description, &flag.default, &flag.remarks, &flag.owner];
    spans(&optional).into_iter().chain([flag.span, flag.key.span]).collect()
}

fn event(event: &FlagEvent) -> Vec<Span> {
    let optional = [&event.date, &event.scope, &event.from, &event.to, &event.author, &event.reason];
    spans(&optional).into_iter().chain([event.span, event.flag.span]).collect()
}

fn spans(fields: &[&Option<Spanned<String>>]) -> Vec<Span> {
    fields.iter().filter_map(|field| field.as_ref().map(|field| field.span)).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_parsed(text in any::<String>()) {
        check(&SourceFile::new("content/a.md", text))?;
    }

    #[test]
    fn any_bytes_are_parsed(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&SourceFile::from_bytes("content/a.md", bytes))?;
    }

    #[test]
    fn any_mix_of_what_means_something_is_parsed(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60)) {
        check(&SourceFile::new("content/a.md", pieces.concat()))?;
    }

    #[test]
    fn any_mix_on_a_checklist_page_is_parsed(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[11..]), 0..60)) {
        check(&SourceFile::new("content/a.md", format!("---\nkind: checklist\n---\n{}", pieces.concat())))?;
    }

    #[test]
    fn hostile_front_matter_is_parsed(
        keys in proptest::collection::vec((proptest::sample::select(&["title", "kind", "checklist", "flags", "cascade", "weight", "item", "x"][..]), proptest::sample::select(&HOSTILE[..]), 0..3_usize), 0..8),
    ) {
        let lines = keys.iter().map(|(key, value, depth)| format!("{}{key}: {value}\n", "  ".repeat(*depth)));
        check(&SourceFile::new("content/a.md", format!("---\n{}---\ntext\n", lines.collect::<String>())))?;
    }

    /// A real plan with something thrown into it anywhere.
    #[test]
    fn a_cut_seed_is_parsed(at in 0..7_000_usize, pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..4)) {
        let seed = include_str!("../fixtures/seed/plan-rollout-retail.md");
        let at = seed.floor_char_boundary(at.min(seed.len()));
        check(&SourceFile::new("content/a.md", format!("{}{}{}", &seed[..at], pieces.concat(), &seed[at..])))?;
    }
}

#[test]
fn a_megabyte_of_hostile_front_matter_is_refused_or_read() {
    let keys: String = (0..20_000).map(|number| format!("clave{number}: x\n")).collect();
    let many =
        ["- a\n".repeat(250_000), format!("a: [{}]\n", "1,".repeat(400_000)), "a: b\n c\n".repeat(100_000), keys];
    for yaml in many {
        check(&SourceFile::new("content/a.md", format!("---\n{yaml}---\n"))).expect("every place lies in the file");
    }
}
