//! What a report says besides its findings: the day, the profile, and what was set aside.

use crate::diagnostic::{By, Outcome};
use crate::lang::Lang;
use crate::say;

/// The line below the counts: `as of 2025-10-20, profile golive; set aside: 2 by waivers, 1 in the text`.
#[must_use]
pub fn line(outcome: &Outcome, lang: Lang) -> String {
    let now = outcome.now;
    let mut line = say!(lang, en: "as of {now}", es: "al {now}", pt: "em {now}");
    if let Some(profile) = &outcome.profile {
        line.push_str(&say!(lang, en: ", profile {profile}", es: ", perfil {profile}", pt: ", perfil {profile}"));
    }
    let parts: Vec<String> =
        [By::Waiver, By::Suppression, By::Baseline].into_iter().filter_map(|by| part(outcome, by, lang)).collect();
    if !parts.is_empty() {
        let parts = parts.join(", ");
        line.push_str(&say!(
            lang,
            en: "; set aside: {parts}",
            es: "; exceptuados: {parts}",
            pt: "; dispensados: {parts}"
        ));
    }
    let elsewhere = outcome.elsewhere;
    if elsewhere > 0 {
        line.push_str(&say!(
            lang,
            en: "; {elsewhere} more where nothing was changed",
            es: "; {elsewhere} más donde no se cambió nada",
            pt: "; mais {elsewhere} onde nada foi mudado"
        ));
    }
    line
}

fn part(outcome: &Outcome, by: By, lang: Lang) -> Option<String> {
    let count = outcome.count(by);
    let part = match by {
        By::Waiver => say!(lang, en: "{count} by waivers", es: "{count} por excepciones", pt: "{count} por exceções"),
        By::Suppression => {
            say!(lang, en: "{count} in the text", es: "{count} en el texto", pt: "{count} no texto")
        }
        By::Baseline => {
            say!(lang, en: "{count} by the baseline", es: "{count} por la línea base", pt: "{count} pela linha de base")
        }
    };
    (count > 0).then_some(part)
}
