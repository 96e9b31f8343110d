# One node: docker build -t chat .   Alone, with its data in a volume: docker run -p 8080:8080 -v chat:/data chat

FROM node:22-bookworm-slim AS page
WORKDIR /src/Chat.Web
COPY Chat.Web/package.json Chat.Web/package-lock.json Chat.Web/.npmrc ./
COPY Chat.Web/client/package.json client/
COPY Chat.Web/app/package.json app/
RUN npm ci --no-audit --no-fund --loglevel=error
COPY Chat.Web/ ./
# Into /src/Chat.Hub/wwwroot, where the next stage embeds it.
RUN npm run build --silent

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props Packages.props .editorconfig ./
COPY Chat.Contracts/Chat.Contracts.csproj Chat.Contracts/
COPY Chat.Hub/Chat.Hub.csproj Chat.Hub/
# For this machine only: without the other systems' SQLite it is 9 MB instead of 41.
RUN dotnet restore Chat.Hub --use-current-runtime
COPY Chat.Contracts/ Chat.Contracts/
COPY Chat.Hub/ Chat.Hub/
COPY --from=page /src/Chat.Hub/wwwroot Chat.Hub/wwwroot
RUN dotnet publish Chat.Hub --no-restore --use-current-runtime --self-contained false -c Release -o /app -p:UseAppHost=false && mkdir /data

# No shell, no package manager, not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app ./
# For a node alone: SQLite, its signing key and attachments. With Chat__Store__PostgreSql attachments alone.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
ENV Chat__Store__Path=/data/chat.db \
    ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
USER $APP_UID
# Whether the process answers, not whether its store does: starting it again would not bring the store back.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "Chat.Hub.dll", "health"]
ENTRYPOINT ["dotnet", "Chat.Hub.dll"]
