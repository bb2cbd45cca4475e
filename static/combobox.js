/* The search box with suggestions: an editable combobox with a list, after the ARIA Authoring Practices of the W3C.

   The template's box is a plain form; this makes a combobox of it. htmx fetches the list (see the box's data-hx-…
   attributes) and is loaded with the first focus, so that a page which is only read doesn't pay for it. A box asks by
   the event "suggest", which is not sent while an input method composes: half-typed pinyin is nobody's question. */

(() => {
  "use strict";

  const address = document.currentScript.dataset.htmx;
  let loading = null;

  /** htmx, once the page is complete: until then it would wait for an event that is over. */
  const htmxLoaded = () => {
    loading ??= new Promise((done, failed) => {
      const fetchIt = () => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = () => { loading = null; failed(); };
        document.head.append(script);
      };
      if (document.readyState === "complete") fetchIt();
      else addEventListener("load", fetchIt, { once: true });
    });
    return loading;
  };

  const combobox = (input) => {
    const list = document.getElementById(`${input.id}-list`);
    const status = document.getElementById(`${input.id}-status`);
    let options = [];
    let active = -1; // -1: the text itself
    let wanted = false; // whether an answer that arrives now is to be shown
    let composing = false;

    const isOpen = () => !list.hidden;

    const activate = (place) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = place;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };

    const open = () => {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    };

    const hide = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      activate(-1);
    };

    const close = () => {
      wanted = false;
      hide();
    };

    const forget = () => {
      close();
      options = [];
      list.replaceChildren();
      status.textContent = "";
      if (window.htmx) htmx.trigger(input, "htmx:abort");
    };

    const ask = () => {
      if (composing) return;
      if (!input.value.trim()) return forget();
      wanted = true;
      htmxLoaded().then(() => htmx.trigger(input, "suggest"), () => {});
    };

    const onAnswer = () => {
      activate(-1);
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, place) => { option.id = `${list.id}-${place}`; });
      if (!wanted || document.activeElement !== input) return;
      status.textContent = list.firstElementChild?.dataset.told ?? "";
      if (options.length) open();
      else hide();
    };

    /** Down from the text to the first option, from the last back to the text, and up the other way. */
    const move = (step) => {
      if (isOpen()) return activate((active + 1 + step + options.length + 1) % (options.length + 1) - 1);
      if (!options.length) return ask();
      open();
      activate(step > 0 ? 0 : options.length - 1);
    };

    const keys = {
      ArrowDown: () => { move(1); return true; },
      ArrowUp: () => { move(-1); return true; },
      Home: () => active >= 0 && (activate(0), true),
      End: () => active >= 0 && (activate(options.length - 1), true),
      Enter: () => active >= 0 && (options[active].click(), true),
      Escape: () => {
        if (isOpen()) close();
        else { input.value = ""; forget(); }
        return true;
      },
    };

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    input.addEventListener("focus", () => htmxLoaded().catch(() => {}));
    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => { composing = false; ask(); });
    input.addEventListener("input", ask);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (keys[event.key]?.()) event.preventDefault();
    });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", forget);
    addEventListener("pagehide", forget);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus, the click follows
    list.addEventListener("htmx:afterSwap", onAnswer);
    if (document.activeElement === input) htmxLoaded().catch(() => {});
  };

  document.querySelectorAll("input[data-suggestions]").forEach(combobox);
})();
