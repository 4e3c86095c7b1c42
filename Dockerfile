# The server with nothing else in it: no compiler, no tests, no root.
# Written for review: its steps were run outside a container, the image itself was not built here;
# CI builds it.
#
#   docker build --tag portcullis .
#   docker run --init --publish 127.0.0.1:3000:3000 --volume portcullis:/data portcullis
#
# The commands of the CLI: docker exec <container> node dist/cli/main.js

FROM node:20-slim AS build
WORKDIR /app
# Manifests first, so that a change of code does not install everything anew. No package runs code of
# its own here: the native ones carry their binaries.
COPY package.json package-lock.json .npmrc ./
COPY libs/auth/package.json libs/auth/
COPY libs/client/package.json libs/client/
COPY libs/dashboard/package.json libs/dashboard/
COPY examples/orders-service/package.json examples/orders-service/
RUN npm ci --ignore-scripts --no-audit
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build-dashboard.mjs scripts/
COPY libs libs
COPY src src
RUN npx tsc -b tsconfig.build.json && node scripts/build-dashboard.mjs && mkdir /data

# What the server needs to run. What the dashboard is made of is in its page by then.
FROM node:20-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs/auth/package.json libs/auth/
RUN npm ci --omit=dev --ignore-scripts --no-audit --workspace libs/auth --include-workspace-root

FROM node:20-slim
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3000 \
  DATA_DIR=/data
WORKDIR /app
COPY --from=build --chown=node:node /data /data
# Owned by root: a process that is broken into cannot change the code it runs.
COPY --from=build /app/package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/libs/auth/package.json libs/auth/
COPY --from=build /app/libs/auth/dist libs/auth/dist
COPY --from=build /app/libs/dashboard/dist libs/dashboard/dist
COPY --from=build /app/dist dist
USER node
VOLUME /data
EXPOSE 3000
# Alive, not ready: a node that waits for its database must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
