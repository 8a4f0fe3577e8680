export { createThrowAwayCertificate } from './createThrowAwayCertificate';
export type {
  ThrowAwayCertificate,
  ThrowAwayCertificateOptions,
} from './createThrowAwayCertificate';
export { startTlsFront } from './startTlsFront';
export type { TlsFront } from './startTlsFront';
