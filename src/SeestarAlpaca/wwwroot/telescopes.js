import { accessText, duration, fetchJson, repeat, showFacts, showServer } from "/assets/page.js";

const cards = new Map();

function cameraRow(camera) {
  const row = document.createElement("tr");
  for (const text of [camera.number, camera.name, camera.format, `${camera.width} × ${camera.height}`]) {
    row.insertCell().textContent = text;
  }

  const link = document.createElement("a");
  link.href = `/setup/v1/camera/${camera.number}/setup`;
  link.textContent = "Setup";
  row.insertCell().append(link);
  return row;
}

function showPicture(card, telescope) {
  const image = card.querySelector("img");
  const stack = telescope.stack;
  if (stack && image.dataset.sequence !== String(stack.sequence)) {
    // The old picture stays until the new one is there: the page never flashes.
    const next = new Image();
    next.onload = () => {
      image.src = next.src;
      image.alt = `Live stack of ${stack.target ?? "an unnamed target"}`;
      image.hidden = false;
      card.querySelector(".placeholder").hidden = true;
    };
    next.onerror = () => delete image.dataset.sequence;
    next.src = `/web/v1/telescopes/${telescope.id}/stack.png?sequence=${stack.sequence}`;
    image.dataset.sequence = stack.sequence;
  }

  const parts = stack
    ? [stack.target, stack.frames && `${stack.frames} ${stack.frames === 1 ? "exposure" : "exposures"}`, duration(stack.integrationSeconds),
      `received ${duration(telescope.stackAgeSeconds)} ago`, telescope.stackIsPresent ? null : "not the present stack"]
    : [];
  card.querySelector("figcaption").textContent = parts.filter(part => part).join(" · ");
}

function show(telescope) {
  let card = cards.get(telescope.id);
  if (!card) {
    card = document.getElementById("telescope").content.firstElementChild.cloneNode(true);
    card.dataset.id = telescope.id;
    document.getElementById("telescopes").append(card);
    cards.set(telescope.id, card);
  }

  card.querySelector("h2").textContent = telescope.name;
  card.querySelector(".sentence").textContent = telescope.sentence;
  card.querySelector(".remedy").textContent = telescope.remedy;
  showPicture(card, telescope);
  showFacts(card.querySelector(".facts"), [
    ["Model", telescope.model],
    ["Serial number", telescope.serial],
    ["Firmware", telescope.firmware],
    ["Address", telescope.address],
    ["Access", accessText(telescope.access)],
    ["Battery", telescope.battery === null ? null : `${telescope.battery} %`],
  ]);
  card.querySelector(".cameras tbody").replaceChildren(...telescope.cameras.map(cameraRow));
  const video = card.querySelector(".video a");
  video.href = telescope.rtsp.url ?? "";
  video.textContent = telescope.rtsp.url ?? "";
  card.querySelector(".answer").textContent = telescope.rtsp.reason;
  card.querySelector(".fits").href = `/web/v1/telescopes/${telescope.id}/stack.fits`;
}

async function update() {
  const telescopes = await fetchJson("/web/v1/telescopes?watch=true");
  telescopes.forEach(show);
  for (const [id, card] of cards) {
    if (!telescopes.some(telescope => telescope.id === id)) {
      card.remove();
      cards.delete(id);
    }
  }

  const none = document.getElementById("none");
  if (telescopes.length === 0 && !none) {
    const text = document.createElement("p");
    text.id = "none";
    text.textContent = "No telescope has been found yet. It must be switched on and in the same network; the search goes on.";
    document.getElementById("telescopes").append(text);
  } else if (telescopes.length > 0) {
    none?.remove();
  }
}

let server = null;
await repeat(2000, async () => {
  server ??= await showServer();
  document.getElementById("demo").hidden = !server.demo;
  await update();
});
