/* The review by keyboard. Every key does what a button of the page does; without this script the buttons send forms.
   A verdict is shown at once and sent behind (answers.js): nobody waits for an answer to go on. */
(() => {
  "use strict";
  const KEPT = "laobrand.single-keys";
  const HOLD = 5 * 60 * 1000; // a claim lasts fifteen minutes
  const FEW = 5; // facts that are left on the page when the next ones are fetched
  const review = document.querySelector(".review");
  const text = review.querySelector(".text");
  const told = document.getElementById("told");
  const refused = document.getElementById("refused");
  const help = document.getElementById("keys");
  const single = document.getElementById("single-keys");
  const desk = () => document.getElementById("desk");
  const facts = () => [...desk().querySelectorAll(".fact:not([hidden])")];
  const token = () => document.querySelector("#decide [name=csrfmiddlewaretoken]");
  const answered = []; // what was said on this page, for the way back: {name, keys}
  let at = ""; // the id of the fact that has the focus
  let work = Promise.resolve(); // what has to wait for an answer, one after the other
  let active = false;

  const present = () => facts().find((fact) => fact.id === at) || facts()[0];
  const sender = review.dataset.answers && laobrandAnswers(review.dataset, token, { arrived, unsent });

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

  /* The mark of a fact that is decided is read over; marks of facts that are not shown yet are not. */
  function fade(key, decided) {
    text.querySelectorAll(`mark a[href="#${key}"]`).forEach((link) => {
      const mark = link.closest("mark");
      mark.dataset.look ||= mark.className;
      mark.className = decided ? "is-done" : mark.dataset.look;
    });
  }

  function fadeAll() {
    const later = new Set(desk().dataset.later.split(" "));
    text.querySelectorAll("mark a[href^='#']").forEach((link) => {
      const key = link.getAttribute("href").slice(1);
      const fact = document.getElementById(key);
      fade(key, !later.has(key) && (!fact || fact.hidden));
    });
  }

  /* A fact that is decided goes from the page and stays in it, hidden, lest it be wanted back. */
  function set(keys, decided) {
    const changed = keys.map((key) => document.getElementById(key)).filter((fact) => fact && fact.hidden !== decided);
    changed.forEach((fact) => { fact.hidden = decided; fade(fact.id, decided); });
    const left = Number(desk().dataset.left) + (decided ? -changed.length : changed.length);
    desk().dataset.left = left;
    const words = document.getElementById("left");
    if (words) words.textContent = left;
    document.getElementById("all-done").hidden = left > 0;
    desk().querySelectorAll("button[name=yes]:not([data-key])").forEach((button) => {
      const open = together(button);
      const group = button.closest(".group");
      (group || button).hidden = open.length < (group ? 1 : 2);
      [button, group && group.querySelector("h2")].forEach((one) => {
        const number = one && one.querySelector("b");
        if (number) number.textContent = open.length;
      });
    });
  }

  /* The facts that are decided by answers which have not arrived yet. */
  function underway() {
    const all = sender ? sender.waiting() : [];
    const back = new Set(all.map((one) => one.of));
    return all.filter((one) => !back.has(one.name)).flatMap((one) => one.keys);
  }

  /* The facts of a button for several that are still to be decided. */
  function together(button) {
    return button.value.split(",")[0].split(" ").filter((key) => {
      const fact = key && document.getElementById(key);
      return fact && !fact.hidden;
    });
  }

  function say(button) {
    const keys = together(button);
    if (!keys.length) return undefined;
    const all = facts();
    const last = all.findIndex((fact) => fact.id === keys[keys.length - 1]);
    const seen = keys.map((key) => document.getElementById(key).dataset.seen).sort()[0];
    answered.push({ name: sender.put({ says: button.name, keys, seen }), keys });
    const onward = all.slice(last + 1).find((fact) => !keys.includes(fact.id));
    set(keys, true);
    show(onward || facts()[0]);
    return fetchMore();
  }

  /* The way back: what is still here is only forgotten, what is on its way or there is taken back. */
  function back(button) {
    const last = answered.pop();
    if (!last) return later(() => press(button)); // something of before this page
    if (!sender.forget(last.name)) sender.put({ says: "undo", keys: [], of: last.name });
    set(last.keys, false);
    return show(document.getElementById(last.keys[0]) || present());
  }

  /* What became of the answers: of each whether it is written down, and facts that look different now. */
  function arrived(answer) {
    const wrong = answer.answers.filter((one) => !one.taken);
    for (const [key, html] of Object.entries(answer.facts)) put(key, html, !wrong.length);
    const words = (wrong.length ? wrong : answer.answers.slice(-1)).map((one) => one.told);
    told.textContent = wrong.length ? "" : words.join(" ");
    refused.replaceChildren(...wrong.map((one) => {
      const line = document.createElement("p");
      line.className = "told wrong";
      line.textContent = one.told;
      return line;
    }));
    wrong.forEach((one) => {
      const place = answered.findIndex((said) => said.name === one.name);
      if (place >= 0) set(answered.splice(place, 1)[0].keys, false);
    });
    if (wrong.length && !facts().includes(document.activeElement.closest(".fact"))) show(present());
    return fetchMore();
  }

  function unsent(count, why) {
    const box = document.getElementById("unsent");
    box.hidden = !why;
    box.querySelectorAll("[data-when]").forEach((line) => {
      line.hidden = line.dataset.when !== why;
      line.querySelector("b").textContent = count;
    });
  }

  /* A fact as it looks now; without words it does not wait any more. */
  function put(key, html, quiet) {
    const fact = document.getElementById(key);
    if (!fact) return;
    if (!html) return set([key], true);
    const wasHidden = fact.hidden;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".fact");
    fact.replaceWith(fresh);
    if (wasHidden && quiet) fresh.hidden = true;
    if (wasHidden && !fresh.hidden) { fresh.hidden = true; set([key], false); }
  }

  async function load(address, body) {
    const response = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Partial": "desk" } });
    const answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("desk");
    if (!answer || answer.ownerDocument.querySelector(".review")) return location.reload(); // logged out, or an error
    desk().replaceWith(answer);
    if (answer.dataset.told) told.textContent = answer.dataset.told;
    set(underway(), true);
    fadeAll();
  }

  /* The next facts, before those of the page are gone. Not while somebody types, nor while answers are on their way:
     what is fetched then would show again what is decided. */
  function fetchMore() {
    const more = desk().dataset.later.trim() && facts().length <= FEW;
    if (!more || sender.waiting().length || desk().querySelector(".edit")) return;
    later(async () => {
      if (sender.waiting().length || desk().querySelector(".edit")) return;
      const before = at;
      await load(location.pathname + location.search);
      at = before;
      show(present());
    });
  }

  /* A button that has to wait for its answer: another page of facts, a step back of before, a form. */
  async function press(button) {
    if (button.dataset.key === "Escape") return closed(button.closest(".fact"));
    if (button.tagName === "A") return opened(button);
    if (button.form.className === "edit") return saved(button);
    const body = new FormData(button.form);
    body.set(button.name, button.value);
    const before = new Set(facts().map((fact) => fact.id));
    await load(button.form.action, body);
    const again = facts().find((fact) => !before.has(fact.id));
    if (again) at = again.id;
    return show(present());
  }

  const asked = new WeakMap(); // a fact with a form, and what it looked like before

  async function opened(link) {
    const fact = link.closest(".fact");
    const response = await fetch(link.href.split("#")[0], { headers: { "X-Partial": "fact" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("body > .fact");
    if (!fresh) return location.reload();
    asked.set(fresh, fact);
    fact.replaceWith(fresh);
    return show(fresh);
  }

  function closed(fact) {
    const before = asked.get(fact);
    if (!before) return location.assign(fact.querySelector("[data-key=Escape]").href);
    fact.replaceWith(before);
    return show(before);
  }

  async function saved(button) {
    const fact = button.closest(".fact");
    const body = new FormData(button.form);
    const name = sender.name();
    body.set("answer", name);
    let response;
    try {
      response = await fetch(button.form.action, { method: "POST", body, headers: { "X-Partial": "fact" } });
    } catch {
      return unsent(1, "offline"); // the form stays as it is, with what was typed
    }
    if (response.headers.get("Content-Type").startsWith("application/json")) {
      const answer = await response.json();
      told.textContent = answer.told;
      refused.textContent = response.ok ? "" : answer.told;
      refused.className = response.ok ? "" : "told wrong";
      unsent(0, "");
      const onward = facts()[facts().indexOf(fact) + 1];
      if (response.ok) answered.push({ name, keys: [fact.id] });
      const before = asked.get(fact);
      if (before) fact.replaceWith(before);
      Object.entries(answer.facts).forEach(([key, html]) => put(key, html, true));
      return show(response.ok && onward ? onward : present());
    }
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("body > .fact");
    if (!fresh) return unsent(1, "login");
    if (asked.has(fact)) asked.set(fresh, asked.get(fact));
    fact.replaceWith(fresh);
    return show(fresh);
  }

  const later = (job) => { work = work.then(job).catch(() => unsent(sender.waiting().length, "offline")); };

  async function onward() {
    const form = document.getElementById("onward");
    if (form && (await sender.empty())) form.submit();
  }

  function onButton(button) {
    if (button.dataset.key === "u") return back(button);
    if (button.name === "yes" || button.name === "no") return say(button);
    return later(() => press(button));
  }

  function onKey(key) {
    if (key === "j") return move(1);
    if (key === "k") return move(-1);
    if (key === "?") { help.open = !help.open; return help.scrollIntoView({ block: "nearest" }); }
    if (key === "Enter") return onward();
    const where = key === "u" ? desk() : present();
    const button = where && where.querySelector(`[data-key="${key}"]`);
    return button && onButton(button);
  }

  document.addEventListener("keydown", (event) => {
    active = true;
    const element = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && element.closest(".edit")) {
      event.preventDefault();
      later(() => closed(element.closest(".fact")));
      return;
    }
    if (element.closest("input:not([type=checkbox]), select, textarea") || !single.checked) return;
    if (event.key === "Enter" && element.closest("a, button, summary")) return;
    if (!["j", "k", "y", "n", "e", "u", "Enter", "?"].includes(event.key)) return;
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    event.preventDefault();
    onKey(event.key);
  });

  review.addEventListener("click", (event) => {
    active = true;
    const link = event.target.closest("mark a[href^='#'], a.place");
    const fact = event.target.closest(".fact");
    if (link && link.closest("mark")) {
      const waits = document.getElementById(link.getAttribute("href").slice(1));
      event.preventDefault();
      return waits && !waits.hidden && show(waits);
    }
    const button = event.target.closest("button, a[data-key]");
    const ours = button && (button.form ? button.form.id === "decide" || button.form.className === "edit" : button.dataset.key);
    if (ours && desk().contains(button)) {
      event.preventDefault();
      if (fact) at = fact.id;
      return onButton(button);
    }
    if (fact && !event.target.closest("a, button, input, select, label, summary")) show(fact);
  });

  /* Enter in a field of a form, and the way to the next article. */
  review.addEventListener("submit", (event) => {
    if (event.target.id === "onward" || event.target.id === "leave") {
      event.preventDefault();
      sender.empty().then((sent) => sent && event.target.submit());
    }
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
    if (!active || !token() || !review.dataset.hold) return;
    active = false;
    fetch(review.dataset.hold, { method: "POST", headers: { "X-CSRFToken": token().value } }).catch(() => {});
  }, HOLD);
  document.addEventListener("scroll", () => { active = true; }, true);

  at = location.hash.slice(1);
  if (sender) {
    set(underway(), true);
    sender.send();
  }
  show(present());
})();
