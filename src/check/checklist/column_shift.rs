//! `checklist/column-shift`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::rule::rule;
use crate::diagnostic::{Edit, Fix, Safety};
use crate::lang::Lang;
use crate::model::ShapeFault;
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds rows of a checklist with more cells than the table has columns, often because of a pipe inside a code span or a
    /// pipe too many.
    ///
    /// ## Why it matters
    /// Markdown drops the cells behind the last column without a word, and everything behind the extra pipe stands one column
    /// too far to the right: a wrong owner, a wrong status, and a page that looks right.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                    | Owner  | Status |
    /// |-------------------------|--------|--------|
    /// | Output of `seed | grep` | DevOps | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                     | Owner  | Status |
    /// |--------------------------|--------|--------|
    /// | Output of `seed \| grep` | DevOps | ⏳     |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static COLUMN_SHIFT = "checklist/column-shift", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::ExtraCells { extra, cells, headers, pipes_in_code } = fault else { continue };
        let message = say!(
            lang,
            en: "this row has {cells} cells and the table has {headers} columns, so owner and status may be the wrong ones",
            es: "esta fila tiene {cells} celdas y la tabla tiene {headers} columnas: el responsable y el estado pueden ser otros",
            pt: "esta linha tem {cells} células e a tabela tem {headers} colunas: o responsável e o status podem ser outros"
        );
        let pipe = pipes_in_code.first().copied();
        // Only where the pipes in code account for all cells too many it is certain which cells belong together.
        let explained = pipe.is_some() && cells - pipes_in_code.len() == *headers;
        let escape = |span: &Span| Edit { file, span: *span, text: r"\|".to_owned() };
        let fix = explained.then(|| Fix { safety: Safety::Safe, edits: pipes_in_code.iter().map(escape).collect() });
        cx.report(file, pipe.unwrap_or(*extra), message).help(help(lang, pipe.is_some())).fix(fix);
    }
}

fn help(lang: Lang, in_code: bool) -> String {
    if in_code {
        say!(
            lang,
            en: r"write `\|` for the pipe between the backticks",
            es: r"escriba `\|` en lugar de la barra que está entre las comillas invertidas",
            pt: r"escreva `\|` no lugar da barra que está entre as crases"
        )
    } else {
        say!(
            lang,
            en: r"remove the `|` too many, or write `\|` where it is part of the text",
            es: r"quite la `|` que sobra, o escriba `\|` donde sea parte del texto",
            pt: r"remova a `|` que sobra, ou escreva `\|` onde ela faz parte do texto"
        )
    }
}
