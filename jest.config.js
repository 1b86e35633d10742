/**
 * One Jest over the whole tree. Sources run as they are (swc strips the types); packages of this
 * repository resolve to their sources, so that a test never meets a stale build. Tests that start
 * real processes use the build in `dist/` (`npm test` makes it first).
 */
const sources = {
  '^@rollcall/shared$': '<rootDir>/shared/src/index.ts',
  '^@rollcall/shared/vocabulary$': '<rootDir>/shared/src/vocabulary.ts',
  '^@rollcall/client$': '<rootDir>/client-sdk/src/index.ts',
  '^@rollcall/server$': '<rootDir>/server/src/create-server.ts',
}

export default {
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testEnvironment: '<rootDir>/tests/support/environment.cjs',
  moduleNameMapper: sources,
  // jose, commander and happy-dom are published as ES modules only; the rest of node_modules is taken as it is.
  transformIgnorePatterns: ['/node_modules/(?!(?:jose|commander|happy-dom|entities|buffer-image-size)/)'],
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  testTimeout: 30_000,
}
