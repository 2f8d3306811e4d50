//! Entities as a table that a person reads.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use crate::cli::list::Kind;
use crate::cli::list::record::{Field, Record};
use crate::lang::Lang;
use crate::say;
use crate::source::Sources;

/// A cell longer than this is cut: the whole stands in the file, and in JSON.
const WIDEST_CELL: usize = 52;
/// Between two columns.
const GAP: &str = "  ";

/// Writes a table with a line an entity, and how many there are.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    out: &mut impl Write,
    sources: &Sources,
    kind: Kind,
    records: &[Record],
    lang: Lang,
    colour: bool,
) -> io::Result<()> {
    let keys = columns(records);
    let mut rows = vec![header(&keys, lang)];
    rows.extend(records.iter().map(|record| row(sources, record, &keys)));
    if records.is_empty() {
        rows.clear();
    }
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..=keys.len()).map(width).collect();
    for (index, row) in rows.iter().enumerate() {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        let line = padded.collect::<Vec<_>>().join(GAP);
        let (on, off) = if colour && index == 0 { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        writeln!(out, "{on}{}{off}", line.trim_end())?;
    }
    if !records.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", count(kind, records, lang))
}

/// The keys of fields that any record has a value or a note for, in their order.
fn columns(records: &[Record]) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = Vec::new();
    let said = |field: &&Field| field.written.is_some() || field.note.is_some();
    for field in records.iter().flat_map(|record| record.fields.iter().filter(said)) {
        if !keys.contains(&field.key) {
            keys.push(field.key);
        }
    }
    keys
}

fn row(sources: &Sources, record: &Record, keys: &[&'static str]) -> Vec<String> {
    let position = sources[record.file].position(record.span.start as usize);
    let place = format!("{}:{}", sources[record.file].path, position.line);
    let cell = |key: &&'static str| {
        let field = record.fields.iter().find(|field| field.key == *key);
        field.map_or_else(String::new, shown)
    };
    std::iter::once(place).chain(keys.iter().map(cell)).collect()
}

/// As written, and how it was read.
fn shown(field: &Field) -> String {
    let written = field.written.as_deref().map(one_line).unwrap_or_default();
    match &field.note {
        Some(note) if written.is_empty() => one_line(note),
        Some(note) => format!("{} → {}", cut(&written), one_line(note)),
        None => cut(&written),
    }
}

fn one_line(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    if text.width() <= WIDEST_CELL {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + 2 > WIDEST_CELL {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

fn header(keys: &[&'static str], lang: Lang) -> Vec<String> {
    let place = say!(lang, en: "PLACE", es: "LUGAR", pt: "LUGAR");
    std::iter::once(place).chain(keys.iter().map(|key| label(key, lang).to_uppercase())).collect()
}

/// What a field is called.
fn label(key: &str, lang: Lang) -> String {
    match key {
        "item" => say!(lang, en: "item", es: "ítem", pt: "item"),
        "owner" => say!(lang, en: "owner", es: "responsable", pt: "responsável"),
        "status" => say!(lang, en: "status", es: "estado", pt: "status"),
        "phase" => say!(lang, en: "phase", es: "fase", pt: "fase"),
        "due" => say!(lang, en: "due", es: "vence", pt: "prazo"),
        "evidence" => say!(lang, en: "evidence", es: "evidencia", pt: "evidência"),
        "blocked_by" => say!(lang, en: "blocked by", es: "bloqueado por", pt: "bloqueado por"),
        "approver" => say!(lang, en: "approver", es: "aprobador", pt: "aprovador"),
        "reason" => say!(lang, en: "reason", es: "motivo", pt: "motivo"),
        "key" | "flag" => say!(lang, en: "flag", es: "flag", pt: "flag"),
        "default" => say!(lang, en: "default", es: "valor por defecto", pt: "valor padrão"),
        "description" => say!(lang, en: "description", es: "descripción", pt: "descrição"),
        "remarks" => say!(lang, en: "notes", es: "observaciones", pt: "observações"),
        "expires" => say!(lang, en: "expires", es: "expira", pt: "expira"),
        "date" => say!(lang, en: "date", es: "fecha", pt: "data"),
        "scope" => say!(lang, en: "scope", es: "alcance", pt: "escopo"),
        "from" => say!(lang, en: "before", es: "antes", pt: "antes"),
        "to" => say!(lang, en: "after", es: "después", pt: "depois"),
        "author" => say!(lang, en: "who", es: "quién", pt: "quem"),
        "name" => say!(lang, en: "name", es: "nombre", pt: "nome"),
        "window" => say!(lang, en: "when", es: "cuándo", pt: "quando"),
        "start" => say!(lang, en: "start", es: "inicio", pt: "início"),
        "end" => say!(lang, en: "end", es: "fin", pt: "fim"),
        "audience" => say!(lang, en: "audience", es: "audiencia", pt: "público"),
        "actions" => say!(lang, en: "actions", es: "acciones", pt: "ações"),
        "entry" => say!(lang, en: "entry criteria", es: "criterios de entrada", pt: "critérios de entrada"),
        "exit" => say!(lang, en: "exit criteria", es: "criterios de salida", pt: "critérios de saída"),
        "group" => say!(lang, en: "group", es: "grupo", pt: "grupo"),
        "source" => say!(lang, en: "source", es: "fuente", pt: "fonte"),
        "threshold" => say!(lang, en: "threshold", es: "umbral", pt: "limiar"),
        "trigger" => say!(lang, en: "trigger", es: "disparador", pt: "gatilho"),
        "step" => say!(lang, en: "step", es: "paso", pt: "passo"),
        "substeps" => say!(lang, en: "sub-steps", es: "subpasos", pt: "subpassos"),
        "message" => say!(lang, en: "message", es: "mensaje", pt: "mensagem"),
        "moment" => say!(lang, en: "moment", es: "momento", pt: "momento"),
        "channel" => say!(lang, en: "channel", es: "canal", pt: "canal"),
        "risk" => say!(lang, en: "risk", es: "riesgo", pt: "risco"),
        "probability" => say!(lang, en: "probability", es: "probabilidad", pt: "probabilidade"),
        "impact" => say!(lang, en: "impact", es: "impacto", pt: "impacto"),
        "score" => say!(lang, en: "score", es: "puntaje", pt: "pontuação"),
        "mitigation" => say!(lang, en: "mitigation", es: "mitigación", pt: "mitigação"),
        "subject" => say!(lang, en: "subject", es: "asunto", pt: "assunto"),
        "verdict" => say!(lang, en: "verdict", es: "decisión", pt: "decisão"),
        "title" => say!(lang, en: "title", es: "título", pt: "título"),
        "parts" => say!(lang, en: "parts", es: "partes", pt: "partes"),
        other => other.to_owned(),
    }
}

/// "7 items", "4 steps".
fn count(kind: Kind, records: &[Record], lang: Lang) -> String {
    // The record of a procedure as a whole is no step.
    let n = records.iter().filter(|record| kind != Kind::Rollback || record.id.is_some()).count();
    match (kind, n) {
        (Kind::Items, 1) => say!(lang, en: "1 item", es: "1 ítem", pt: "1 item"),
        (Kind::Items, _) => say!(lang, en: "{n} items", es: "{n} ítems", pt: "{n} itens"),
        (Kind::Flags, 1) => say!(lang, en: "1 flag", es: "1 flag", pt: "1 flag"),
        (Kind::Flags, _) => say!(lang, en: "{n} flags", es: "{n} flags", pt: "{n} flags"),
        (Kind::Events, 1) => say!(lang, en: "1 change", es: "1 cambio", pt: "1 mudança"),
        (Kind::Events, _) => say!(lang, en: "{n} changes", es: "{n} cambios", pt: "{n} mudanças"),
        (Kind::Phases, 1) => say!(lang, en: "1 phase", es: "1 fase", pt: "1 fase"),
        (Kind::Phases, _) => say!(lang, en: "{n} phases", es: "{n} fases", pt: "{n} fases"),
        (Kind::Criteria, 1) => say!(lang, en: "1 criterion", es: "1 criterio", pt: "1 critério"),
        (Kind::Criteria, _) => say!(lang, en: "{n} criteria", es: "{n} criterios", pt: "{n} critérios"),
        (Kind::Metrics, 1) => say!(lang, en: "1 metric", es: "1 métrica", pt: "1 métrica"),
        (Kind::Metrics, _) => say!(lang, en: "{n} metrics", es: "{n} métricas", pt: "{n} métricas"),
        (Kind::Rollback, 1) => say!(lang, en: "1 step", es: "1 paso", pt: "1 passo"),
        (Kind::Rollback, _) => say!(lang, en: "{n} steps", es: "{n} pasos", pt: "{n} passos"),
        (Kind::Communications, 1) => say!(lang, en: "1 communication", es: "1 comunicación", pt: "1 comunicação"),
        (Kind::Communications, _) => {
            say!(lang, en: "{n} communications", es: "{n} comunicaciones", pt: "{n} comunicações")
        }
        (Kind::Risks, 1) => say!(lang, en: "1 risk", es: "1 riesgo", pt: "1 risco"),
        (Kind::Risks, _) => say!(lang, en: "{n} risks", es: "{n} riesgos", pt: "{n} riscos"),
        (Kind::Decisions, 1) => say!(lang, en: "1 decision", es: "1 decisión", pt: "1 decisão"),
        (Kind::Decisions, _) => say!(lang, en: "{n} decisions", es: "{n} decisiones", pt: "{n} decisões"),
        (Kind::Reports, 1) => say!(lang, en: "1 report", es: "1 informe", pt: "1 relatório"),
        (Kind::Reports, _) => say!(lang, en: "{n} reports", es: "{n} informes", pt: "{n} relatórios"),
    }
}
