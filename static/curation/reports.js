/* Copies the reply to a reader; without this script it is selected by hand. */
(() => {
  "use strict";
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const words = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      words.select();
      try {
        await navigator.clipboard.writeText(words.value);
      } catch {
        document.execCommand("copy"); // where the page is not served over HTTPS
      }
      button.textContent = button.dataset.copied;
    });
  });
})();
