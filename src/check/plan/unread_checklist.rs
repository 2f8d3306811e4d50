//! `plan/unread-checklist`

use crate::check::Context;
use crate::check::rule::rule;
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds tables with the columns of a checklist (item, owner and status) on pages that are not part of the plan: the front
    /// matter does not say what kind of page it is, or is not read because it does not begin in the first line.
    ///
    /// ## Why it matters
    /// Nobody checks such a table, and no gate waits for it, though whoever reads the page believes so.
    ///
    /// ## Example
    /// ```markdown
    /// # Before we start
    ///
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pending |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// # Before we start
    ///
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNREAD_CHECKLIST = "plan/unread-checklist", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::UnreadChecklist { header } = fault else { continue };
        let message = say!(
            lang,
            en: "this table looks like a checklist, but its page is not part of the plan, so nobody checks it",
            es: "esta tabla parece un checklist, pero su página no forma parte del plan: nadie la revisa",
            pt: "esta tabela parece um checklist, mas a sua página não faz parte do plano: ninguém a verifica"
        );
        cx.report(file, *header, message).help(say!(
            lang,
            en: "write `kind: checklist` into front matter that begins in the first line with `---`; or `kind: page`, if it is none",
            es: "escriba `kind: checklist` en un front matter que empiece con `---` en la primera línea; o `kind: page`, si no lo es",
            pt: "escreva `kind: checklist` em um front matter que comece com `---` na primeira linha; ou `kind: page`, se não for um"
        ));
    }
}
