//! The generated plans: 5,000 checklist items in 1,000 files, as a large programme would keep them, one file a team and release.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

/// Items of one file.
const ITEMS: usize = 5;

const SETTINGS: &str = "title: Medición\nlang: es\n";
const OWNERS: [&str; 5] = ["QA Lead", "DevOps", "Soporte", "Producto", "Release Manager"];
const STATUSES: [&str; 5] = ["⏳", "En progreso", "✅", "Pendiente", "🛠️ En revisión"];
const WORK: [&str; 6] = [
    "Ciclos de QA completados",
    "Scripts de carga listos",
    "Flags configurados",
    "Manuales publicados",
    "Capacitación realizada",
    "Comunicaciones aprobadas",
];

/// Writes `count` files with their settings below `root`.
///
/// # Errors
/// When the disk does not do its part.
pub fn write(root: &Path, count: usize) -> anyhow::Result<()> {
    fs::create_dir_all(root.join("content"))?;
    fs::write(root.join("rollbook.yaml"), SETTINGS)?;
    (0..count).into_par_iter().try_for_each(|index| {
        let folder = root.join(format!("content/equipo-{:02}", index % 50));
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(format!("entrega-{index:04}.md")), page(index))?)
    })
}

fn page(index: usize) -> String {
    let mut page = format!(
        "---\ntitle: Entrega {index}\nkind: checklist\nowner: {}\n---\n\nLo que debe estar listo antes de abrir la entrega {index}.\n\n\
         ## Checklist de go-live\n\n| Ítem | Responsable | Estado | Fecha límite | Evidencia |\n|---|---|---|---|---|\n",
        OWNERS[index % OWNERS.len()]
    );
    for item in 0..ITEMS {
        let at = index * ITEMS + item;
        let (work, owner, status) = (WORK[at % WORK.len()], OWNERS[at % OWNERS.len()], STATUSES[at % STATUSES.len()]);
        let day = at % 28 + 1;
        let _ = writeln!(page, "| {work}, entrega {at} | {owner} | {status} | 2026-12-{day:02} | `informe-{at}` |");
    }
    page
}
