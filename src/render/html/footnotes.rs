//! Footnotes: numbered in the order in which they are referred to, gathered at the end of the page.

use std::collections::BTreeMap;

use super::Writer;

/// Footnotes of a page while it is written.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// Labels in the order of their first reference.
    order: Vec<String>,
    /// The number of each, and how often it was referred to.
    references: BTreeMap<String, (usize, usize)>,
    /// Written definitions.
    definitions: BTreeMap<String, String>,
    /// The definition being written, and where in the output it began.
    open: Option<(String, usize)>,
}

impl Footnotes {
    /// Notes a reference: the number of the footnote, and how many references to it there are now.
    fn refer(&mut self, label: &str) -> (usize, usize) {
        let (number, count) = self.references.entry(label.to_owned()).or_insert_with(|| {
            self.order.push(label.to_owned());
            (self.order.len(), 0)
        });
        *count += 1;
        (*number, *count)
    }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let (number, count) = self.footnotes.refer(label);
        let text = format!(
            "<sup class=\"footnote-reference\" id=\"fnref-{number}-{count}\"><a href=\"#fn-{number}\">{number}</a></sup>"
        );
        self.out.push_str(&text);
    }

    pub(super) fn open_footnote(&mut self, label: &str) {
        self.footnotes.open = Some((label.to_owned(), self.out.len()));
    }

    pub(super) fn close_footnote(&mut self) {
        if let Some((label, from)) = self.footnotes.open.take() {
            let definition = self.out.split_off(from);
            self.footnotes.definitions.insert(label, definition);
        }
    }

    /// Writes the list at the end. A note that nothing refers to is left out, as on the forge.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        let notes = std::mem::take(&mut self.footnotes);
        self.out.push_str("<section class=\"footnotes\" aria-label=\"");
        self.escaped_attribute(self.html.strings.get("footnotes.title"));
        self.out.push_str("\">\n<ol>\n");
        for label in &notes.order {
            let (number, references) = notes.references.get(label).copied().unwrap_or_default();
            let definition = notes.definitions.get(label).map_or("", String::as_str);
            let definition = definition.trim_end();
            let (text, end) = definition.strip_suffix("</p>").map_or((definition, ""), |text| (text, "</p>"));
            self.out.push_str(&format!("<li id=\"fn-{number}\">{text}"));
            for count in 1..=references {
                let back = self.html.strings.fill("footnotes.back", "n", &number.to_string());
                self.out
                    .push_str(&format!(" <a class=\"footnote-back\" href=\"#fnref-{number}-{count}\" aria-label=\""));
                self.escaped_attribute(&back);
                self.out.push_str("\">↩</a>");
            }
            self.out.push_str(&format!("{end}</li>\n"));
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}
