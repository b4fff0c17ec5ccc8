// SPDX-License-Identifier: Apache-2.0
// Checks a .tlog-proof file (C2SP tlog-proof, tlog-checkpoint, signed-note) in the browser, step by
// step, with WebCrypto alone: leaf hash, inclusion path, signatures. Nothing is sent anywhere.
(() => {
  "use strict";
  const utf8 = new TextEncoder();
  const SVG = "http://www.w3.org/2000/svg";

  class Wrong extends Error {}

  const concat = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
  const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = (text) => {
    let bytes;
    try {
      bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    } catch {
      throw new Wrong(`“${text.slice(0, 60)}” is not base64.`);
    }
    // one form of every value alone: what decodes leniently is no proof
    if (btoa(String.fromCharCode(...bytes)) !== text) throw new Wrong(`“${text.slice(0, 60)}” is not canonical base64.`);
    return bytes;
  };
  const number = (text, what) => {
    if (!/^(0|[1-9]\d{0,15})$/.test(text)) throw new Wrong(`The ${what} is “${text.slice(0, 40)}”, which is no number.`);
    return BigInt(text);
  };

  const readProof = (bytes) => {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const end = text.indexOf("\n\n");
    const lines = end < 0 ? [] : text.slice(0, end).split("\n");
    if (lines[0] !== "c2sp.org/tlog-proof@v1") throw new Wrong("The file does not begin as a .tlog-proof does.");
    let next = 1;
    if (lines[next]?.startsWith("extra ")) next++;
    if (!lines[next]?.startsWith("index ")) throw new Wrong("The proof names no index.");
    const index = number(lines[next].slice(6), "index");
    const path = lines.slice(next + 1).map(base64);
    if (path.length > 63 || path.some((hash) => hash.length !== 32)) throw new Wrong("The path is not made of hashes.");
    return { index, path, ...readNote(text.slice(end + 2)) };
  };
  const readNote = (note) => {
    const split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n")) throw new Wrong("The proof holds no signed checkpoint.");
    const text = note.slice(0, split + 1);
    const lines = text.split("\n");
    if (lines.length < 4) throw new Wrong("The checkpoint is too short.");
    const signatures = note.slice(split + 2, -1).split("\n").map((line) => {
      const found = /^— (\S+) (\S+)$/.exec(line);
      const bytes = found ? base64(found[2]) : new Uint8Array();
      if (bytes.length < 5) throw new Wrong("A line under the checkpoint is no signature.");
      return { name: found[1], id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
    });
    const root = base64(lines[2]);
    if (root.length !== 32) throw new Wrong("The checkpoint's root is no hash.");
    return { text, origin: lines[0], size: number(lines[1], "size of the log"), root, signatures };
  };
  const readKeys = async (text) => {
    const keys = [];
    for (const line of text.split("\n").map((l) => l.trim()).filter((l) => l && !l.startsWith("#") && !l.startsWith("quorum"))) {
      const words = line.split(/\s+/);
      const vkey = words[0] === "witness" ? words[2] : words[0] === "log" ? words[1] : words[0];
      const [name, id, key] = (vkey ?? "").split(/\+(.*?)\+(.*)/s);
      if (!name || !id || !key) throw new Wrong(`“${line.slice(0, 60)}” names no public key.`);
      const typed = base64(key);
      const known = hex((await sha256(utf8.encode(`${name}\n`), typed)).slice(0, 4));
      if (known !== id || typed.length !== 33) throw new Wrong(`The public key of ${name} does not fit its own id.`);
      keys.push({ name, id, type: typed[0], raw: typed.slice(1), witness: words[0] === "witness" });
    }
    if (!keys.some((key) => key.type === 1)) throw new Wrong("No public key of a log is given.");
    return keys;
  };

  // RFC 9162, section 2.1.3.2
  const rootOf = async (leaf, { index, size, path }) => {
    if (index >= size) throw new Wrong(`Entry ${index} is not in a log of ${size} entries.`);
    let at = index;
    let last = size - 1n;
    let hash = leaf;
    for (const sibling of path) {
      if (last === 0n) throw new Wrong("The path is longer than the tree is high.");
      if (at % 2n === 1n || at === last) {
        hash = await sha256(Uint8Array.of(1), sibling, hash);
        while (at % 2n === 0n && at !== 0n) {
          at /= 2n;
          last /= 2n;
        }
      } else {
        hash = await sha256(Uint8Array.of(1), hash, sibling);
      }
      at /= 2n;
      last /= 2n;
    }
    if (last !== 0n) throw new Wrong("The path is shorter than the tree is high.");
    return hash;
  };

  const verifies = async (key, signature, text) => {
    let message = utf8.encode(text);
    let signed = signature.bytes;
    if (key.type === 4) {
      if (signed.length !== 72) return false;
      const time = new DataView(signed.buffer, signed.byteOffset, 8).getBigUint64(0);
      message = utf8.encode(`cosignature/v1\ntime ${time}\n${text}`);
      signed = signed.slice(8);
    }
    const loaded = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    return crypto.subtle.verify({ name: "Ed25519" }, loaded, signed, message);
  };
  const knowsEd25519 = async () => {
    try {
      await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
      return true;
    } catch (error) {
      return error.name !== "NotSupportedError";
    }
  };

  const say = (list, tone, title, details, mono) => {
    const item = document.createElement("li");
    item.className = tone;
    const shape = document.createElementNS(SVG, "svg");
    shape.setAttribute("class", "shape");
    shape.setAttribute("viewBox", "0 0 12 12");
    shape.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#s-${tone}`);
    shape.append(use);
    const words = document.createElement("b");
    words.textContent = title;
    item.append(shape, words);
    for (const detail of [details].flat().filter(Boolean)) {
      const line = document.createElement("span");
      line.className = mono ? "detail-text mono" : "detail-text";
      line.textContent = detail;
      item.append(line);
    }
    list.append(item);
    return item;
  };

  // Every step says what it computed; the first that fails ends it.
  const check = async (list, proofBytes, entry, keysText, leafSaid) => {
    const leaf = await sha256(Uint8Array.of(0), entry);
    if (leafSaid && hex(leaf) !== leafSaid) throw new Wrong(`The hash of these ${entry.length} bytes is ${hex(leaf)}, and the page says ${leafSaid}.`);
    say(list, "ok", `The entry's ${entry.length.toLocaleString("en")} bytes have this leaf hash`, hex(leaf), true);
    const proof = readProof(proofBytes);
    const root = await rootOf(leaf, proof);
    if (!same(root, proof.root)) {
      throw new Wrong(`From this entry the ${proof.path.length} hashes of the proof lead to the root ${hex(root)}, and the checkpoint has ${hex(proof.root)}. The entry, the proof or the checkpoint was changed.`);
    }
    say(list, "ok", `As entry ${proof.index.toLocaleString("en")} of ${proof.size.toLocaleString("en")}, its ${proof.path.length} neighbours lead to the checkpoint's root`, hex(root), true);
    const keys = await readKeys(keysText);
    if (!(await knowsEd25519())) {
      say(list, "unknown", "The signature is not checked: this browser does not know Ed25519", "Use a newer one, or run steward verify on a copy of the data folder.");
      return "unknown";
    }
    let signed = false;
    let witnesses = 0;
    for (const signature of proof.signatures) {
      const key = keys.find((known) => known.name === signature.name && known.id === signature.id);
      if (!key) continue;
      if (!(await verifies(key, signature, proof.text))) throw new Wrong(`The signature by ${key.name} is not of this checkpoint.`);
      if (key.type === 1 && key.name === proof.origin) signed = true;
      if (key.type === 4) witnesses++;
    }
    if (!signed) throw new Wrong(`No known key of ${proof.origin} has signed this checkpoint.`);
    say(list, "ok", `The checkpoint is signed by ${proof.origin}`, "Ed25519, with the public key given");
    if (keys.some((key) => key.type === 4)) {
      if (witnesses === 0) throw new Wrong("None of the known witnesses has signed this checkpoint.");
      say(list, "ok", `${witnesses} ${witnesses === 1 ? "witness has" : "witnesses have"} signed it too`);
    }
    return "ok";
  };

  const fetched = async (address) => {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Wrong(`${address} was answered ${answer.status}. Reload the page and try again.`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const chosen = async (input, what) => {
    const file = input?.files[0];
    if (!file) throw new Wrong(`Choose the file of the ${what} first.`);
    return new Uint8Array(await file.arrayBuffer());
  };

  const run = async (part) => {
    const list = part.querySelector("[data-checks]");
    list.replaceChildren();
    list.dataset.result = "";
    const button = part.querySelector("[data-check]");
    button.disabled = true;
    try {
      if (!globalThis.crypto?.subtle) throw new Wrong("This browser computes hashes only on https or localhost. Open the console there, or run steward verify.");
      const { proofFile, entryFile, leaf } = part.dataset;
      const proof = proofFile ? await fetched(proofFile) : await chosen(part.querySelector("[data-proof-input]"), "proof");
      const entry = entryFile ? await fetched(entryFile) : await chosen(part.querySelector("[data-entry-input]"), "entry");
      const result = await check(list, proof, entry, part.querySelector("[data-keys]").value, leaf);
      if (result === "ok") say(list, "ok", "Proven: the entry is in the ledger, as it is here").classList.add("verdict");
      list.dataset.result = result;
    } catch (error) {
      const words = error instanceof Wrong ? error.message : `The file cannot be read: ${error.message}`;
      say(list, "critical", "Not proven", words).classList.add("verdict");
      list.dataset.result = "critical";
    } finally {
      button.disabled = false;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-check]");
    const part = button?.closest("[data-proof]");
    if (part) void run(part);
  });
})();
