// The search's engine: loads the parts of the index that a query needs, ranks pages, and finds in their texts what to show.
// The index is made by src/render/search/; its formats are described in number.rs, shards.rs and files.rs there.
(function () {
  "use strict";

  // What a word says about a page, by the level that the index gives it: seven for text, two for items, three for headings, four for titles.
  const VALUES = [0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2.6, 3, 3.8, 4.4, 5, 8, 9, 10, 12];
  const EXACT = 1, FAMILY = 0.8, GUESSED_FAMILY = 0.7, PREFIX = 0.5, TYPO = 0.6;
  const HITS = 4;
  const EXCERPT = 170;

  const root = new URL("..", document.currentScript.src);
  const lang = document.documentElement.lang;
  const arrived = new Map();
  let files = new Map();
  let whole = null;

  // --- Loading: a page that was opened from disk may load scripts and nothing else, and so the index is made of scripts. ---

  class Stale extends Error {}

  function request(name, version) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const failed = () => { script.remove(); reject(new Error("no " + script.src)); };
      script.src = new URL("search/" + name + ".js" + (version ? "?" + version : ""), root).href;
      script.onload = () => { script.remove(); if (arrived.has(name)) resolve(arrived.get(name)); else failed(); };
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function receive(name, build, data) {
    arrived.set(name, { build, data });
  }

  /** The list of what there is. */
  function index(version) {
    if (!whole) {
      whole = request("index", version).then(({ build, data }) => {
        const texts = [];
        const read = reader(data.texts);
        for (let page = 0; read.more(); page += texts.at(-1).count) texts.push({ from: page, count: read.number() });
        return Object.assign(data, { build, texts, langs: data.langs.flatMap(([code, count]) => Array(count).fill(code)) });
      });
      whole.catch(() => { whole = null; });
    }
    return whole;
  }

  /** A part of the index. One of another build means that the site was built again while this page was open. */
  async function part(name, decode) {
    const { build } = await index();
    if (!files.has(name)) {
      const file = request(name, build).then((file) => {
        arrived.delete(name);
        if (file.build !== build) throw new Stale(file.build);
        return decode(file.data);
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  }

  function forget() {
    files = new Map();
    whole = null;
  }

  // The preview has put a newer reading of the page in its place: the index is another one too.
  document.addEventListener("rollbook:update", forget);

  /** Does something with the index, and once more with the new one if the site was built again. */
  async function fresh(work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      forget();
      await index(error.message);
      return work();
    }
  }

  // --- Reading: numbers in base 93, words that share their beginnings. ---

  function reader(text) {
    let at = 0;
    const digit = () => { const code = text.charCodeAt(at++) - 32; return code - (code > 2) - (code > 60); };
    const digits = (count) => { let number = 0; while (count--) number = number * 93 + digit(); return number; };
    return {
      more: () => at < text.length,
      text: (units) => text.slice(at, (at += units)),
      number() {
        const first = digit();
        if (first < 64) return first;
        if (first < 90) return 64 + (first - 64) * 93 + digit();
        return first === 90 ? 2482 + digits(2) : first === 91 ? 11131 + digits(3) : 815488 + digits(5);
      },
    };
  }

  function terms(text) {
    const read = reader(text);
    const found = [];
    let word = "";
    while (read.more()) {
      word = word.slice(0, read.number());
      word += read.text(read.number());
      const stems = [];
      let code;
      do {
        code = read.number();
        stems.push(code & 2 ? read.text(code >> 2) : word.slice(0, word.length - (code >> 2)));
      } while (code & 1);
      found.push({ word, stems, postings: read.text(read.number()) });
    }
    return found;
  }

  function eachPage(term, visit) {
    const read = reader(term.postings);
    let page = -1;
    while (read.more()) {
      const number = read.number();
      page += (number >> 4) + 1;
      visit(page, VALUES[number & 15]);
    }
  }

  // --- Words: the same as in src/render/search/tokens.rs. ---

  const TOKEN = /[\p{Alphabetic}\p{N}\p{M}_]+/gu;
  const UNSPACED = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]+";
  const ANY_UNSPACED = new RegExp(UNSPACED, "u");
  const RUNS = new RegExp(UNSPACED + "|(?:(?!" + UNSPACED + ").)+", "gu");

  function fold(text) {
    const folded = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[\u0300-\u036f]/g, "").replace(/ς/g, "σ");
    return folded.length > 40 ? Array.from(folded).slice(0, 40).join("") : folded;
  }

  /** The words of a token: `whole`, where it is one word or has a name of its own, and its `parts`. */
  function words(token) {
    if (ANY_UNSPACED.test(token)) {
      const parts = token.match(RUNS).flatMap((run) => {
        if (!ANY_UNSPACED.test(run)) { const { whole, parts } = words(run); return [whole, ...parts]; }
        const signs = Array.from(run.normalize("NFKD").toLowerCase());
        return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
      });
      return { whole: "", parts };
    }
    const parts = token.replace(/([\p{Lowercase}\p{N}])(?=\p{Uppercase})/gu, "$1_").split("_").filter(Boolean);
    return { whole: fold(token), parts: parts.length > 1 ? parts.map(fold) : [] };
  }

  function* tokens(text) {
    for (const { 0: run, index } of text.matchAll(TOKEN)) {
      const token = run.replace(/^_+|_+$/g, "");
      if (token) yield { token, at: index + run.indexOf(token) };
    }
  }

  // --- Finding: for each word of the query the words of the index that answer it, and from them the pages. ---

  function shardOf(starts, word) {
    let at = starts.length - 1;
    while (at > 0 && starts[at] > word) at--;
    return at;
  }

  /** The terms among which a word's answers are: those that begin like it. */
  async function near(word) {
    const { terms: starts } = await index();
    if (!starts.length) return [];
    const beginning = Array.from(word).slice(0, 4).join("");
    const at = shardOf(starts, word);
    const from = Math.max(at - 1, shardOf(starts, beginning));
    const to = Math.min(at + 1, shardOf(starts, beginning + "\uffff"));
    const shards = [];
    for (let shard = from; shard <= to; shard++) shards.push(part("terms-" + shard, terms));
    return (await Promise.all(shards)).flat();
  }

  function isOneEditAway(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start++;
    const rest = (word, skip) => word.slice(start + skip);
    const swapped = a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2);
    return swapped || rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
  }

  /** The terms that answer a word, with how well they do. */
  function answers(word, terms, isLast) {
    const exact = terms.find((term) => term.word === word);
    const isFamily = (term) => term.stems.some((stem) => exact
      ? exact.stems.includes(stem)
      : stem.length > 2 && stem.length * 2 >= word.length && word.length - stem.length < 6 && word.startsWith(stem));
    const weight = (term) => {
      if (term === exact) return EXACT;
      if (isFamily(term)) return exact ? FAMILY : GUESSED_FAMILY;
      if (!term.word.startsWith(word) || (word.length < 2 && !isLast)) return 0;
      return (isLast ? PREFIX : 0.7 * PREFIX) + (0.2 * word.length) / term.word.length;
    };
    const found = terms.map((term) => ({ term, weight: weight(term) })).filter((answer) => answer.weight);
    if (exact || word.length < 5 || found.some(({ term }) => term.word.startsWith(word))) return found;
    const meant = new Set(terms.filter((term) => isOneEditAway(word, term.word)).flatMap((term) => term.stems));
    if (!meant.size) return found;
    const slips = terms.filter((term) => term.stems.some((stem) => meant.has(stem)));
    return slips.map((term) => ({ term, weight: TYPO })).concat(found.map(({ term }) => ({ term, weight: TYPO / 2 })));
  }

  /** Words that say nothing in the reader's language. */
  async function stopWords() {
    return new Set(((await index()).stop[lang] || "").split(" "));
  }

  /** The words of a query, each with its answers. A name in parts is looked for whole, and by its parts where nothing has that name. */
  async function ask(query) {
    const stops = await stopWords();
    let asked = Array.from(tokens(query), ({ token }) => words(token));
    const telling = asked.filter(({ whole }) => !stops.has(whole));
    if (telling.length) asked = telling;
    const found = asked.map(async ({ whole, parts }, at) => {
      const isLast = at === asked.length - 1 && !/\s$/.test(query);
      const look = async (word) => ({ word, answers: answers(word, await near(word), isLast) });
      const named = whole && await look(whole);
      return named && (named.answers.length || !parts.length) ? [named] : Promise.all(parts.map(look));
    });
    return (await Promise.all(found)).flat();
  }

  function rank(asked, { pages: count, langs }) {
    const pages = new Map();
    for (const word of asked) {
      const best = new Map();
      const sure = new Set();
      for (const { term, weight } of word.answers) {
        eachPage(term, (page, value) => {
          if (weight >= GUESSED_FAMILY) sure.add(page);
          best.set(page, Math.max(best.get(page) || 0, weight * value));
        });
      }
      const known = sure.size || best.size;
      word.rarity = Math.log(1 + (count - known + 0.5) / (known + 0.5));
      for (const [number, value] of best) {
        const page = pages.get(number) || { number, score: 0, found: 0, own: langs[number] === lang };
        page.score += word.rarity * value;
        page.found++;
        pages.set(number, page);
      }
    }
    for (const page of pages.values()) {
      page.all = page.found === asked.length;
      page.score *= (page.found / asked.length) ** 2;
    }
    return [...pages.values()].sort(order);
  }

  const order = (a, b) => b.all - a.all || b.own - a.own || b.score - a.score || a.number - b.number;

  /** Ranks the pages for a query. */
  function find(query) {
    return fresh(async () => {
      const asked = await ask(query);
      const answered = new Map();
      asked.forEach(({ answers }, at) => answers.forEach(({ term, weight }) => {
        const known = answered.get(term.word);
        if (!known || known.weight < weight) answered.set(term.word, { at, weight });
      }));
      return { asked, answered, stops: await stopWords(), pages: rank(asked, await index()) };
    });
  }

  // --- Showing: what of a page's text answers the query. ---

  /** Where a text answers the query: the place, the word of the query, how well, and the number of the token among those that count. */
  function* matches(text, { answered, stops }) {
    let number = 0;
    for (const { token, at } of tokens(text)) {
      const { whole, parts } = words(token);
      const answer = whole && answered.get(whole);
      if (answer) yield { from: at, to: at + token.length, number, ...answer };
      else if (parts.length) {
        const low = token.toLowerCase();
        let from = 0;
        for (const part of parts) {
          const start = low.indexOf(part, from);
          const found = answered.get(part);
          if (start >= 0 && found) yield { from: at + start, to: at + start + part.length, number, ...found };
          else if (found) yield { from: at, to: at + token.length, number, ...found };
          // Pairs of signs overlap.
          from = Math.max(from, start + (whole ? part.length : 1));
        }
      }
      if (!stops.has(whole)) number++;
    }
  }

  /** How much the matches say: the best for each word of the query, and whether words stand beside each other as in the query. */
  function weigh(found, asked, value) {
    const best = new Map();
    let phrase = 0;
    found.forEach((match, n) => {
      best.set(match.at, Math.max(best.get(match.at) || 0, match.weight * value * asked[match.at].rarity));
      const before = found[n - 1];
      if (before && before.at + 1 === match.at && before.number + 1 === match.number) phrase++;
    });
    return { best, phrase };
  }

  /** A part of a page as a hit. */
  function hit([kind, anchor, title, text], pageTitle, found) {
    const { asked } = found;
    const name = kind ? title : pageTitle;
    const inName = [...matches(name, found)];
    const inText = [...matches(text, found)];
    const named = weigh(inName, asked, kind === 2 ? 3 : 5);
    const said = weigh(inText, asked, 1);
    const best = new Map(said.best);
    named.best.forEach((value, at) => best.set(at, Math.max(value, best.get(at) || 0)));
    const sum = [...best.values()].reduce((a, b) => a + b, 0);
    const score = sum * (best.size / asked.length) * (1 + 0.3 * Math.min(named.phrase, 2) + 0.1 * Math.min(said.phrase, 2)) + 0.01 * Math.min(inText.length, 9);
    return { kind, anchor, name, text, inName, inText, score, covers: best.size, names: named.best.size, phrase: named.phrase > 0 };
  }

  /** The text around the matches, as pieces with whether they are marked. */
  function excerpt({ kind, name, text, inText }) {
    // The first cell of an item's row is its name.
    const skip = kind === 2 && text.startsWith(name) ? text.slice(name.length).search(/\S|$/) + name.length : 0;
    const found = inText.filter((match) => match.from >= skip);
    let from = skip;
    let most = 0;
    for (const match of found) {
      const within = new Set(found.filter((other) => other.from >= match.from && other.to < match.from + EXCERPT - 40).map((other) => other.at)).size;
      if (within > most) { most = within; from = match.from; }
    }
    const line = Math.max(text.lastIndexOf("\n", from) + 1, skip);
    if (from - line > 50) from = Math.max(line, text.lastIndexOf(" ", from - 30) + 1);
    else from = line;
    let to = Math.min(text.length, from + EXCERPT);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), to - 20);
    const pieces = mark(text.slice(from, to), found.map((match) => ({ from: match.from - from, to: match.to - from })));
    if (from > skip && text[from - 1] !== "\n") pieces.unshift(["… ", false]);
    if (to < text.length) pieces.push([" …", false]);
    return pieces.map(([piece, marked]) => [piece.replace(/\n+/g, " ").replace(/\t+/g, " · "), marked]);
  }

  function mark(text, found) {
    const pieces = [];
    let at = 0;
    for (const { from, to } of found) {
      if (to <= at || from < 0 || from >= text.length) continue;
      if (from > at) pieces.push([text.slice(at, from), false]);
      pieces.push([text.slice(Math.max(at, from), to), true]);
      at = to;
    }
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  }

  /** A page with its best parts. */
  function shown(page, [path, title, crumbs, parts], found) {
    const hits = parts.map((part) => hit(part, title, found));
    const [top, ...others] = hits;
    const telling = others.filter((it) => it.covers).sort((a, b) => b.score - a.score);
    const bestOf = telling[0] ? telling[0].score : 0;
    // The top of the page is a result of its own where its title or its first lines answer, or nothing else does.
    const withTop = top.inName.length || top.score >= bestOf;
    const kept = (withTop ? [top] : []).concat(telling.filter((it) => !withTop || it.score > 0.25 * Math.max(top.score, bestOf))).slice(0, HITS);
    const href = new URL(path, root).href;
    const isTitle = (top.text || others.length) && fold(title).trim() === fold(found.asked.map((it) => it.word).join(" "));
    // Words that stand together are meant together.
    const all = found.asked.length;
    const together = 0.2 * hits.some((it) => it.covers === all) + 0.8 * (all > 1 && hits.some((it) => it.names === all));
    page.score *= 1 + together + 0.3 * hits.some((it) => it.phrase) + (isTitle ? 1 : 0);
    return {
      page, title, crumbs, href,
      hits: kept.map((it) => ({
        href: it.anchor ? href + "#" + encodeURIComponent(it.anchor) : href,
        kind: it.kind,
        name: mark(it.name, it.inName),
        text: excerpt(it),
      })),
    };
  }

  /** Pages of a result with what to show of them, from one place of the ranking to another. */
  function show(found, from, to) {
    return fresh(async () => {
      const { texts } = await index();
      const pages = await Promise.all(found.pages.slice(from, to).map(async (page) => {
        const at = texts.findLastIndex((file) => file.from <= page.number);
        const file = await part("texts-" + at, (data) => data);
        return shown(page, file[page.number - texts[at].from], found);
      }));
      return pages.sort((a, b) => order(a.page, b.page));
    });
  }

  window.rollbookSearch = Object.assign(receive, { index, find, show });
})();
