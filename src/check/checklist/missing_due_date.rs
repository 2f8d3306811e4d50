//! `checklist/missing-due-date`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::fields::{FieldSpec, FieldType};
use crate::model::ChecklistItem;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklists in which some items have a date and other open ones have none. One finding a checklist; it names the
    /// first such items.
    ///
    /// ## Why it matters
    /// Where dates are the custom, an item without one is the item that nobody plans for.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 2025-10-27 |
    /// | Seeds ready | DevOps | ⏳ | |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 2025-10-27 |
    /// | Seeds ready | DevOps | ⏳ | 2025-10-24 |
    /// ```
    ///
    /// ## Options
    /// `every_list: true` asks for dates also in checklists that have none at all.
    pub static MISSING_DUE_DATE = "checklist/missing-due-date", Warning, check, options: &[FieldSpec { name: "every_list", takes: FieldType::Bool }];
}

/// So many items are named; the rest is counted.
const NAMED: usize = 3;

fn check(cx: &mut Context<'_>) {
    let (lang, every_list) = (cx.lang, cx.options().bool("every_list").unwrap_or(false));
    for list in &cx.site.plan.checklists {
        let judged = || list.items.iter().filter(|item| item.aligned);
        let dateless: Vec<&ChecklistItem> = judged().filter(|item| item.is_open() && item.due.is_none()).collect();
        let is_custom = every_list || judged().any(|item| item.due.is_some());
        let Some(first) = dateless.first().filter(|_| is_custom) else { continue };
        let (count, total) = (dateless.len(), list.items.len());
        let mut names: Vec<String> = dateless.iter().take(NAMED).map(|item| name(lang, item)).collect();
        names.extend((count > NAMED).then(|| "…".to_owned()));
        let names = names.join(", ");
        let message = say!(
            lang,
            en: "without a date: {count} of {total} items ({names})",
            es: "sin fecha: {count} de {total} ítems ({names})",
            pt: "sem data: {count} de {total} itens ({names})"
        );
        cx.report(first.file, first.text.span, message).about(first.id.clone()).help(say!(
            lang,
            en: "write by when it has to be ready, for example `2025-10-20`",
            es: "escriba para cuándo debe estar listo, por ejemplo `2025-10-20`",
            pt: "escreva para quando deve estar pronto, por exemplo `2025-10-20`"
        ));
    }
}
