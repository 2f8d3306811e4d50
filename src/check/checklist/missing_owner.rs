//! `checklist/missing-owner`

use crate::check::Context;
use crate::check::checklist::judged;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted};
use crate::model::Owner;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items without an owner: the cell is empty, or holds a placeholder such as `TBD`, `por definir`,
    /// `@tbd`, `<name>` or `____`.
    ///
    /// ## Why it matters
    /// What nobody owns is not done on the day of the go-live, and nobody notices before.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_OWNER = "checklist/missing-owner", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "owner") {
        let Owner::Missing(written) = &item.owner.value else { continue };
        let name = name(lang, item);
        let message = if written.is_empty() {
            say!(lang, en: "{name} has no owner", es: "{name} no tiene responsable", pt: "{name} não tem responsável")
        } else {
            let written = quoted(written);
            say!(
                lang,
                en: "{name} has no owner: {written} is a placeholder",
                es: "{name} no tiene responsable: {written} solo ocupa el lugar",
                pt: "{name} não tem responsável: {written} só ocupa o lugar"
            )
        };
        let finding = cx.report(item.file, item.owner.span, message).about(item.id.clone());
        finding.owner(item.owner.value.name()).help(say!(
            lang,
            en: "write the role or person who answers for it, for example `QA Lead`",
            es: "escriba el rol o la persona que responde por el ítem, por ejemplo `QA Lead`",
            pt: "escreva o papel ou a pessoa que responde pelo item, por exemplo `QA Lead`"
        ));
    }
}
