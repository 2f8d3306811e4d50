//! Phrases that several rules share.

use crate::fields::FieldType;
use crate::lang::Lang;
use crate::say;
use crate::yaml::TypeName;

/// "did you mean `x`?"
#[must_use]
pub fn did_you_mean(lang: Lang, word: &str) -> String {
    say!(lang, en: "did you mean `{word}`?", es: "¿quiso decir `{word}`?", pt: "você quis dizer `{word}`?")
}

/// What a field takes, in words.
#[must_use]
pub fn field_type(lang: Lang, takes: FieldType) -> String {
    match takes {
        FieldType::Text => say!(lang, en: "text", es: "un texto", pt: "um texto"),
        FieldType::Integer => say!(lang, en: "a whole number", es: "un número entero", pt: "um número inteiro"),
        FieldType::Bool => say!(lang, en: "`true` or `false`", es: "`true` o `false`", pt: "`true` ou `false`"),
        FieldType::Date => say!(
            lang,
            en: "a date such as `2025-10-20`",
            es: "una fecha como `2025-10-20`",
            pt: "uma data como `2025-10-20`"
        ),
        FieldType::TextList => say!(lang, en: "a list of texts", es: "una lista de textos", pt: "uma lista de textos"),
        FieldType::OneOf(words) => {
            let words = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            say!(lang, en: "one of {words}", es: "una de estas palabras: {words}", pt: "uma destas palavras: {words}")
        }
        FieldType::Map => say!(lang, en: "keys with values", es: "claves con valores", pt: "chaves com valores"),
        FieldType::MapList => say!(
            lang,
            en: "a list whose entries have keys",
            es: "una lista cuyas entradas tienen claves",
            pt: "uma lista cujas entradas têm chaves"
        ),
    }
}

/// What was written instead, in words.
#[must_use]
pub fn type_name(lang: Lang, found: TypeName) -> String {
    match found {
        TypeName::Null => say!(lang, en: "nothing", es: "nada", pt: "nada"),
        TypeName::Bool => say!(lang, en: "`true` or `false`", es: "`true` o `false`", pt: "`true` ou `false`"),
        TypeName::Number => say!(lang, en: "a number", es: "un número", pt: "um número"),
        TypeName::Text => say!(lang, en: "a text", es: "un texto", pt: "um texto"),
        TypeName::List => say!(lang, en: "a list", es: "una lista", pt: "uma lista"),
        TypeName::Map => say!(lang, en: "keys with values", es: "claves con valores", pt: "chaves com valores"),
    }
}
