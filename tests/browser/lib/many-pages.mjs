// Many pages with as many words as real ones: few are frequent, most are rare (Zipf's law), so that the index is as large as that of a
// real site. The same pages in every run.

const SYLLABLES = "ca te lo ri mu sa pe do ni ba fe go li tu ra me po si nu da ve co ti la ro ma se".split(" ");
const WORDS_OF_A_PAGE = 600;

/** A generator of numbers from 0 to 1 that always says the same. */
function dice(seed) {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    state ^= state >>> 13;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The word of a rank: short for the frequent ones. */
export function word(rank) {
  let left = rank + SYLLABLES.length;
  let text = "";
  for (; left > 0; left = Math.floor(left / SYLLABLES.length)) text += SYLLABLES[left % SYLLABLES.length];
  return text;
}

/** A site of `count` pages as a map from path to text. The vocabulary grows with the site, as it does in books. */
export function manyPages(count) {
  const vocabulary = Math.round(600 * Math.sqrt(count));
  const files = { "rollbook.yaml": "title: Many\nlang: es\n", "content/_index.md": "---\ntitle: Many\n---\nText.\n" };
  for (let n = 0; n < count; n++) {
    const roll = dice(n + 1);
    const pick = () => word(Math.floor(vocabulary ** roll()) - 1);
    const words = (length) => Array.from({ length }, pick).join(" ");
    const sections = Array.from({ length: 5 }, () => `## ${words(3)}\n\n${words(WORDS_OF_A_PAGE / 10)}.\n\n${words(WORDS_OF_A_PAGE / 10)}.\n`);
    const folder = `parte-${String(Math.floor(n / 20)).padStart(3, "0")}`;
    files[`content/${folder}/pagina-${String(n % 20).padStart(2, "0")}.md`] = `---\ntitle: ${words(3)}\n---\n\n${sections.join("\n")}`;
  }
  return files;
}
