import { fetchJson, repeat, send, showFacts, showServer } from "/assets/page.js";
import { programs } from "/assets/programs.js";

const number = Number(location.pathname.split("/")[4]);
const choices = document.getElementById("choices");
const control = document.getElementById("control");
const program = document.getElementById("program");

let telescope = null;
let setup = null;
let filled = false;

const seconds = value => (value === null || value === undefined ? null : `${value} s`);

/** What to tell the program that was picked. */
function showAdvice() {
  const picked = programs.find(each => each.id === program.value) ?? programs[0];
  const named = picked.cameras.map(format => {
    const camera = setup.cameras.find(each => each.format === format);
    const name = camera?.name ?? setup.formats.find(each => each.format === format)?.name;
    return camera ? `${camera.number}: ${camera.name}` : `${name}, once it is ticked below`;
  });
  showFacts(document.getElementById("advice"), [
    ["Camera", named.join(", or ")],
    ["Bayer pattern", picked.bayer],
    ["Exposure time", setup.exposureSeconds ? `${setup.exposureSeconds} s, the telescope's own` : "the telescope's own, as set in the Seestar app: 10, 20, 30 or 60 s"],
    ["Readout mode", picked.lights],
    ["For snapshots", picked.snapshots],
    ["Timeout", picked.timeout],
  ]);
  document.getElementById("warnings").replaceChildren(...picked.warnings.map(text => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

function formatBox(format) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "format";
  box.value = format.format;
  box.checked = format.possible && (format.chosen || format.configured);
  box.disabled = format.configured || !format.possible;
  const why = !format.possible ? " (this telescope has none, as far as is known)" : format.configured ? " (for all telescopes, by the option Formats)" : "";
  label.append(box, ` ${format.name}${why}`);
  const line = document.createElement("p");
  line.append(label);
  return line;
}

/** Fills the forms once: later, what somebody is about to type stays. */
function fill() {
  document.getElementById("formats").replaceChildren(...setup.formats.map(formatBox));
  choices.elements.planeOrder.value = setup.planeOrder;
  choices.elements.subPhase.value = setup.subPhase;
  const value = action => control.querySelector(`[data-action=${action}]`).elements.value;
  Object.assign(value("gain"), { min: setup.control.gainMin, max: setup.control.gainMax, value: setup.control.gain ?? "" });
  value("exposure").replaceChildren(...setup.control.exposures.map(each => new Option(`${each} s`, each, false, each === setup.exposureSeconds)));
  value("filter").value = setup.control.filter ?? "IRCUT";
  value("heater").value = setup.control.heater ?? "";
  filled = true;
}

function showControl() {
  const { obstacle, stacking, own } = setup.control;
  control.hidden = obstacle !== null;
  document.getElementById("obstacle").textContent = obstacle
    ?? (stacking && !own ? "A stack runs that this server has not begun: gain, exposure length and filter are left as they are until it has ended." : "");
  control.querySelector("[data-action=start] button").disabled = stacking;
  control.querySelector("[data-action=stop] button").disabled = !own;
}

async function update() {
  await showServer();
  const telescopes = await fetchJson("/web/v1/telescopes");
  telescope = telescopes.find(each => each.cameras.some(camera => camera.number === number));
  const camera = telescope?.cameras.find(each => each.number === number);
  if (!camera) {
    throw new Error(`There is no camera ${number} any longer.`);
  }

  setup = await fetchJson(`/web/v1/telescopes/${telescope.id}/cameras`);
  document.title = `${camera.name} - SeestarAlpaca`;
  document.getElementById("name").textContent = camera.name;
  document.getElementById("sentence").textContent = telescope.sentence;
  document.getElementById("remedy").textContent = telescope.remedy;
  showFacts(document.getElementById("facts"), [
    ["Camera number", camera.number],
    ["Format", camera.format],
    ["Size", `${camera.width} × ${camera.height} pixels of ${camera.pixelSize} µm`],
    ["Mosaic", camera.recipe],
    ["UniqueID", camera.uniqueId],
    ["Telescope", telescope.name],
    ["Exposure length", seconds(setup.exposureSeconds)],
    ["Gain", setup.control.gain],
    ["Filter", setup.control.filter],
  ]);
  showAdvice();
  showControl();
  if (!filled) {
    fill();
  }
}

/** Does something with the server, and tells what came of it. */
async function attempt(status, act) {
  status.textContent = "…";
  try {
    await act();
    status.textContent = "Done.";
    filled = false;
    await update();
  } catch (error) {
    status.textContent = error.message;
  }
}

choices.onsubmit = event => {
  event.preventDefault();
  const formats = [...choices.querySelectorAll("[name=format]:checked:not(:disabled)")].map(box => box.value);
  attempt(document.getElementById("saved"), () => send("PUT", `/web/v1/telescopes/${telescope.id}/cameras`, {
    formats, planeOrder: choices.elements.planeOrder.value, subPhase: choices.elements.subPhase.value,
  }));
};

for (const form of control.querySelectorAll("form")) {
  form.onsubmit = event => {
    event.preventDefault();
    const value = form.elements.value ? `?value=${encodeURIComponent(form.elements.value.value)}` : "";
    attempt(document.getElementById("outcome"), () => send("POST", `/web/v1/telescopes/${telescope.id}/control/${form.dataset.action}${value}`));
  };
}

program.replaceChildren(...programs.map(each => new Option(each.name, each.id)));
program.value = new URLSearchParams(location.search).get("program") ?? programs[0].id;
program.onchange = () => setup && showAdvice();

await repeat(2000, update);
