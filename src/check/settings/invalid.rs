//! `settings/invalid`

use crate::check::Context;
use crate::check::policy::{Misplaced, PolicyFault};
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted, report_field_fault, type_name, yaml_problem};
use crate::config::ConfigFault;
use crate::lang::Lang;
use crate::say;
use crate::source::FileId;

rule! {
    /// ## What it does
    /// Finds everything that is wrong with `rollbook.yaml`: text that is not YAML, unknown keys, keys that stand twice,
    /// values that a key does not take, and names of rules, options and profiles that do not exist. Neither the settings
    /// nor a waiver can make it silent.
    ///
    /// ## Why it matters
    /// A setting that is not understood is as good as not written, and the site comes out in another way than its team decided.
    /// So `build` stops as well.
    ///
    /// ## Example
    /// ```yaml rollbook.yaml
    /// titel: Retail rollout
    /// ```
    ///
    /// ## Use instead
    /// ```yaml rollbook.yaml
    /// title: Retail rollout
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INVALID = "settings/invalid", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let Some(file) = cx.site.settings else { return };
    for fault in &cx.site.config.faults {
        report(cx, file, fault);
    }
    for fault in &cx.policy.faults {
        report_policy(cx, file, fault);
    }
}

fn report(cx: &mut Context<'_>, file: FileId, fault: &ConfigFault) {
    let lang = cx.lang;
    match fault {
        ConfigFault::Syntax { message, span } => {
            let message = yaml_problem(lang, message);
            let message = say!(
                lang,
                en: "the settings are not YAML: {message}",
                es: "la configuración no es YAML: {message}",
                pt: "as configurações não são YAML: {message}"
            );
            cx.report(file, *span, message).help(one_key_a_line(lang));
        }
        ConfigFault::NotAMapping { found, span } => {
            let found = type_name(lang, *found);
            let message = say!(
                lang,
                en: "the settings must be keys with values; here stands {found}",
                es: "la configuración debe tener claves con valores; aquí hay {found}",
                pt: "as configurações devem ter chaves com valores; aqui há {found}"
            );
            cx.report(file, *span, message).help(one_key_a_line(lang));
        }
        ConfigFault::Field(fault) => report_field_fault(cx, file, fault),
    }
}

/// What is said of rules is judged by the catalogue.
fn report_policy(cx: &mut Context<'_>, file: FileId, fault: &PolicyFault) {
    let lang = cx.lang;
    match fault {
        PolicyFault::UnknownRule { written, nearest } => {
            let name = quoted(&written.value);
            let message = say!(
                lang,
                en: "there is no rule {name}",
                es: "no existe la regla {name}",
                pt: "não existe a regra {name}"
            );
            cx.report(file, written.span, message).help(nearest.as_ref().map(|nearest| did_you_mean(lang, nearest)));
        }
        PolicyFault::Protected { written } => {
            let name = quoted(&written.value);
            let message = say!(
                lang,
                en: "{name} cannot be changed: it is what watches over the settings",
                es: "{name} no se puede cambiar: es lo que vigila la configuración",
                pt: "{name} não pode ser mudada: é o que vigia as configurações"
            );
            cx.report(file, written.span, message).help(say!(
                lang,
                en: "remove the line",
                es: "quite la línea",
                pt: "remova a linha"
            ));
        }
        PolicyFault::Misplaced { option, place } => {
            let name = quoted(&option.value);
            let message = match place {
                Misplaced::Group => say!(
                    lang,
                    en: "a group of rules takes only `severity`; {name} belongs to one rule",
                    es: "un grupo de reglas solo acepta `severity`; {name} es propia de una regla",
                    pt: "um grupo de regras só aceita `severity`; {name} é própria de uma regra"
                ),
                Misplaced::Override => say!(
                    lang,
                    en: "only `severity` can differ by path; {name} holds for the whole site",
                    es: "solo `severity` puede variar según la ruta; {name} vale para todo el sitio",
                    pt: "só `severity` pode variar conforme o caminho; {name} vale para o site todo"
                ),
            };
            cx.report(file, option.span, message).help(say!(
                lang,
                en: "write it under the rule's own name in `rules:`",
                es: "escríbala bajo el nombre de la regla en `rules:`",
                pt: "escreva-a sob o nome da regra em `rules:`"
            ));
        }
        PolicyFault::Option(fault) => report_field_fault(cx, file, fault),
        PolicyFault::UnknownProfile { written, nearest } => {
            let name = quoted(&written.value);
            let message = say!(
                lang,
                en: "there is no profile {name}",
                es: "no existe el perfil {name}",
                pt: "não existe o perfil {name}"
            );
            let help = nearest.as_ref().map(|nearest| did_you_mean(lang, nearest));
            cx.report(file, written.span, message).help(help.unwrap_or_else(|| {
                say!(
                    lang,
                    en: "take `draft`, `golive` or `audit`, or describe your own under `profiles:`",
                    es: "use `draft`, `golive` o `audit`, o describa uno propio en `profiles:`",
                    pt: "use `draft`, `golive` ou `audit`, ou descreva um próprio em `profiles:`"
                )
            }));
        }
        PolicyFault::NoPaths { span } => {
            let message = say!(
                lang,
                en: "this override does not say for which `paths` it is",
                es: "esta excepción por ruta no dice para qué `paths` vale",
                pt: "esta exceção por caminho não diz para quais `paths` vale"
            );
            cx.report(file, *span, message).help(say!(
                lang,
                en: "write them as a list, for example `paths: [\"content/manuals/**\"]`",
                es: "escríbalas como lista, por ejemplo `paths: [\"content/manuales/**\"]`",
                pt: "escreva-os como lista, por exemplo `paths: [\"content/manuais/**\"]`"
            ));
        }
    }
}

fn one_key_a_line(lang: Lang) -> String {
    say!(
        lang,
        en: "write one `key: value` a line, for example `lang: en`",
        es: "escriba una `clave: valor` por línea, por ejemplo `lang: es`",
        pt: "escreva uma `chave: valor` por linha, por exemplo `lang: pt`"
    )
}
