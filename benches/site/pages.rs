//! The generated pages: the same bytes on every machine and in every run, and page `n` the same in a small site and in a large one.
//!
//! A page has about 600 words, a table, two blocks of code and five links that resolve. Every hundredth page is a checklist and
//! every hundredth a registry of flags, so that the plan has something to hold.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

/// Pages of one section, its own page included.
const SECTION: usize = 20;
/// Sections directly below another one.
const FAN_OUT: usize = 8;
/// Every page has a heading with this anchor, so that links can lead to it.
const ANCHOR: &str = "pasos";

const SETTINGS: &str = "title: Medición\ndescription: Páginas generadas para medir la velocidad.\nlang: es\n";

const WORDS: &[&str] = &[
    "la",
    "caja",
    "de",
    "cada",
    "tienda",
    "recibe",
    "el",
    "precio",
    "nuevo",
    "cuando",
    "catálogo",
    "termina",
    "carga",
    "y",
    "equipo",
    "revisa",
    "los",
    "datos",
    "antes",
    "abrir",
    "venta",
    "the",
    "release",
    "manager",
    "keeps",
    "a",
    "plan",
    "for",
    "every",
    "store",
    "and",
    "writes",
    "down",
    "what",
    "changed",
    "importación",
    "archivo",
    "columna",
    "código",
    "barras",
    "talla",
    "color",
    "modelo",
    "marca",
    "proveedor",
    "depósito",
    "inventario",
    "ajuste",
    "que",
    "con",
    "por",
    "sin",
    "una",
    "versión",
    "anterior",
    "queda",
    "guardada",
    "support",
    "reads",
    "this",
    "page",
    "first",
    "then",
    "asks",
    "in",
    "channel",
    "operación",
    "turno",
    "mañana",
    "cierre",
    "diario",
    "reporte",
    "muestra",
    "diferencia",
    "entre",
    "ventas",
    "facturas",
    "usuario",
    "permiso",
    "pantalla",
    "botón",
    "mensaje",
    "error",
    "línea",
    "servidor",
    "latency",
    "stays",
    "below",
    "limit",
    "while",
    "traffic",
    "moves",
    "slowly",
    "from",
    "one",
    "region",
    "to",
    "next",
    "sucursal",
    "piloto",
    "semana",
    "prueba",
    "capacitación",
    "manual",
    "ejemplo",
    "paso",
    "siguiente",
    "dueño",
    "evidencia",
    "fecha",
    "acordada",
    "comité",
    "decide",
];

const TITLES: &[&str] = &[
    "Carga de productos",
    "Cierre de caja",
    "Price lists",
    "Tallas y colores",
    "Devoluciones",
    "Stock transfers",
    "Códigos de barras",
    "Store opening",
    "Importar proveedores",
    "Permisos de usuario",
    "Daily report",
    "Garantías",
];

const OWNERS: &[&str] = &["QA Lead", "DevOps", "Soporte", "Producto", "Release Manager"];
const STATUSES: &[&str] = &["Pendiente", "En progreso", "Listo", "Bloqueado"];

/// Writes a site of `count` pages with its settings below `root`.
///
/// # Errors
/// When the disk does not do its part.
pub fn write(root: &Path, count: usize) -> anyhow::Result<()> {
    fs::create_dir_all(root)?;
    fs::write(root.join("rollbook.yaml"), SETTINGS)?;
    (0..count).into_par_iter().try_for_each(|index| {
        let path = root.join("content").join(path(index));
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, page(index))?;
        Ok(())
    })
}

/// Where a page stands below the content folder. Sections are numbered like the nodes of a heap, so that a larger site has more
/// sections and deeper ones, and each page keeps its place.
#[must_use]
pub fn path(index: usize) -> String {
    let Some(below_home) = index.checked_sub(1) else { return "_index.md".to_owned() };
    let (section, place) = (below_home / SECTION, below_home % SECTION);
    let file = if place == 0 { "_index.md".to_owned() } else { format!("pagina-{place:02}.md") };
    format!("{}{file}", folder(section))
}

fn folder(section: usize) -> String {
    let above = (section / FAN_OUT).checked_sub(1).map(folder).unwrap_or_default();
    format!("{above}seccion-{section:03}/")
}

/// The link from one page's source to another's.
fn link(from: usize, to: usize) -> String {
    let (from, to) = (path(from), path(to));
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (folders(&from), folders(&to));
    let shared = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - 1 - shared), to[shared..].join("/"))
}

fn page(index: usize) -> String {
    let mut random = Random(index as u64);
    match index % 100 {
        49 => checklist(index, &mut random),
        99 => flags(index, &mut random),
        _ => ordinary(index, &mut random),
    }
}

fn ordinary(index: usize, random: &mut Random) -> String {
    let mut page = front_matter(index, None, random);
    page.push_str(&paragraph(index, 80, true, random));
    let _ = write!(page, "## {} y contexto\n\n", random.pick(TITLES));
    page.push_str(&paragraph(index, 90, true, random));
    page.push_str("| Campo | Tipo | Ejemplo | Nota |\n|---|---|---:|---|\n");
    for _ in 0..6 {
        let (field, note) = (random.pick(WORDS), random.pick(WORDS));
        let _ = writeln!(page, "| `{field}` | texto | {} | {note} {} |", random.below(10_000), random.pick(WORDS));
    }
    page.push_str("\n## Pasos\n\n");
    for step in 1..=4 {
        let _ = writeln!(page, "{step}. {}", sentence(9, random));
    }
    page.push('\n');
    page.push_str(&paragraph(index, 90, true, random));
    let (store, limit) = (random.below(500), random.below(90));
    let _ = write!(page, "```yaml\ntienda: {store}\nlimite: {limit}\nmodo: piloto\n# {}\n```\n\n", sentence(6, random));
    let _ = write!(page, "### {}\n\n", random.pick(TITLES));
    page.push_str(&paragraph(index, 100, true, random));
    let _ = write!(
        page,
        "```sh\n./importar.sh --tienda {store} \\\n  --archivo \"precios-{limit}.csv\" && echo listo\n```\n\n"
    );
    page.push_str("## Detalle\n\n");
    page.push_str(&paragraph(index, 100, true, random));
    page.push_str(&paragraph(index, 80, false, random));
    page
}

fn checklist(index: usize, random: &mut Random) -> String {
    let mut page = front_matter(index, Some("checklist"), random);
    page.push_str("## Pasos\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n");
    for _ in 0..12 {
        let _ = writeln!(page, "| {} | {} | {} |", sentence(6, random), random.pick(OWNERS), random.pick(STATUSES));
    }
    page
}

fn flags(index: usize, random: &mut Random) -> String {
    let mut page = front_matter(index, Some("flags"), random);
    page.push_str("## Pasos\n\n| Flag | Descripción | Valor por defecto |\n|---|---|---|\n");
    for flag in 0..6 {
        let _ = writeln!(page, "| `ENABLE_{index}_{flag}` | {} | `false` |", sentence(6, random));
    }
    page
}

fn front_matter(index: usize, kind: Option<&str>, random: &mut Random) -> String {
    let mut page = format!("---\ntitle: {} {index}\n", random.pick(TITLES));
    let _ = writeln!(page, "description: {}", sentence(8, random).trim_end_matches('.'));
    if let Some(kind) = kind {
        let _ = writeln!(page, "kind: {kind}\nowner: QA Lead");
    }
    page.push_str("---\n\n");
    page
}

/// About `words` words in sentences, with emphasis, a code span and, if wanted, a link to an earlier page.
fn paragraph(index: usize, words: usize, with_link: bool, random: &mut Random) -> String {
    let mut text = String::new();
    let mut left = words;
    while left > 12 {
        let length = 8 + random.below(8);
        text.push_str(&sentence(length, random));
        text.push(if random.below(3) == 0 { '\n' } else { ' ' });
        left = left.saturating_sub(length);
    }
    let _ = write!(text, "Ver **{}** y `{}`", random.pick(WORDS), random.pick(WORDS));
    if with_link {
        // Earlier pages, and those that the smallest site has too.
        let to = random.below(index.max(SECTION));
        let _ = write!(text, " en [{}]({}#{ANCHOR})", random.pick(TITLES), link(index, to));
    }
    text.push_str(".\n\n");
    text
}

fn sentence(words: usize, random: &mut Random) -> String {
    let mut text = String::new();
    for at in 0..words {
        let word = random.pick(WORDS);
        match at {
            0 => text.extend(word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1))),
            5 => text.push_str(&format!(", {word}")),
            _ => text.push_str(&format!(" {word}")),
        }
    }
    text.push('.');
    text
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick(&mut self, from: &'static [&'static str]) -> &'static str {
        from[self.below(from.len())]
    }
}
