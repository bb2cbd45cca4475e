/* What was typed into forms before a session ended comes back after the login: it is kept in this window until the page
   is shown again on which it was typed, to which the login leads. Passwords and files are never kept. */
(() => {
  "use strict";
  const KEPT = "laobrand.drafts";
  const path = (address) => { const url = new URL(address, location.href); return url.pathname + url.search; };
  const here = path(location.href);
  const kept = () => JSON.parse(sessionStorage.getItem(KEPT) || "null");

  /* The login would lead to the address that was posted to, which may have no page, or show another. */
  function lead(login) {
    const one = kept();
    if (one && one.from.includes(login.elements.next.value)) login.elements.next.value = one.page;
  }

  const fields = (form) => [...form.elements].filter(
    (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button"].includes(field.type),
  );
  const forms = () => [...document.querySelectorAll("#content form[method=post]")].filter(
    (form) => form.id !== "changelist-form" && fields(form).some((field) => field.type !== "hidden"),
  );
  const action = (form) => path(form.getAttribute("action") || location.href);
  const value = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.tagName === "SELECT") return [...field.selectedOptions].map((option) => [option.value, option.textContent]);
    return field.value;
  };

  const first = new Set(); // the forms of the page as it came
  const touched = new Set();

  /* A form that came into the page later has a page of its own: where its panel says, or else where it is sent to. */
  const page = (form) => first.has(form) ? here : path(form.closest("[data-page]")?.dataset.page || action(form));

  function keep() {
    const some = [...touched].filter((form) => form.isConnected);
    const last = some[some.length - 1];
    if (!last) return sessionStorage.removeItem(KEPT);
    const said = some.map((form) => (
      { id: form.id, action: action(form), fields: fields(form).map((field) => [field.name, value(field)]) }
    ));
    const one = { page: page(last), from: [here, action(last)], forms: said };
    return sessionStorage.setItem(KEPT, JSON.stringify(one));
  }

  function touch(event) {
    const form = event.target.form || event.target.closest?.("form");
    if (!form || !forms().includes(form)) return;
    touched.delete(form); // the last one stands last
    touched.add(form);
    keep();
  }

  function put(field, said) {
    if (typeof said === "boolean") field.checked = said;
    else if (Array.isArray(said)) {
      said.forEach(([key, words]) => {
        if (![...field.options].some((option) => option.value === key)) field.add(new Option(words, key));
      });
      [...field.options].forEach((option) => { option.selected = said.some(([key]) => key === option.value); });
    } else field.value = said;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  /* Rows that were added to a table of the form, such as other names, are added again. */
  function addRows(form, said) {
    for (const [name] of said) {
      const [, prefix, number] = /^(.+)-(\d+)-/.exec(name) || [];
      const total = prefix && form.elements[`${prefix}-TOTAL_FORMS`];
      const more = total && document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
      while (more && Number(total.value) <= Number(number) && number < 100) {
        const before = total.value;
        more.click();
        if (total.value === before) break;
      }
    }
  }

  function restore(form, said) {
    addRows(form, said);
    const named = new Map();
    for (const field of fields(form)) named.set(field.name, [...(named.get(field.name) || []), field]);
    let changed = false;
    for (const [name, one] of said) {
      const field = named.get(name)?.shift();
      if (!field || JSON.stringify(value(field)) === JSON.stringify(one)) continue;
      put(field, one);
      changed = true;
    }
    return changed;
  }

  function bringBack() {
    const one = kept();
    sessionStorage.removeItem(KEPT);
    const login = document.referrer && new URL(document.referrer).pathname.endsWith("/login/");
    if (!one || !login || one.page !== here) return;
    const changed = one.forms.map((draft) => {
      const form = forms().find((shown) => shown.id === draft.id && action(shown) === draft.action);
      if (!form || !restore(form, draft.fields)) return false;
      touched.add(form);
      return true;
    });
    const told = document.getElementById("draft-told");
    if (!changed.includes(true)) return;
    keep(); // until it is sent, should the session end once more
    if (told) told.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const login = document.getElementById("login-form");
    if (login) return lead(login);
    forms().forEach((form) => first.add(form));
    document.addEventListener("input", touch);
    document.addEventListener("change", touch);
    document.addEventListener("submit", touch, true); // with what other scripts have chosen
    addEventListener("pagehide", keep); // without forms that were sent and taken away
    return undefined;
  });
  addEventListener("load", () => { if (!document.getElementById("login-form")) bringBack(); }); // after all other scripts
})();
