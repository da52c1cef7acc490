// Steps through the matches of an article by buttons or by the keys n and p, and prints it.

const marks = [...document.querySelectorAll("mark[id]")];
const place = document.querySelector(".stepper .place b");
let here = -1;

function step(by) {
  if (!marks.length) return;
  here = here < 0 && by < 0 ? marks.length - 1 : (here + by + marks.length) % marks.length;
  marks[here].focus(); // which also brings it into view
  place.textContent = here + 1;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
  else if (event.target.closest("[data-print]")) print();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
});

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".cite")) details.open = true;
});

document.documentElement.classList.add("live");
