//! Phrases that several rules share.

use crate::check::Context;
use crate::fields::{FieldFault, FieldType};
use crate::lang::Lang;
use crate::list_file::ListFault;
use crate::model::{ChecklistItem, Status};
use crate::say;
use crate::source::FileId;
use crate::words::nearest;
use crate::yaml::{TOO_MUCH, TypeName};

/// A name longer than this is cut in messages: it only has to be recognised.
const LONGEST_NAME: usize = 80;

/// A name from a document between backticks, on one line and not too long.
#[must_use]
pub fn quoted(name: &str) -> String {
    let name = name.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    match name.char_indices().nth(LONGEST_NAME) {
        Some((cut, _)) => format!("`{}…`", name[..cut].trim_end()),
        None => format!("`{name}`"),
    }
}

/// A checklist item by its text.
#[must_use]
pub fn item(lang: Lang, item: &ChecklistItem) -> String {
    match item.text.value.trim() {
        "" => say!(lang, en: "an item without text", es: "un ítem sin texto", pt: "um item sem texto"),
        text => quoted(text),
    }
}

/// Reports what is wrong with a file that is a list of mappings.
pub fn report_list_fault(cx: &mut Context<'_>, file: FileId, fault: &ListFault) {
    let lang = cx.lang;
    let help = say!(
        lang,
        en: "write a list: each entry begins with `- ` and has one `key: value` a line",
        es: "escriba una lista: cada entrada empieza con `- ` y tiene una `clave: valor` por línea",
        pt: "escreva uma lista: cada entrada começa com `- ` e tem uma `chave: valor` por linha"
    );
    match fault {
        ListFault::Syntax { message, span } => {
            let problem = yaml_problem(lang, message);
            let message = say!(
                lang,
                en: "this file is not YAML: {problem}",
                es: "este archivo no es YAML: {problem}",
                pt: "este arquivo não é YAML: {problem}"
            );
            cx.report(file, *span, message).help(help);
        }
        ListFault::NotAList { found, span } => {
            let found = type_name(lang, *found);
            let message = say!(
                lang,
                en: "this file must be a list; here stands {found}",
                es: "este archivo debe ser una lista; aquí hay {found}",
                pt: "este arquivo deve ser uma lista; aqui há {found}"
            );
            cx.report(file, *span, message).help(help);
        }
        ListFault::Field(fault) => report_field_fault(cx, file, fault),
    }
}

/// Reports what is wrong with a key or a value.
pub fn report_field_fault(cx: &mut Context<'_>, file: FileId, fault: &FieldFault) {
    let lang = cx.lang;
    let (message, help) = field_fault(lang, fault);
    let place = match fault {
        FieldFault::DuplicateKey { again, .. } => *again,
        FieldFault::UnknownField { span, .. }
        | FieldFault::WrongType { span, .. }
        | FieldFault::MissingField { span, .. } => *span,
    };
    let finding = cx.report(file, place, message).help(help);
    if let FieldFault::DuplicateKey { first, .. } = fault {
        finding.label(file, *first, stands_first(lang));
    }
}

/// What is wrong with a key or a value, and what to write instead.
#[must_use]
pub fn field_fault(lang: Lang, fault: &FieldFault) -> (String, Option<String>) {
    match fault {
        FieldFault::DuplicateKey { key, .. } => {
            let key = quoted(key);
            (
                say!(
                    lang,
                    en: "the key {key} stands twice; only the first value counts",
                    es: "la clave {key} aparece dos veces; solo cuenta el primer valor",
                    pt: "a chave {key} aparece duas vezes; só o primeiro valor conta"
                ),
                Some(say!(
                    lang,
                    en: "keep the right one and remove the other",
                    es: "conserve la correcta y quite la otra",
                    pt: "mantenha a correta e remova a outra"
                )),
            )
        }
        FieldFault::UnknownField { key, nearest, .. } => {
            let key = quoted(key);
            (
                say!(lang, en: "unknown key {key}", es: "clave desconocida {key}", pt: "chave desconhecida {key}"),
                Some(nearest.map_or_else(|| remove_key(lang), |nearest| did_you_mean(lang, nearest))),
            )
        }
        FieldFault::MissingField { field, within, .. } => (
            say!(
                lang,
                en: "this entry of `{within}` has no `{field}`, so nobody can tell what it is about",
                es: "esta entrada de `{within}` no tiene `{field}`: no se sabe de qué trata",
                pt: "esta entrada de `{within}` não tem `{field}`: não se sabe de que trata"
            ),
            Some(say!(
                lang,
                en: "add the key: `{field}: …`",
                es: "agregue la clave: `{field}: …`",
                pt: "acrescente a chave: `{field}: …`"
            )),
        ),
        FieldFault::WrongType { field, expected, found, written, .. } => {
            let takes = field_type(lang, *expected);
            let found = match written {
                Some(written) => quoted(written),
                None => type_name(lang, *found),
            };
            let message = say!(
                lang,
                en: "`{field}` cannot be {found}: it takes {takes}",
                es: "`{field}` no puede ser {found}: espera {takes}",
                pt: "`{field}` não pode ser {found}: espera {takes}"
            );
            (
                message,
                written
                    .as_deref()
                    .and_then(|written| nearest_word(*expected, written))
                    .map(|it| did_you_mean(lang, it)),
            )
        }
    }
}

fn remove_key(lang: Lang) -> String {
    say!(
        lang,
        en: "remove it, or correct its name",
        es: "quítela, o corrija su nombre",
        pt: "remova-a, ou corrija o nome"
    )
}

/// What the YAML parser stumbled over. The mistakes that people make have words of their own; the rest is in the parser's.
#[must_use]
pub fn yaml_problem(lang: Lang, message: &str) -> String {
    let has = |words: &str| message.contains(words);
    if has("mapping values are not allowed") {
        say!(
            lang,
            en: "there is a second colon in a text without quotes",
            es: "hay un segundo signo de dos puntos en un texto sin comillas",
            pt: "há um segundo sinal de dois-pontos em um texto sem aspas"
        )
    } else if has("unclosed bracket") {
        say!(
            lang,
            en: "a bracket or brace is never closed",
            es: "un corchete o una llave no se cierra",
            pt: "um colchete ou uma chave não é fechada"
        )
    } else if has("unclosed quote") {
        say!(
            lang,
            en: "a quote is never closed",
            es: "unas comillas no se cierran",
            pt: "as aspas não são fechadas"
        )
    } else if has(" tab") {
        say!(
            lang,
            en: "there is a tab where YAML wants spaces",
            es: "hay un tabulador donde YAML pide espacios",
            pt: "há uma tabulação onde o YAML pede espaços"
        )
    } else if message == TOO_MUCH {
        say!(
            lang,
            en: "it is too large or nested too deep",
            es: "es demasiado grande o demasiado profundo",
            pt: "é grande ou profundo demais"
        )
    } else {
        quoted(message)
    }
}

/// The note at the first of two equal keys.
#[must_use]
pub fn stands_first(lang: Lang) -> String {
    say!(lang, en: "it stands here first", es: "aparece primero aquí", pt: "aparece primeiro aqui")
}

/// The word of a list that was probably meant.
fn nearest_word(expected: FieldType, written: &str) -> Option<&'static str> {
    match expected {
        // In YAML many write `no` for "off".
        FieldType::OneOf(words) if matches!(written, "no" | "false") && words.contains(&"off") => Some("off"),
        FieldType::OneOf(words) => nearest(&written.to_lowercase(), words.iter().copied()),
        _ => None,
    }
}

/// What to do about a file that is not there and resembles none.
#[must_use]
pub fn add_it(lang: Lang) -> String {
    say!(
        lang,
        en: "add the file, or correct the path",
        es: "agregue el archivo, o corrija la ruta",
        pt: "acrescente o arquivo, ou corrija o caminho"
    )
}

/// A status in words.
#[must_use]
pub fn status(lang: Lang, status: Status) -> String {
    match status {
        Status::Pending => say!(lang, en: "pending", es: "pendiente", pt: "pendente"),
        Status::InProgress => say!(lang, en: "in progress", es: "en progreso", pt: "em andamento"),
        Status::AtRisk => say!(lang, en: "at risk", es: "en riesgo", pt: "em risco"),
        Status::Blocked => say!(lang, en: "blocked", es: "bloqueado", pt: "bloqueado"),
        Status::Failed => say!(lang, en: "failed", es: "fallido", pt: "falhou"),
        Status::Done => say!(lang, en: "done", es: "hecho", pt: "concluído"),
        Status::NotApplicable => say!(lang, en: "not applicable", es: "no aplica", pt: "não se aplica"),
    }
}

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
        FieldType::IntegerIn(first, last) => say!(
            lang,
            en: "a whole number from {first} to {last}",
            es: "un número entero de {first} a {last}",
            pt: "um número inteiro de {first} a {last}"
        ),
        FieldType::Bool => say!(lang, en: "`true` or `false`", es: "`true` o `false`", pt: "`true` ou `false`"),
        FieldType::Date => say!(
            lang,
            en: "a date such as `2025-10-20`",
            es: "una fecha como `2025-10-20`",
            pt: "uma data como `2025-10-20`"
        ),
        FieldType::TextList => say!(lang, en: "a list of texts", es: "una lista de textos", pt: "uma lista de textos"),
        FieldType::PathPart => say!(
            lang,
            en: "a name without slashes",
            es: "un nombre sin barras",
            pt: "um nome sem barras"
        ),
        FieldType::Folder => say!(
            lang,
            en: "a folder inside the repository, such as `content`",
            es: "una carpeta dentro del repositorio, como `content`",
            pt: "uma pasta dentro do repositório, como `content`"
        ),
        FieldType::PathPattern => say!(
            lang,
            en: "paths below the root, such as `content/plan.md` or `content/manuals/**`",
            es: "rutas bajo la raíz, como `content/plan.md` o `content/manuales/**`",
            pt: "caminhos abaixo da raiz, como `content/plan.md` ou `content/manuais/**`"
        ),
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
