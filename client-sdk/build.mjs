// Writes the JavaScript of the client, and the declarations of its CommonJS door. Runs after `tsc -b`, which writes
// declarations only (tsconfig.json), so that the two never write the same file.
//
//   dist/index.js     ES module   socket.io-client stays outside
//   dist/index.cjs    CommonJS    socket.io-client stays outside
//   dist/browser.js   ES module   all in one file, minified, for a page without a bundler
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')

const common = {
  absWorkingDir: here,
  entryPoints: ['src/index.ts'],
  bundle: true,
  target: 'es2022',
  sourcemap: true,
  // Server-side schemas in a browser bundle would be a mistake of an import: it fails here.
  external: ['socket.io-client'],
  logLevel: 'warning',
}

const results = await Promise.all([
  build({ ...common, format: 'esm', platform: 'neutral', outfile: 'dist/index.js', metafile: true }),
  build({ ...common, format: 'cjs', platform: 'neutral', outfile: 'dist/index.cjs', metafile: true }),
  build({
    ...common,
    format: 'esm',
    platform: 'browser',
    external: [],
    minify: true,
    outfile: 'dist/browser.js',
    metafile: true,
  }),
])
refuseZod(results)
writeCommonJsDeclarations()

/** The schemas stay on the server: an import of values from `@rollcall/shared` would bring 60 KB of zod along. */
function refuseZod(built) {
  for (const { metafile } of built) {
    const stray = Object.keys(metafile.inputs).find(file => file.includes('node_modules/zod/'))
    if (stray) throw new Error(`zod is in the bundle (${stray}): import types only from @rollcall/shared.`)
  }
}

/**
 * `require` needs declarations of its own (.d.cts), or TypeScript takes the package for an ES module there. They are
 * the same, with the neighbours' new names, and types of ES-only packages asked for as such.
 */
function writeCommonJsDeclarations() {
  const files = readdirSync(dist)
  for (const file of files.filter(name => name.endsWith('.d.cts'))) rmSync(join(dist, file))
  for (const file of files.filter(name => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(dist, file), 'utf8')
      .replace(/(from |import\()'(\.\/[^']+)\.(?:ts|js)'/g, "$1'$2.cjs'")
      .replace(/from '(@rollcall\/shared)'/g, "from '$1' with { 'resolution-mode': 'import' }")
      .replace(/^\/\/# sourceMappingURL=.*$/m, '')
    writeFileSync(join(dist, file.replace(/\.d\.ts$/, '.d.cts')), text)
  }
}
