# Pinned: every npm package, by its hash in package-lock.json. Not pinned: the base image, so that each build gets the fixes of
# Node 24 and Debian. To build from one and the same, put its digest behind both names below: node:24-trixie-slim@sha256:…
FROM node:24-trixie-slim AS build
WORKDIR /app
# Packages change less often than the source: their layer is kept while they don't.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
COPY data ./data
COPY migrations ./migrations
# The image has a Node already, and drizzle asks for a database that only tests use: both stay behind.
RUN npm run prepare && npm prune --omit=dev --ignore-scripts && rm -r node_modules/node-linux-* node_modules/.bin/node node_modules/@electric-sql

FROM node:24-trixie-slim
WORKDIR /app
# /data is the only place that is written to, so the root may be read-only.
ENV NODE_ENV=production DATABASE_URL=file:/data/warmup.db PORT=9464 BIND_ADDRESS=0.0.0.0
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/data ./data
COPY --from=build /app/migrations ./migrations
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 9464
# Alive is enough: a platform that is down heals without a restart, see /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "dist/main.js"]
