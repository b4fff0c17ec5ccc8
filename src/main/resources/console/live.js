// SPDX-License-Identifier: Apache-2.0
// Live parts of a page, from its server-sent events. Nothing moves: rows are replaced where they
// stand, new ones are counted. While the reader selects text or works in a control, changes wait.
(() => {
  "use strict";
  let source = null;
  let address = "";
  let held = [];

  const sign = () => document.querySelector("[data-live-state]");
  const show = (state, words) => {
    const at = sign();
    if (!at) return;
    at.hidden = false;
    at.dataset.state = state;
    if (at.textContent !== words) at.textContent = words;
  };
  const busy = () => {
    const selection = getSelection();
    const selecting = selection && !selection.isCollapsed && document.querySelector("main").contains(selection.anchorNode);
    return selecting || document.activeElement?.matches("main select, main table input, main table button") || document.querySelector("main [data-deed][open]");
  };
  const element = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  };
  const replace = (fresh) => {
    const old = document.getElementById(fresh.id);
    if (!old) return false;
    if (old.classList.contains("selected")) fresh.classList.add("selected");
    for (const open of old.querySelectorAll("details[open]")) {
      const at = [...old.querySelectorAll("details")].indexOf(open);
      fresh.querySelectorAll("details")[at]?.setAttribute("open", "");
    }
    for (const ticked of old.querySelectorAll("input:checked")) {
      const same = fresh.querySelector(`input[name="${CSS.escape(ticked.name)}"]`);
      if (same) same.checked = true;
    }
    old.replaceWith(fresh);
    if (fresh.matches("tr:not([data-still])")) fresh.classList.add("fresh");
    window.htmx?.process(fresh);
    window.steward.localTimes(fresh);
    return true;
  };
  const atEnd = () => innerHeight + scrollY >= document.body.scrollHeight - 80;

  const apply = ({ name, data }) => {
    if (name === "fresh") {
      if (data.count > 0 && document.querySelector("[data-reload-on-fresh]")) return void location.reload();
      const news = document.querySelector(".news");
      if (!news) return;
      news.hidden = data.count === 0;
      news.querySelector("[data-fresh]").textContent = `${data.count}${data.more ? " or more" : ""} ${data.count === 1 && !data.more ? news.dataset.one : news.dataset.many}`;
    } else if (name === "replace") {
      for (const html of data.html) replace(element(html));
    } else if (name === "append") {
      const into = document.getElementById(data.into);
      const follow = atEnd();
      for (const html of data.html) {
        const fresh = element(html);
        if (!replace(fresh) && !into?.querySelector(".chunk")) {
          into?.append(fresh);
          window.htmx?.process(fresh);
        }
      }
      if (follow && !into?.matches("tbody")) scrollTo({ top: document.body.scrollHeight });
    } else if (name === "end") {
      source?.close();
      show("paused", "Ended");
    }
  };
  const release = () => {
    if (held.length === 0 || busy()) return;
    const waiting = held;
    held = [];
    waiting.forEach(apply);
    if (source && source.readyState !== EventSource.CLOSED) show("live", "Live");
  };
  const take = (name) => (event) => {
    held.push({ name, data: JSON.parse(event.data) });
    if (busy()) show("paused", "Paused");
    else release();
  };
  const open = () => {
    const wanted = document.querySelector("#results[data-live]")?.dataset.live ?? document.querySelector("main[data-live]")?.dataset.live ?? "";
    if (wanted === address && source) return;
    source?.close();
    source = null;
    held = [];
    address = wanted;
    if (!wanted) {
      const at = sign();
      if (at) at.hidden = true;
      return;
    }
    source = new EventSource(wanted);
    source.onopen = () => show("live", "Live");
    source.onerror = () => show("lost", source.readyState === EventSource.CLOSED ? "Not live" : "Reconnecting");
    for (const name of ["fresh", "replace", "append", "end"]) source.addEventListener(name, take(name));
  };

  document.addEventListener("selectionchange", release);
  document.addEventListener("focusout", () => setTimeout(release));
  document.addEventListener("htmx:afterSettle", open);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      source = null;
      open();
    }
  });
  open();
})();
