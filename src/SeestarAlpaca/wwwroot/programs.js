// What each program should be told. The first camera named is the one to choose.

const noStacking = "Do not stack its pictures again: each one is a stack already, and holds the one before.";
const noGuiding = "Do not guide on a stack: it stands still while the sky moves.";

export const programs = [
  {
    id: "nina", name: "N.I.N.A.", cameras: ["liveStack"],
    bayer: "Auto, or RGGB",
    lights: "Live stack (0); New frame (1) waits for the next one",
    snapshots: "Latest sub (2), for focus, plate solving and centring",
    timeout: "It waits 60 s after the duration; that is enough.",
    warnings: ["Do not choose the RGB camera: N.I.N.A. refuses colour cameras.", noStacking, noGuiding],
  },
  {
    id: "sharpcap", name: "SharpCap", cameras: ["liveStack", "liveStackRgb"],
    bayer: "RAW, RGGB; the RGB camera with its planes as blue, green, red",
    lights: "Live stack (0)",
    snapshots: "Latest sub (2)",
    timeout: "Leave it as it is.",
    warnings: ["Do not use SharpCap's Live Stack on this camera; it belongs on the camera Latest sub.", noGuiding],
  },
  {
    id: "ccdciel", name: "CCDciel", cameras: ["liveStackRgb", "liveStack"],
    bayer: "Nothing to set: it reads RGGB and the offsets from the camera",
    lights: "Live stack (0)",
    snapshots: "Latest sub (2), for focus and astrometry",
    timeout: "It waits 60 s after the duration; that is enough.",
    warnings: [noStacking, noGuiding],
  },
  {
    id: "kstars", name: "KStars, Ekos (INDI)", cameras: ["liveStack"],
    bayer: "RGGB, offset 0,0",
    lights: "Live stack (0)",
    snapshots: "Latest sub (2), for focus and alignment",
    timeout: "It gives up 30 s after the duration: do not use New frame with long exposures.",
    warnings: ["Use the driver indi_alpaca_ccd with this server's address and the camera's number, not indi_seestar_ccd.", noStacking, noGuiding],
  },
  {
    id: "phd2", name: "PHD2", cameras: ["latestSub"],
    bayer: "Nothing to set; leave binning at 1",
    lights: "Latest sub (0)",
    snapshots: null,
    timeout: "Set the camera timeout in the profile to 30 s.",
    warnings: ["Do not guide on a stack. The telescope guides itself; PHD2 can only watch here."],
  },
  {
    id: "script", name: "Scripts (alpyca, curl)", cameras: ["liveStackRgb", "liveStack", "luminance"],
    bayer: "RGGB, offset 0,0; the RGB camera has three planes",
    lights: "Live stack (0); New frame (1) waits for the next one",
    snapshots: "Latest sub (2)",
    timeout: "Wait at least 10 s after the duration; New frame longer than the telescope's own exposure.",
    warnings: ["The action StackInfo tells what was delivered, and whether it was delivered before.", noStacking],
  },
  {
    id: "conformu", name: "ConformU", cameras: ["liveStack"],
    bayer: "Nothing to set",
    lights: "Live stack (0)",
    snapshots: null,
    timeout: "Leave it as it is.",
    warnings: ["Test while the telescope stacks; with control allowed, while nobody else's stack runs."],
  },
  {
    id: "other", name: "Another program", cameras: ["liveStack"],
    bayer: "RGGB, offset 0,0",
    lights: "Live stack (0)",
    snapshots: "Latest sub (2)",
    timeout: "At least 10 s more than the duration.",
    warnings: [noStacking, noGuiding],
  },
];
