// Suggestions under the search box: the combobox of ARIA 1.2 whose list is chosen from by keys
// while the focus stays in the box (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Nothing
// is looked up while an input method composes: what stands in the box then is half a syllable.

const box = document.getElementById("q");
const list = document.getElementById("goi-y");
const told = document.getElementById("tin");
const { form } = box;
let waiting;
let running = new AbortController();
let composing = false;
let typed = box.value;

box.type = "text"; // a box for searches may not be a combobox
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-expanded", "false");
box.setAttribute("aria-controls", list.id);

function active() {
  return list.querySelector("[aria-selected=true]");
}

function close() {
  clearTimeout(waiting);
  running.abort();
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function open(suggestions) {
  list.replaceChildren(...suggestions.map((suggestion, place) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = suggestion.text;
    return option;
  }));
  list.hidden = !suggestions.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
  told.textContent = suggestions.length ? `${suggestions.length} ${list.dataset.told}` : "";
}

async function look() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  typed = box.value;
  if (!typed.trim()) return close();
  try {
    const address = `${list.dataset.address}?${new URLSearchParams({ q: typed.slice(0, 200), size: 8 })}`;
    const response = await fetch(address, { signal });
    const found = response.ok ? (await response.json()).suggestions : [];
    if (!signal.aborted && document.activeElement === box) open(found);
  } catch {
    // Without suggestions the box is as good as it was.
  }
}

function lookSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 120);
}

/** Moves to the next or previous suggestion; beyond either end stands what was typed. */
function move(step) {
  const options = [...list.children];
  const places = options.length + 1;
  const place = (options.indexOf(active()) + 1 + step + places) % places;
  active()?.setAttribute("aria-selected", "false");
  const option = options[place - 1];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  box.value = option ? option.textContent : typed;
}

box.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(waiting);
});
box.addEventListener("compositionend", () => {
  composing = false;
  lookSoon();
});
box.addEventListener("input", (event) => {
  if (!composing && !event.isComposing) lookSoon();
});
box.addEventListener("blur", close);

box.addEventListener("keydown", (event) => {
  if (composing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) look();
    else move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    box.value = typed;
    close();
  } else if (event.key === "Enter") {
    close();
  }
});

list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  box.value = option.textContent;
  close();
  form.requestSubmit();
});
form.addEventListener("submit", close);
