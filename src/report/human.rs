//! Findings as a compiler shows them: message, place, the line itself with a caret under the cell, and help.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lang::Lang;
use crate::say;
use crate::source::{FileId, Sources, Span};

/// A line longer than this is shown only around the place in question.
const LONG_LINE: usize = 240;

/// Writes every finding, then a line that counts them.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    out: &mut impl Write,
    sources: &Sources,
    findings: &[Diagnostic],
    lang: Lang,
    colour: bool,
) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}\n", render(sources, finding, lang, colour))?;
    }
    writeln!(out, "{}", summary(findings, lang))
}

/// One finding with its code frame.
#[must_use]
pub fn render(sources: &Sources, finding: &Diagnostic, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let title = level(finding.severity, lang).primary_title(&finding.message).id(finding.rule);
    let frame = Frame::around(sources, finding.file, finding.span);
    let mut group = title.element(frame.snippet(AnnotationKind::Primary, None));
    let frames: Vec<(Frame<'_>, &Label)> =
        finding.labels.iter().map(|label| (Frame::around(sources, label.file, label.span), label)).collect();
    for (frame, label) in &frames {
        group = group.element(frame.snippet(AnnotationKind::Context, Some(&label.message)));
    }
    if let Some(help) = &finding.help {
        group = group.element(help_level(lang).message(help));
    }
    let report: &[Group<'_>] = &[group];
    renderer.decor_style(DecorStyle::Ascii).render(report)
}

/// The line that ends a report: `2 errors, 1 warning`.
#[must_use]
pub fn summary(findings: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    if findings.is_empty() {
        return say!(lang, en: "no findings", es: "sin hallazgos", pt: "nenhum achado");
    }
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(
            errors,
            say!(lang, en: "error", es: "error", pt: "erro"),
            say!(lang, en: "errors", es: "errores", pt: "erros"),
        ));
    }
    if warnings > 0 {
        parts.push(plural(
            warnings,
            say!(lang, en: "warning", es: "advertencia", pt: "aviso"),
            say!(lang, en: "warnings", es: "advertencias", pt: "avisos"),
        ));
    }
    if infos > 0 {
        parts.push(plural(
            infos,
            say!(lang, en: "note", es: "nota", pt: "nota"),
            say!(lang, en: "notes", es: "notas", pt: "notas"),
        ));
    }
    parts.join(", ")
}

fn plural(count: usize, one: String, many: String) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
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

/// The lines around a place, cut out of their file: the renderer's cost grows with the text that it is given.
struct Frame<'a> {
    path: &'a str,
    text: &'a str,
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
            path: &source.path,
            text: text[from..to].trim_end_matches('\r'),
            first_line: first + 1,
            span: inside(start)..inside(end),
        }
    }

    fn snippet(&self, kind: AnnotationKind, label: Option<&'a str>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.text)
            .path(self.path)
            .line_start(self.first_line)
            .annotation(kind.span(self.span.clone()).label(label))
    }
}
