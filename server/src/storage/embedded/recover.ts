// Opening after any end: the tables as the last checkpoint left them, then the commits that only the log holds.

import type { Configuration } from '../../domain/configuration.ts'
import type { Revocation } from '../storage.ts'
import type { KeptCommand } from './commit.ts'
import { readCommit, readWrite, writeCommit } from './commit-text.ts'
import type { Group } from './fold.ts'
import { applyCommit, applyRevocation, applyWrite, createImage, type Image, tenantOf } from './image.ts'
import { reviveConfiguration } from './revive.ts'
import type { Tables } from './tables.ts'

export interface Recovered {
  readonly image: Image
  /** What the log still holds, in its order: in the image already, not yet in the tables. */
  readonly tail: readonly Group[]
}

export function recover(tables: Tables): Recovered {
  const image = createImage()
  readTables(tables, image)
  const tail: Group[] = []
  for (const { key: number, value } of tables.log.getRange()) {
    const commits = value.split('\n').map(line => writeCommit(readCommit(line)))
    for (const { commit } of commits) {
      applyCommit(image, commit)
      if (commit.command) image.commands.remember(commit.command)
    }
    tail.push({ number, commits })
  }
  return { image, tail }
}

function readTables(tables: Tables, image: Image): void {
  for (const { key, value } of tables.configurations.getRange()) {
    tenantOf(image, key).configuration = reviveConfiguration(JSON.parse(value) as Configuration)
  }
  for (const { key, value } of tables.revocations.getRange()) {
    applyRevocation(tenantOf(image, key[0]), JSON.parse(value) as Revocation)
  }
  for (const { key, value } of tables.records.getRange()) {
    applyWrite(image, key[0], tenantOf(image, key[0]), readWrite(value))
  }
  for (const { value } of tables.commands.getRange()) {
    const command = JSON.parse(value) as KeptCommand
    tenantOf(image, command.tenant)
    image.commands.remember(command)
  }
  for (const { key, value } of tables.alive.getRange()) image.incarnations.set(key, Number(value))
  image.lastAt = Number(tables.about.get('lastAt') ?? 0)
}
