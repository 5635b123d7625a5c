// The one script every page loads: htmx, the small behaviours, and a loader for islands.
import "htmx.org";
import "../styles/main.css";
import { watchBell } from "./islands/bell/index.ts";
import { watchConfirm } from "./islands/confirm/index.ts";
import { settleSent } from "./islands/draft/sent.ts";
import { watchPrint } from "./islands/print/index.ts";
import { watchMenus } from "./islands/menu/index.ts";
import { watchShortcuts } from "./islands/shortcuts/index.ts";
import { watchTheme } from "./islands/theme/index.ts";
import { watchRequests } from "./islands/toast/index.ts";
import { startIslands } from "./lib/islands.ts";

// Before the islands: a form that was taken must not find its old draft again.
settleSent();
// A heavy island is fetched only by a page that has it.
startIslands({
  map: () => import("./islands/map/index.ts"),
  "place-picker": () => import("./islands/place-picker/index.ts"),
  spots: () => import("./islands/spots/index.ts"),
  draft: () => import("./islands/draft/index.ts"),
  kinds: () => import("./islands/kinds/index.ts"),
  upload: () => import("./islands/upload/index.ts"),
  alike: () => import("./islands/alike/index.ts"),
  reading: () => import("./islands/reading/index.ts"),
  proof: () => import("./islands/proof/index.ts"),
  copy: () => import("./islands/copy/index.ts"),
  locate: () => import("./islands/locate/index.ts"),
  record: () => import("./islands/record/index.ts"),
  board: () => import("./islands/board/index.ts"),
  player: () => import("./islands/player/index.ts"),
  patrol: () => import("./islands/patrol/index.ts"),
  "patrol-place": () => import("./islands/patrol-place/index.ts"),
  boxes: () => import("./islands/boxes/index.ts"),
  wall: () => import("./islands/wall/index.ts"),
  alarms: () => import("./islands/alarms/index.ts"),
  call: () => import("./islands/call/index.ts"),
  dispatch: () => import("./islands/dispatch/index.ts"),
  unit: () => import("./islands/unit/index.ts"),
});
watchTheme();
watchConfirm();
watchRequests();
watchShortcuts();
watchMenus();
watchPrint();
watchBell();
