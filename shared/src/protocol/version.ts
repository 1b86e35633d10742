/**
 * The version of the wire. It rises only when something is renamed or removed; new optional fields keep it.
 *
 * - 1: the first.
 */
export const PROTOCOL_VERSION = 1
