// Makes the page on show say what a newer reading of it says, and touches nothing that both readings have in common: scroll,
// focus, open parts, filters and whatever scripts have added stay.
//
// It runs before every script of the theme that waits for the whole page, and keeps a copy of the page as it was sent. What has
// changed is found between that copy and the newer reading, never by looking at the page on show, which the reader has changed too.
var rollbookMorph = (() => {
  // Lists longer than this on both sides are matched in order only: the exact way costs their product.
  const MOST_COMPARISONS = 250000;

  const shown = new WeakMap();
  let sent = document.documentElement.cloneNode(true);
  pair(sent, document.documentElement);
  tidy(sent);

  /** Notes for each node of a copy the one that it was copied from. */
  function pair(copy, original) {
    shown.set(copy, original);
    let from = original.firstChild;
    for (let node = copy.firstChild; node; node = node.nextSibling) {
      pair(node, from);
      from = from.nextSibling;
    }
  }

  /** The same for a newer reading of what has not changed. */
  function keep(before, after) {
    shown.set(after, shown.get(before));
    let from = before.firstChild;
    for (let node = after.firstChild; node; node = node.nextSibling) {
      keep(from, node);
      from = from.nextSibling;
    }
  }

  /** Takes away what the preview itself adds to each page. */
  function tidy(tree) {
    tree.querySelectorAll("[data-rollbook-preview]").forEach((node) => node.remove());
  }

  function attributes(before, after, on) {
    // Scripts in the head have marked the page by then; of what was sent only the language can change.
    if (on === document.documentElement) return void (on.lang = after.lang);
    for (const { name, value } of after.attributes) if (before.getAttribute(name) !== value) on.setAttribute(name, value);
    for (const { name } of before.attributes) if (!after.hasAttribute(name)) on.removeAttribute(name);
  }

  /** Whether two nodes can be two readings of one. */
  function alike(before, after) {
    return before.nodeName === after.nodeName && (before.id ?? "") === (after.id ?? "");
  }

  /** Index pairs of the longest common run of equal nodes, in order. */
  function common(before, after) {
    if (before.length * after.length > MOST_COMPARISONS) return [];
    const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
    const equal = before.map((a) => after.map((b) => a.isEqualNode(b)));
    for (let i = before.length - 1; i >= 0; i--) {
      for (let j = after.length - 1; j >= 0; j--) {
        lengths[i][j] = equal[i][j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < before.length && j < after.length;) {
      if (equal[i][j]) pairs.push([i++, j++]);
      else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
      else j++;
    }
    return pairs;
  }

  /** For each node of `after`, the one of `before` that it continues; in order, so that none has to move. */
  function matched(before, after) {
    let start = 0;
    while (start < Math.min(before.length, after.length) && before[start].isEqualNode(after[start])) start++;
    let end = 0;
    while (end < Math.min(before.length, after.length) - start && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end++;
    const match = new Array(after.length).fill(null);
    for (let i = 0; i < start; i++) match[i] = before[i];
    for (let i = 1; i <= end; i++) match[after.length - i] = before.at(-i);
    const left = before.slice(start, before.length - end);
    const right = after.slice(start, after.length - end);
    let [i, j] = [0, 0];
    for (const [stopLeft, stopRight] of [...common(left, right), [left.length, right.length]]) {
      // Between two equal nodes, those that look alike are taken for one that has changed.
      for (; j < stopRight; j++) {
        const found = left.slice(i, stopLeft).findIndex((node) => alike(node, right[j]));
        if (found < 0) continue;
        match[start + j] = left[i + found];
        i += found + 1;
      }
      if (stopLeft < left.length) match[start + stopRight] = left[stopLeft];
      [i, j] = [stopLeft + 1, stopRight + 1];
    }
    return match;
  }

  function children(before, after, on) {
    const old = [...before.childNodes];
    const match = matched(old, [...after.childNodes]);
    const kept = new Set(match);
    old.filter((node) => !kept.has(node)).forEach((node) => shown.get(node)?.remove());
    let last = null;
    [...after.childNodes].forEach((node, index) => {
      if (match[index]) {
        patch(match[index], node);
      } else {
        const fresh = document.importNode(node, true);
        pair(node, fresh);
        // A script may have moved the node before elsewhere: then the new one comes last.
        if (last && last.parentNode !== on) on.append(fresh);
        else on.insertBefore(fresh, last ? last.nextSibling : on.firstChild);
      }
      last = shown.get(node);
    });
  }

  function patch(before, after) {
    if (before.isEqualNode(after)) return keep(before, after);
    const on = shown.get(before);
    if (!on) return;
    shown.set(after, on);
    if (after.nodeType !== Node.ELEMENT_NODE) {
      on.data = after.data;
      return;
    }
    attributes(before, after, on);
    children(before, after, on);
  }

  function scripts(tree) {
    return [...tree.querySelectorAll("script")].map((script) => script.outerHTML).join("\n");
  }

  /** Brings the page to what `html` says; false where only a reload can, since scripts have changed. */
  return (html) => {
    const after = new DOMParser().parseFromString(html, "text/html").documentElement;
    tidy(after);
    if (scripts(sent) !== scripts(after)) return false;
    const focused = document.activeElement;
    patch(sent, after);
    sent = after;
    if (focused?.id && !focused.isConnected) document.getElementById(focused.id)?.focus({ preventScroll: true });
    document.dispatchEvent(new Event("rollbook:update"));
    return true;
  };
})();
