import { ProblemException } from '@portcullis/auth';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseForm } from './form.js';
import { parseStrictJson } from './strict-json.js';

type Parse = (text: string) => object;
type Done = (error: Error | null, body?: unknown) => void;

/**
 * Which bodies are read: JSON, and forms where OAuth asks for them. Whatever else is 415. A form needs
 * no preflight, so it is taken nowhere but under `/oauth`, where callers are programs.
 */
export function registerContentParsers(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  addParser(instance, 'application/json', parseStrictJson);
  addParser(instance, 'application/x-www-form-urlencoded', parseForm, (request) =>
    Boolean(request.routeOptions.url?.startsWith('/oauth/')),
  );
}

function addParser(
  instance: FastifyInstance,
  mediaType: string,
  parse: Parse,
  isTakenBy: (request: FastifyRequest) => boolean = () => true,
): void {
  // Fastify finds the parser by media type alone, whatever parameters come with it.
  const spelling = new RegExp(
    `^${mediaType}[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$`,
    'i',
  );
  const read = (request: FastifyRequest, bytes: Buffer): object | undefined => {
    const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = request.headers;
    if (!spelling.test(type) || !isTakenBy(request)) throw unsupported(expected(request));
    if (coding.toLowerCase() !== 'identity') throw unsupported('a body that is not compressed');
    // Nothing at all is no body: a POST that takes none may still name a type.
    return bytes.length === 0 ? undefined : parse(decodeUtf8(bytes));
  };
  const parser = (request: FastifyRequest, bytes: Buffer, done: Done): void => {
    let body: object | undefined;
    try {
      body = read(request, bytes);
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, body);
  };
  instance.addContentTypeParser(mediaType, { parseAs: 'buffer' }, parser);
}

function expected(request: FastifyRequest): string {
  const json = 'application/json in UTF-8';
  const isForm = request.routeOptions.url?.startsWith('/oauth/') === true;
  return isForm ? `application/x-www-form-urlencoded or ${json}` : json;
}

function unsupported(what: string): ProblemException {
  return new ProblemException('unsupported_media_type', `This resource takes ${what}.`);
}

/** A lenient decoder would make one text of many byte sequences (U+FFFD for each broken one). */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProblemException('invalid_request', 'The body is not valid UTF-8.');
  }
}
