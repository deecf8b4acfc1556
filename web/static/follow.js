// Follows something that takes its time: fetches the page again and puts its newer piece in place, until it has come to its end.
// data-follow holds the seconds to wait, such as "1,2,4,10"; the last one goes on for as long as it takes.

const USUAL = "2";

function later(times) {
  const shown = document.querySelector("[data-follow]");
  if (!shown) return;
  const waits = (shown.dataset.follow || USUAL).split(",");
  setTimeout(follow, waits[Math.min(times, waits.length - 1)] * 1000, shown.id, times + 1);
}

async function follow(id, times) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const newer = page.getElementById(id);
    if (newer) document.getElementById(id)?.replaceWith(document.adoptNode(newer));
  } catch {
    // the connection is gone for the moment; what is shown stays, and the next try may get through
  }
  later(times);
}

later(0);
