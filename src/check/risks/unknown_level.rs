//! `risks/unknown-level`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::model::LevelReading;
use crate::say;
use crate::source::Spanned;
use crate::words::{fold, is_placeholder, nearest};

rule! {
    /// ## What it does
    /// Finds probabilities and impacts that are neither a level (`low`, `medium`, `high`, `critical`, in any of the languages) nor
    /// a number.
    ///
    /// ## Why it matters
    /// A risk whose level cannot be read has no place in the matrix, and whoever looks at the matrix does not see it.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Mitigation            | Owner     |
    /// |-----------------|-------------|--------|-----------------------|-----------|
    /// | Slow dashboards | Mediun      | High   | Watch latency closely | Data Team |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Mitigation            | Owner     |
    /// |-----------------|-------------|--------|-----------------------|-----------|
    /// | Slow dashboards | Medium      | High   | Watch latency closely | Data Team |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_LEVEL = "risks/unknown-level", Warning, check;
}

/// The words to choose from where something like them was written.
const LEVELS: [&str; 19] = [
    "bajo",
    "baja",
    "medio",
    "media",
    "alto",
    "alta",
    "crítico",
    "crítica",
    "low",
    "medium",
    "high",
    "critical",
    "baixo",
    "baixa",
    "médio",
    "média",
    "muy alto",
    "very high",
    "muito alto",
];

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for risk in &cx.site.plan.risks {
        let name = quoted(&risk.name.value);
        for level in [&risk.probability, &risk.impact].into_iter().flatten().filter(|level| is_unknown(level)) {
            let written = quoted(&level.value.text);
            let message = say!(
                lang,
                en: "{name}: {written} is no level",
                es: "{name}: {written} no es un nivel",
                pt: "{name}: {written} não é um nível"
            );
            let near = nearest(&level.value.text.to_lowercase(), LEVELS);
            let help = near.map_or_else(
                || {
                    say!(
                        lang,
                        en: "write `low`, `medium`, `high` or `critical`; remarks need a column of their own",
                        es: "escriba `bajo`, `medio`, `alto` o `crítico`; las notas van en otra columna",
                        pt: "escreva `baixo`, `médio`, `alto` ou `crítico`; as notas vão em outra coluna"
                    )
                },
                |near| did_you_mean(lang, near),
            );
            cx.report(risk.file, level.span, message).help(help).about(&risk.id).owner(said(risk.owner.as_ref()));
        }
    }
}

/// A word that is no level. An empty cell and a number are not judged: scales of numbers differ from house to house.
fn is_unknown(level: &Spanned<LevelReading>) -> bool {
    let LevelReading { text, level } = &level.value;
    level.is_none() && !is_placeholder(text) && !fold(text).starts_with(|c: char| c.is_ascii_digit())
}
