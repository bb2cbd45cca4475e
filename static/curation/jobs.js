// Keeps a job's bar up to date while it is under way, then loads the page anew. Without it the page refreshes itself.
(() => {
  "use strict";
  const SECOND = 1000;
  const bar = document.getElementById("bar");
  if (!bar) return;

  async function ask() {
    const response = await fetch(bar.dataset.progress, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  function show(state) {
    bar.max = state.total;
    bar.value = state.done;
    document.getElementById("count").textContent = `${state.done} / ${state.total}`;
    const words = document.getElementById("words");
    if (words.textContent !== state.words) words.textContent = state.words;
  }

  async function round(wait) {
    try {
      const state = await ask();
      if (state.over) {
        location.reload();
        return;
      }
      show(state);
      wait = SECOND;
    } catch {
      wait = Math.min(wait * 2, 30 * SECOND); // the site is away for a moment
    }
    setTimeout(round, wait, wait);
  }

  setTimeout(round, SECOND, SECOND);
})();
