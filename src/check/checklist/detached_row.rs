//! `checklist/detached-row`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::rule::rule;
use crate::model::ShapeFault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds lines in the place of a checklist that look like rows of a table, but that Markdown reads as plain text: behind a
    /// blank line or a comment in the middle of the table, under a header without its line of dashes, in a quotation that lost
    /// its `>`, or with a pipe that is none (`｜`).
    ///
    /// ## Why it matters
    /// Such rows are not items. What is not counted cannot keep the gate shut.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ✅     |
    ///
    /// | Seeds ready         | DevOps  | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ✅     |
    /// | Seeds ready         | DevOps  | ⏳     |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DETACHED_ROW = "checklist/detached-row", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::DetachedRows { first } = fault else { continue };
        let message = say!(
            lang,
            en: "this line looks like a row, but belongs to no table, so nothing from here on is counted",
            es: "esta línea parece una fila, pero no pertenece a ninguna tabla: desde aquí nada se cuenta",
            pt: "esta linha parece uma linha de tabela, mas não pertence a nenhuma: daqui em diante nada é contado"
        );
        cx.report(file, *first, message).help(say!(
            lang,
            en: "remove the blank line or comment above it; a table needs a header, then `|---|---|---|` with as many columns, then its rows",
            es: "quite la línea en blanco o el comentario anterior; una tabla lleva un encabezado, luego `|---|---|---|` con las mismas columnas y luego sus filas",
            pt: "remova a linha em branco ou o comentário acima; uma tabela tem um cabeçalho, depois `|---|---|---|` com as mesmas colunas e depois as suas linhas"
        ));
    }
}
