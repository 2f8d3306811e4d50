//! `checklist/empty-list`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::rule::rule;
use crate::model::ShapeFault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklists that are declared, by a heading, the kind of the page, a directive or a key in front matter, and have
    /// no item that Rollbook can read.
    ///
    /// ## Why it matters
    /// A gate that has nothing to ask lets everybody through.
    ///
    /// ## Example
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// QA cycles, seeds and manuals have to be ready.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// - [ ] QA cycles completed — Owner: QA Lead
    /// - [ ] Seeds ready — Owner: DevOps
    /// ```
    ///
    /// ## Options
    /// None. Under a heading, a link to the page that holds the checklist is enough.
    pub static EMPTY_LIST = "checklist/empty-list", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::Empty { declared } = fault else { continue };
        let message = say!(
            lang,
            en: "this checklist has no item, so it would let everything pass",
            es: "este checklist no tiene ningún ítem: dejaría pasar todo",
            pt: "este checklist não tem nenhum item: deixaria passar tudo"
        );
        cx.report(file, *declared, message).help(say!(
            lang,
            en: "write a table with the columns `Item`, `Owner` and `Status`, or tasks such as `- [ ] QA done — Owner: QA Lead`",
            es: "escriba una tabla con las columnas `Ítem`, `Responsable` y `Estado`, o tareas como `- [ ] QA completo — Responsable: QA Lead`",
            pt: "escreva uma tabela com as colunas `Item`, `Responsável` e `Status`, ou tarefas como `- [ ] QA concluído — Responsável: QA Lead`"
        ));
    }
}
