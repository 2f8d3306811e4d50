//! Findings as a compiler shows them: message, place, the line itself with a caret under the cell, and help.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lang::Lang;
use crate::report::summary::{Counts, by_owner, by_rule, nobody};
use crate::report::text::one_line;
use crate::report::{Report, circumstances};
use crate::say;
use crate::source::{FileId, Sources, Span};

/// A line longer than this is shown only around the place in question.
const LONG_LINE: usize = 240;

/// So few findings are seen at a glance; more get a summary by rule and by owner.
const FEW: usize = 3;

/// Rows of a summary. Whoever has more rules or owners than this begins at the top.
const ROWS: usize = 12;

/// Writes every finding, who owes what, a line that counts, and what else is to know.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, report: &Report<'_>, colour: bool) -> io::Result<()> {
    let Report { sources, outcome, lang, .. } = *report;
    write_frames(out, sources, &outcome.findings, lang, colour)?;
    if outcome.findings.len() > FEW {
        write!(out, "{}", summaries(&outcome.findings, lang))?;
    }
    writeln!(out, "{}", Counts::of(&outcome.findings).in_words(lang))?;
    writeln!(out, "{}", one_line(&circumstances::line(outcome, lang)))
}

/// Writes every finding, then a line that counts them.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_findings(
    out: &mut impl Write,
    sources: &Sources,
    findings: &[Diagnostic],
    lang: Lang,
    colour: bool,
) -> io::Result<()> {
    write_frames(out, sources, findings, lang, colour)?;
    writeln!(out, "{}", Counts::of(findings).in_words(lang))
}

/// How many findings there are of each severity.
#[must_use]
pub fn count(findings: &[Diagnostic], lang: Lang) -> String {
    Counts::of(findings).in_words(lang)
}

fn write_frames(
    out: &mut impl Write,
    sources: &Sources,
    findings: &[Diagnostic],
    lang: Lang,
    colour: bool,
) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}\n", render(sources, finding, lang, colour))?;
    }
    Ok(())
}

/// Findings by rule, and by who answers for them.
fn summaries(findings: &[Diagnostic], lang: Lang) -> String {
    let rules = by_rule(findings).into_iter().map(|(rule, counts)| (rule.to_owned(), counts)).collect();
    let owners = by_owner(findings).into_iter();
    let owners = owners.map(|(owner, counts)| (owner.map_or_else(|| nobody(lang), one_line), counts)).collect();
    let by_rule = say!(lang, en: "By rule:", es: "Por regla:", pt: "Por regra:");
    let by_owner = say!(lang, en: "Who owes what:", es: "Quién debe qué:", pt: "Quem deve o quê:");
    format!("{}\n{}\n", table(&by_rule, rules, lang), table(&by_owner, owners, lang))
}

fn table(title: &str, mut rows: Vec<(String, Counts)>, lang: Lang) -> String {
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut text = format!("{title}\n");
    for (name, counts) in rows {
        let _ = writeln!(text, "  {name:width$}  {}", counts.in_words(lang));
    }
    if more > 0 {
        let line = say!(lang, en: "… and {more} more", es: "… y {more} más", pt: "… e mais {more}");
        let _ = writeln!(text, "  {line}");
    }
    text
}

/// One finding with its code frame.
#[must_use]
pub fn render(sources: &Sources, finding: &Diagnostic, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // A message is one line: further ones could pass for something else.
    let message = one_line(&finding.message);
    let title = level(finding.severity, lang).primary_title(message).id(finding.rule);
    let frame = Frame::around(sources, finding.file, finding.span);
    let mut group = title.element(frame.snippet(AnnotationKind::Primary, None));
    let frame = |label: &Label| (Frame::around(sources, label.file, label.span), one_line(&label.message));
    let frames: Vec<(Frame<'_>, String)> = finding.labels.iter().map(frame).collect();
    for (frame, message) in &frames {
        group = group.element(frame.snippet(AnnotationKind::Context, Some(message)));
    }
    if let Some(help) = &finding.help {
        group = group.element(help_level(lang).message(one_line(help)));
    }
    let report: &[Group<'_>] = &[group];
    renderer.decor_style(DecorStyle::Ascii).render(report)
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name(say!(lang, en: "error", es: "error", pt: "erro")),
        Severity::Warning => Level::WARNING.with_name(say!(lang, en: "warning", es: "advertencia", pt: "aviso")),
        Severity::Info => Level::INFO.with_name(say!(lang, en: "info", es: "nota", pt: "nota")),
    }
}

fn help_level(lang: Lang) -> Level<'static> {
    Level::HELP.with_name(say!(lang, en: "help", es: "ayuda", pt: "ajuda"))
}

/// A path as a terminal may see it.
fn shown(path: &str) -> Cow<'_, str> {
    if path.contains(char::is_control) { Cow::Owned(one_line(path)) } else { Cow::Borrowed(path) }
}

/// Lines of a page as a terminal may see them. The renderer takes care of the control characters of ASCII; for the others, of two
/// bytes each, stands a dot of two bytes, so that places stay.
fn quiet(text: &str) -> Cow<'_, str> {
    let steers = |c: char| matches!(c, '\u{80}'..='\u{9f}');
    if text.contains(steers) { Cow::Owned(text.replace(steers, "·")) } else { Cow::Borrowed(text) }
}

/// The lines around a place, cut out of their file: the renderer's cost grows with the text that it is given.
struct Frame<'a> {
    path: Cow<'a, str>,
    text: Cow<'a, str>,
    first_line: usize,
    span: std::ops::Range<usize>,
}

impl<'a> Frame<'a> {
    fn around(sources: &'a Sources, file: FileId, span: Span) -> Self {
        let source = &sources[file];
        let text = &*source.text;
        let (start, end) = (span.start as usize, (span.end as usize).min(text.len()));
        let first = source.lines().line_of(start.min(text.len()));
        let mut from = source.lines().start_of(first);
        let mut to = text[end.max(from)..].find('\n').map_or(text.len(), |at| end.max(from) + at);
        if to - from > LONG_LINE {
            from = text.floor_char_boundary(start.saturating_sub(LONG_LINE / 2).max(from));
            to = text.ceil_char_boundary((end.max(start) + LONG_LINE / 2).min(to));
        }
        let inside = |at: usize| at.clamp(from, to) - from;
        Self {
            path: shown(&source.path),
            text: quiet(text[from..to].trim_end_matches('\r')),
            first_line: first + 1,
            span: inside(start)..inside(end),
        }
    }

    fn snippet(&self, kind: AnnotationKind, label: Option<&'a str>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.text.clone())
            .path(self.path.clone())
            .line_start(self.first_line)
            .annotation(kind.span(self.span.clone()).label(label))
    }
}
