// What all pages share. Foreign text (targets, names) only ever becomes text, never markup.

/** Fetches JSON; throws with a sentence when the server does not answer. */
export async function fetchJson(address) {
  let response;
  try {
    response = await fetch(address, { cache: "no-store" });
  } catch {
    throw new Error("The server does not answer.");
  }

  if (!response.ok) {
    throw new Error(await response.text() || `The server answered ${response.status}.`);
  }

  return response.json();
}

/** Sends a change; asks for the access token where one is needed, and the browser keeps it. Throws with the server's sentence when it is refused. */
export async function send(method, address, body) {
  const request = () => fetch(address, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  let response = await request();
  const token = response.status === 401 ? prompt("The server's access token:") : null;
  if (token) {
    const access = await fetch("/web/v1/access", { method: "POST", headers: { Authorization: `Bearer ${token}` } });
    response = access.ok ? await request() : access;
  }

  if (!response.ok) {
    throw new Error(await response.text() || `The server answered ${response.status}.`);
  }
}

/** Runs something every so many milliseconds, never twice at once, and shows what goes wrong. */
export async function repeat(interval, run) {
  const trouble = document.getElementById("trouble");
  for (;;) {
    try {
      await run();
      trouble.hidden = true;
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
    }

    await new Promise(resolve => setTimeout(resolve, interval));
  }
}

/** Shows name, version and place of the server. */
export async function showServer() {
  const server = await fetchJson("/web/v1/server");
  const place = server.location ? ` on ${server.location}` : "";
  document.getElementById("server").textContent = `${server.serverName} ${server.version}${place}`;
  return server;
}

/** Fills a definition list; facts that are unknown are left out. */
export function showFacts(list, facts) {
  list.replaceChildren(...facts.filter(([, value]) => value !== null && value !== undefined && value !== "").flatMap(([name, value]) => {
    const term = document.createElement("dt");
    const definition = document.createElement("dd");
    term.textContent = name;
    definition.textContent = value;
    return [term, definition];
  }));
}

/** A duration for people. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return null;
  }

  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }

  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** What the telescope's control port allows, in words. */
export function accessText(access) {
  return {
    unknown: null,
    unlocked: "commands are open",
    spectator: "watching only: commands are locked, pictures and events are free",
    verified: "the key was accepted",
    keyRefused: "the key was refused: watching only",
  }[access];
}
