// Writes the JavaScript of the client, and the declarations of its CommonJS door. Runs after `tsc -b`, which writes
// declarations only (tsconfig.json), so that the two never write the same file.
//
//   dist/index.{js,cjs}    ES module and CommonJS   socket.io-client stays outside
//   dist/http.{js,cjs}     ES module and CommonJS   the client of the HTTP interface
//   dist/board.{js,cjs}    ES module and CommonJS   which rows of a watch to show, and in which order
//   dist/react.{js,cjs}    ES module and CommonJS   hooks; React stays outside
//   dist/errors.{js,cjs}   ES module and CommonJS   what clients throw: one class, whichever door it came through
//   dist/browser.js        ES module                all of index in one file and minified, for a page without a bundler
//
// All but the last stay readable: bundlers minify by themselves, and Node prints the line of an uncaught error.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from '@swc/core'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')

mkdirSync(dist, { recursive: true })
await Promise.all([
  ...['index', 'http', 'board', 'react', 'errors'].flatMap(door => [
    readable(door, 'esm', 'js'),
    readable(door, 'cjs', 'cjs'),
  ]),
  bundle('index', 'browser.js', { format: 'esm', platform: 'browser' }, shorten),
])
writeCommonJsDeclarations()

function readable(door, format, ending) {
  const errors = {
    name: 'errors',
    setup: ({ onResolve }) => onResolve({ filter: /^\.\/errors\.ts$/ }, outside),
  }
  const outside = () => ({ path: `./errors.${ending}`, external: true })
  const external = ['socket.io-client', 'react']
  return bundle(door, `${door}.${ending}`, { format, platform: 'neutral', external, plugins: [errors] })
}

async function bundle(door, name, how, finish = asItIs) {
  const { outputFiles, metafile } = await build({
    ...how,
    absWorkingDir: here,
    entryPoints: [`src/${door}.ts`],
    outfile: `dist/${name}`,
    bundle: true,
    write: false,
    metafile: true,
    target: 'es2022',
    sourcemap: 'external',
    logLevel: 'warning',
  })
  refuseZod(metafile)
  const text = ending => outputFiles.find(file => file.path.endsWith(ending))?.text ?? ''
  const { code, map } = await finish(name, text(name), text('.map'))
  writeFileSync(join(dist, name), `${code}\n//# sourceMappingURL=${name}.map\n`)
  writeFileSync(join(dist, `${name}.map`), map ?? '')
}

function asItIs(_name, code, map) {
  return { code, map }
}

/** swc minifies, to 96 % of what esbuild's own minifier leaves after gzip. */
function shorten(name, code, map) {
  return minify(code, {
    module: true,
    compress: { passes: 3 },
    mangle: { toplevel: true },
    ecma: 2022,
    sourceMap: { content: map, filename: name },
  })
}

/** The schemas stay on the server: an import of values from `@rollcall/shared` would bring 60 KB of zod along. */
function refuseZod({ inputs }) {
  const stray = Object.keys(inputs).find(file => file.includes('node_modules/zod/'))
  if (stray) throw new Error(`zod is in the bundle (${stray}): import types only from @rollcall/shared.`)
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
