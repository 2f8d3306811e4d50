//! One parsed source file: what parsing found, with the place of everything, before pages know of each other.

use crate::fields::FieldFault;
use crate::model::{FrontMatter, ItemOrigin, Kind, Plan, StatusReading, Suppression};
use crate::source::{FileId, Span, Spanned};
use crate::words::Extent;
use crate::yaml::TypeName;

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// Anchor, unique within the page; GitHub's slug unless written as `{#id}`.
    pub id: String,
    /// Whether the id was written by hand.
    pub explicit_id: bool,
    /// The whole heading.
    pub span: Span,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Leads somewhere.
    Link,
    /// Shows an image.
    Image,
}

/// A link or an image as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Link or image.
    pub kind: LinkKind,
    /// The destination as written, escapes resolved: `../manuales/moda.md#carga`.
    pub destination: String,
    /// The whole link, from `[` to the last `)`.
    pub span: Span,
    /// The destination inside it; the whole link where the destination stands elsewhere.
    pub destination_span: Span,
}

/// A code span that could name a flag or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The text between the backticks.
    pub text: String,
    /// With the backticks.
    pub span: Span,
}

/// A heading that announces a part of a plan: `## 4. Procedimiento de Rollback`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The kind of page that holds such a part alone, `events`, or `stop_criteria`.
    pub key: &'static str,
    /// The heading.
    pub heading: Span,
    /// Whether nothing is written below it.
    pub is_empty: bool,
}

/// Parts of a plan inside of a code block that nobody closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swallowed {
    /// The line that opens the block.
    pub fence: Span,
    /// Texts of the headings that would announce a part.
    pub headings: Vec<String>,
}

/// A word that keeps a place for something still to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// As written: `TODO`, `(pendiente)`.
    pub text: String,
    /// Where, parentheses included.
    pub span: Span,
    /// Whether it is a note about work to be done, "(crear)", rather than a hole in the text.
    pub is_note: bool,
}

/// What recognition knows of one row of a table, for the renderer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowMark {
    /// First byte of the row.
    pub start: u32,
    /// Anchor of the row's entity.
    pub id: String,
    /// Key of the status, where the row has one.
    pub status: Option<&'static str>,
    /// Owner of the entity.
    pub owner: Option<String>,
}

/// What recognition knows of one table, for the renderer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableMark {
    /// The whole table.
    pub span: Span,
    /// Class of the table: `checklist`, `flags`, `events`, `phases` and so on.
    pub class: &'static str,
    /// Index of the status column.
    pub status_column: Option<usize>,
    /// Rows that became entities.
    pub rows: Vec<RowMark>,
}

/// A problem that parsing met. Rules of `check` put it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is not UTF-8.
    InvalidUtf8 {
        /// First bad byte, counted from 0.
        byte: usize,
        /// Where the replacement character stands.
        span: Span,
    },
    /// The front matter is not YAML.
    YamlSyntax {
        /// The parser's words.
        message: String,
        /// Where.
        span: Span,
    },
    /// The front matter is YAML, but not a mapping.
    NotAMapping {
        /// What it is instead.
        found: TypeName,
        /// Where.
        span: Span,
    },
    /// A table with the columns of a checklist, on a page that is no part of the plan and does not say what it is.
    UnreadChecklist {
        /// The header row.
        header: Span,
    },
    /// `---` was opened and never closed.
    Unclosed {
        /// The opening line.
        span: Span,
    },
    /// A key or a value of the front matter.
    Field(FieldFault),
    /// A comment `<!-- rollbook: … -->` that says nothing.
    UnknownDirective {
        /// Its first word.
        word: String,
        /// The nearest known word.
        nearest: Option<&'static str>,
        /// The comment.
        span: Span,
    },
    /// A text of the front matter without quotes that other readers of YAML take for something else.
    ImplicitType {
        /// As written.
        written: String,
        /// Where.
        span: Span,
    },
    /// Text that was read in a wrong encoding and saved again.
    Garbled {
        /// Whether the whole text is broken, or a line of it.
        extent: Extent,
        /// The broken runs, each with what it was.
        runs: Vec<Spanned<String>>,
    },
    /// `[text][label]` without a definition of the label.
    UndefinedReference {
        /// The label.
        label: String,
        /// The nearest label that is defined.
        nearest: Option<String>,
        /// Where.
        span: Span,
    },
    /// An id that was written by hand and stands twice.
    DuplicateAnchor {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Span,
        /// Where it stands again.
        again: Span,
    },
    /// An image without words for those who do not see it.
    MissingAlt {
        /// The image.
        destination: String,
        /// Where.
        span: Span,
    },
}

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its source file.
    pub file: FileId,
    /// Front matter, with what could not be read left out.
    pub front_matter: FrontMatter,
    /// What the page is for: as written, or as recognised. A cascade may still change it.
    pub kind: Kind,
    /// First byte of the body.
    pub body: usize,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Ids of raw HTML elements, which links may lead to.
    pub html_ids: Vec<String>,
    /// Links and images, in order of their first byte.
    pub links: Vec<Link>,
    /// Code spans that could name something, in order.
    pub mentions: Vec<Mention>,
    /// Words in plain text that look like the name of a flag: `ENABLE_X` without backticks, in order.
    pub bare_names: Vec<Mention>,
    /// Headings that announce parts of a plan, in order.
    pub parts: Vec<Part>,
    /// Parts that an unclosed code block hides.
    pub swallowed: Option<Swallowed>,
    /// How far the page says at its top that it is: "**Estado**: En progreso".
    pub status: Option<Spanned<StatusReading>>,
    /// Words that keep a place, in order; looked for on every page that is more than a plain page.
    pub placeholders: Vec<Placeholder>,
    /// The parts of the plan that were recognised in it.
    pub plan: Plan,
    /// Recognised tables, in order of their first byte, for the renderer.
    pub tables: Vec<TableMark>,
    /// Comments that let findings pass, in order of their first byte.
    pub suppressions: Vec<Suppression>,
    /// First paragraph, as plain text, for lists.
    pub lead: Option<Spanned<String>>,
    /// What went wrong.
    pub faults: Vec<Fault>,
}

impl Document {
    /// Every anchor of the page: headings, raw HTML ids, and rows that became entities.
    #[must_use]
    pub fn anchors(&self) -> Vec<String> {
        let headings = self.headings.iter().map(|heading| heading.id.clone());
        let rows = self.tables.iter().flat_map(|table| &table.rows).map(|row| row.id.clone());
        let items = self.plan.checklists.iter().flat_map(|list| &list.items).map(|item| item.id.clone());
        let mut anchors: Vec<String> = headings.chain(self.html_ids.iter().cloned()).chain(rows).chain(items).collect();
        anchors.sort_unstable();
        anchors.dedup();
        anchors
    }

    /// The anchor of the task that begins at byte `start`, if it is an item of a checklist.
    #[must_use]
    pub fn task_anchor(&self, start: u32) -> Option<&str> {
        let list = self.plan.checklists.iter().find(|list| list.span.contains(start))?;
        let index = list.items.binary_search_by_key(&start, |item| item.span.start).ok()?;
        let item = &list.items[index];
        (item.origin == ItemOrigin::TaskList).then_some(item.id.as_str())
    }
}
