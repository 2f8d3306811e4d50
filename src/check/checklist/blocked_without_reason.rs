//! `checklist/blocked-without-reason`

use crate::check::Context;
use crate::check::checklist::{has_link, judged, says_more};
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::model::Status;
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds checklist items that are blocked without saying by what: no reason, no remark, nothing in a column `Blocked by`,
    /// no word behind the status, and no link in the row.
    ///
    /// ## Why it matters
    /// A block that nobody can name is one that nobody can remove.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | Seeds ready | DevOps | ⛔ blocked |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Blocked by |
    /// |------|-------|--------|------------|
    /// | Seeds ready | DevOps | ⛔ blocked | Access to the staging database |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static BLOCKED_WITHOUT_REASON = "checklist/blocked-without-reason", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status") {
        let is_blocked = item.status.value.known() == Some(Status::Blocked);
        let names_it = item.reason.is_some() || item.blocked_by.is_some() || item.evidence.is_some();
        let in_cell = says_more(&item.status_text) || has_other_words(&item.status_text);
        if !is_blocked || names_it || in_cell || has_link(cx, item) {
            continue;
        }
        let name = name(lang, item);
        let message = say!(
            lang,
            en: "{name} is blocked, and nothing says by what",
            es: "{name} figura como bloqueado, y nada dice por qué",
            pt: "{name} consta como bloqueado, e nada diz por quê"
        );
        let finding = cx.report(item.file, item.status.span, message).help(say!(
            lang,
            en: "say what it waits for in a column `Blocked by`, or link the ticket",
            es: "diga de qué depende en una columna `Bloqueado por`, o enlace el ticket",
            pt: "diga de que depende em uma coluna `Bloqueado por`, ou ponha o link do ticket"
        ));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}

/// Whether a cell that says "blocked" says more than that: `Blocked by legal`, `⛔ legal approval`.
fn has_other_words(status: &str) -> bool {
    let folded = fold(status);
    folded.contains(' ') && !matches!(folded.as_str(), "on hold" | "en pausa" | "em pausa")
}
