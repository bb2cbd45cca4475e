/* The grid of a list as people know it from spreadsheets: keys move between cells, blocks are pasted, and what is changed
   is saved by itself. Without this script the grid is a form with a button. */
(() => {
  "use strict";
  const WAIT = 700; // milliseconds without a key, then rows are saved
  const form = document.getElementById("list");
  const grid = form.querySelector(".grid");
  const status = document.getElementById("status");
  const changed = new Set();
  let work = Promise.resolve();
  let timer = 0;
  let saving = false;

  const rowOf = (node) => node.closest("tr[data-at]");
  const rows = () => [...grid.querySelectorAll("tr[data-at]")].filter((row) => row.querySelector("[name=row]"));
  const nameOf = (field) => field.name.replace(/^r\d+-/, "");
  const cell = (row, name) => row.querySelector(`[name="r${row.dataset.at}-${name}"]`);
  const columns = () => {
    const first = rows()[0];
    return first ? [...first.querySelectorAll(".cell input, .cell select")].map(nameOf) : [];
  };

  function set(field, text) {
    if (!field) return;
    if (field.tagName === "SELECT") {
      const wanted = text.trim();
      const option = [...field.options].find((one) => one.value === wanted || one.text.trim() === wanted);
      if (!option) return;
      field.value = option.value;
    } else field.value = text.trim().slice(0, field.maxLength > 0 ? field.maxLength : undefined);
    note(rowOf(field));
  }

  function note(row) {
    if (!row || !row.querySelector("[name=row]")) return;
    changed.add(row);
    clearTimeout(timer);
    timer = setTimeout(() => { work = work.then(save); }, WAIT);
  }

  /* Send the rows that changed, and take from the answer what follows from them: doubts, matches, stamps. What is being
     typed meanwhile stays. */
  async function save() {
    const sent = [...changed];
    changed.clear();
    if (!sent.length) return;
    saving = true;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const row of sent)
      for (const field of row.querySelectorAll("[name]"))
        if (field.type !== "checkbox" || field.checked) body.append(field.name, field.value);
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { "X-Partial": "rows" } });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("fresh");
      if (!response.ok || !answer) throw new Error("no rows");
      const conflicts = (answer.dataset.conflicts || "").split(",").filter(Boolean);
      for (const fresh of answer.querySelectorAll("tr[data-at]")) take(fresh, conflicts.includes(fresh.dataset.at));
      status.textContent = conflicts.length ? status.dataset.conflict : status.dataset.saved;
    } catch {
      sent.forEach((row) => changed.add(row));
      status.textContent = status.dataset.failed;
    } finally {
      saving = false;
    }
  }

  function take(fresh, whole) {
    const row = document.getElementById(fresh.id);
    if (!row) return;
    if (whole) return row.replaceWith(fresh);
    row.querySelector("[name=row]").value = fresh.querySelector("[name=row]").value;
    row.className = fresh.className;
    const typing = row.contains(document.activeElement) ? document.activeElement : null;
    for (const part of [".match", ".why"]) {
      const old = row.querySelector(part);
      if (!typing || !old.contains(typing)) old.replaceWith(fresh.querySelector(part));
    }
    for (const td of row.querySelectorAll(".cell")) {
      const kind = td.className.split(" ").find((one) => one.startsWith("c-"));
      td.querySelector(".there")?.remove();
      const there = fresh.querySelector(`.${kind} .there`);
      if (there) td.append(there);
    }
  }

  function move(field, step) {
    const all = rows();
    const next = all[all.indexOf(rowOf(field)) + step];
    const there = next && cell(next, nameOf(field));
    if (!there) return;
    there.focus();
    there.select?.();
  }

  function fromAbove(field) {
    const all = rows();
    const above = all[all.indexOf(rowOf(field)) - 1];
    const source = above && cell(above, nameOf(field));
    if (source) set(field, source.tagName === "SELECT" ? source.selectedOptions[0].text : source.value);
  }

  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.name || event.isComposing) return;
    const isText = field.type === "text";
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      fromAbove(field);
    } else if (event.key === "Enter") {
      event.preventDefault();
      move(field, event.shiftKey ? -1 : 1);
    } else if (!event.altKey && (isText || field.type === "checkbox") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      move(field, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  /* A block of a spreadsheet fills the cells to the right and below. */
  grid.addEventListener("paste", (event) => {
    const field = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const at = columns().indexOf(field.name ? nameOf(field) : "");
    if (at < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const all = rows();
    const top = all.indexOf(rowOf(field));
    text.split("\n").forEach((line, down) => {
      const row = all[top + down];
      if (row) line.split("\t").forEach((part, right) => { if (columns()[at + right]) set(cell(row, columns()[at + right]), part); });
    });
  });

  grid.addEventListener("input", (event) => note(rowOf(event.target)));
  grid.addEventListener("change", (event) => note(rowOf(event.target)));

  /* The button below some rows ticks them in the page; the form's own way loads it anew. */
  grid.addEventListener("click", (event) => {
    const button = event.target.closest(".tick-group");
    if (!button) return;
    event.preventDefault();
    for (const at of button.value.split(":")[1].split(",")) {
      const row = document.getElementById(`r${at}`);
      const box = row && row.querySelector(`[name="r${at}-ticked"]`);
      if (box && !row.classList.contains("is-doubtful") && !box.checked) {
        box.checked = true;
        note(row);
      }
    }
    const next = button.closest("tbody").nextElementSibling?.querySelector(".cell input, .tick-group");
    (next || form.querySelector(".end button")).focus();
  });

  /* The form has all that changed. It waits for what is on its way, lest the two cross. */
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed.clear();
    if (!saving) return;
    event.preventDefault();
    const button = event.submitter;
    work.then(() => setTimeout(() => form.requestSubmit(button))); // not within this very event
  });

  addEventListener("beforeunload", () => {
    if (changed.size) save();
  });
})();
