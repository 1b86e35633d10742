// The second door: a typed client of the HTTP interface, for services, supervisors and administrators. Needs no
// connection, and brings neither Socket.IO nor schemas.
export { type LocalErrorCode, RollcallError } from './errors.ts'
export {
  createHttpClient,
  type HttpAnswer,
  type HttpCall,
  type HttpClient,
  type HttpClientOptions,
} from './http-client.ts'
