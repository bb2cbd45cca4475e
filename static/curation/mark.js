/* Marking in the text: words are selected with mouse or keys, a palette says what they are, and a form that the server
   fills in opens beside. Subjects are pointed at. Without this script the same forms are pages of their own. */
(() => {
  "use strict";
  const palette = document.getElementById("palette");
  const panel = document.getElementById("mark-panel");
  const text = document.querySelector(".review .text");
  if (!palette || !panel || !text) return;
  const told = document.getElementById("marking");
  const single = document.getElementById("single-keys");
  const subjects = new Map(palette.dataset.subjects.split(" ").filter(Boolean).map((pair) => pair.split(":")));
  const solid = (words) => words.replace(/\s/g, "").length;
  let before = null; // what had the focus when the panel was opened

  /* The selected words, with the paragraph in which they begin and how many characters that are no blanks come first. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const words = selection.toString().trim();
    if (!words || !text.contains(range.commonAncestorContainer)) return null;
    const node = range.startContainer;
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (!paragraph) return { words, range };
    const lead = document.createRange();
    lead.setStart(paragraph, 0);
    lead.setEnd(range.startContainer, range.startOffset);
    return { words, range, paragraph: paragraph.dataset.at, skip: solid(lead.toString()) };
  }

  function place() {
    const one = panel.open ? null : selected();
    palette.hidden = !one;
    if (!one) return;
    palette.style.left = "8px"; // where it is as wide as it can be
    const box = one.range.getBoundingClientRect();
    const left = Math.min(Math.max(box.left, 8), innerWidth - palette.offsetWidth - 8);
    const below = box.bottom + 8 + palette.offsetHeight < innerHeight;
    palette.style.left = `${Math.max(left, 8)}px`;
    palette.style.top = `${Math.max(below ? box.bottom + 8 : box.top - palette.offsetHeight - 8, 8)}px`;
  }

  async function open(address) {
    before = document.activeElement;
    const response = await fetch(address, { headers: { "X-Partial": "mark" } });
    const answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("mark");
    if (!answer) return location.assign(address); // logged out, or an error: the page says which
    palette.hidden = true;
    panel.replaceChildren(answer);
    if (!panel.open) panel.show();
    const field = panel.querySelector("[aria-invalid=true], select, input:not([type=hidden]):not([type=checkbox]), button");
    if (field) field.focus();
    told.textContent = panel.querySelector("b, p")?.textContent.trim() || "";
  }

  function close() {
    panel.close();
    panel.replaceChildren();
    window.CSS?.highlights?.delete("marking");
    (before && before.isConnected ? before : text).focus({ preventScroll: true });
  }

  function mark(what) {
    const one = selected();
    if (!one) return;
    const asked = new URLSearchParams({ what, words: one.words });
    if (one.paragraph) { asked.set("paragraph", one.paragraph); asked.set("skip", one.skip); }
    if (window.CSS?.highlights) CSS.highlights.set("marking", new Highlight(one.range));
    return open(`${palette.dataset.url}${palette.dataset.url.includes("?") ? "&" : "?"}${asked}`);
  }

  /* The brand or program whose name is at this place of the text. */
  function pointedAt(element) {
    for (let at = element.closest("mark"); at; at = at.parentElement.closest("mark")) {
      const found = subjects.get(at.id) || at.querySelector("a")?.getAttribute("href")?.slice(1);
      if (/^(brand|program)-/.test(found || "")) return found;
    }
    return "";
  }

  function choose(key, label) {
    const form = panel.querySelector("form");
    const field = panel.querySelector("select[name=subject]");
    if (![...field.options].some((option) => option.value === key)) field.add(new Option(label, key), 0);
    field.value = key;
    field.focus();
    if (form.classList.contains("pointing")) form.requestSubmit();
  }

  /* A stretch of one character is where one is; Shift makes it longer. */
  function move(event) {
    const selection = getSelection();
    const [direction, unit] = {
      ArrowLeft: ["backward", "character"], ArrowRight: ["forward", "character"],
      ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"],
      Home: ["backward", "lineboundary"], End: ["forward", "lineboundary"],
    }[event.key];
    if (!selection.rangeCount || !text.contains(selection.anchorNode)) begin();
    else if (event.shiftKey) selection.modify("extend", direction, unit);
    else {
      selection.collapseToStart();
      selection.modify("move", direction, unit);
      if (!text.contains(selection.anchorNode)) begin();
      else selection.modify("extend", "forward", "character");
    }
    const box = selection.rangeCount && selection.getRangeAt(0).getBoundingClientRect();
    const frame = text.getBoundingClientRect();
    if (box && box.bottom > frame.bottom) text.scrollTop += box.bottom - frame.bottom + 40;
    if (box && box.top < frame.top) text.scrollTop -= frame.top - box.top + 40;
  }

  function begin() {
    const from = text.querySelector("mark.is-at") || text.querySelector("[data-at]");
    if (!from) return;
    const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
    const node = walker.nextNode();
    if (node) getSelection().setBaseAndExtent(node, 0, node, Math.min(1, node.length));
  }

  document.addEventListener("selectionchange", place);
  text.addEventListener("scroll", place);
  addEventListener("resize", place);

  palette.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  palette.addEventListener("click", (event) => {
    const button = event.target.closest("[data-what]");
    if (button) mark(button.dataset.what);
  });

  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const steps = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    const one = selected();
    const button = single.checked && one && palette.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (steps.includes(event.key)) move(event);
    else if (button) mark(button.dataset.what);
    else if (event.key === "Enter" && one && event.target === text) palette.querySelector("button").focus();
    else if (event.key === "n" && single.checked) open(palette.dataset.reject);
    else if (event.key === "Escape") { getSelection().removeAllRanges(); document.querySelector(".fact")?.focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  text.addEventListener("click", (event) => {
    const key = panel.open && panel.querySelector("select[name=subject]") ? pointedAt(event.target) : "";
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    choose(key, event.target.textContent);
  });

  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    close();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); return close(); }
    const field = event.target.closest("select");
    const form = field && field.form;
    const option = form?.matches(".pointing") && /^[1-9]$/.test(event.key) && field.options[Number(event.key) - 1];
    if (option && option.value) { event.preventDefault(); choose(option.value, option.text); }
    else if (form && event.key === "Enter") { event.preventDefault(); form.requestSubmit(form.querySelector("button")); }
  });

  /* Links that open a form here rather than a page of its own. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-subject], #reject-article");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });

  document.addEventListener("keydown", (event) => {
    const element = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !single.checked) return;
    if (element.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    if (event.key === "t") { event.preventDefault(); text.focus(); begin(); }
    const link = event.key === "s" && document.activeElement?.closest(".fact")?.querySelector("a[data-subject]");
    if (link) { event.preventDefault(); open(link.href); }
  });
})();
