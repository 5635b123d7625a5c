import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const root = import.meta.dirname;
const packageDirectory = resolve(root, "../linli");
const iconDirectory = resolve(root, "node_modules/@tabler/icons/icons/outline");

/** Names are taken from the templates and from Python, so a page writer only has to use an icon. */
const iconUses = [/\{% icon "([a-z0-9-]+)"/g, /icon="([a-z0-9-]+)"/g, /"icon": "([a-z0-9-]+)"/g];

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(html|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function iconNames(): string[] {
  const names = new Set<string>();
  for (const file of sources(packageDirectory)) {
    const text = readFileSync(file, "utf8");
    for (const use of iconUses) {
      for (const match of text.matchAll(use)) names.add(match[1] as string);
    }
  }
  return [...names].sort();
}

/** The drawing inside one Tabler icon, without the wrapping element and its empty frame. */
function drawing(name: string): string {
  const svg = readFileSync(join(iconDirectory, `${name}.svg`), "utf8");
  return svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s*\n\s*/g, "");
}

/** Write icons.json: the drawings of the icons that pages use and of no others. */
function icons(): Plugin {
  return {
    name: "linli-icons",
    generateBundle() {
      const drawings = Object.fromEntries(iconNames().map((name) => [name, drawing(name)]));
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(drawings) });
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [icons()],
  css: { transformer: "lightningcss" },
  worker: { format: "es" },
  build: {
    outDir: resolve(packageDirectory, "static"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome108", "firefox115", "safari16"],
    // A data: address for a script or a font would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [resolve(root, "src/main.ts")] },
    chunkSizeWarningLimit: 1200,
  },
});
