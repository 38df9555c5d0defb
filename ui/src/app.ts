/** On every page. Everything here is a comfort: each page works without it. */
import { enhance } from "./lib/dom";
import { startBulk } from "./lib/bulk";
import { startDeadlines } from "./lib/deadlines";
import { startDrafts } from "./lib/drafts";
import { startForms } from "./lib/forms";
import { focus, startHtmx } from "./lib/htmx";
import { startKeys } from "./lib/keys";
import { startNarrow } from "./lib/narrow";
import { startOffline } from "./lib/offline";
import { startOffers } from "./lib/offers";
import { startPhotos } from "./lib/photos";
import { startPrefs } from "./lib/prefs";
import { startScreen } from "./lib/screen";
import { startShare } from "./lib/share";
import { startSpeak } from "./lib/speak";
import { startSuggestions } from "./lib/suggest";

document.documentElement.classList.add("js");

startHtmx();
startForms();
startDrafts();
startBulk();
startDeadlines();
startPrefs();
startSpeak();
startKeys();
startNarrow();
startPhotos();
startOffers();
startSuggestions();
startShare();
startScreen();
startOffline();

// A form that came back with problems starts at their summary.
enhance(".problems", (summary) => focus(summary));

// Islands are fetched only where they are used; a page needs no script tag of its own for them.
enhance("[data-map]", (place) => void import("./map").then((island) => island.start(place)));
enhance("[data-chart]", (place) => void import("./charts").then((island) => island.start(place)));
enhance("[data-camera]", (place) => void import("./camera").then((island) => island.start(place)));
enhance("[data-recorder]", (place) => void import("./recorder").then((island) => island.start(place)));
enhance("[data-field]", (place) => void import("./field").then((island) => island.start(place)));
enhance("[data-survey]", (place) => void import("./survey").then((island) => island.start(place)));
enhance("[data-cover]", (place) => void import("./cover").then((island) => island.start(place)));
enhance("[data-authenticator]", (form) => void import("./authenticator").then((island) => island.start(form)));
enhance("form[data-push]", (form) => void import("./push").then((island) => island.start(form)));
