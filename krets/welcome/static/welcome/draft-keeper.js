// Keeps what is written during a call: on the server every three seconds, and in the phone, sealed
// under a key no script can read, from the first letter until the server has it. Twelve hours at most.
const HALF_DAY = 12 * 36e5;

const store = (mode, act) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("krets-drafts", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const step = opening.result.transaction("kept", mode);
      const asked = act(step.objectStore("kept"));
      step.oncomplete = () => resolve(asked?.result);
      step.onerror = () => reject(step.error);
    };
  });

const sealing = async () => {
  const kept = await store("readonly", (all) => all.get("key"));
  if (kept && Date.now() - kept.at < HALF_DAY) return kept.key;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await store("readwrite", (all) => (all.clear(), all.put({ key, at: Date.now() }, "key")));
  return key;
};

class DraftKeeper extends HTMLElement {
  #changed = 0;
  #waiting = null;

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.#nameThePlace();
    this.form.addEventListener("input", () => this.#write());
    this.form.addEventListener("submit", (event) => this.#hold(event), true);
    this.form.addEventListener("htmx:error", (event) => this.#held(event));
    this.form.addEventListener("htmx:response:error", (event) => this.#refused(event));
    addEventListener("online", this.#send);
    this.beat = setInterval(() => document.hidden || this.#send(), 6e4);
    await this.#restore().catch(() => {});
  }

  // Each question has its own address, so that Back leads to the one before.
  #nameThePlace() {
    const place = new URL(location.href);
    if (place.searchParams.has("ask")) return;
    place.searchParams.set("ask", this.closest("[data-asking]").dataset.asking);
    history.replaceState(history.state, "", place);
  }

  disconnectedCallback() {
    removeEventListener("online", this.#send);
    clearInterval(this.beat);
    clearTimeout(this.soon);
  }

  say(state, words, address) {
    const line = this.querySelector(".kept");
    if (!line) return;
    line.dataset.state = state;
    line.textContent = words;
    if (!address) return;
    const link = Object.assign(document.createElement("a"), { href: address, textContent: words });
    line.replaceChildren(link);
  }

  #write() {
    this.#changed += 1;
    this.#keep().catch(() => {});
    clearTimeout(this.soon);
    this.soon = setTimeout(this.#send, 3000);
  }

  #send = async () => {
    const sent = this.#changed;
    const body = new FormData(this.form);
    body.set("revision", this.dataset.revision);
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body });
      if (answer.status === 409) return this.say("watch", (await answer.json()).words);
      if (answer.redirected || answer.status === 403) {
        return this.say("watch", this.dataset.signIn, location.href);
      }
      if (answer.status === 404) return this.#lose();
      if (!answer.ok) throw answer;
      this.dataset.revision = (await answer.json()).revision;
      if (sent === this.#changed) await this.#forget();
      if (sent) this.say("done", this.dataset.saved);
      this.#goOn();
    } catch {
      if (this.#waiting) this.soon = setTimeout(this.#send, 5000);
      else if (sent) this.say("watch", this.dataset.kept);
    }
  };

  #refused(event) {
    if (event.detail.ctx.response.status !== 404) return;
    event.stopPropagation();
    this.#lose();
    this.querySelector(".kept")?.scrollIntoView({ block: "center" });
  }

  // Somebody else has the call: nothing is sent any more, and what is written stays in view.
  #lose = () => {
    this.disconnectedCallback();
    this.#send = this.#lose;
    this.#waiting?.removeAttribute("aria-busy");
    this.say("watch", this.dataset.lost);
  };

  #goOn() {
    const pressed = this.#waiting;
    this.#waiting = null;
    pressed?.removeAttribute("aria-busy");
    if (pressed) this.form.requestSubmit(pressed);
  }

  #hold(event) {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    this.#wait(event.submitter);
  }

  #held(event) {
    if (event.target !== this.form) return;
    event.stopPropagation();
    this.#wait(event.detail.ctx?.request.submitter);
  }

  // Without contact the answer waits in the phone, and is sent as soon as there is some.
  #wait(pressed) {
    this.#waiting = pressed;
    this.#changed += 1;
    this.#keep().catch(() => {});
    pressed?.setAttribute("aria-busy", "true");
    this.say("watch", this.dataset.waits);
    this.querySelector(".kept")?.scrollIntoView({ block: "center" });
    clearTimeout(this.soon);
    this.soon = setTimeout(this.#send, 5000);
  }

  async #keep() {
    const typed = [...new FormData(this.form, this.#waiting)].filter(([name]) => !/csrf|^key$/.test(name));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(typed));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealing(), plain);
    await store("readwrite", (all) => all.put({ iv, data, at: Date.now() }, this.dataset.url));
  }

  async #restore() {
    const kept = await store("readonly", (all) => all.get(this.dataset.url));
    if (!kept) return;
    if (Date.now() - kept.at > HALF_DAY) return this.#forget();
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, await sealing(), kept.data);
    const typed = JSON.parse(new TextDecoder().decode(plain));
    if (Object.fromEntries(typed).question !== this.form.elements.question.value) return this.#forget();
    for (const [name, value] of typed) {
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "checkbox") field.checked ||= field.value === value;
        else if (field.type === "submit") this.#waiting = field.value === value ? field : this.#waiting;
        else if (field.type !== "hidden") field.value = value;
      }
    }
    this.#changed += 1;
    await this.#send();
  }

  #forget() {
    return store("readwrite", (all) => all.delete(this.dataset.url));
  }
}
customElements.define("draft-keeper", DraftKeeper);
