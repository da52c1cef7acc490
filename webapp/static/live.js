// Follows links between results, and sends the form of filters, without loading a whole page: the
// old results stay in sight, greyed, until the new ones are there. Everything here also works
// without it; where anything goes wrong, the browser loads the address as usual.

const form = document.getElementById("tim");
const told = document.getElementById("tin");
const home = new URL(form.action).pathname;
let running = new AbortController();
let shown = location.pathname + location.search;

/** The address that the form would lead to, without what was left empty. */
function addressOfForm() {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams([...new Set(fields.map((field) => JSON.stringify(field)))].map(JSON.parse));
  return query.size ? `${home}?${query}` : home;
}

/** What has the focus, told so that it is found again in the new page. */
function focused() {
  const element = document.activeElement;
  if (!element?.closest(".page")) return null;
  if (element.name) {
    const { name, value, type } = element;
    return (page) => [...page.querySelectorAll("input")].find((other) =>
      other.name === name && (type !== "checkbox" || other.value === value) && other.offsetParent);
  }
  const text = element.textContent;
  const tag = element.localName;
  return (page) => [...page.querySelectorAll(`nav ${tag}, summary`)].find((other) => other.textContent === text);
}

/** Shows the results of an address. */
async function show(address, { push = true, upwards = false } = {}) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const main = document.getElementById("noi-dung");
  main.setAttribute("aria-busy", "true");
  let response, text;
  try {
    response = await fetch(address, { signal, headers: { Accept: "text/html" } });
    text = await response.text();
  } catch (error) {
    if (!signal.aborted) location.assign(address);
    return;
  }
  if (signal.aborted) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const page = fresh.querySelector(".page");
  if (!page || fresh.body.className !== document.body.className) {
    location.assign(address);
    return;
  }
  const refocus = focused();
  const trayIsOpen = document.querySelector(".tray-handle")?.open;
  const moreAreOpen = new Set([...document.querySelectorAll("fieldset:has(.more[open])")].map((set) => set.dataset.values));
  document.querySelector(".page").replaceWith(page);
  for (const id of ["giu", "ngon-ngu"]) {
    document.getElementById(id).replaceWith(fresh.getElementById(id));
  }
  form.elements.q.value = fresh.getElementById("q").value;
  document.title = fresh.title;
  for (const link of document.querySelectorAll("link[rel=alternate]")) {
    const other = fresh.querySelector(`link[rel=alternate][type="${link.type}"]`);
    if (other) link.href = other.href;
  }
  if (push) history.pushState(null, "", response.url);
  shown = location.pathname + location.search;
  if (trayIsOpen) page.querySelector(".tray-handle")?.setAttribute("open", "");
  for (const set of page.querySelectorAll("fieldset[data-values]")) {
    if (moreAreOpen.has(set.dataset.values)) set.querySelector(".more")?.setAttribute("open", "");
  }
  prepare(page);
  if (refocus) (refocus(page) ?? document.getElementById("noi-dung")).focus({ preventScroll: true });
  if (upwards) page.scrollIntoView();
  const count = page.querySelector(".count, .nothing-head");
  told.textContent = count ? count.textContent : "";
}

/** Shows the tools that only work with scripts. */
function prepare(page) {
  for (const field of page.querySelectorAll(".narrow")) field.hidden = false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".page a:not([href^='#'])");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin || address.pathname !== home || link.hasAttribute("download")) return;
  event.preventDefault();
  show(address, { upwards: Boolean(link.closest(".pages")) });
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  // On a phone the filters cover the results that they have just changed.
  document.querySelector(".tray-handle")?.removeAttribute("open");
  const upwards = Boolean(event.submitter?.closest(".apply"));
  show(addressOfForm(), { upwards });
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.form !== form || !field.closest(".tray")) return;
  if (field.type === "checkbox") {
    for (const twin of document.querySelectorAll(".tray input[type=checkbox]")) {
      if (twin.name === field.name && twin.value === field.value) twin.checked = field.checked;
    }
    show(addressOfForm());
  }
  // A day is typed piece by piece; it is sent by Enter, or by the button.
});

addEventListener("popstate", () => {
  // Going to a part of the same page is none of our business.
  if (location.pathname + location.search !== shown) show(location.href, { push: false });
});

// Arrows go from bar to bar of the timeline; bars that hold nothing lead nowhere.

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest(".bars a");
  if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
  const bars = [...bar.closest(".bars").querySelectorAll("a")];
  const place = bars.indexOf(bar);
  const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: bars.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  bars[next]?.focus();
});

// Values of a facet that contain what is typed: those that are listed, and all others.

let waiting;

async function narrow(field) {
  const set = field.closest("fieldset");
  const typed = field.value.trim();
  set.querySelector(".found")?.remove();
  for (const part of set.querySelectorAll(".shown, .more, .rest")) part.hidden = Boolean(typed);
  if (!typed) return;
  const address = new URL(set.dataset.values, location.href);
  address.search = new URL(addressOfForm(), location.href).search;
  address.searchParams.delete("page");
  address.searchParams.set("loc", typed);
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (field.value.trim() !== typed || !set.isConnected) return;
  const list = fresh.querySelector(".values");
  set.querySelector(".found")?.remove();
  list.className = "found";
  for (const box of list.querySelectorAll("input")) box.setAttribute("form", form.id);
  field.closest(".narrow").after(list);
  told.textContent = fresh.querySelector("[role=status].rest").textContent;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.closest(".narrow") || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => narrow(field), 200);
});

document.addEventListener("compositionend", (event) => {
  if (event.target.closest(".narrow")) event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  // Enter would send the form, in which what is typed here has no part.
  if (event.key === "Enter" && event.target.closest(".narrow")) event.preventDefault();
});

document.documentElement.classList.add("live");
prepare(document);
