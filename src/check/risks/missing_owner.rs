//! `risks/missing-owner`

use crate::check::Context;
use crate::check::gaps::{has_owner, report_gaps};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds risks that nobody answers for. Where no risk of a page has an owner, that is one finding for all of them.
    /// An `owner` in the front matter of a page of kind `risks` answers for all on it.
    ///
    /// ## Why it matters
    /// A risk without an owner is watched by nobody: the mitigation stays a sentence.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk              | Probability | Impact | Mitigation            | Owner     |
    /// |-------------------|-------------|--------|-----------------------|-----------|
    /// | Slow dashboards   | Medium      | High   | Watch latency daily   | Data Team |
    /// | Wrong bulk import | Low         | Medium | Validate the template |           |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk              | Probability | Impact | Mitigation            | Owner     |
    /// |-------------------|-------------|--------|-----------------------|-----------|
    /// | Slow dashboards   | Medium      | High   | Watch latency daily   | Data Team |
    /// | Wrong bulk import | Low         | Medium | Validate the template | Support   |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_OWNER = "risks/missing-owner", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} risks has an owner",
            es: "ninguno de los {count} riesgos tiene responsable",
            pt: "nenhum dos {count} riscos tem responsável"
        ),
        None => say!(
            lang,
            en: "the risk {name} has no owner",
            es: "el riesgo {name} no tiene responsable",
            pt: "o risco {name} não tem responsável"
        ),
    };
    let help = say!(
        lang,
        en: "add the role that watches it: a column `Owner`, or `— Owner: Support` behind the entry",
        es: "agregue el rol que lo vigila: una columna `Responsable`, o `— Responsable: Soporte` tras la entrada",
        pt: "acrescente o papel que o acompanha: uma coluna `Responsável`, ou `— Responsável: Suporte` depois da entrada"
    );
    report_gaps(cx, &site.plan.risks, |it| has_owner(site, it), message, &help);
}
