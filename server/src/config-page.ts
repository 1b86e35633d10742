// docs/CONFIGURATION.md, from the table of settings. `node scripts/write-configuration.mjs` writes it, a test
// checks that it is up to date.

import { describeConfig, type SettingDescription } from './config.ts'

export function configurationPage(): string {
  return `# Configuration

<!-- Written by scripts/write-configuration.mjs from server/src/config-table.ts: change that. -->

Settings of \`rollcall serve\`. Each is an environment variable and a flag; the flag wins, an empty variable is an
unset one. They are read once, at the start: all mistakes are reported together, and what cannot work together is
refused.

| variable | flag | default | unit |
| --- | --- | --- | --- |
${describeConfig().map(rowOf).join('\n')}

What a tenant configures while the server runs (policy, statuses, queues, workstreams, profiles) is not here: that is
done over HTTP.

${describeConfig().map(sectionOf).join('\n')}`
}

function rowOf({ env, flag, fallback, unit }: SettingDescription): string {
  const cells = [env.map(code).join(', '), code(flag), fallback, unit === '' ? '–' : unit]
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function sectionOf({ env, about, trades }: SettingDescription): string {
  return `## ${env[0]}\n\n${about} ${trades}\n`
}

function code(text: string): string {
  return `\`${text}\``
}
