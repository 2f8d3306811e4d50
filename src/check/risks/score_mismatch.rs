//! `risks/score-mismatch`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{LevelReading, Risk, RiskLevel};
use crate::say;
use crate::source::Spanned;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds scores that do not follow from probability and impact. Between numbers, the score is their product (or, where a
    /// table adds, their sum); between words, it lies between the two levels, or one above two equal ones. A number beside
    /// words is the product on the scale 1 to 4.
    ///
    /// ## Why it matters
    /// Risks are looked at in the order of their score. A score that was not changed with the level hides the one that grew.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Score | Mitigation            | Owner     |
    /// |-----------------|-------------|--------|-------|-----------------------|-----------|
    /// | Slow dashboards | 4           | 5      | 9     | Watch latency closely | Data Team |
    /// | Wrong import    | 2           | 3      | 6     | Validate the template | Support   |
    /// | Late training   | 2           | 2      | 4     | Two dates each week   | Success   |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Score | Mitigation            | Owner     |
    /// |-----------------|-------------|--------|-------|-----------------------|-----------|
    /// | Slow dashboards | 4           | 5      | 20    | Watch latency closely | Data Team |
    /// | Wrong import    | 2           | 3      | 6     | Validate the template | Support   |
    /// | Late training   | 2           | 2      | 4     | Two dates each week   | Success   |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static SCORE_MISMATCH = "risks/score-mismatch", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for risks in cx.site.plan.risks.chunk_by(|a, b| a.file == b.file) {
        let adds = adds(risks);
        for rated in risks.iter().filter_map(rated).filter(|rated| !rated.fits(adds)) {
            let name = quoted(&rated.risk.name.value);
            let (score, probability) = (quoted(&rated.score.value), quoted(&rated.probability.text));
            let impact = quoted(&rated.impact.text);
            let message = say!(
                lang,
                en: "{name}: the score {score} does not follow from probability {probability} and impact {impact}",
                es: "{name}: el puntaje {score} no sale de la probabilidad {probability} y el impacto {impact}",
                pt: "{name}: a pontuação {score} não resulta da probabilidade {probability} e do impacto {impact}"
            );
            let help = rated.expected(adds).map(|expected| {
                say!(lang, en: "{expected} would follow", es: "corresponde {expected}", pt: "o certo seria {expected}")
            });
            let finding = cx.report(rated.risk.file, rated.score.span, message).help(help).about(&rated.risk.id);
            finding.owner(said(rated.risk.owner.as_ref()));
        }
    }
}

/// A risk that has all three.
struct Rated<'a> {
    risk: &'a Risk,
    probability: &'a LevelReading,
    impact: &'a LevelReading,
    score: &'a Spanned<String>,
}

fn rated(risk: &Risk) -> Option<Rated<'_>> {
    let (probability, impact) = (&risk.probability.as_ref()?.value, &risk.impact.as_ref()?.value);
    let score = risk.score.as_ref().filter(|score| said(Some(score)).is_some())?;
    Some(Rated { risk, probability, impact, score })
}

/// Whether the numbers of a table are sums: all that could be either are sums, and one is no product.
fn adds(risks: &[Risk]) -> bool {
    let numbers: Vec<(f64, f64, f64)> = risks.iter().filter_map(|risk| rated(risk)?.numbers()).collect();
    let sums = numbers.iter().all(|(a, b, score)| a + b == *score);
    sums && numbers.iter().any(|(a, b, score)| a * b != *score)
}

impl Rated<'_> {
    /// All three as numbers, where levels are written as numbers.
    fn numbers(&self) -> Option<(f64, f64, f64)> {
        Some((number(&self.probability.text)?, number(&self.impact.text)?, number(&self.score.value)?))
    }

    fn levels(&self) -> Option<(RiskLevel, RiskLevel)> {
        Some((self.probability.level?, self.impact.level?))
    }

    /// Whether the score follows, or cannot be judged.
    fn fits(&self, adds: bool) -> bool {
        if let Some((a, b, score)) = self.numbers() {
            return score == if adds { a + b } else { a * b };
        }
        let Some((probability, impact)) = self.levels() else { return true };
        if let Some(score) = number(&self.score.value) {
            return f64::from(rank(probability) * rank(impact)) == score;
        }
        let Some(score) = level(&self.score.value) else { return true };
        let (low, high) = (probability.min(impact), probability.max(impact));
        let most = if low == high { rank(high) + 1 } else { rank(high) };
        (rank(low)..=most).contains(&rank(score))
    }

    /// The one score that would be right, where there is only one.
    fn expected(&self, adds: bool) -> Option<String> {
        if let Some((a, b, _)) = self.numbers() {
            return Some(format!("`{}`", if adds { a + b } else { a * b }));
        }
        let (probability, impact) = self.levels()?;
        number(&self.score.value).map(|_| format!("`{}`", rank(probability) * rank(impact)))
    }
}

/// A number that stands alone: `12`, `2,5`; neither `12/25` nor `30 %`, whose scales are not known.
fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

const fn rank(level: RiskLevel) -> i32 {
    match level {
        RiskLevel::Low => 1,
        RiskLevel::Medium => 2,
        RiskLevel::High => 3,
        RiskLevel::Critical => 4,
    }
}

/// The level that a score names in words.
fn level(text: &str) -> Option<RiskLevel> {
    match fold(text).as_str() {
        "bajo" | "baja" | "low" | "baixo" | "baixa" => Some(RiskLevel::Low),
        "medio" | "media" | "medium" | "moderado" | "moderate" => Some(RiskLevel::Medium),
        "alto" | "alta" | "high" => Some(RiskLevel::High),
        "critico" | "critica" | "critical" | "muy alto" | "very high" | "muito alto" => Some(RiskLevel::Critical),
        _ => None,
    }
}
