// `rollcall <command>`: reads the arguments, runs one command, answers with the exit code. 0: done; 1: it failed,
// and one sentence says why and what to do; 2: it was called wrongly.

import { Command, CommanderError, Option } from 'commander'
import { ConfigurationMistakes, describeConfig } from '../config.ts'
import { VERSION } from '../version.ts'
import { load } from './load.ts'
import { serve } from './serve.ts'
import { simulate } from './simulate.ts'
import { token } from './token.ts'
import { watch } from './watch.ts'
import { Failure, type World } from './world.ts'

export async function run(args: readonly string[], world: World): Promise<number> {
  try {
    await createProgram(world).parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    // Commander has printed its help or its complaint already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof ConfigurationMistakes) {
      world.complain(`${error.message}\nSee: rollcall serve --help`)
      return 2
    }
    world.complain(error instanceof Failure ? error.message : unexpected(error))
    return 1
  }
}

export function createProgram(world: World): Command {
  const program = new Command('rollcall')
    .description('A real-time presence server for customer service representatives.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: text => world.screen.write(text),
      writeErr: text => world.complain(text.trimEnd()),
      getOutHelpWidth: () => world.screen.size().columns,
      getErrHelpWidth: () => world.screen.size().columns,
    })
    .showHelpAfterError('(add --help for what is possible)')
  addServe(program, world)
  addToken(program, world)
  addWatch(program, world)
  addSimulate(program, world)
  addLoad(program, world)
  return program
}

function addServe(program: Command, world: World): void {
  const command = program
    .command('serve')
    .description('Start the server.')
    .action(flags => serve(flags, world))
    .addHelpText(
      'after',
      `
Every option is also an environment variable; the option wins. docs/CONFIGURATION.md says what each trades.

Examples:
  rollcall serve --dev --demo                        a living contact center on this machine, no secret needed
  ROLLCALL_JWT_SECRET=$(openssl rand -hex 32) rollcall serve --data-dir /var/lib/rollcall`,
    )
  for (const { flag, env, about, fallback, unit } of describeConfig()) {
    const words = flag.includes(' ') && unit !== '' ? `${unit}; ` : ''
    command.addOption(new Option(flag, `${about} (${words}${env.join(' or ')}; default: ${fallback})`))
  }
}

function addToken(program: Command, world: World): void {
  program
    .command('token')
    .description('Make a token with the shared secret, or of a server in development mode.')
    .requiredOption('--sub <id>', 'who bears it')
    .requiredOption(
      '--role <role...>',
      'representative, supervisor, administrator or service; several may be given',
    )
    .option('--name <name>', 'the name that others see')
    .option('--tenant <id>', 'the tenant (default: none named)')
    .option('--queues <ids>', "a representative's queues, comma-separated; used at the first sign-in")
    .option('--watches <ids>', 'the queues a supervisor may watch, comma-separated, or "*"')
    .option('--expires-in <seconds>', 'how long it is valid', '3600')
    .option('--jwt-secret <secret>', 'the secret (ROLLCALL_JWT_SECRET)')
    .option(
      '--dev',
      'ask the server that runs in development mode; if none does, use the secret of its data directory',
    )
    .option('--url <url>', 'that server (ROLLCALL_URL; default: http://127.0.0.1 with ROLLCALL_PORT or 3000)')
    .option(
      '--data-dir <path>',
      'that data directory (ROLLCALL_DATA_DIR; default: ./data); without --url no server is asked',
    )
    .action(flags => token(flags, world))
    .addHelpText(
      'after',
      `
Examples:
  rollcall token --dev --sub ada --role representative --queues billing
  rollcall token --sub sue --role supervisor --watches "*" --expires-in 28800`,
    )
}

function addWatch(program: Command, world: World): void {
  program
    .command('watch')
    .description('Show who is here and what they are doing, live.')
    .option('--url <url>', 'the server (ROLLCALL_URL; default: http://127.0.0.1:3000)')
    .option(
      '--token <token>',
      "a supervisor's token (ROLLCALL_TOKEN; a server in development mode gives one)",
    )
    .option('--queues <ids>', 'watch these queues, comma-separated (default: all that the token may watch)')
    .option('--json', 'print each change as one line of JSON instead of a table')
    .action(flags => watch(flags, world))
    .addHelpText(
      'after',
      `
In a terminal it draws a table until Ctrl-C; into a file or a pipe it prints one line per change.

Examples:
  rollcall watch
  rollcall watch --queues billing,orders
  rollcall watch --json | jq -r '[.representativeId, .text] | @tsv'`,
    )
}

function addSimulate(program: Command, world: World): void {
  program
    .command('simulate')
    .description("Play a contact center's shift against a server, and check what must always be true.")
    .option('--url <url>', 'the server (ROLLCALL_URL; default: http://127.0.0.1:3000)')
    .option(
      '--jwt-secret <secret>',
      'its secret (ROLLCALL_JWT_SECRET; a server in development mode gives tokens without)',
    )
    .option('--tenant <id>', 'the tenant to play in, whose configuration it replaces', 'simulation')
    .option('--minutes <number>', 'how long the shift takes', '4')
    .option('--people <number>', 'how many representatives', '50')
    .option('--seed <number>', 'the same seed plays the same script (default: another one each time)')
    .option('--pace <number>', 'how many times faster than the demo things happen', '10')
    .option('--yes-this-server', 'play against a server that is not on this machine')
    .action(flags => simulate(flags, world))
    .addHelpText(
      'after',
      `
People sign in, take and transfer work, go on breaks, lose their network and come back; a night shift takes over.
The server may be killed and restarted meanwhile. Exit code 1: a check failed, or a whole shift (4 minutes at the usual
pace) left a kind of event out; how to play the same script again is told.

Examples:
  rollcall simulate
  rollcall simulate --minutes 10 --people 200 --pace 20 --seed 7`,
    )
}

function addLoad(program: Command, world: World): void {
  program
    .command('load')
    .description('Put scripted sockets onto a server, as a scenario file says; measure, and check.')
    .argument('<scenario>', 'a JSON file, like examples/load.json')
    .option('--url <url>', 'the server (ROLLCALL_URL; default: http://127.0.0.1:3000)')
    .option(
      '--jwt-secret <secret>',
      'its secret (ROLLCALL_JWT_SECRET; a server in development mode gives tokens without)',
    )
    .option('--tenant <id>', 'the tenant to do it in', 'load')
    .option('--yes-this-server', 'load a server that is not on this machine')
    .action((file, flags) => load(file, flags, world))
    .addHelpText(
      'after',
      `
Start the server with ROLLCALL_LIMITS=off, or its limits are what is measured. Exit code 1: a check failed.

Example:
  rollcall load examples/load.json`,
    )
}

function unexpected(error: unknown): string {
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `Something went wrong that should not have. Please report it with these lines:\n${story}`
}
