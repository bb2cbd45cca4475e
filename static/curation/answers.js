/* Answers of the review on their way. Each is kept in the browser until the site says that it is written down, so that
   none is lost by a network that fails, a page that is closed, or a login that ends: it is sent again, under the name
   by which the site knows it if it had arrived. */
"use strict";

function laobrandAnswers(place, token, { arrived, unsent }) {
  const MOST = 50; // answers that one request carries
  const FIRST = 2000;
  const LAST = 30000; // milliseconds until it is tried again
  const mine = `laobrand.answers.${place.user} `;
  const here = mine + place.answers;
  let sending = null;
  let pause = FIRST;
  let timer = 0;

  const read = (key) => JSON.parse(localStorage.getItem(key) || "[]");
  const write = (key, answers) => {
    if (answers.length) localStorage.setItem(key, JSON.stringify(answers));
    else localStorage.removeItem(key);
    place.underway = waiting().length;
  };
  const waiting = () => read(here);
  const name = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
  let inFlight = new Set();

  function put(answer) {
    const made = { name: name(), ...answer };
    write(here, [...waiting(), made]);
    send();
    return made.name;
  }

  /* Takes an answer back that has not been sent yet; false where it has. */
  function forget(which) {
    const all = waiting();
    if (inFlight.has(which) || !all.some((one) => one.name === which)) return false;
    write(here, all.filter((one) => one.name !== which));
    return true;
  }

  function send() {
    sending ||= sendAll().finally(() => { sending = null; });
    return sending;
  }

  /* Those of this page, then what was left behind of others. */
  async function sendAll() {
    clearTimeout(timer);
    for (const key of [here, ...Object.keys(localStorage).filter((one) => one.startsWith(mine) && one !== here)]) {
      while (read(key).length) {
        const some = read(key).slice(0, MOST);
        const failure = await post(key, some);
        if (failure) {
          unsent(waiting().length || some.length, failure);
          timer = setTimeout(send, pause);
          pause = Math.min(2 * pause, LAST);
          return false;
        }
      }
    }
    pause = FIRST;
    unsent(0, "");
    return true;
  }

  /* Empty, or why they could not be delivered. */
  async function post(key, some) {
    inFlight = new Set(some.map((one) => one.name));
    const body = new FormData();
    body.set("answers", JSON.stringify(some));
    body.set("csrfmiddlewaretoken", token() ? token().value : "");
    try {
      const response = await fetch(key.slice(mine.length), { method: "POST", body, keepalive: true });
      const json = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const gone = response.status === 404; // the article is no more, and with it what was to be decided
      if (!json && !gone) return response.redirected || response.status === 403 ? "login" : "offline";
      const answer = gone ? {} : await response.json();
      const sent = new Set(some.map((one) => one.name));
      write(key, read(key).filter((one) => !sent.has(one.name)));
      if (key === here && answer.answers) arrived(answer);
      return "";
    } catch {
      return "offline";
    } finally {
      inFlight = new Set();
    }
  }

  /* Whether all have arrived; waits for those that are on their way. */
  async function empty() {
    while (sending || waiting().length) {
      if (!(await send())) return false;
    }
    return true;
  }

  addEventListener("online", send);
  return { put, forget, send, empty, waiting, name };
}
