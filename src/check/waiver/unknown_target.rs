//! `waiver/unknown-target`

use std::collections::BTreeSet;

use crate::check::policy::{is_known, nearest_rule};
use crate::check::rule::rule;
use crate::check::waiver::{is_path, report, sound, subjects, suppressions};
use crate::check::wording::{did_you_mean, quoted};
use crate::check::{Context, may_stay};
use crate::lang::Lang;
use crate::model::Waiver;
use crate::say;
use crate::source::{FileId, Span};
use crate::words::nearest;

rule! {
    /// ## What it does
    /// Finds waivers and `<!-- rollbook: allow … -->` comments for rules that do not exist, and waivers for items and paths that do not
    /// exist, or that name neither. Findings of the groups `settings`, `waiver` and `baseline` cannot be let pass at all.
    ///
    /// ## Why it matters
    /// A waiver with a misspelt name waives nothing, and its team believes that it does. One without item and path would waive a rule
    /// everywhere, which is for the settings to say.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owners
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-31
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owner
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-31
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_TARGET = "waiver/unknown-target", Error, check, last;
}

/// A place, what is wrong there, and help.
type Problem = (Span, String, Option<String>);

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let (sound, subjects) = (sound(cx), subjects(cx));
    for (file, waiver) in sound {
        for (span, message, help) in problems(cx, &subjects, waiver) {
            report(cx, file, waiver, span, message).help(help);
        }
    }
    let unknown: Vec<(FileId, Problem)> = suppressions(cx)
        .into_iter()
        .flat_map(|(file, _, suppression)| {
            let unnamed = suppression.rules.is_empty().then(|| names_no_rule(lang, suppression.span));
            let rules = suppression.rules.iter().filter_map(|rule| rule_problem(lang, &rule.value, rule.span, true));
            unnamed.into_iter().chain(rules).map(move |problem| (file, problem)).collect::<Vec<_>>()
        })
        .collect();
    for (file, (span, message, help)) in unknown {
        cx.report(file, span, message).help(help);
    }
}

fn problems(cx: &Context<'_>, subjects: &BTreeSet<&str>, waiver: &Waiver) -> Vec<Problem> {
    let lang = cx.lang;
    let rule = match &waiver.rule {
        Some(rule) => rule_problem(lang, &rule.value, rule.span, false),
        None => Some(names_no_rule(lang, waiver.span)),
    };
    let target = (waiver.item.is_none() && waiver.paths.is_empty()).then(|| names_nothing(lang, waiver.span));
    let item = waiver.item.as_ref().filter(|item| !subjects.contains(item.value.as_str())).map(|item| {
        let written = quoted(&item.value);
        let message = say!(
            lang,
            en: "nothing in the plan has the id {written}",
            es: "nada en el plan tiene el id {written}",
            pt: "nada no plano tem o id {written}"
        );
        let near = nearest(&item.value, subjects.iter().copied()).map(|near| did_you_mean(lang, near));
        (item.span, message, near)
    });
    let paths = waiver.paths.iter().filter(|path| !is_path(cx, &path.value)).map(|path| {
        let written = quoted(path.value.as_str());
        let message = say!(
            lang,
            en: "no file of the site has the path {written}",
            es: "ningún archivo del sitio tiene la ruta {written}",
            pt: "nenhum arquivo do site tem o caminho {written}"
        );
        let near = nearest(path.value.as_str(), cx.site.sources.iter().map(|(_, file)| file.path.as_str()));
        (path.span, message, near.map(|near| did_you_mean(lang, near)))
    });
    rule.into_iter().chain(target).chain(item).chain(paths).collect()
}

/// What is wrong with the name of a rule. Comments may name a group, since they speak of one block only.
fn rule_problem(lang: Lang, name: &str, span: Span, may_be_group: bool) -> Option<Problem> {
    let written = quoted(name);
    if !is_known(name) {
        let message = say!(
            lang,
            en: "there is no rule {written}",
            es: "no existe la regla {written}",
            pt: "não existe a regra {written}"
        );
        let near = nearest_rule(name).map(|near| did_you_mean(lang, &near));
        return Some((span, message, near));
    }
    if !may_stay(name) {
        let message = say!(
            lang,
            en: "findings of {written} cannot be let pass",
            es: "los hallazgos de {written} no se pueden dejar pasar",
            pt: "os achados de {written} não podem ser deixados passar"
        );
        return Some((span, message, None));
    }
    let is_group = name.ends_with("/*");
    (is_group && !may_be_group).then(|| {
        let message = say!(
            lang,
            en: "a waiver is for one rule, and {written} is a group",
            es: "una excepción es para una sola regla, y {written} es un grupo",
            pt: "uma exceção é para uma só regra, e {written} é um grupo"
        );
        (span, message, None)
    })
}

fn names_no_rule(lang: Lang, span: Span) -> Problem {
    let message = say!(
        lang,
        en: "nothing says which rule is let pass",
        es: "no se indica qué regla se exceptúa",
        pt: "não se indica qual regra é dispensada"
    );
    let help = say!(
        lang,
        en: "write the rule as reports name it, for example `checklist/missing-owner`",
        es: "escriba la regla como la nombran los informes, por ejemplo `checklist/missing-owner`",
        pt: "escreva a regra como os relatórios a nomeiam, por exemplo `checklist/missing-owner`"
    );
    (span, message, Some(help))
}

fn names_nothing(lang: Lang, span: Span) -> Problem {
    let message = say!(
        lang,
        en: "this waiver names neither an `item` nor a `path`, and so it waives nothing",
        es: "esta excepción no nombra ni un `item` ni un `path`, y por eso no exceptúa nada",
        pt: "esta exceção não nomeia nem um `item` nem um `path`, e por isso não dispensa nada"
    );
    let help = say!(
        lang,
        en: "name what it is about; to switch a rule off everywhere, use `rules:` in `rollbook.yaml`",
        es: "indique de qué trata; para apagar una regla en todas partes, use `rules:` en `rollbook.yaml`",
        pt: "indique de que trata; para desligar uma regra em toda parte, use `rules:` em `rollbook.yaml`"
    );
    (span, message, Some(help))
}
