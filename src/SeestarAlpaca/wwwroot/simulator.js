// The page of a simulated telescope: its state every second, and a button with its arguments for each action and fault.

const trouble = document.getElementById("trouble");

function tell(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = sentence === "";
}

async function ask(address, method = "GET") {
  const response = await fetch(address, { method });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.status === 204 ? null : response.json();
}

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function order(path, kind) {
  const form = element("form", "");
  const button = element("button", kind.name, { type: "submit" });
  form.append(button);
  for (const parameter of kind.parameters) {
    const label = element("label", ` ${parameter.name} `, { title: parameter.meaning });
    const field = parameter.choices.length > 0
      ? element("select", "", { name: parameter.name })
      : element("input", "", { name: parameter.name, placeholder: parameter.default, size: 8 });
    field.append(...parameter.choices.map(choice => element("option", choice, { value: choice })));
    label.append(field);
    form.append(label);
  }

  form.addEventListener("submit", async event => {
    event.preventDefault();
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    try {
      await ask(`${path}/${encodeURIComponent(kind.name)}?${new URLSearchParams(given)}`, "POST");
      tell("");
      await show();
    } catch (error) {
      tell(error.message);
    }
  });
  const item = element("li", "");
  item.append(form, element("p", kind.meaning));
  return item;
}

function listed(counts) {
  const entries = Object.entries(counts);
  return entries.length === 0 ? "none" : entries.map(([name, count]) => `${name} × ${count}`).join(", ");
}

async function show() {
  const state = await ask("/state");
  const facts = [
    ["running for", `${Math.floor(state.seconds)} simulated seconds`],
    ["stage", state.stage ?? "no view"],
    ["target", state.target],
    ["stack", `${state.stackedFrames} exposures, ${state.droppedFrames} rejected`],
    ["arm", state.armClosed ? "closed" : "open"],
    ["ports", state.away ? "closed" : "open"],
    ["battery", `${state.batteryPercent} %`],
    ["clouds", `${Math.round(100 * state.clouds)} %`],
    ["focus", `stars ${state.focus.toFixed(2)} times as wide`],
    ["dew", `${Math.round(100 * state.dew)} %`],
    ["faults waiting", listed(state.waiting)],
    ["faults so far", listed(state.struck)],
    ["scenario", `${state.scenarioLeft} steps to come`],
  ];
  document.getElementById("summary").textContent = state.stage ?? "no view";
  document.getElementById("state").replaceChildren(...facts.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

async function follow() {
  try {
    await show();
  } catch (error) {
    tell(`The simulator does not answer: ${error.message}`);
  }
  setTimeout(follow, 1000);
}

document.getElementById("clear").addEventListener("click", () => ask("/faults", "DELETE").then(show, error => tell(error.message)));
for (const path of ["actions", "faults"]) {
  const kinds = await ask(`/${path}`);
  document.getElementById(path).append(...kinds.map(kind => order(`/${path}`, kind)));
}
await follow();
