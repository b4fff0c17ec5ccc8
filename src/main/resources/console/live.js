// SPDX-License-Identifier: Apache-2.0
// Live parts of a page, from its server-sent events. Nothing moves: rows are replaced where they
// stand, new ones are counted. While the reader scrolls, selects text or works in a control, changes
// wait; they do too while an open run is read above its end.
(() => {
  "use strict";
  // of a long conversation, the server is told of the last parts
  const PARTS_MAX = 2;
  const SCROLLING = 2000;
  const WAIT_MIN = 1000;
  const WAIT_MAX = 60000;
  let source = null;
  let address = "";
  let first = null;
  let told = "";
  let parts = [];
  let held = [];
  let state = "";
  let wait = WAIT_MIN;
  let again = 0;
  let scrolled = -SCROLLING;
  let settled = 0;
  let ours = -1;

  const sign = () => document.querySelector("[data-live-state]");
  const show = (state, words) => {
    const at = sign();
    if (!at) return;
    at.hidden = false;
    at.dataset.state = state;
    if (at.textContent !== words) at.textContent = words;
  };
  const atEnd = () => innerHeight + scrollY >= document.body.scrollHeight - 80;
  // at its very top nothing that is read can move
  const above = () => document.getElementById("steps") && scrollY > 0 && !atEnd();
  const busy = () => {
    if (performance.now() - scrolled < SCROLLING || above()) return true;
    const selection = getSelection();
    const selecting = selection && !selection.isCollapsed && document.querySelector("main").contains(selection.anchorNode);
    return selecting || document.activeElement?.matches("main select, main table input, main table button") || document.querySelector("main [data-deed][open]");
  };
  const say = () => {
    if (state === "lost" || state === "refused") show("lost", state === "lost" ? "Reconnecting" : "Not live");
    else if (held.length > 0) show("paused", "Paused");
    else if (state === "live") show("live", "Live");
    else if (state === "ended") show("paused", "Ended");
  };
  const element = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  };
  // who reads by keys stays where they are: on the same link, else on what stands in its place
  const place = (old) => {
    const at = document.activeElement;
    if (!at || !old.contains(at)) return null;
    const told = (it) => ["href", "name", "aria-label"].map((name) => it.getAttribute(name)).join(" ");
    const alike = (within) => [within, ...within.querySelectorAll(at.tagName)].filter((it) => it.tagName === at.tagName);
    const same = (it) => told(it) === told(at);
    const all = alike(old);
    const nth = all.filter(same).indexOf(at);
    return (fresh) => (alike(fresh).filter(same)[nth] ?? alike(fresh)[all.indexOf(at)])?.focus({ preventScroll: true });
  };
  const replace = (fresh) => {
    const old = document.getElementById(fresh.id);
    if (!old) return false;
    const refocus = place(old);
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
    refocus?.(fresh);
    if (fresh.matches("tr:not([data-still])")) fresh.classList.add("fresh");
    window.htmx?.process(fresh);
    return true;
  };

  const further = (into) => into.querySelector(":scope > .chunk");
  const insert = (into, fresh, after) => {
    const before = after && document.getElementById(after);
    if (before) before.after(fresh);
    else if (after === "") into.prepend(fresh);
    else if (further(into)) further(into).before(fresh);
    else into.append(fresh);
    window.htmx?.process(fresh);
  };
  const news = ({ count, more }) => {
    if (count > 0 && document.querySelector("[data-reload-on-fresh]")) return void location.reload();
    const at = document.querySelector(".news");
    if (!at) return;
    at.hidden = count === 0;
    at.querySelector("[data-fresh]").textContent = `${count}${more ? " or more" : ""} ${count === 1 && !more ? at.dataset.one : at.dataset.many}`;
  };
  const apply = ({ name, data, fresh, into, after }) => {
    if (name === "fresh") news(data);
    else if (name === "end") {
      state = "ended";
      source?.close();
    } else if (!replace(fresh) && name !== "replace") {
      const at = document.getElementById(into);
      if (at) insert(at, fresh, after);
      return Boolean(at && !at.matches("tbody"));
    }
    return false;
  };

  // what waits is kept once for each part of the page, however long it waits
  const hold = (change) => {
    const same = held.findIndex((other) => other.name === change.name && other.fresh?.id === change.fresh?.id);
    if (same >= 0 && (change.name === "insert" || change.name === "append")) held[same].fresh = change.fresh;
    else {
      if (same >= 0) held.splice(same, 1);
      held.push(change);
    }
  };
  const changes = (name, data) => {
    if (name === "replace" || name === "append") return data.html.map((html) => ({ name, into: data.into, fresh: element(html) }));
    if (name === "insert") return data.parts.map(({ html, after }) => ({ name, into: data.into, fresh: element(html), after }));
    return [{ name, data }];
  };
  const release = () => {
    if (held.length === 0 || busy()) return;
    const waiting = held;
    held = [];
    const follow = atEnd();
    const grown = waiting.map(apply).includes(true);
    if (follow && grown) scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
    ours = scrollY;
    say();
  };
  const take = (event) => {
    if (event.lastEventId) told = event.lastEventId;
    changes(event.type, JSON.parse(event.data)).forEach(hold);
    release();
    say();
  };

  // the parts of an open run's conversation say what they show when they come; the rest of a page says it in its address
  const gather = () => {
    const fresh = document.querySelectorAll("#steps > [data-shown]");
    for (const mark of fresh) {
      parts.push(mark.dataset.shown);
      mark.remove();
    }
    return fresh.length > 0;
  };
  const where = () => {
    const at = new URL(address, location.href);
    if (parts.length > 0) at.searchParams.set("parts", parts.length);
    const shown = told || [first, ...parts.slice(-PARTS_MAX)].filter(Boolean).join(".");
    if (shown) at.searchParams.set("shown", shown);
    return at;
  };
  const connect = () => {
    clearTimeout(again);
    source = new EventSource(where());
    source.onopen = () => {
      state = "live";
      wait = WAIT_MIN;
      say();
    };
    source.onerror = () => {
      state = source.readyState === EventSource.CLOSED ? "refused" : "lost";
      source.close();
      say();
      again = setTimeout(connect, wait);
      wait = Math.min(WAIT_MAX, 2 * wait);
    };
    for (const name of ["fresh", "replace", "append", "insert", "end"]) source.addEventListener(name, take);
  };
  const open = () => {
    const wanted = document.querySelector("#results[data-live]")?.dataset.live ?? document.querySelector("main[data-live]")?.dataset.live ?? "";
    const grown = gather();
    if (wanted === address && source && !grown) return;
    if (grown && state === "ended") return;
    source?.close();
    clearTimeout(again);
    source = null;
    held = [];
    told = "";
    state = "";
    address = wanted;
    first = wanted && new URL(wanted, location.href).searchParams.get("shown");
    if (wanted) return void connect();
    const at = sign();
    if (at) at.hidden = true;
  };

  const scrolls = () => {
    scrolled = performance.now();
    clearTimeout(settled);
    settled = setTimeout(release, SCROLLING + 50);
  };
  addEventListener("wheel", scrolls, { passive: true });
  addEventListener("touchmove", scrolls, { passive: true });
  // what comes may move the page too: that is no reader's hand
  addEventListener("scroll", () => {
    if (Math.abs(scrollY - ours) > 1) scrolls();
    ours = -1;
  }, { passive: true });
  document.addEventListener("selectionchange", release);
  document.addEventListener("focusout", () => setTimeout(release));
  document.addEventListener("htmx:afterSettle", open);
  addEventListener("pagehide", () => {
    clearTimeout(again);
    source?.close();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && source && state !== "ended") connect();
  });
  open();
})();
