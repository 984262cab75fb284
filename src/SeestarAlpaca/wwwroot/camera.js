import { fetchJson, repeat, showFacts, showServer } from "/assets/page.js";

const number = Number(location.pathname.split("/")[4]);

const advice = {
  "RGGB, rank 2": "For N.I.N.A., SharpCap (RAW), KStars/INDI and most others: a colour camera with the Bayer pattern RGGB and no offset.",
  "RGB, rank 3": "For CCDciel, SharpCap and scripts: three planes, red, green, blue. N.I.N.A. refuses colour cameras; give it the other camera.",
};

await repeat(2000, async () => {
  await showServer();
  const telescopes = await fetchJson("/web/v1/telescopes");
  const telescope = telescopes.find(each => each.cameras.some(camera => camera.number === number));
  const camera = telescope?.cameras.find(each => each.number === number);
  if (!camera) {
    throw new Error(`There is no camera ${number} any longer.`);
  }

  document.getElementById("name").textContent = camera.name;
  document.getElementById("sentence").textContent = telescope.sentence;
  document.getElementById("remedy").textContent = telescope.remedy;
  document.getElementById("advice").textContent = advice[camera.format];
  showFacts(document.getElementById("facts"), [
    ["Camera number", camera.number],
    ["Format", camera.format],
    ["Size", `${camera.width} × ${camera.height} pixels of ${camera.pixelSize} µm`],
    ["Mosaic", camera.recipe],
    ["UniqueID", camera.uniqueId],
    ["Telescope", telescope.name],
    ["Exposure length", telescope.stack?.subExposureSeconds ? `${telescope.stack.subExposureSeconds} s` : null],
  ]);
});
