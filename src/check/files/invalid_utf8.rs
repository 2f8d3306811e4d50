//! `files/invalid-utf8`

use crate::check::Context;
use crate::check::rule::rule;
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds pages and settings that are not encoded as UTF-8, and names the first byte that is wrong, counted from 0.
    ///
    /// ## Why it matters
    /// What cannot be read shows as `�`, and a status sign that became `�` says nothing any more. So `build` stops as well.
    ///
    /// ## Example
    /// ```bytes content/plan.md
    /// Plan de comunicaci\xf3n
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/plan.md
    /// Plan de comunicación
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INVALID_UTF8 = "files/invalid-utf8", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (id, file) in cx.site.sources.iter() {
        let Some(byte) = file.invalid_utf8 else { continue };
        let width = file.text[byte..].chars().next().map_or(0, char::len_utf8);
        let message = say!(
            lang,
            en: "this file is not UTF-8: byte {byte} (counted from 0) is wrong",
            es: "este archivo no es UTF-8: el byte {byte} (contando desde 0) no es válido",
            pt: "este arquivo não é UTF-8: o byte {byte} (contando a partir de 0) não é válido"
        );
        cx.report(id, Span::new(byte, byte + width), message).help(say!(
            lang,
            en: "open the file in the encoding in which it was written and save it as UTF-8",
            es: "abra el archivo con la codificación en la que se escribió y guárdelo como UTF-8",
            pt: "abra o arquivo na codificação em que foi escrito e salve-o como UTF-8"
        ));
    }
}
