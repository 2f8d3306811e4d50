// What people look for, and what they must find first: the path and anchor of the first result. A query may have several right
// answers; then the one that most people mean stands here.

/** In this repository's own rollout, in Spanish. */
export const RETAIL = [
  // Words of titles, in any form, with and without accents.
  ["rollback", "rollback.html"],
  ["metricas", "metricas.html"],
  ["Métricas", "metricas.html"],
  ["riesgo", "riesgos.html"],
  ["comunicaciones", "comunicaciones.html"],
  ["capacitar", "manuales/capacitacion.html"],
  ["calzado", "manuales/calzado.html"],
  ["ferreteria", "manuales/ferreteria.html"],
  ["manual de moda", "manuales/moda.html"],
  ["importar", "manuales/importacion-exportacion.html"],
  ["exportaciones", "manuales/importacion-exportacion.html"],
  ["plan de comunicación", "comunicaciones.html"],
  ["historial de flags", "flags/historial.html"],
  ["revisiones", "rollout/history.html"],
  // While it is typed.
  ["ferret", "manuales/ferreteria.html"],
  ["capac", "manuales/capacitacion.html"],
  ["procedimiento de roll", "rollback.html"],
  // Headings and items, found at their anchors.
  ["curva de talla", "manuales/moda.html#reparta-una-compra-con-una-curva-de-talla"],
  ["numero de serie", "manuales/tecnologia.html#registre-una-venta-con-número-de-serie"],
  ["garantia", "manuales/tecnologia.html#atienda-una-garantía"],
  ["csv o xlsx", "manuales/importacion-exportacion.html#csv-o-xlsx"],
  ["piloto ampliado", "fases.html#piloto-ampliado-semana-2-3"],
  ["scripts de seeds", "checklist.html#scripts-de-seeds-y-rollback-listos"],
  ["qa pendiente", "checklist.html#qa-cycles-completados-plan-qa"],
  ["steering", "cierre.html#qué-mira-steering"],
  // Flags, whole, by their parts, and while they are typed.
  ["ENABLE_VERTICAL_PROFILES", "rollout/flags/ENABLE_VERTICAL_PROFILES.html"],
  ["enable_vertical_pro", "rollout/flags/ENABLE_VERTICAL_PROFILES.html"],
  ["assistant verticals", "rollout/flags/ENABLE_ASSISTANT_VERTICALS.html"],
  ["dashboard charts", "rollout/flags/DASHBOARD_CHARTS.html"],
  // Words of the text alone.
  ["backups", "rollback.html"],
  ["NPS", "fases.html#piloto-ampliado-semana-2-3"],
  ["looker", "metricas.html"],
  // Slips of the finger.
  ["ferretría", "manuales/ferreteria.html"],
  ["asistnte", "manuales/asistente.html"],
  ["rolback", "rollback.html"],
];

/** In Rollbook's own manual, in English. */
export const MANUAL = [
  ["preview", "preview.html"],
  ["settings", "settings.html"],
  ["themes", "themes.html"],
  ["search", "search.html"],
  ["getting started", "getting-started.html"],
  ["write pages", "writing-pages.html"],
  ["checklist/missing-owner", "rules/checklist/missing-owner.html"],
  ["broken file", "rules/links/broken-file.html"],
  ["expired flag", "rules/flags/expired.html"],
  ["exit codes", "checking.html#exit-codes"],
  ["front matter", "writing-pages.html#front-matter"],
  ["raw html", "writing-pages.html#raw-html"],
  ["github", "ci.html#github"],
  ["rollbook snapshot", "commands.html#rollbook-snapshot"],
  ["keep a revision", "history.html#keeping-a-revision"],
  ["let findings pass", "waivers.html"],
  ["revision format", "revision-format.html"],
  ["stale baseline", "rules/baseline/stale.html"],
  ["trusted templates", "settings.html#who-is-trusted"],
  ["fixes", "fixing.html"],
  ["checklsits", "checklists-and-flags.html"],
];
