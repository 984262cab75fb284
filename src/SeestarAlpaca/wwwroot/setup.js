import { fetchJson, repeat, send, showFacts, showServer } from "/assets/page.js";

function entry(text, address) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = text;
  item.append(link);
  return item;
}

function telescopeEntry(telescope) {
  const item = document.createElement("li");
  item.append(telescope.address ? `${telescope.name} at ${telescope.address} ` : `${telescope.name} `);
  const forget = document.createElement("button");
  forget.textContent = "Forget";
  forget.onclick = async () => {
    if (confirm(`Forget ${telescope.name}? Its cameras get new numbers when it is found again.`)) {
      try {
        await send("DELETE", `/web/v1/telescopes/${telescope.id}`);
        item.remove();
      } catch (error) {
        alert(error.message);
      }
    }
  };
  item.append(forget);
  return item;
}

await repeat(5000, async () => {
  const server = await showServer();
  showFacts(document.getElementById("facts"), [
    ["Name", server.serverName],
    ["Manufacturer", server.manufacturer],
    ["Version", server.version],
    ["Location", server.location],
    ["Port", location.port || "80"],
    ["Discovery port", server.discoveryPort === 0 ? "off" : server.discoveryPort],
    ["Camera interface", `version ${server.interfaceVersion}`],
  ]);
  const telescopes = await fetchJson("/web/v1/telescopes");
  document.getElementById("cameras").replaceChildren(...telescopes.flatMap(telescope => telescope.cameras)
    .map(camera => entry(`${camera.number}: ${camera.name}`, `/setup/v1/camera/${camera.number}/setup`)));
  document.getElementById("telescopes").replaceChildren(...telescopes.map(telescopeEntry));
});
