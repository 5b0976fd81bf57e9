// Search while somebody types: the page of what is typed is asked for, and its results are shown here.
// Without this script, or where an answer does not come, the form does the same.

const form = document.querySelector("form.search");
const patience = 150; // milliseconds without a key before anything is asked
let waiting, asking;

function show(page) {
  document.getElementById("results").replaceChildren(...page.getElementById("results").childNodes);
  document.getElementById("count").textContent = page.getElementById("count").textContent;
  document.querySelector("nav").replaceWith(page.querySelector("nav"));
  document.title = page.title;
}

async function look() {
  asking?.abort();
  asking = new AbortController();
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  const address = `${form.action}?${fields}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asking.signal });
    if (!answer.ok) return;
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", address);
  } catch {
    // Asked anew meanwhile, or no answer: what is shown stays.
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, patience);
});
