// Tries the endpoints of the API: sends what is entered, and shows what comes back.

const MOST = 20_000; // characters of an answer that are shown

/** A piece of a path; parts that browsers would tidy away get a tilde in front. */
function inPath(value) {
  const kept = value.split("/").map((part) => (/^(~.*|\.{0,2}|related)$/.test(part) ? `~${part}` : part));
  return kept.map(encodeURIComponent).join("/");
}

function addressOf(form) {
  const fields = [...form.elements].filter((field) => field.name);
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const { name, value, dataset } of fields) {
    if ("inPath" in dataset) path = path.replace(`{${name}}`, () => inPath(value));
    else if (value) query.append(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

async function tryOut(form) {
  const shown = form.nextElementSibling;
  const [told, body] = [shown.querySelector("p"), shown.querySelector("pre")];
  const address = addressOf(form);
  shown.hidden = false;
  shown.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { cache: "no-store" });
    const text = await response.text();
    const link = document.createElement("a");
    link.href = link.textContent = address;
    told.replaceChildren(`${response.status}, ${response.headers.get("Content-Type")}: `, link);
    const isJson = /\bjson$/.test(response.headers.get("Content-Type").split(";")[0]);
    const written = isJson ? JSON.stringify(JSON.parse(text), null, 2) : text;
    body.textContent = written.length > MOST ? `${written.slice(0, MOST)}\n…` : written;
  } catch (error) {
    told.textContent = `No answer: ${error.message}`;
    body.textContent = "";
  }
  shown.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.path) return;
  event.preventDefault();
  tryOut(event.target);
});

document.documentElement.classList.add("live");
