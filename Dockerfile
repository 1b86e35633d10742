# One node of Rollcall. Built with everything, shipped with what runs; not root, and happy with a read-only root file
# system: only /data is written.
FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npx tsc -b server && node client-sdk/build.mjs && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production ROLLCALL_HOST=0.0.0.0 ROLLCALL_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/shared/package.json ./shared/
COPY --from=build /app/shared/dist ./shared/dist
COPY --from=build /app/client-sdk/package.json ./client-sdk/
COPY --from=build /app/client-sdk/dist ./client-sdk/dist
COPY --from=build /app/server/package.json ./server/
COPY --from=build /app/server/bin ./server/bin
COPY --from=build /app/server/pages ./server/pages
COPY --from=build /app/server/dist ./server/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/bin/rollcall.js", "serve"]
