// The one script every page loads: htmx, the small behaviours, and a loader for islands.
import "htmx.org";
import "../styles/main.css";
import { watchConfirm } from "./islands/confirm/index.ts";
import { watchMenus } from "./islands/menu/index.ts";
import { watchShortcuts } from "./islands/shortcuts/index.ts";
import { watchTheme } from "./islands/theme/index.ts";
import { watchRequests } from "./islands/toast/index.ts";
import { startIslands } from "./lib/islands.ts";

// A heavy island is fetched only by a page that has it.
startIslands({
  map: () => import("./islands/map/index.ts"),
  "place-picker": () => import("./islands/place-picker/index.ts"),
  draft: () => import("./islands/draft/index.ts"),
  upload: () => import("./islands/upload/index.ts"),
});
watchTheme();
watchConfirm();
watchRequests();
watchShortcuts();
watchMenus();
