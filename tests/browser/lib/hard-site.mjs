// A site with everything that is hard to lay out, to link, or to keep harmless. Only what a page says is odd: nothing in it
// stops a build.

const LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const LONG_KEY = "ENABLE_A_VERY_LONG_FLAG_NAME_THAT_NOBODY_SHOULD_HAVE_CHOSEN_BUT_SOMEBODY_DID";
const STATES = ["⏳ Pendiente", "🚧 En curso", "⚠️ En riesgo", "⛔ Bloqueado", "❌ Fallido", "✅ Completado", "N/A", "a medias quizás", "‚è≥", ""];
const OWNERS = ["QA Lead", "Ingeniería", "", "TBD", "Customer Success", "Equipo de datos y analítica comercial", "@devops"];

const page = (title, body, more = "") => `---\ntitle: ${JSON.stringify(title)}\n${more}---\n\n${body}\n`;

// 1600 by 200 points of grey, so that it is wider than any screen under test.
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAABkAAAADICAAAAACVVHL0AAAFrklEQVR42u3VMREAMAwDseAs4sIKAG8ZPKkMVOfu5xXeLzwODg4Ojq5jDMLBwcHBISAcHBwcHALisDg4ODgExCAcHBwcAmIQDg4ODg4B4eDg4OAQEIfFwcHBISAOi4ODg0NADMLBwcEhIAbh4ODg4BAQDg4ODg4BcVgcHBwcAmIQDg4ODgExCAcHB4eAGISDg4ODQ0A4ODg4OATEYXFwcHAIiEE4ODg4BMQgHBwcHAJiEA4ODg4OAeHg4ODgEBCHxcHBwSEgBuHg4OAQEINwcHBwCIhBODg4ODgEhIODg4NDQBwWBwcHh4AYhIODg0NADMLBwcEhIAbh4ODg4BAQDg4ODg4BcVgcHBwcAmIQDg4ODgExCAcHB4eAGISDg4ODQ0A4ODg4OATEYXFwcHAIiEE4ODg4BMQgHBwcHBwCwsHBwcEhIBwcHBwcAuKwODg4OATEIBwcHBwCYhAODg4ODgHh4ODg4BAQh8XBwcEhIAbh4ODgEBCDcHBwcAiIQTg4ODg4IiA+i4ODg4Pj8gSEg4ODg0NAODg4ODgExGFxcHBwCIhBODg4OATEIBwcHBwcAsLBwcHBISAOi4ODg0NAHBYHBweHgBiEg4ODQ0AMwsHBwcEhIBwcHBwcAuKwODg4OATEIBwcHBwCYhAODg4OATEIBwcHB4eAcHBwcHAIiMPi4ODgEBCDcHBwcAiIQTg4ODgExCAcHBwcHALCwcHBwSEgDouDg4NDQAzCwcHBISAG4eDg4BAQg3BwcHBwCAgHBwcHh4A4LA4ODg4BMQgHBweHgBiEg4ODQ0AMwsHBwcEhIBwcHBwcAuKwODg4OATEIBwcHBwCYhAODg4OATEIBwcHB4eAcHBwcHAIiMPi4ODgEBCDcHBwcAiIQTg4ODg4BISDg4ODQ0A4ODg4OATEYXFwcHAIiEE4ODg4BMQgHBwcHBwCwsHBwcEhIA6Lg4ODQ0AMwsHBwSEgBuHg4OAQEINwcHBwcGRAfBYHBwcHx+UJCAcHBweHgHBwcHBwCIjD4uDg4BAQg3BwcHAIiEE4ODg4OASEg4ODg0NAHBYHBweHgDgsDg4ODgExCAcHB4eAGISDg4ODQ0A4ODg4OATEYXFwcHAIiEE4ODg4BMQgHBwcHAJiEA4ODg4OAeHg4ODgEBCHxcHBwSEgBuHg4OAQEINwcHBwCIhBODg4ODgEhIODg4NDQBwWBwcHh4AYhIODg0NADMLBwcEhIAbh4ODg4BAQDg4ODg4BcVgcHBwcAmIQDg4ODgExCAcHB4eAGISDg4ODQ0A4ODg4OATEYXFwcHAIiEE4ODg4BMQgHBwcHAJiEA4ODg4OAeHg4ODgEBCHxcHBwSEgBuHg4OAQEINwcHBwcAgIBwcHB4eAcHBwcHAIiMPi4ODgEBCDcHBwcAiIQTg4ODg4BISDg4ODQ0AcFgcHB4eAGISDg4NDQAzCwcHBISAG4eDg4ODIgPgsDg4ODo7LExAODg4ODgHh4ODg4BAQh8XBwcEhIAbh4ODgEBCDcHBwcHAICAcHBweHgDgsDg4ODgFxWBwcHBwCYhAODg4OATEIBwcHB4eAcHBwcHAIiMPi4ODgEBCDcHBwcAiIQTg4ODgExCAcHBwcHALCwcHBwSEgDouDg4NDQAzCwcHBISAG4eDg4BAQg3BwcHBwCAgHBwcHh4A4LA4ODg4BMQgHBweHgBiEg4ODQ0AMwsHBwcEhIBwcHBwcAuKwODg4OATEIBwcHBwCYhAODg4OATEIBwcHB4eAcHBwcHAIiMPi4ODgEBCDcHBwcAiIQTg4ODgExCAcHBwcHALCwcHBwSEgDouDg4NDQAzCwcHBISAG4eDg4OAQEA4ODg4OAeHg4ODgEBCHxcHBwSEgBuHg4OAQEINwcHBwcAgIBwcHB4eAOCwODg4OATEIBwcHh4AYhIODg0NADMLBwcHBEW8B1UMrfc8eP9MAAAAASUVORK5CYII=", "base64");
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100"><script>alert("svg")</script><rect width="300" height="100" fill="#678"/></svg>`;

/** Names that need encoding in a URL, or look as if they did. */
export const ODD_NAMES = ["con espacios", "100% seguro", "nota #5", "¿cómo sigue?", "ñandú y café", "a&b", "%20", "comilla ' simple"];

/** What a hostile author may write. Each must stay text, or vanish. */
const HOSTILE = `
Texto <script>alert("bloque")</script> en la línea. <img src="imagen.svg" onerror="alert('img')" onload="alert('load')" alt="dibujo">

<script>alert("script"); document.title = "tomado"</script>

<iframe src="https://hostil.example/" srcdoc="<script>alert('iframe')</script>"></iframe>

<a href="javascript:alert('a')">enlace en bruto</a> <a href="jAvA&#x09;script:alert('b')">otro enlace en bruto</a>
<a href=" javascript:alert('c')">con espacio</a> <a href="data:text/html,<script>alert('d')</script>">datos</a>

[enlace](javascript:alert('e)) y [otro](<java	script:alert('f')>), [datos](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==), [vb](vbscript:msgbox)

![imagen](javascript:alert('g'))

<svg onload="alert('svg')"><use href="data:image/svg+xml,x"/></svg>

<style>body { display: none }</style> <form action="https://hostil.example/"><input autofocus onfocus="alert('foco')"></form>

<p style="position:fixed;inset:0" onmouseover="alert('p')" class="texto">Párrafo en bruto</p>

<details open ontoggle="alert('details')"><summary>Resumen</summary>Dentro</details>

</main></body></html> Después del cierre.

\`<script>alert("código")</script>\` y "\`onmouseover=alert(1)\`

| <script>alert("tabla")</script> | <b onclick="alert('b')">Negrita</b> |
|---|---|
| <img src=imagen.svg onerror=alert(1) onload=alert(2) alt=""> | {{ 7 * 7 }} {% raw %} |

{{ site.title }} {% include "base.html" %}
`;

/** The site as a map from path to text or bytes. */
export function hardSite() {
  const files = {
    "rollbook.yaml": `title: Libro difícil de maquetar con un título que no cabe en una línea de teléfono
description: Lo que es difícil de mostrar.
lang: es
base_url: https://libro.example/docs/x
edit_url: https://forja.example/edit/{path}
footer: "Pie con **negrita**, un [enlace](https://libro.example/)"
`,
    "content/_index.md": page("Inicio", `Vea el [índice de hermanas](hermanas/_index.md), la [tabla](anchos.md#tabla-de-doce-columnas) y las [rarezas](rarezas.md).`),

    "content/anchos.md": page(`Anchos: ${LONG_WORD}`, `
## Una palabra muy larga ${LONG_WORD}

${LONG_WORD}${LONG_WORD} y \`${"código_sin_espacios".repeat(8)}\` y https://libro.example/${"camino/".repeat(20)}fin

- ${LONG_WORD}
  - ${LONG_WORD}
    1. ${LONG_WORD}

> ${LONG_WORD}${LONG_WORD}

## Tabla de doce columnas

| ${Array.from({ length: 12 }, (_, n) => `Columna ${n + 1}`).join(" | ")} |
|${" --- |".repeat(10)} ---: | :---: |
${Array.from({ length: 8 }, (_, row) => `| ${Array.from({ length: 12 }, (_, n) => `Valor ${row}-${n} con texto`).join(" | ")} |`).join("\n")}

### Tabla con una palabra larga

| Palabra | Texto |
|---|---|
| ${LONG_WORD} | corto |
| \`${LONG_KEY}\` | ${LONG_WORD} |

## Código

\`\`\`bash
$ rollbook build --out ${"carpeta/".repeat(20)}
$ rollbook check
\`\`\`

\`\`\`console
$ echo uno
uno
$ echo dos
dos
\`\`\`

\`\`\`
sin idioma
\`\`\`

    con sangría

## Imágenes

![Una imagen ancha](datos/ancha.png)

![Un dibujo](<datos/con espacios/dibujo #1.svg> "Título del dibujo")

Una imagen ![en línea](datos/ancha.png) en el texto.
`),
    "content/datos/ancha.png": PNG,
    "content/datos/con espacios/dibujo #1.svg": SVG,
    "static/descargas/informe 100%.txt": "Informe\n",

    "content/rarezas.md": page("Rarezas <b>&amp; \"comillas\" 'simples'</b> | barra", `
Texto con una nota[^1], otra[^larga] y otra vez la primera[^1].

[^1]: La primera nota.
[^larga]: Una nota con \`código\`, un [enlace](anchos.md) y ${LONG_WORD}.

## Main

Un título que se llama como la parte principal de la página, y otros que se llaman como sus otras partes.

### Announce

### Site nav

### TOC title

## Repetido

## Repetido

## ¿Cuánto cuesta 100 % & <más>?

Un enlace a [ese título](#cuánto-cuesta-100---más) y al [segundo repetido](#repetido-1).

## \`código\` en un título con *énfasis* y un [enlace](anchos.md)

> [!NOTE]
> Una nota.

> [!TIP]
> Un consejo.

> [!IMPORTANT]
> Importante, con una lista:
>
> - uno
> - dos

> [!WARNING]
> Atención.

> [!CAUTION]
> ${LONG_WORD}

- [x] Hecho
- [ ] Por hacer, con un [enlace](anchos.md)
  - [ ] Anidado

Término
: Definición del término.

${LONG_WORD}
: Primera definición.
: Segunda definición, con un párrafo más.

    Otro párrafo.

Fórmula $a^2 + b^2 = c^2$ y un bloque: $$\\int_0^1 x\\,dx$$

Texto ~~tachado~~, H~2~O, <kbd>Ctrl</kbd>+<kbd>K</kbd>, <mark>marcado</mark>.

### Tercer nivel

#### Cuarto nivel

##### Quinto nivel

###### Sexto nivel

Enlaces que no llevan a ninguna parte: [página](no-existe.md), [fuera](../../fuera.md).

Un enlace externo: [ejemplo](https://libro.example/a?b=1&c=2#d), <https://libro.example/x>, correo <nadie@libro.example>.

[Informe](/descargas/informe%20100%25.txt)

${ODD_NAMES.map((name) => `- [${name}](<nombres raros/${name.replaceAll("%", "%25").replaceAll("#", "%23").replaceAll("?", "%3F")}.md>)`).join("\n")}
`, "aliases: [/viejo/rarezas, /otra parte/]\ntags: [uno, dos, tres]\nowner: QA Lead\nupdated: 2025-10-20\n"),

    "content/hostil.md": page("Hostil </title><script>alert('título')</script>", HOSTILE, "description: \"\\\"><script>alert('descripción')</script>\"\nowner: \"<img src=x onerror=alert('dueño')>\"\n"),
    "content/imagen.svg": SVG,
    "content/vacia.md": page("Vacía", ""),
    "content/borrador.md": page("Borrador", "Todavía no.", "draft: true\n"),
    "content/en-ingles.md": page("A page in English", "## Heading\n\nText.\n\n> [!TIP]\n> A tip.", "lang: en\n"),

    "content/hermanas/_index.md": page("Hermanas", "Sesenta páginas iguales."),
    "content/listas/_index.md": page("Listas", "Trescientos ítems en tres páginas."),
    "content/flags.md": page("Flags", `
| Flag | Descripción | Default | Observaciones |
|---|---|---|---|
| \`${LONG_KEY}\` | Un nombre que no cabe | \`false\` | ${LONG_WORD} |
| \`corto\` | <script>alert("flag")</script> | \`true\` (admin) | |
| \`CON.PUNTO-y-guion\` | Otro | | Ninguna |
`, "kind: flags\n"),
    "content/cambios.md": page("Cambios de flags", `
| Fecha | Flag | Alcance | Valor anterior | Valor nuevo | Quién | Motivo |
|---|---|---|---|---|---|---|
| 2025-10-06 | \`${LONG_KEY}\` | Piloto | \`false\` | \`true\` | DevOps | Comienza el piloto con ${LONG_WORD} |
| 2025-10-07 | \`corto\` | Todos | \`true\` | \`false\` | DevOps | Error <b onclick=alert(1)>grave</b><script>alert("motivo")</script> |
| ayer | \`NO_REGISTRADO\` | | | \`true\` | | |
`, "kind: flag-event\n"),
  };

  for (let n = 1; n <= 60; n++) files[`content/hermanas/hermana-${n}.md`] = page(`Hermana ${n}`, "Texto.");
  for (const name of ODD_NAMES) files[`content/nombres raros/${name}.md`] = page(name, `Vuelta a [rarezas](../rarezas.md#repetido). Un dibujo: ![dibujo](<../datos/con espacios/dibujo #1.svg>)\n\n## Título de «${name}»\n\nTexto.`);
  for (let depth = 1; depth <= 5; depth++) {
    const folder = Array.from({ length: depth }, (_, n) => `nivel-${n + 1}`).join("/");
    files[`content/${folder}/_index.md`] = page(`Nivel ${depth}`, depth === 1 ? `Ir al [fondo](${folder.replace("nivel-1", ".")}/nivel-2/nivel-3/nivel-4/nivel-5/fondo.md).` : `Subir a la [raíz](${"../".repeat(depth)}_index.md).`);
  }
  files["content/nivel-1/nivel-2/nivel-3/nivel-4/nivel-5/fondo.md"] = page("Fondo", "Desde aquí, las [rarezas](../../../../../rarezas.md#main).\n\n![ancha](../../../../../datos/ancha.png)");
  for (let list = 1; list <= 3; list++) {
    const row = (n) => `| Ítem ${list}-${n}: ${n % 25 === 0 ? LONG_WORD : "texto del ítem que hay que cerrar"} | ${OWNERS[n % OWNERS.length]} | ${STATES[(n * 7) % STATES.length]} | 2025-11-${String((n % 28) + 1).padStart(2, "0")} | ${n % 9 === 0 ? "[prueba](../rarezas.md)" : ""} |`;
    files[`content/listas/lista-${list}.md`] = page(`Lista ${list}`, `
| Ítem | Responsable | Estado | Fecha límite | Evidencia |
|---|---|---|---|---|
${Array.from({ length: 100 }, (_, n) => row(n + 1)).join("\n")}
`, "kind: checklist\n");
  }
  return files;
}
