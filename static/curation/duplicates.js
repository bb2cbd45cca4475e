/* Pairs by keyboard: the keys press the buttons of the pair that has the focus, and do nothing elsewhere. */
(() => {
  "use strict";
  const pairs = [...document.querySelectorAll(".pair")];
  if (!pairs.length) return;

  const meant = location.hash && document.getElementById(location.hash.slice(1));
  if (meant && pairs.includes(meant)) meant.focus();
  else if (document.querySelector(".keys")) pairs[0].focus({ preventScroll: true });

  const go = (pair) => pair && pair.focus();

  document.addEventListener("keydown", (event) => {
    const pair = event.target.closest(".pair");
    const typing = event.target.matches("input, textarea, select");
    if (!pair || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = pairs.indexOf(pair);
    if (event.key === "j") go(pairs[at + 1]);
    else if (event.key === "k") go(pairs[at - 1]);
    else {
      const button = /^[yn]$/.test(event.key) && pair.querySelector(`[data-key=${event.key}]`);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });
})();
