// SPDX-License-Identifier: Apache-2.0
// What a page must keep to, measured in the page itself. Each flaw is one line of words.
const consoleChecks = (() => {
  "use strict";
  const ROOM = 1;
  const words = (element) => {
    const named = element.id ? `#${element.id}` : [...element.classList].map((c) => `.${c}`).join("");
    const said = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${named}> “${said}”`;
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const clippedAway = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === "inset(50%)") return true;
    }
    return false;
  };
  const onlyRead = (element) => Boolean(element.closest(".only-read, .sprite, .skip:not(:focus)")) || clippedAway(element);

  // colours: a canvas knows every way of writing one
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = (text) => {
    if (!known.has(text)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const back = colour(getComputedStyle(at).backgroundColor);
      layers.push(back);
      if (back[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const opacity = (element) => {
    let all = 1;
    for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  };
  const tooFaint = (element, style, what) => {
    const back = ground(element);
    const ink = colour(style.color).slice();
    ink[3] *= opacity(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(over(ink, back), back);
    return ratio < (large ? 3 : 4.5) ? [`contrast ${ratio.toFixed(2)}: ${what} ${words(element)}`] : [];
  };

  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (node.data.trim() && !element.closest("script, style, noscript, option") && !onlyRead(element) && seen(element)) found.push(node);
      if (found.length >= 4000) break;
    }
    return found;
  };
  const rects = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
  };

  const faint = (nodes) => {
    const flaws = [...new Set(nodes.map((n) => n.parentElement))].flatMap((e) => tooFaint(e, getComputedStyle(e), "text"));
    for (const field of document.querySelectorAll("input[placeholder]")) {
      if (seen(field)) flaws.push(...tooFaint(field, getComputedStyle(field, "::placeholder"), "placeholder"));
    }
    return flaws;
  };

  // a box that may be scrolled, or that says itself that it shortens what is in it
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const cutBy = (element) => {
    let own = true; // an ellipsis shortens its own lines, not those of a block within
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (own && style.textOverflow === "ellipsis" && style.overflowX !== "visible") return null;
      if (/^[1-9]/.test(style.webkitLineClamp)) return null;
      own &&= style.display.startsWith("inline");
      if (/hidden|clip/.test(style.overflowX) && at.scrollWidth > at.clientWidth + ROOM) {
        const edge = at.getBoundingClientRect().right + ROOM;
        if ([...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && rects(n).some((r) => r.right > edge))) return at;
      }
      if (/paint|strict|content/.test(style.contain) && at.scrollWidth > at.clientWidth + ROOM) return at;
      if (/hidden|clip/.test(style.overflowY) && at.scrollHeight > at.clientHeight + ROOM) return at;
    }
    return null;
  };
  const cut = (nodes) => {
    const flaws = [];
    const blamed = new Set();
    for (const node of nodes) {
      const element = node.parentElement;
      const by = cutBy(element);
      if (by && !blamed.has(by)) {
        blamed.add(by);
        flaws.push(`cut off by ${words(by)}: ${words(element)}`);
      }
      const beyond = rects(node).find((r) => r.right > innerWidth + ROOM || r.left < -ROOM);
      if (beyond && !scrolls(element) && !by && !shortened(element)) flaws.push(`beyond the edge (${Math.round(beyond.left)} to ${Math.round(beyond.right)}): ${words(element)}`);
    }
    return flaws;
  };
  const shortened = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).textOverflow === "ellipsis") return true;
    }
    return false;
  };
  const shown = (node) => {
    // what an ancestor cuts off is not in anybody's way
    let boxes = rects(node);
    for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = at.getBoundingClientRect();
      boxes = boxes
        .map((r) => ({ left: Math.max(r.left, box.left), right: Math.min(r.right, box.right), top: Math.max(r.top, box.top), bottom: Math.min(r.bottom, box.bottom) }))
        .filter((r) => r.right > r.left && r.bottom > r.top);
    }
    return boxes;
  };
  const floats = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return true;
    }
    return false;
  };
  // words that lie upon other words
  const piled = (nodes) => {
    const boxes = nodes
      .filter((n) => !floats(n.parentElement))
      .flatMap((n) => shown(n).map((r) => ({ n, r })))
      .sort((a, b) => a.r.top - b.r.top);
    const flaws = [];
    for (let i = 0; i < boxes.length && flaws.length < 5; i++) {
      for (let j = i + 1; j < boxes.length && boxes[j].r.top < boxes[i].r.bottom - 6; j++) {
        const [a, b] = [boxes[i], boxes[j]];
        const wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
        if (a.n !== b.n && wide > 3) {
          flaws.push(`one upon the other: ${words(a.n.parentElement)} and ${words(b.n.parentElement)}`);
          break;
        }
      }
    }
    return flaws;
  };

  const overflow = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + ROOM && !scrolls(e.parentElement));
    return [`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}: ${wide.slice(0, 3).map(words).join(", ")}`];
  };
  const names = () => {
    const flaws = [];
    for (const control of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")) {
      const label = control.getAttribute("aria-label") || control.getAttribute("title") || control.textContent.trim() || [...(control.labels ?? [])].map((l) => l.textContent).join("").trim();
      if (!label) flaws.push(`a control without a name: ${control.outerHTML.slice(0, 80)}`);
    }
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i))) flaws.push(`the id ${id} is there twice`);
    if (document.querySelectorAll("h1").length !== 1) flaws.push(`${document.querySelectorAll("h1").length} first headings`);
    return flaws;
  };
  // a finger needs 24 px, but for links in a sentence
  const small = () => {
    if (innerWidth >= 600) return [];
    return [...document.querySelectorAll("button, select, input:not([type=hidden]), summary, nav a")]
      .filter((e) => seen(e) && !onlyRead(e))
      .filter((e) => {
        const box = (e.matches("input, select") ? e.closest("label") ?? e : e).getBoundingClientRect();
        return box.height < 24 - ROOM && !e.matches("button.id");
      })
      .slice(0, 5)
      .map((e) => `${Math.round(e.getBoundingClientRect().height)} px high for a finger: ${words(e)}`);
  };

  // focus: where Tab leads, whether it can be seen, and whether it jumps
  const areas = [".skip", ".rail", ".topline", "main", ".bottombar"];
  let last = null;
  let first = null;
  const startFocus = () => {
    last = null;
    first = null;
    scrollTo(0, 0);
    document.activeElement?.blur();
  };
  const ringed = (element) => {
    for (let at = element, up = 0; at && up < 3; at = at.parentElement, up++) {
      const style = getComputedStyle(at);
      const around = ground(parseFloat(style.outlineOffset) >= 1 ? at.parentElement ?? at : at);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && contrast(over(colour(style.outlineColor), around), around) >= 3;
      const held = up === 0 ? at.matches(":focus") : at.matches(":focus-within");
      if (held && (outlined || /rgb/.test(style.boxShadow))) return true;
    }
    return false;
  };
  // Not obscured as WCAG 2.4.11 means it: some of what is in view can be seen.
  const hiddenBy = (element) => {
    const box = element.getBoundingClientRect();
    const x = Math.min(innerWidth - 1, box.left + Math.min(box.width / 2, 10));
    const top = Math.max(0, box.top);
    const height = Math.min(innerHeight, box.bottom) - top;
    const covers = [0.5, 0.1, 0.9].map((part) => {
      const at = height > 0 ? document.elementFromPoint(x, top + height * part) : null;
      return at && (element.contains(at) || at.contains(element) || at.closest("label")?.contains(element)) ? null : at ?? document.documentElement;
    });
    return covers.every(Boolean) ? covers[0] : null;
  };
  const focused = () => {
    const element = document.activeElement;
    // behind the last comes the first of the page, wherever in it the way began
    const around = first && element?.matches(".skip");
    if (!element || element === document.body || element === first || around) return "end";
    first ??= element;
    const area = areas.findIndex((a) => element.closest(a));
    const box = element.getBoundingClientRect();
    const here = { area, top: box.top + scrollY, left: box.left };
    const before = last;
    last = here;
    const flaws = [];
    if (!ringed(element)) flaws.push("focus cannot be seen");
    const cover = hiddenBy(element);
    if (cover) flaws.push(`focus lies under ${words(cover)}`);
    if (before && area < before.area) flaws.push("focus goes back to an earlier part");
    if (before && area === before.area && here.top < before.top - 60 && here.left < before.left + 60) flaws.push("focus jumps upwards");
    return flaws.length ? `${flaws.join(", ")}: ${words(element)}` : "";
  };

  const flaws = () => {
    const nodes = texts();
    return [...overflow(), ...faint(nodes), ...cut(nodes), ...piled(nodes), ...names(), ...small()];
  };
  return { flaws, startFocus, focused };
})();
