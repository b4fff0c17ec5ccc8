// SPDX-License-Identifier: Apache-2.0
// Small comforts on every page; each page can be read without them.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("has-script");

  const cookie = (name, value) => {
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };

  // times are in the zone that the page was made in; the server learns the reader's from a cookie.
  // A page in another zone says so, and stays in it: what comes live or by a filter would be in two
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zoneIsChosen = () => /(^|; )zone=[^;]+!(;|$)/.test(document.cookie);
  const keepZone = () => {
    if (zone && !zoneIsChosen()) cookie("zone", zone);
  };
  const madeIn = root.dataset.zone;
  const inOtherZone = zone && madeIn && madeIn !== zone && !zoneIsChosen();
  if (inOtherZone) addEventListener("pagehide", keepZone);
  else keepZone();
  const sayZone = () => {
    const note = document.querySelector("[data-zone-note]");
    if (!inOtherZone || !note) return;
    const mend = document.createElement("a");
    mend.href = location.pathname + location.search;
    mend.textContent = `Show them in ${zone}`;
    mend.addEventListener("click", keepZone);
    note.append(`Times on this page are in ${madeIn}. `, mend);
    note.hidden = false;
  };

  // on a narrow page the tab that is open may lie outside of the row of tabs
  const showOpenTab = () => {
    const tab = document.querySelector(".tabs [aria-current]");
    const row = tab?.parentElement;
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  };

  const ago = (at) => {
    const seconds = Math.floor((Date.now() - at) / 1000);
    if (seconds < 1) return seconds < -4 ? null : "now";
    if (seconds < 60) return `${seconds} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ago`;
    return `${Math.floor(seconds / 86400)} days ago`;
  };
  const refreshTimes = () => {
    for (const time of document.querySelectorAll("time[data-ago]")) {
      const words = ago(new Date(time.dateTime));
      if (words && words !== time.textContent) time.textContent = words;
    }
  };

  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const words = button.classList.contains("id") ? null : button.textContent;
    button.classList.add("copied");
    if (words !== null) button.textContent = "Copied";
    setTimeout(() => {
      button.classList.remove("copied");
      if (words !== null) button.textContent = words;
    }, 1500);
  };

  // another view of a run opens on the selected step, which the server finds by its parameter
  const keepStep = (link) => {
    const to = new URL(link.href);
    const step = /^#s-([0-9a-f]{16})/.exec(location.hash)?.[1];
    if (step) to.searchParams.set("step", step);
    else to.searchParams.delete("step");
    to.hash = location.hash;
    link.href = to;
  };

  // rows: one of them is chosen by j and k, and opened by Enter or a click anywhere on it
  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr[data-href], .steps > .step, .bars > a.bar")];
  const chosen = () => document.querySelector("tr.selected, .step.selected, a.bar.selected");
  const choose = (row) => {
    if (!row) return;
    if (row.matches("tr")) {
      for (const other of document.querySelectorAll("tr.selected")) other.classList.remove("selected");
      row.classList.add("selected");
    } else {
      row.dispatchEvent(new CustomEvent("choose", { bubbles: true }));
    }
    row.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const all = rows().filter((row) => !row.closest(".beside"));
    const at = all.indexOf(chosen());
    choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  };

  // a deed is a <details> that holds its form: with a script it opens as a dialog
  const openDeed = (deed) => {
    const dialog = deed.querySelector("dialog");
    deed.open = true;
    dialog.removeAttribute("open");
    dialog.addEventListener("close", () => { deed.open = false; }, { once: true });
    dialog.showModal();
  };
  // a button with data-confirm is asked about first: what it says, what follows, and why
  const ask = (button) => {
    const dialog = document.getElementById("confirm");
    const reason = dialog.querySelector("#confirm-reason");
    const yes = dialog.querySelector("[data-yes]");
    dialog.querySelector("h2").textContent = `${button.textContent.trim()}?`;
    dialog.querySelector("[data-consequence]").textContent = button.dataset.confirm;
    yes.textContent = button.textContent.trim();
    reason.required = "reason" in button.dataset;
    reason.value = "";
    dialog.querySelector("[data-reason-field]").hidden = !reason.required;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return void button.focus();
      const form = button.form;
      if (reason.required) {
        const field = form.elements.reason ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "reason" }));
        field.value = reason.value;
      }
      button.dataset.asked = "";
      form.requestSubmit(button);
      delete button.dataset.asked;
    }, { once: true });
    dialog.showModal();
  };

  // a chart is one stop for Tab; the arrows lead along its points
  const along = (event) => {
    const stop = event.target.closest?.(".chart .stop");
    if (!stop || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return false;
    const all = [...stop.closest(".chart").querySelectorAll(".stop")];
    const at = all.indexOf(stop);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
    const next = all[Math.min(all.length - 1, Math.max(0, to))];
    for (const other of all) other.setAttribute("tabindex", other === next ? "0" : "-1");
    next.focus();
    return true;
  };
  const read = (event) => {
    const stop = event.target.closest?.(".chart .stop");
    if (stop) stop.closest(".chart").querySelector("[data-reading]").textContent = stop.getAttribute("aria-label");
  };
  document.addEventListener("focusin", read);
  document.addEventListener("mouseover", read);

  document.addEventListener("click", (event) => {
    const target = event.target;
    const copier = target.closest("[data-copy]");
    if (copier) return void copy(copier);
    const themer = target.closest("[data-theme-switch]");
    if (themer) {
      event.preventDefault();
      root.dataset.theme = dark() ? "light" : "dark";
      cookie("theme", root.dataset.theme);
      const here = new URL(location.href);
      if (here.searchParams.has("theme")) {
        here.searchParams.delete("theme");
        history.replaceState(null, "", here);
      }
      return;
    }
    if (target.closest("[data-close]")) return void target.closest("dialog").close();
    const deed = target.closest("[data-deed] > summary");
    if (deed) {
      event.preventDefault();
      return void openDeed(deed.parentElement);
    }
    const keeper = target.closest("[data-keep-step]");
    if (keeper) keepStep(keeper);
    const row = target.closest("tr[data-href]");
    if (row && !target.closest("a, button, input, label") && !String(getSelection())) {
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
      else location.assign(row.dataset.href);
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog:modal")) return;
    if (along(event)) return void event.preventDefault();
    const view = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "Enter" && chosen()?.dataset.href && !event.target.closest("a, button, summary")) location.assign(chosen().dataset.href);
    else if (event.key === "/") document.querySelector("[data-search]")?.focus();
    else if (event.key === "f") document.querySelector("[data-filter]")?.focus();
    else if (event.key === "t" && document.querySelector("[data-table]")) {
      const chart = event.target.closest("[data-chart]") ?? document;
      const table = chart.querySelector("[data-table]");
      table.open = !table.open;
      if (table.open) table.scrollIntoView({ block: "nearest" });
    } else if (event.key === "?") location.assign("/keys");
    else if (view) {
      if ("keepStep" in view.dataset) keepStep(view);
      location.assign(view.href);
    } else return;
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    event.target.closest("[data-submit-on-change]")?.requestSubmit();
    const form = event.target.closest("form");
    if (form && event.target.type === "checkbox") {
      const ticked = form.querySelectorAll("input[type=checkbox]:checked").length;
      for (const button of form.querySelectorAll("[data-counts]")) {
        button.dataset.all ??= button.textContent;
        button.textContent = ticked === 0 ? button.dataset.all : `${button.dataset.counts} ${ticked} dead ${ticked === 1 ? "letter" : "letters"}`;
      }
    }
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.dataset.confirm && !("asked" in button.dataset)) {
      event.preventDefault();
      return void ask(button);
    }
    // an empty filter says nothing and does not belong in an address
    if (event.target.method === "get") {
      for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
      setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const given = event.detail.parameters;
    for (const name of Object.keys(given)) if (given[name] === "") delete given[name];
  });

  // browsers do not move a tab into sight that is focused while some of it can be seen
  document.addEventListener("focusin", (event) => {
    event.target.closest(".tabs a")?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  });

  document.addEventListener("DOMContentLoaded", () => {
    showOpenTab();
    sayZone();
    setInterval(refreshTimes, 5000);
  });
})();
