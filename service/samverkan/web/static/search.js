// Search while somebody types: the same page is asked for, and its results put in the place of these.
// Without this script, the form does the same.

const form = document.querySelector("form.search");
const shown = document.getElementById("results");
const patience = 150; // milliseconds without a key before anything is asked
let waiting, asking;

async function look() {
  asking?.abort();
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  if (!fields.has("q")) {
    shown.replaceChildren();
    return;
  }
  asking = new AbortController();
  const address = `${form.action}?${fields}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.getElementById("results").childNodes);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, patience);
});
