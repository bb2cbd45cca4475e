/* The review by keyboard. Every key does what a button of the page does; without this script the buttons send forms.
   Keys are taken one after the other, so that none is lost while an answer is on its way. */
(() => {
  "use strict";
  const KEPT = "laobrand.single-keys";
  const HOLD = 5 * 60 * 1000; // a claim lasts fifteen minutes
  const review = document.querySelector(".review");
  const text = review.querySelector(".text");
  const told = document.getElementById("told");
  const help = document.getElementById("keys");
  const single = document.getElementById("single-keys");
  const desk = () => document.getElementById("desk");
  const facts = () => [...desk().querySelectorAll(".fact")];
  let at = ""; // the id of the fact that has the focus
  let work = Promise.resolve();
  let active = false;

  const present = () => facts().find((fact) => fact.id === at) || facts()[0];

  function show(fact) {
    text.querySelectorAll("mark.is-at").forEach((mark) => mark.classList.remove("is-at"));
    if (!fact) return;
    at = fact.id;
    const form = fact.querySelector(".edit");
    const field = form && (form.querySelector("[aria-invalid=true]") || form.querySelector("input:not([type=hidden]), select"));
    (field || fact).focus({ preventScroll: true });
    const marks = fact.dataset.places.split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);
    marks.forEach((mark) => mark.classList.add("is-at"));
    if (marks.length) marks[0].scrollIntoView({ block: "nearest" });
    fact.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = facts();
    const place = all.findIndex((fact) => fact.id === at);
    show(all[place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)]);
  }

  /* Marks lead to facts that wait, also those that are not shown yet; those of others are read over. */
  function fade() {
    const later = new Set(desk().dataset.later.split(" "));
    text.querySelectorAll("mark a[href^='#']").forEach((link) => {
      const mark = link.closest("mark");
      mark.dataset.look ||= mark.className;
      const key = link.getAttribute("href").slice(1);
      mark.className = later.has(key) || document.getElementById(key) ? mark.dataset.look : "is-done";
    });
  }

  async function load(address, body) {
    const response = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Partial": "desk" } });
    const answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("desk");
    if (!answer || answer.ownerDocument.querySelector(".review")) return location.reload(); // logged out, or an error
    desk().replaceWith(answer);
    told.textContent = answer.dataset.told;
    fade();
  }

  /* The keys of a button's value are decided on; what stands behind the comma comes next. */
  async function press(button) {
    if (button.tagName === "A") {
      await load(button.href.split("#")[0]);
      return show(present());
    }
    const form = button.form;
    const body = new FormData(form);
    if (button.name) body.set(button.name, button.value);
    const before = new Set(facts().map((fact) => fact.id));
    const onward = body.get("onward") || (button.value || "").split(",")[1] || "";
    await load(form.action, body);
    const back = button.name === "undo" && facts().find((fact) => !before.has(fact.id));
    const refused = desk().querySelector(".told.wrong, .errorlist, .edit");
    if (!refused || back) at = back ? back.id : onward;
    show(present());
  }

  const mine = (button) => button && (button.form ? ["decide"].includes(button.form.id) || button.form.className === "edit" : true);
  const later = (job) => { work = work.then(job).catch(() => location.reload()); };

  function onKey(key) {
    if (key === "j") return move(1);
    if (key === "k") return move(-1);
    if (key === "?") { help.open = !help.open; return help.scrollIntoView({ block: "nearest" }); }
    if (key === "Enter") { const onward = document.getElementById("onward"); return onward && onward.submit(); }
    const where = key === "u" ? desk() : present();
    const button = where && where.querySelector(`[data-key="${key}"]`);
    return button ? press(button) : undefined;
  }

  document.addEventListener("keydown", (event) => {
    active = true;
    const element = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && element.closest(".edit")) {
      event.preventDefault();
      return later(() => press(element.closest(".edit").querySelector("[data-key=Escape]")));
    }
    if (element.closest("input:not([type=checkbox]), select, textarea") || !single.checked) return;
    if (event.key === "Enter" && element.closest("a, button, summary")) return;
    if (!["j", "k", "y", "n", "e", "u", "Enter", "?"].includes(event.key)) return;
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    event.preventDefault();
    later(() => onKey(event.key));
  });

  review.addEventListener("click", (event) => {
    active = true;
    const link = event.target.closest("mark a[href^='#'], a.place");
    const fact = event.target.closest(".fact");
    if (link && link.closest("mark")) {
      const waits = document.getElementById(link.getAttribute("href").slice(1));
      event.preventDefault();
      return waits && show(waits);
    }
    const button = event.target.closest("button, a[data-key]");
    if (button && mine(button) && desk().contains(button)) {
      event.preventDefault();
      if (fact) at = fact.id;
      return later(() => press(button));
    }
    if (fact && !event.target.closest("a, button, input, select, label, summary")) show(fact);
  });

  /* Enter in a field of a form. */
  review.addEventListener("submit", (event) => {
    if (event.target.className !== "edit") return;
    event.preventDefault();
    later(() => press(event.target.querySelector("button")));
  });

  review.addEventListener("focusin", (event) => {
    const fact = event.target.closest(".fact");
    if (fact && fact.id !== at) { at = fact.id; }
  });

  single.checked = localStorage.getItem(KEPT) !== "no";
  single.addEventListener("change", () => localStorage.setItem(KEPT, single.checked ? "yes" : "no"));

  setInterval(() => {
    const token = document.querySelector("#decide [name=csrfmiddlewaretoken]");
    if (!active || !token || !review.dataset.hold) return;
    active = false;
    fetch(review.dataset.hold, { method: "POST", headers: { "X-CSRFToken": token.value } });
  }, HOLD);
  document.addEventListener("scroll", () => { active = true; }, true);

  at = location.hash.slice(1);
  show(present());
})();
