//! Checklists that are declared and hold nothing.

use crate::model::{Checklist, FrontMatter, Kind, ShapeFault};
use crate::parse::recognise::roles::announced;
use crate::parse::recognise::sections::section_span;
use crate::parse::recognise::{Found, Page};
use crate::parse::scan::Scan;
use crate::parse::vocabulary::SectionKind;
use crate::source::Span;

/// A checklist that is declared, by directive, kind or heading, and has no item is a gate that passes on nothing.
pub fn declare_empty(page: &Page<'_>, front_matter: &FrontMatter, scan: &Scan, found: &mut Found) {
    let lonely: Vec<Checklist> = directives_without_list(scan, found).map(|span| empty(page, span)).collect();
    found.plan.checklists.extend(lonely);
    if found.kind == Kind::Checklist && found.plan.checklists.is_empty() {
        let declared = front_matter.kind.as_ref().map_or(Span::default(), |kind| kind.span);
        found.plan.checklists.push(empty(page, declared));
    } else if found.kind.is_part_of_a_plan() {
        let missing = announced(&scan.headings, page.words)
            .into_iter()
            .filter(|(_, kind)| *kind == SectionKind::Checklist)
            .map(|(index, _)| (&scan.headings[index], section_span(&scan.headings, index, page.text.len())))
            .filter(|(_, section)| !found.plan.checklists.iter().any(|list| section.contains(list.span.start)))
            .filter(|(_, section)| !scan.links.iter().any(|link| section.contains(link.span.start)))
            .filter(|(_, section)| !ignores(scan).any(|ignored| section.contains(ignored.start)))
            .map(|(heading, _)| empty(page, heading.span))
            .collect::<Vec<_>>();
        found.plan.checklists.extend(missing);
    }
}

fn empty(page: &Page<'_>, declared: Span) -> Checklist {
    let declared = trimmed(page.text, declared);
    Checklist { file: page.file, span: declared, items: Vec::new(), faults: vec![ShapeFault::Empty { declared }] }
}

/// Directives that announce a checklist where none follows before the next directive.
fn directives_without_list<'a>(scan: &'a Scan, found: &'a Found) -> impl Iterator<Item = Span> + 'a {
    scan.directives.iter().enumerate().filter(|(_, directive)| directive.value == "checklist").filter_map(
        |(index, directive)| {
            let end = scan.directives.get(index + 1).map_or(u32::MAX, |next| next.span.start);
            let mut lists = found.plan.checklists.iter().map(|list| list.span.start);
            (!lists.any(|start| (directive.span.end..end).contains(&start))).then_some(directive.span)
        },
    )
}

/// Tables and lists that somebody took out of the plan on purpose.
fn ignores(scan: &Scan) -> impl Iterator<Item = Span> + '_ {
    scan.directives.iter().filter(|directive| directive.value == "ignore").map(|directive| directive.span)
}

fn trimmed(text: &str, span: Span) -> Span {
    let end = span.start as usize + text[span.range()].trim_end().len();
    Span::new(span.start as usize, end)
}
