//! `settings/invalid`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{field_fault, stands_first, type_name, yaml_problem};
use crate::config::ConfigFault;
use crate::fields::FieldFault;
use crate::lang::Lang;
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds everything that is wrong with `rollbook.yaml`: text that is not YAML, unknown keys, keys that stand twice, and
    /// values that a key does not take.
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
        ConfigFault::Field(fault) => {
            let (message, help) = field_fault(lang, fault);
            let finding = cx.report(file, place(fault), message).help(help);
            if let FieldFault::DuplicateKey { first, .. } = fault {
                finding.label(file, *first, stands_first(lang));
            }
        }
    }
}

const fn place(fault: &FieldFault) -> Span {
    match fault {
        FieldFault::DuplicateKey { again, .. } => *again,
        FieldFault::UnknownField { span, .. }
        | FieldFault::WrongType { span, .. }
        | FieldFault::MissingField { span, .. } => *span,
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
