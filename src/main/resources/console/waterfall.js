// SPDX-License-Identifier: Apache-2.0
// A run: the selected step, its detail, and a waterfall that draws only the rows in view.
(() => {
  "use strict";
  const run = document.querySelector("[data-run]");
  if (!run) return;
  const base = run.dataset.run;
  const detail = document.querySelector("[data-detail]");
  let selected = "";
  let asked = 0;

  const spanOf = (hash) => /^#s-([0-9a-f]{16})/.exec(hash)?.[1] ?? "";
  const mark = () => {
    for (const old of run.querySelectorAll(".selected")) old.classList.remove("selected");
    if (!selected) return;
    const exact = document.getElementById(location.hash.slice(1));
    const step = exact?.matches(".step") ? exact : document.getElementById(`s-${selected}`);
    step?.classList.add("selected");
    const node = detail.querySelector(".detail-head")?.dataset.node;
    if (node) run.querySelector(`a.node[data-node="${CSS.escape(node)}"]`)?.classList.add("selected");
    for (const bar of run.querySelectorAll(`a.bar[data-span="${selected}"]`)) {
      bar.classList.add("selected");
      const list = bar.closest(".beside .bars");
      if (list) list.scrollTo({ top: bar.offsetTop - list.offsetTop - list.clientHeight / 2 });
    }
  };
  const load = async () => {
    const mine = ++asked;
    detail.classList.add("loading");
    try {
      const answer = await fetch(`${base}/steps/${selected}/detail`, { headers: { "HX-Request": "true" } });
      if (mine !== asked || !answer.ok) return;
      detail.innerHTML = await answer.text();
      mark();
    } finally {
      detail.classList.remove("loading");
    }
  };
  // the address names the step to the server too, which then opens the part that it is in
  const show = (hash, span) => {
    const here = new URL(location.href);
    if (span) {
      if (here.searchParams.get("step") !== span) here.searchParams.delete("from");
      here.searchParams.set("step", span);
    } else here.searchParams.delete("step");
    here.hash = hash;
    if (here.href !== location.href) history.replaceState(null, "", here);
  };
  const select = (hash, scroll) => {
    const span = spanOf(hash);
    show(hash, span);
    const changed = span !== selected;
    selected = span;
    mark();
    if (scroll && span) reveal(hash, span);
    if (changed && span) load();
    if (!span) {
      detail.replaceChildren();
      mark();
    }
  };

  // the waterfall of a long run: its rows come as data, and only those in view are elements
  const ROW = 26;
  const SVG = "http://www.w3.org/2000/svg";
  let rows = null;
  let bars = null;
  const drawn = new Map();

  const row = (index) => {
    const [span, depth, , name, kind, left, width, took, cost, failed] = rows[index];
    const bar = document.createElement("a");
    bar.className = `bar${failed ? " failed" : ""}${span === selected ? " selected" : ""}`;
    bar.href = `#s-${span}`;
    bar.dataset.span = span;
    bar.style.top = `${index * ROW}px`;
    const cell = (css, text) => {
      const at = document.createElement("span");
      at.className = css;
      at.textContent = text;
      return at;
    };
    const label = cell(`label${depth ? ` in-${Math.min(depth, 8)}` : ""}`, "");
    label.append(cell(`kind k-${kind}`, ""), name);
    const lane = document.createElementNS(SVG, "svg");
    lane.setAttribute("class", "lane");
    const rect = document.createElementNS(SVG, "rect");
    for (const [key, value] of [["class", `k-${kind}`], ["x", `${left}%`], ["width", `${width}%`], ["y", 9], ["height", 8], ["rx", 1]]) rect.setAttribute(key, value);
    lane.append(rect);
    bar.append(cell("no", index + 1), label, lane, cell("took", took), cell("usd", cost));
    return bar;
  };
  const draw = () => {
    const top = bars.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor((-top - 400) / ROW));
    const last = Math.min(rows.length - 1, Math.ceil((innerHeight - top + 400) / ROW));
    for (const [index, bar] of drawn) {
      if (index < first || index > last) {
        bar.remove();
        drawn.delete(index);
      }
    }
    // Tab goes by the order of elements, so what comes into view above stands above
    const lowest = Math.min(...drawn.keys());
    const above = document.createDocumentFragment();
    const below = document.createDocumentFragment();
    for (let index = first; index <= last; index++) {
      if (!drawn.has(index)) {
        const bar = row(index);
        drawn.set(index, bar);
        (index < lowest ? above : below).append(bar);
      }
    }
    bars.prepend(above);
    bars.append(below);
  };
  const reveal = (hash, span) => {
    if (rows) {
      const index = rows.findIndex((r) => r[0] === span);
      const top = bars.getBoundingClientRect().top + index * ROW;
      if (index >= 0 && (top < 90 || top > innerHeight - 60)) scrollBy({ top: top - innerHeight / 2 });
      return;
    }
    const at = document.getElementById(hash.slice(1)) ?? document.getElementById(`s-${span}`);
    at?.scrollIntoView({ block: "nearest" });
  };
  const waterfall = document.querySelector("[data-waterfall]");
  const virtual = async () => {
    const answer = await fetch(waterfall.dataset.waterfall);
    if (!answer.ok) return;
    rows = await answer.json();
    bars = waterfall.querySelector("[data-bars]");
    const held = document.activeElement?.closest("[data-bars] > .bar")?.dataset.span;
    bars.replaceChildren();
    waterfall.classList.add("drawn");
    for (const way of waterfall.querySelectorAll("[data-more-rows]")) way.remove();
    bars.style.height = `${rows.length * ROW}px`;
    let due = false;
    const later = () => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => {
        due = false;
        draw();
      });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    draw();
    if (held) bars.querySelector(`[data-span="${held}"]`)?.focus({ preventScroll: true });
    mark();
    if (selected) reveal(location.hash, selected);
  };

  run.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-close-detail]")) return select("", false);
    const link = target.closest("a[href^='#s-']");
    if (link) {
      event.preventDefault();
      return select(link.getAttribute("href"), !link.closest(".bars") || Boolean(link.closest(".beside")));
    }
    const step = target.closest(".step");
    if (step && !target.closest("a, button, summary") && !String(getSelection())) select(`#${step.id}`, false);
  });
  // an answer's evidence is a step of this page more often than not
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#s-']");
    if (!link || run.contains(link) || event.ctrlKey || event.metaKey) return;
    if (!document.getElementById(link.hash.slice(1)) || link.pathname !== location.pathname) return;
    event.preventDefault();
    stop();
    select(link.hash, true);
  });

  // playback: step by step through time, by key or on its own
  const PACE = 1200;
  const player = document.querySelector("[data-play]");
  let playing = 0;
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    if (player) player.firstChild.textContent = "Play ";
  };
  const hashes = () => rows ? rows.map((r) => `#s-${r[0]}`) : [...run.querySelectorAll(".steps > .step, .waterfall:not(.beside) a.bar, a.node")].map((at) => at.id && !at.matches("a.bar") ? `#${at.id}` : at.getAttribute("href"));
  const step = (by) => {
    const all = hashes();
    const exact = all.indexOf(location.hash);
    const at = exact >= 0 ? exact : all.findIndex((hash) => selected && spanOf(hash) === selected);
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    const further = run.querySelector(".steps > .chunk");
    if (to >= all.length && further) {
      further.scrollIntoView({ block: "nearest" });
      return true;
    }
    if (to < 0 || to >= all.length) return false;
    select(all[to], true);
    return true;
  };
  const play = () => {
    if (playing) return stop();
    if (!step(1)) return;
    playing = setInterval(() => {
      if (!step(1)) stop();
    }, PACE);
    if (player) player.firstChild.textContent = "Pause ";
  };
  if (player) {
    player.hidden = false;
    player.addEventListener("click", play);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, button, summary, [role='group'], dialog")) return;
    if (event.key === " ") play();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      stop();
      step(event.key === "ArrowRight" ? 1 : -1);
    } else return;
    event.preventDefault();
  });

  run.addEventListener("choose", (event) => select(event.target.hash || `#${event.target.id}`, true));
  addEventListener("hashchange", () => select(location.hash, true));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected && !event.target.closest("input")) select("", false);
  });
  document.addEventListener("htmx:afterSettle", mark);

  if (waterfall && Number(waterfall.dataset.total) > waterfall.querySelectorAll("a.bar").length) virtual();
  const wanted = new URLSearchParams(location.search).get("step") ?? "";
  const first = spanOf(location.hash) ? location.hash : spanOf(`#s-${wanted}`) ? `#s-${wanted}` : "";
  if (first) select(first, true);
})();
