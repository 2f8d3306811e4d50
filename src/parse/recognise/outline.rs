//! Lists as outlines: an entry with what is nested below it, and the fields that either names.

use crate::parse::blocks::Entry;
use crate::parse::inline::{dash, labelled, split, text_at, trimmed};
use crate::parse::recognise::Page;
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};

/// An entry of a list, with what is nested below it.
#[derive(Clone, Copy, Debug)]
pub struct Branch<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// All entries below it, in order.
    pub below: &'a [Entry],
}

/// The outermost entries of some entries of one list.
pub fn branches(entries: &[Entry]) -> Vec<Branch<'_>> {
    let Some(depth) = entries.iter().map(|entry| entry.depth).min() else { return Vec::new() };
    let mut found = Vec::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.depth == depth) {
        let below = &entries[index + 1..];
        let end = below.iter().position(|next| next.depth <= depth).unwrap_or(below.len());
        found.push(Branch { entry, below: &below[..end] });
    }
    found
}

impl<'a> Branch<'a> {
    /// What is nested directly below it.
    pub fn children(&self) -> Vec<Branch<'a>> {
        branches(self.below)
    }

    /// Whether it is a heading over what is nested below it, rather than something with notes: it ends with a colon, or what is
    /// below it names no field.
    pub fn is_group(&self, page: &Page<'_>, fields: &[Field]) -> bool {
        let children = self.children();
        let names_a_field = |child: &Branch<'_>| labelled(page.text, child.entry.inline, fields, page.words).is_some();
        !children.is_empty() && !children.iter().any(names_a_field)
    }

    /// Its text without the colon at the end.
    pub fn title(&self, page: &Page<'_>) -> Spanned<String> {
        let written = page.text[self.entry.inline.range()].trim_end();
        let kept = written.trim_end_matches([':', '：', ' ']);
        // `**Uso:**` has the colon inside its marks.
        let span = Span::new(0, kept.len()).shifted(self.entry.inline.start as usize);
        text_at(page.text, span).map(|text| text.trim_end_matches([':', ' ']).to_owned())
    }

    /// The whole entry without white space at its ends.
    pub fn span(&self, page: &Page<'_>) -> Span {
        trimmed(page.text, self.entry.span)
    }
}

/// An entry read into its own text and the fields that it and what is below it name.
#[derive(Debug)]
pub struct Labelled<'a> {
    /// The text in front of the first label.
    pub text: Spanned<String>,
    /// Fields with their values, and the entries nested below a label.
    pub fields: Vec<(Field, Spanned<String>, Vec<Branch<'a>>)>,
    /// What is nested below without a label.
    pub notes: Vec<Branch<'a>>,
}

impl<'a> Labelled<'a> {
    /// Reads `NPS — Fuente: encuesta (Responsable: CS)` and labels in entries below.
    pub fn read(page: &Page<'_>, branch: Branch<'a>, fields: &[Field]) -> Self {
        let mut parts = parts(page, branch.entry.inline).into_iter();
        let first = parts.next().unwrap_or(branch.entry.inline);
        let mut read = Self { text: text_at(page.text, first), fields: Vec::new(), notes: Vec::new() };
        for part in parts {
            match labelled(page.text, part, fields, page.words) {
                Some((field, value)) => read.fields.push((field, value, Vec::new())),
                None => read.text = text_at(page.text, read.text.span.to(part)),
            }
        }
        read.take_parenthesis(page, fields);
        for child in branch.children() {
            match labelled(page.text, child.entry.inline, fields, page.words) {
                Some((field, value)) => read.fields.push((field, value, child.children())),
                None => read.notes.push(child),
            }
        }
        read
    }

    /// A label in the parenthesis at the end of the text.
    fn take_parenthesis(&mut self, page: &Page<'_>, fields: &[Field]) {
        let written = &page.text[self.text.span.range()];
        let Some(inside) = written.strip_suffix(')').and_then(|text| text.rfind('(').map(|at| (at, text.len()))) else {
            return;
        };
        let start = self.text.span.start as usize;
        let span = Span::new(inside.0 + 1, inside.1).shifted(start);
        if let Some((field, value)) = labelled(page.text, span, fields, page.words) {
            self.fields.push((field, value, Vec::new()));
            self.text = text_at(page.text, Span::new(start, start + inside.0));
        }
    }

    /// Takes the value of a field, unless it is empty.
    pub fn take(&mut self, field: Field) -> Option<Spanned<String>> {
        let at = self.fields.iter().position(|(it, value, _)| *it == field && !value.value.is_empty())?;
        Some(self.fields.remove(at).1)
    }
}

/// The parts of an entry between dashes and semicolons.
fn parts(page: &Page<'_>, inline: Span) -> Vec<Span> {
    split(page.text, inline, |_, rest| dash(rest).or(rest.starts_with(';').then_some(1)))
}
