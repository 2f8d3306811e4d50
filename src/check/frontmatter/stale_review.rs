//! `frontmatter/stale-review`

use crate::check::Context;
use crate::check::rule::rule;
use crate::model::Interval;
use crate::say;

rule! {
    /// ## What it does
    /// Finds pages whose last review is older than they allow themselves: `reviewed` (or else `updated` or `date`) and
    /// `review_every` lie before today, or before the day that `--now` gives.
    ///
    /// ## Why it matters
    /// A rollback procedure that nobody has read for a year describes a system of a year ago.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollback
    /// reviewed: 2025-06-01
    /// review_every: 90d
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollback
    /// reviewed: 2025-10-01
    /// review_every: 90d
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static STALE_REVIEW = "frontmatter/stale-review", Warning, check, clock;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (index, document) in cx.site.documents.iter().enumerate() {
        let front = &document.front_matter;
        let last = front.reviewed.as_ref().or(front.updated.as_ref()).or(front.date.as_ref());
        let every = front.review_every.as_ref().and_then(|every| Interval::parse(&every.value));
        let (Some(last), Some(every)) = (last, every) else { continue };
        let Some(until) = every.after(last.value).filter(|until| *until < cx.now) else { continue };
        let message = say!(
            lang,
            en: "the review of this page has been due since {until}",
            es: "la revisión de esta página está pendiente desde {until}",
            pt: "a revisão desta página está pendente desde {until}"
        );
        let owner = cx.site.pages[index].owner.as_deref();
        cx.report(document.file, last.span, message).owner(owner).help(say!(
            lang,
            en: "read it against reality, then write that day at `reviewed`",
            es: "compárela con la realidad y escriba ese día en `reviewed`",
            pt: "compare-a com a realidade e escreva esse dia em `reviewed`"
        ));
    }
}
