import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Environment } from '../config/environment.js';
import { setContentSecurityPolicy } from '../http/security-headers.js';
import { describeProblems } from './problem-responses.js';

/** The OpenAPI document of the whole server. */
export function createOpenApiDocument(
  app: NestFastifyApplication,
  environment: Environment,
): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Portcullis')
    .setDescription(
      'An auth server whose bearer tokens slide with activity and can be revoked at once. ' +
        'Errors are application/problem+json (RFC 9457); programs read their `code`.',
    )
    .setVersion('1')
    .addServer(environment.issuerUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'at+jwt' })
    .addBasicAuth({
      type: 'http',
      scheme: 'basic',
      description: 'An application: its id and secret.',
    })
    .build();
  return describeProblems(SwaggerModule.createDocument(app, config));
}

/** `GET /docs` and `GET /docs-json`. */
export function serveDocs(app: NestFastifyApplication, environment: Environment): void {
  setContentSecurityPolicy(app.getHttpAdapter().getInstance(), '/docs', {
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
  });
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app, environment), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Portcullis API',
  });
}
