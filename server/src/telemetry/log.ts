import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/** Structured lines on standard error, so that standard output carries only what a person or a script asked for. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: {}, redact: ['token', '*.token', 'authorization', '*.authorization'] }
  return destination ? pino(options, destination) : pino(options, pino.destination(2))
}
