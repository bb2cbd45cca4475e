/* What was typed into a form before a session ended comes back after the login: it is kept in this window until the
   form is shown again. Passwords and files are never kept. */
(() => {
  "use strict";
  const KEPT = `laobrand.draft ${location.pathname}`;
  const fields = (form) => [...form.elements].filter(
    (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button"].includes(field.type),
  );
  const forms = () => [...document.querySelectorAll("#content form[method=post]")].filter(
    (form) => form.id !== "changelist-form" && fields(form).some((field) => field.type !== "hidden"),
  );
  const value = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.tagName === "SELECT") return [...field.selectedOptions].map((option) => [option.value, option.textContent]);
    return field.value;
  };

  function put(field, kept) {
    if (typeof kept === "boolean") field.checked = kept;
    else if (Array.isArray(kept)) {
      kept.forEach(([key, words]) => {
        if (![...field.options].some((option) => option.value === key)) field.add(new Option(words, key));
      });
      [...field.options].forEach((option) => { option.selected = kept.some(([key]) => key === option.value); });
    } else field.value = kept;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function keep() {
    const all = forms().map((form) => fields(form).map((field) => [field.name, value(field)]));
    sessionStorage.setItem(KEPT, JSON.stringify(all));
  }

  function bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    const login = document.referrer && new URL(document.referrer).pathname.endsWith("/login/");
    const shown = forms();
    if (!kept || !login || kept.length !== shown.length) return;
    let changed = false;
    shown.forEach((form, at) => {
      const names = fields(form);
      kept[at].forEach(([name, said], place) => {
        const field = names[place];
        if (field && field.name === name && JSON.stringify(value(field)) !== JSON.stringify(said)) {
          put(field, said);
          changed = true;
        }
      });
    });
    const told = document.getElementById("draft-told");
    if (changed && told) told.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    bringBack();
    document.addEventListener("input", keep);
    document.addEventListener("change", keep);
    document.addEventListener("submit", keep, true); // with what other scripts have chosen
  });
})();
