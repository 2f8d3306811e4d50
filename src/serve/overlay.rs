//! What the preview adds to pages: the reload script, the overlay of a problem, and the page that is only a problem.

use crate::lang::Lang;
use crate::say;
use crate::serve::edition::Edition;
use crate::serve::{Findings, Problem};

const INJECT: &str = include_str!("../../templates/preview/inject.html");
const OVERLAY: &str = include_str!("../../templates/preview/overlay.html");
const FINDINGS: &str = include_str!("../../templates/preview/findings.html");
const ERROR: &str = include_str!("../../templates/preview/error.html");

/// A page with the script, and with the overlay while the last rebuild has failed, before the end of its body.
pub(super) fn inject(page: &[u8], edition: &Edition, lang: Lang) -> Vec<u8> {
    let id = edition.problem().map_or("", |named| &named.id);
    let script = fill(INJECT, &[("build", &edition.build), ("problem", id)]);
    let overlay = edition.overlaid().map_or_else(String::new, |named| overlay(&named.problem, lang));
    let (before, after) = page.split_at(body_end(page));
    [before, overlay.as_bytes(), script.as_bytes(), after].concat()
}

/// The overlay of a problem: the last good page stays readable above it.
pub(super) fn overlay(problem: &Problem, lang: Lang) -> String {
    let dismiss = say!(lang, en: "Dismiss", es: "Cerrar", pt: "Fechar");
    let note = say!(lang,
        en: "The page shows the last build that went well. This message goes away once the problem is fixed.",
        es: "La página muestra la última construcción correcta. Este aviso desaparece al corregir el problema.",
        pt: "A página mostra a última construção correta. Este aviso desaparece quando o problema for corrigido.",
    );
    let named = [("title", problem.title.as_str()), ("text", &problem.text), ("dismiss", &dismiss), ("note", &note)];
    fill(OVERLAY, &[&named[..], &[("lang", lang.code())]].concat())
}

/// What a check says, in the corner of the page; nothing where nothing was found.
pub(super) fn findings(findings: &Findings, lang: Lang) -> Option<String> {
    let label = say!(lang, en: "What the check finds", es: "Lo que encuentra la verificación", pt: "O que a verificação encontra");
    let named =
        [("worst", findings.worst?), ("summary", &findings.summary), ("text", &findings.text), ("label", &label)];
    Some(fill(FINDINGS, &[&named[..], &[("lang", lang.code())]].concat()))
}

/// The page that stands where none could be made.
pub(super) fn error_page(problem: &Problem, lang: Lang) -> Vec<u8> {
    let note = say!(lang,
        en: "This page reloads by itself once the problem is fixed.",
        es: "Esta página se recarga sola al corregir el problema.",
        pt: "Esta página se recarrega sozinha quando o problema for corrigido.",
    );
    let named = [("title", problem.title.as_str()), ("text", &problem.text), ("note", &note), ("lang", lang.code())];
    fill(ERROR, &named).into_bytes()
}

/// Where the last `</body>` starts, or the end of a page that has none.
fn body_end(page: &[u8]) -> usize {
    let tag = b"</body>";
    page.windows(tag.len()).rposition(|window| window.eq_ignore_ascii_case(tag)).unwrap_or(page.len())
}

/// Puts escaped values where `{{name}}` stands, in one pass: a value that looks like a placeholder stays text.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").expect("every `{{` of an embedded template is closed");
        let value = values.iter().find(|(known, _)| *known == name).expect("every placeholder has a value").1;
        push_escaped(&mut filled, value);
        filled.push_str(rest);
    }
    filled
}

/// Appends text so that it means itself between tags and in a quoted attribute.
fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{body_end, error_page, fill, overlay};
    use crate::lang::Lang;
    use crate::serve::Problem;

    #[test]
    fn values_are_escaped_and_never_read_as_placeholders() {
        assert_eq!(
            fill("<p>{{a}}|{{b}}</p>", &[("a", "{{b}}"), ("b", "<'&\">")]),
            "<p>{{b}}|&lt;&#39;&amp;&quot;&gt;</p>"
        );
    }

    #[test]
    fn every_placeholder_of_the_templates_has_a_value() {
        let problem = Problem { title: "A <b>".to_owned(), text: "  |\n3 | {{ page.tilte }}".to_owned() };
        for lang in Lang::ALL {
            let page = String::from_utf8(error_page(&problem, lang)).unwrap();
            for html in [overlay(&problem, lang), page] {
                assert!(html.contains("A &lt;b&gt;") && html.contains("3 | {{ page.tilte }}"), "{html}");
                assert!(html.contains(&format!("lang=\"{lang}\"")), "{html}");
            }
        }
    }

    #[test]
    fn the_last_body_end_counts() {
        assert_eq!(body_end(b"<code>&lt;/body></code></body> </BODY></html>"), 31);
        assert_eq!(body_end(b"<p>no end"), 9);
        assert_eq!(body_end(b""), 0);
    }
}
