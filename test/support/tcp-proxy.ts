/** For tests in TypeScript; demos and fault runs take it from there as it is, without a build. */
export { TcpProxy } from './cluster/tcp-proxy.mjs';
