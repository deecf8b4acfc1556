// Follows something that takes its time: fetches the page again and puts its newer piece in place, until it has come to its end.

const EVERY = 2000;

async function follow() {
  const shown = document.querySelector("[data-follow]");
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const newer = page.getElementById(shown.id);
    if (newer) shown.replaceWith(document.adoptNode(newer));
  } catch {
    // the connection is gone for the moment; what is shown stays, and the next try may get through
  }
  setTimeout(follow, EVERY);
}

setTimeout(follow, EVERY);
