// Writes docs/CONFIGURATION.md from the table of settings. Build first: npm run build.
import { writeFileSync } from 'node:fs'
import { configurationPage } from '../server/dist/config-page.js'

writeFileSync(new URL('../docs/CONFIGURATION.md', import.meta.url), configurationPage())
console.log('docs/CONFIGURATION.md is written.')
